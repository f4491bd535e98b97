/// How often a design will choose the right entries, by simulated contests x = a_j + b_j θ_i + h + ε with known spreads.
///
/// Every design sees the same entries, judges, heats and noise in each contest, so that differences between designs are known better than
/// the designs themselves. A contest is analysed by the mean of each entry's scores, by the mean of z-scores, and by the model of entries,
/// judges and heats with the variances that made it, which takes scales for noise.
package struct ExpectedCorrectness: Sendable, Equatable {
    /// By what entries are ranked.
    package enum Method: String, Sendable, CaseIterable {
        /// The mean of an entry's scores.
        case mean
        /// The mean of z-scores.
        case zscore
        /// The model of entries, judges and heats.
        case model
    }

    /// What a design and a method achieve.
    package struct Row: Sendable, Equatable {
        /// The design.
        package let plan: SeatPlan
        /// The method.
        package let method: Method
        /// How many of the truly best are among the first, on average, and its Monte-Carlo error.
        package let right, rightError: Double
        /// How often the truly best entry comes first, and its Monte-Carlo error.
        package let winner, winnerError: Double
        /// The squared correlation of results and qualities, on average, and its Monte-Carlo error.
        package let reliability, reliabilityError: Double
        /// For each contest how many are right.
        fileprivate let counts: [Int32]
    }

    /// How many places there are.
    package let places: Int
    /// How many contests were simulated.
    package let draws: Int
    /// Each design by each method.
    package let rows: [Row]

    /// How many contests are simulated.
    package static let usualDraws = 2000
    /// Contests of one piece of work.
    private static let grain = 50

    /// Simulates contests.
    ///
    /// - Precondition: 1 ≤ places < entries; the designs have as many entries and judges.
    package init(of plans: [SeatPlan], spread: ContestSpread, places: Int, draws: Int = usualDraws, seed: UInt64) {
        let designs = plans.map { SimulatedDesign($0, spread) }
        let pieces = (draws + ExpectedCorrectness.grain - 1) / ExpectedCorrectness.grain
        let size = designs.reduce(0) { $0 + $1.scoreCount } * draws
        let tallies = Parallel.map(pieces, size: size) { piece in
            var tallies = [Tally](repeating: Tally(), count: designs.count * Method.allCases.count)
            let rooms = designs.map(SimulatedResults.init)
            for draw in piece * ExpectedCorrectness.grain..<min((piece + 1) * ExpectedCorrectness.grain, draws) {
                let contest = SimulatedDraw(designs, spread, places: places, seed: seed, draw: draw)
                for (index, design) in designs.enumerated() {
                    let results = rooms[index]
                    design.analyse(contest, into: results)
                    let first = index * Method.allCases.count
                    tallies[first].add(results.means, contest, places: places)
                    tallies[first + 1].add(results.zScores, contest, places: places)
                    tallies[first + 2].add(results.predictions, contest, places: places)
                }
            }
            return tallies
        }
        (self.places, self.draws) = (places, draws)
        let total = tallies.reduce(into: [Tally](repeating: Tally(), count: designs.count * Method.allCases.count)) { total, piece in
            for index in piece.indices { total[index].add(piece[index]) }
        }
        rows = total.enumerated().map { index, tally in
            let (right, winner, reliability) = (
                Sample(tally.counts.lazy.map(Double.init)), Sample(tally.winners), Sample(tally.reliabilities)
            )
            return Row(
                plan: plans[index / Method.allCases.count], method: Method.allCases[index % Method.allCases.count],
                right: right.mean, rightError: right.error, winner: winner.mean, winnerError: winner.error,
                reliability: reliability.mean, reliabilityError: reliability.error, counts: tally.counts)
        }
    }

    /// How many more are right in one row than in another, contest by contest, and its Monte-Carlo error.
    package func gain(of row: Row, over other: Row) -> (mean: Double, error: Double) {
        let sample = Sample(zip(row.counts, other.counts).lazy.map { Double($0 - $1) })
        return (sample.mean, sample.error)
    }
}

/// A mean over contests and its standard error.
private struct Sample {
    let mean, error: Double

    init(_ values: some Collection<Double>) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        (self.mean, error) = (mean, (squares / max(count - 1, 1) / count).squareRoot())
    }
}

/// What is kept of each contest.
private struct Tally: Sendable {
    var counts: [Int32] = []
    var winners: [Double] = []
    var reliabilities: [Double] = []

    mutating func add(_ other: Tally) {
        counts += other.counts
        winners += other.winners
        reliabilities += other.reliabilities
    }

    mutating func add(_ values: SimulatedResults.Numbers, _ contest: SimulatedDraw, places: Int) {
        let results = UnsafeBufferPointer(values)
        let first = SimulatedDraw.first(places, of: results)
        counts.append(Int32(first.count { contest.isAmongBest[$0] }))
        winners.append(first.first == contest.best ? 1 : 0)
        reliabilities.append(contest.reliability(of: results))
    }
}

/// How far entries, judges and heats differ, and how noisy scores are: standard deviations in points, that of scales of their logarithm.
package struct ContestSpread: Sendable, Equatable {
    /// Of the entries' quality.
    package var entrySD: Double
    /// Of the judges' severities.
    package var judgeSD: Double
    /// Of the logarithm of the judges' scales.
    package var scaleSD: Double
    /// Of the noise of a score.
    package var noiseSD: Double
    /// Of the differences between heats.
    package var heatSD: Double

    /// The spreads of a model of made scores.
    package init(_ model: ScoreModel = ScoreModel()) {
        (entrySD, judgeSD, scaleSD, noiseSD, heatSD) = (model.entrySD, model.judgeSD, model.scaleSD, model.noiseSD, model.heatSD)
    }

    /// The spreads of an earlier contest, fitted by the crossed model to a sheet of totals; scales count as noise.
    ///
    /// - Throws: as `CrossedEffects`.
    package init(fittedTo sheet: ScoreSheet) throws {
        let fit = try CrossedEffects(of: sheet, heats: true)
        self.init()
        (entrySD, judgeSD, noiseSD) = (
            fit.entryVariance.squareRoot(), fit.judgeVariance.squareRoot(), fit.residualVariance.squareRoot()
        )
        (scaleSD, heatSD) = (0, (fit.heatVariance ?? 0).squareRoot())
    }

    /// The variance of a score around entry, judge and heat, when scales are not taken out.
    var residualVariance: Double { noiseSD * noiseSD + scaleSD * scaleSD * entrySD * entrySD }
}

/// Which of the designs to choose: of those with as many scores that can be carried out, the one that gets most right; the plan itself when
/// no other one is better by more than the error of the simulation.
package struct PlanRecommendation: Sendable, Equatable {
    /// The plan by the method that gets most right.
    package let own: ExpectedCorrectness.Row
    /// The best of the other designs that can be carried out, by its best method, if there is one.
    package let other: ExpectedCorrectness.Row?
    /// How many more are right in the other design, and its Monte-Carlo error.
    package let gain: (mean: Double, error: Double)?

    /// A difference of fewer standard errors is none: the best of several designs is compared.
    package static let leastErrors = 3.0

    /// The recommendation; `nil` when no row is the plan's.
    package init?(_ expected: ExpectedCorrectness) {
        func best(_ rows: [ExpectedCorrectness.Row]) -> ExpectedCorrectness.Row? {
            rows.reduce(nil) { best, row in best.map { $0.right >= row.right } ?? false ? best : row }
        }
        guard let own = best(expected.rows.filter { $0.plan.kind == .plan }) else { return nil }
        self.own = own
        other = best(expected.rows.filter { $0.plan.kind != .plan && $0.plan.kind.isAsLarge && $0.plan.isFeasible })
        gain = other.map { expected.gain(of: $0, over: own) }
    }

    /// Whether the difference between the plan and the other design is more than the error of the simulation.
    package var isClear: Bool { gain.map { $0.mean.magnitude > PlanRecommendation.leastErrors * $0.error } ?? true }

    /// The row to choose.
    package var chosen: ExpectedCorrectness.Row {
        guard let other, let gain, isClear, gain.mean > 0 else { return own }
        return other
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.own == b.own && a.other == b.other && a.gain?.mean == b.gain?.mean && a.gain?.error == b.gain?.error
    }
}
