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
