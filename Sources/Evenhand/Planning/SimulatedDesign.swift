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
    private let size: Int
    private let hasHeatEffects: Bool
    /// The inverse of the equations, row after row.
    private let inverse: [Double]

    var scoreCount: Int { judges.count }

    /// What each method makes of each entry's scores.
    struct Results {
        var means, zScores, predictions: [Double]
    }

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
    func results(_ draw: SimulatedDraw) -> Results {
        var scores = [Double](repeating: 0, count: scoreCount)
        var sums = [Double](repeating: 0, count: entryCount)
        var judgeSums = [Double](repeating: 0, count: judgeCount)
        var judgeSquares = judgeSums
        for entry in 0..<entryCount {
            let quality = draw.qualities[entry]
            var sum = 0.0
            for place in starts[entry]..<starts[entry + 1] {
                let judge = judges[place]
                var score = draw.severities[judge] + draw.scales[judge] * quality + draw.noise[place]
                if heatCount > 0 { score += draw.heats[heats[place]] }
                scores[place] = score
                sum += score
                judgeSums[judge] += score
                judgeSquares[judge] += score * score
            }
            sums[entry] = sum
        }
        let means = (0..<entryCount).map { sums[$0] / Double(max(starts[$0 + 1] - starts[$0], 1)) }
        return Results(
            means: means, zScores: zScores(scores, judgeSums, judgeSquares), predictions: predictions(scores, sums, judgeSums))
    }

    /// The mean of each entry's z-scores, as `Normalization` makes them by default: of a judge with few scores, mean and SD are drawn
    /// toward those of all.
    private func zScores(_ scores: [Double], _ sums: [Double], _ squares: [Double]) -> [Double] {
        let rules = NormalizationRules()
        var (offsets, factors) = (sums, sums)
        var (total, within, freedom) = (0.0, 0.0, 0)
        for judge in 0..<judgeCount where loads[judge] > 0 {
            let count = Double(loads[judge])
            offsets[judge] = sums[judge] / count
            let distances = max(0, squares[judge] - sums[judge] * offsets[judge])
            // Rounding of equal scores.
            factors[judge] = distances <= 1e-12 * squares[judge] ? 0 : distances
            (total, within, freedom) = (total + sums[judge], within + factors[judge], freedom + loads[judge] - 1)
        }
        let (center, spread) = (total / Double(max(scoreCount, 1)), (within / Double(max(freedom, 1))).squareRoot())
        for judge in 0..<judgeCount where loads[judge] > 0 {
            let isSingle = loads[judge] == 1
            var scale = isSingle ? spread : (factors[judge] / Double(loads[judge] - 1)).squareRoot()
            if loads[judge] < rules.minimumScores {
                let weight = Double(loads[judge]) / (Double(loads[judge]) + NormalizationRules.poolWeight)
                offsets[judge] = weight * offsets[judge] + (1 - weight) * center
                if scale > 0 { scale = weight * scale + (1 - weight) * spread }
            }
            factors[judge] = scale > 0 ? 1 / scale : 0
        }
        return (0..<entryCount).map { entry in
            var sum = 0.0
            for place in starts[entry]..<starts[entry + 1] { sum += (scores[place] - offsets[judges[place]]) * factors[judges[place]] }
            return sum / Double(max(starts[entry + 1] - starts[entry], 1))
        }
    }

    /// What the model predicts of each entry's quality (best linear unbiased prediction, Henderson 1984).
    private func predictions(_ scores: [Double], _ sums: [Double], _ judgeSums: [Double]) -> [Double] {
        var right = [Double](repeating: 0, count: size)
        for judge in 0..<judgeCount {
            right[1 + judge] = judgeSums[judge]
            right[0] += judgeSums[judge]
        }
        for entry in 0..<entryCount {
            let range = starts[entry]..<starts[entry + 1]
            let part = sums[entry] / (Double(range.count) + entryRatio)
            right[0] -= Double(range.count) * part
            for place in range { right[1 + judges[place]] -= part }
            if hasHeatEffects {
                for place in range where heats[place] >= 0 { right[1 + judgeCount + heats[place]] += scores[place] - part }
            }
        }
        let effects = solved(right)
        return (0..<entryCount).map { entry in
            let range = starts[entry]..<starts[entry + 1]
            var rest = sums[entry] - Double(range.count) * effects[0]
            for place in range { rest -= effects[1 + judges[place]] }
            if hasHeatEffects { for place in range where heats[place] >= 0 { rest -= effects[1 + judgeCount + heats[place]] } }
            return rest / (Double(range.count) + entryRatio)
        }
    }

    /// The inverse, which is symmetric, times a vector: a sum of its rows, which takes no sum in order.
    private func solved(_ right: [Double]) -> [Double] {
        [Double](unsafeUninitializedCapacity: size) { effects, initialized in
            effects.initialize(repeating: 0)
            inverse.withUnsafeBufferPointer { inverse in
                for row in 0..<size {
                    let (start, factor) = (row * size, right[row])
                    for column in 0..<size { effects[column] += factor * inverse[start + column] }
                }
            }
            initialized = size
        }
    }
}
