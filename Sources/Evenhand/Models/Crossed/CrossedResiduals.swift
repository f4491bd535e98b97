import LinearAlgebra

/// What a crossed model leaves of each score, and how much of each score its own expectation is made of.
///
/// With H the matrix that makes expectations of scores (ŷ = Hy, BLUPs and fixed effects together), I − H = σ²P and PVP = P, so that the
/// residual e = σ²Py has the variance σ⁴P = σ²(I − H): exactly σ²(1 − h) for a score of leverage h, random effects included. Leaving a score
/// out, with the variances held, changes its residual to e / (1 − h).
///
/// For a score whose eliminated level has the weight w and the counts N, and D its dense columns, h = w + (D − wN)ᵀ TBT (D − wN)
/// (see `CrossedInverse`): all scores of a level need the one product TBT·N.
struct CrossedResiduals: Sendable {
    let fit: CrossedEffects
    /// The rest of each score, in points.
    let values: [Double]
    /// h of each score, between 0 and 1.
    let leverages: [Double]

    init(_ fit: CrossedEffects) {
        (self.fit, values) = (fit, fit.residuals)
        let design = fit.design
        let codes = design.levels.codes
        let (starts, order) = CrossedResiduals.rowsByLevel(design, codes)
        let pieces = Parallel.pieces(of: design.sizes.count, grain: 256)
        let parts = Parallel.map(pieces.count, size: design.scoreCount) { piece in
            CrossedResiduals.leverages(fit, codes, levels: pieces[piece], starts, order)
        }
        var leverages = [Double](repeating: 0, count: order.count)
        for (row, value) in zip(order, parts.joined()) { leverages[Int(row)] = value }
        self.leverages = leverages
    }

    /// The scores of each eliminated level, one level after the other.
    private static func rowsByLevel(_ design: CrossedDesign, _ codes: (eliminated: [Int32], columns: [[Int32]])) -> (
        starts: [Int], order: [Int32]
    ) {
        var starts = [0]
        for size in design.sizes { starts.append(starts[starts.count - 1] + Int(size)) }
        var (next, order) = (starts, [Int32](repeating: 0, count: design.scoreCount))
        for (row, code) in codes.eliminated.enumerated() {
            order[next[Int(code)]] = Int32(row)
            next[Int(code)] += 1
        }
        return (starts, order)
    }

    /// h of the scores of some levels, in their order.
    private static func leverages(
        _ fit: CrossedEffects, _ codes: (eliminated: [Int32], columns: [[Int32]]), levels: Range<Int>, _ starts: [Int], _ order: [Int32]
    ) -> [Double] {
        let (design, inverse) = (fit.design, fit.inverse)
        let (matrix, scales) = (inverse.matrix, inverse.scales)
        var product = [Double](repeating: 0, count: design.columnCount)
        var found: [Double] = []
        for level in levels {
            let (met, weight) = (design.counts.row(level), fit.weights[level])
            var form = 0.0
            for (column, count) in met {
                var sum = 0.0
                for (other, times) in met { sum += times * scales[other] * matrix[other, column] }
                product[column] = sum * scales[column]
                form += count * product[column]
            }
            for place in starts[level]..<starts[level + 1] {
                let columns = codes.columns.map { Int($0[Int(order[place])]) }
                var (own, shared) = (0.0, 0.0)
                for column in columns {
                    shared += product[column]
                    for other in columns { own += scales[column] * scales[other] * matrix[other, column] }
                }
                found.append(weight + own - 2 * weight * shared + weight * weight * form)
            }
        }
        return found
    }

    /// The residuals that the model, with its variance ratios held, would leave of another contest that it describes, and the noise variance
    /// that it would find: σ²(I − H)y of y = θ + β (+ γ) + ε with effects and noise drawn anew.
    func simulated(_ stream: inout RandomStream) -> (values: [Double], variance: Double) {
        let (design, inverse) = (fit.design, fit.inverse)
        let (own, other) = design.isEntryEliminated ? (fit.entryVariance, fit.judgeVariance) : (fit.judgeVariance, fit.entryVariance)
        func drawn(_ count: Int, _ variance: Double) -> [Double] {
            let deviation = variance.squareRoot()
            return (0..<count).map { _ in deviation * stream.normal() }
        }
        let levels = drawn(design.sizes.count, own)
        var columns = drawn(design.random[0].count, other)
        if let heatVariance = fit.heatVariance { columns += drawn(design.random[1].count, heatVariance) }
        columns += [Double](repeating: 0, count: design.fixed.count)
        let noise = fit.residualVariance.squareRoot()
        let scores = design.levels.expected(LevelValues(eliminated: levels, columns: columns)).map { $0 + noise * stream.normal() }
        let found = fit.scaling.effects(design.levels.sums(over: scores), design) { inverse.matrix.symmetricTimes($0) }
        let values = zip(scores, design.levels.expected(found)).map { $0 - $1 }
        let freedom = Double(scores.count - (fit.estimation == .reml ? design.fixed.count : 0))
        return (values, zip(scores, values).reduce(0) { $0 + $1.0 * $1.1 } / freedom)
    }
}

extension CrossedEffects {
    /// What the model leaves of each score, in points.
    var residuals: [Double] {
        let (eliminated, dense) = design.isEntryEliminated ? (entryEffects, judgeEffects) : (judgeEffects, entryEffects)
        let columns = dense + heatEffects + groupMeans.map { $0 - design.center }
        return zip(design.values, design.levels.expected(LevelValues(eliminated: eliminated, columns: columns))).map { $0 - $1 }
    }
}
