import LinearAlgebra

/// A design whose scores are simulated and analysed: by means, by z-scores, and by the model's equations for the mean, the judges and the
/// heats, after the entries are eliminated.
struct SimulatedDesign: Sendable {
    let entryCount, judgeCount, heatCount: Int
    /// The first score of each entry, and at last the number of scores.
    private let starts: [Int]
    /// The judge and the heat of each score; -1 without heats.
    private let judges, heats: [Int]
    /// How many scores each judge gives.
    private let loads: [Int]
    /// What the number of an entry's scores is raised by: σ² / Var(θ).
    private let entryRatio: Double
    /// The number of equations.
    let size: Int
    private let hasHeatEffects: Bool
    /// The inverse of the equations, row after row.
    private let inverse: [Double]

    var scoreCount: Int { judges.count }

    init(_ plan: SeatPlan, _ spread: ContestSpread) {
        (entryCount, judgeCount, heatCount) = (plan.seats.count, plan.judgeCount, plan.heatCount)
        starts = plan.seats.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        judges = plan.seats.joined().map(\.judge)
        heats = plan.seats.joined().map(\.heat)
        loads = judges.reduce(into: [Int](repeating: 0, count: judgeCount)) { $0[$1] += 1 }
        // A variance of 0 is a very small one, so that the equations have a solution.
        let noise = max(spread.residualVariance, 1e-8 * max(spread.entrySD * spread.entrySD, 1e-8))
        func ratio(_ sd: Double) -> Double { noise / max(sd * sd, 1e-8 * noise) }
        entryRatio = ratio(spread.entrySD)
        let (hasHeatEffects, judgeCount) = (spread.heatSD > 0 && heatCount > 0, judgeCount)
        self.hasHeatEffects = hasHeatEffects
        size = 1 + judgeCount + (hasHeatEffects ? heatCount : 0)
        var matrix = Matrix(rows: size, columns: size)
        for judge in 0..<judgeCount { matrix[1 + judge, 1 + judge] = ratio(spread.judgeSD) }
        for heat in 1 + judgeCount..<size { matrix[heat, heat] = ratio(spread.heatSD) }
        for seats in plan.seats {
            let share = 1 / (Double(seats.count) + entryRatio)
            let columns = seats.map { [0, 1 + $0.judge] + (hasHeatEffects && $0.heat >= 0 ? [1 + judgeCount + $0.heat] : []) }
            for row in columns { for a in row { for b in row { matrix[a, b] += 1 } } }
            let all = columns.flatMap(\.self)
            for a in all { for b in all { matrix[a, b] -= share } }
        }
        inverse = (try? Cholesky(matrix))?.inverse.elements ?? Matrix.identity(size).elements
    }

    /// A contest's scores, x = a_j + b_j θ_i + h + ε, analysed.
    func analyse(_ draw: SimulatedDraw, into work: SimulatedResults) {
        judges.withUnsafeBufferPointer { judges in
            starts.withUnsafeBufferPointer { starts in
                score(draw, judges, starts, work)
                if heatCount > 0 { addHeats(draw, work) }
                sum(judges, starts, work)
                measure(work)
                standardize(judges, starts, work)
                if hasHeatEffects { addHeatEquations(work) }
                solve(work)
                predict(judges, starts, work)
            }
        }
    }

    private typealias Indices = UnsafeBufferPointer<Int>

    private func score(_ draw: SimulatedDraw, _ judges: Indices, _ starts: Indices, _ work: SimulatedResults) {
        draw.severities.withUnsafeBufferPointer { severities in
            draw.scales.withUnsafeBufferPointer { scales in
                draw.noise.withUnsafeBufferPointer { noise in
                    for entry in 0..<entryCount {
                        let quality = draw.qualities[entry]
                        for position in starts[entry]..<starts[entry + 1] {
                            work.scores[position] = severities[judges[position]] + scales[judges[position]] * quality + noise[position]
                        }
                    }
                }
            }
        }
    }

    private func addHeats(_ draw: SimulatedDraw, _ work: SimulatedResults) {
        for position in heats.indices where heats[position] >= 0 { work.scores[position] += draw.heats[heats[position]] }
    }

    /// Sums of entries and judges, and squares of judges; means.
    private func sum(_ judges: Indices, _ starts: Indices, _ work: SimulatedResults) {
        work.sums.update(repeating: 0)
        work.squares.update(repeating: 0)
        for entry in 0..<entryCount {
            var sum = 0.0
            for position in starts[entry]..<starts[entry + 1] {
                let (judge, score) = (judges[position], work.scores[position])
                sum += score
                work.sums[judge] += score
                work.squares[judge] += score * score
            }
            work.totals[entry] = sum
            work.means[entry] = sum / Double(max(starts[entry + 1] - starts[entry], 1))
        }
    }

    /// The location and the reciprocal of the scale of each judge, as `Normalization` has them by default: of a judge with few scores, mean
    /// and SD are drawn toward those of all.
    private func measure(_ work: SimulatedResults) {
        let rules = NormalizationRules()
        var (total, within, freedom) = (0.0, 0.0, 0)
        for judge in 0..<judgeCount where loads[judge] > 0 {
            let mean = work.sums[judge] / Double(loads[judge])
            let distances = work.squares[judge] - work.sums[judge] * mean
            // What is left of equal scores is rounding.
            work.factors[judge] = distances <= 1e-12 * work.squares[judge] ? 0 : distances
            work.offsets[judge] = mean
            (total, within, freedom) = (total + work.sums[judge], within + work.factors[judge], freedom + loads[judge] - 1)
        }
        let (center, spread) = (total / Double(max(scoreCount, 1)), (within / Double(max(freedom, 1))).squareRoot())
        for judge in 0..<judgeCount where loads[judge] > 0 {
            var scale = loads[judge] == 1 ? spread : (work.factors[judge] / Double(loads[judge] - 1)).squareRoot()
            if loads[judge] < rules.minimumScores {
                let weight = Double(loads[judge]) / (Double(loads[judge]) + NormalizationRules.poolWeight)
                work.offsets[judge] = weight * work.offsets[judge] + (1 - weight) * center
                if scale > 0 { scale = weight * scale + (1 - weight) * spread }
            }
            work.factors[judge] = scale > 0 ? 1 / scale : 0
        }
    }

    /// Means of z-scores, and the right sides of the model's equations but for heats.
    private func standardize(_ judges: Indices, _ starts: Indices, _ work: SimulatedResults) {
        work.right[0] = 0
        for judge in 0..<judgeCount {
            work.right[1 + judge] = work.sums[judge]
            work.right[0] += work.sums[judge]
        }
        for entry in 0..<entryCount {
            let (first, end) = (starts[entry], starts[entry + 1])
            let part = work.totals[entry] / (Double(end - first) + entryRatio)
            var sum = 0.0
            for position in first..<end {
                let judge = judges[position]
                sum += (work.scores[position] - work.offsets[judge]) * work.factors[judge]
                work.right[1 + judge] -= part
            }
            work.right[0] -= Double(end - first) * part
            work.zScores[entry] = sum / Double(max(end - first, 1))
        }
    }

    private func addHeatEquations(_ work: SimulatedResults) {
        for heat in 0..<heatCount { work.right[1 + judgeCount + heat] = 0 }
        for entry in 0..<entryCount {
            let part = work.totals[entry] / (Double(starts[entry + 1] - starts[entry]) + entryRatio)
            for position in starts[entry]..<starts[entry + 1] where heats[position] >= 0 {
                work.right[1 + judgeCount + heats[position]] += work.scores[position] - part
            }
        }
    }

    /// The inverse, which is symmetric, times the right sides, as a sum of its rows: no number waits for the one before.
    private func solve(_ work: SimulatedResults) {
        work.effects.update(repeating: 0)
        inverse.withUnsafeBufferPointer { inverse in
            for row in 0..<size {
                let (start, factor) = (row * size, work.right[row])
                for column in 0..<size { work.effects[column] += factor * inverse[start + column] }
            }
        }
    }

    /// What the model predicts of each entry's quality (best linear unbiased prediction, Henderson 1984).
    private func predict(_ judges: Indices, _ starts: Indices, _ work: SimulatedResults) {
        for entry in 0..<entryCount {
            let (first, end) = (starts[entry], starts[entry + 1])
            var rest = work.totals[entry] - Double(end - first) * work.effects[0]
            for position in first..<end { rest -= work.effects[1 + judges[position]] }
            if hasHeatEffects {
                for position in first..<end where heats[position] >= 0 { rest -= work.effects[1 + judgeCount + heats[position]] }
            }
            work.predictions[entry] = rest / (Double(end - first) + entryRatio)
        }
    }
}

/// What each method makes of each entry's scores, and the room to compute it in, which contests use one after the other.
final class SimulatedResults {
    typealias Numbers = UnsafeMutableBufferPointer<Double>

    /// For each entry.
    let means, zScores, predictions, totals: Numbers
    /// For each score.
    let scores: Numbers
    /// For each judge.
    let sums, squares, offsets, factors: Numbers
    /// For each equation.
    let right, effects: Numbers
    private let room: Numbers

    init(for design: SimulatedDesign) {
        let counts = [
            design.entryCount, design.entryCount, design.entryCount, design.entryCount, design.scoreCount, design.judgeCount,
            design.judgeCount, design.judgeCount, design.judgeCount, design.size, design.size,
        ]
        let room = Numbers.allocate(capacity: counts.reduce(0, +))
        room.initialize(repeating: 0)
        var start = 0
        let parts = counts.map { count in
            defer { start += count }
            return Numbers(rebasing: room[start..<start + count])
        }
        (means, zScores, predictions, totals, scores) = (parts[0], parts[1], parts[2], parts[3], parts[4])
        (sums, squares, offsets, factors, right, effects) = (parts[5], parts[6], parts[7], parts[8], parts[9], parts[10])
        self.room = room
    }

    deinit { room.deallocate() }
}
