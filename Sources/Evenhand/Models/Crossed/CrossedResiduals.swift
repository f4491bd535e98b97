import LinearAlgebra

/// What a crossed model leaves of each score, and how much of each score its own expectation is made of.
///
/// With H the matrix that makes expectations of scores (ŷ = Hy, BLUPs and the mean together), I − H = σ²P and PVP = P, so that the
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
    private let columns: ScoreColumns

    /// - Precondition: the fit has no groups of entries.
    init(_ fit: CrossedEffects) {
        precondition(fit.groups.count == 1, "residuals are made of models without groups")
        let columns = ScoreColumns(fit)
        let fair = fit.fairAverages()
        values = fit.sheet.units.indices.map { row in
            let heat = fit.heatEffects.isEmpty ? 0 : fit.heatEffects[Int(columns.heats[row])]
            return fit.sheet.points(at: row) - fair[Int(columns.entries[row])] - fit.judgeEffects[Int(fit.sheet.judgeCodes[row])] - heat
        }
        (self.fit, self.columns) = (fit, columns)
        let (starts, order) = columns.rowsByLevel(fit)
        let pieces = Parallel.pieces(of: starts.count - 1, grain: 256)
        let parts = Parallel.map(pieces.count, size: order.count) { piece in
            CrossedResiduals.leverages(fit, columns, levels: pieces[piece], starts, order)
        }
        var leverages = [Double](repeating: 0, count: order.count)
        for (row, value) in zip(order, parts.joined()) { leverages[Int(row)] = value }
        self.leverages = leverages
    }

    /// h of the scores of some eliminated levels, in their order.
    private static func leverages(
        _ fit: CrossedEffects, _ columns: ScoreColumns, levels: Range<Int>, _ starts: [Int], _ order: [Int32]
    ) -> [Double] {
        let (matrix, scales) = (fit.inverse.matrix, fit.inverse.scales)
        var product = [Double](repeating: 0, count: scales.count)
        var found: [Double] = []
        for level in levels {
            let (met, weight) = (fit.design.counts.row(level), fit.weights[level])
            var form = 0.0
            for (column, count) in met {
                var sum = 0.0
                for (other, times) in met { sum += times * scales[other] * matrix[other, column] }
                product[column] = sum * scales[column]
                form += count * product[column]
            }
            for place in starts[level]..<starts[level + 1] {
                let own = columns.dense(of: Int(order[place]), fit)
                var (variance, shared) = (0.0, 0.0)
                for column in own {
                    shared += product[column]
                    for other in own { variance += scales[column] * scales[other] * matrix[other, column] }
                }
                found.append(weight + variance - 2 * weight * shared + weight * weight * form)
            }
        }
        return found
    }

    /// The residuals that the model, with its variance ratios held, would leave of another contest that it describes, and the noise variance
    /// that it would find: σ²(I − H)y of y = θ + β (+ γ) + ε with effects and noise drawn anew.
    func simulated(_ stream: inout RandomStream) -> (values: [Double], variance: Double) {
        let sheet = fit.sheet
        func drawn(_ count: Int, _ variance: Double) -> [Double] {
            let deviation = variance.squareRoot()
            return (0..<count).map { _ in deviation * stream.normal() }
        }
        let (entries, judges) = (drawn(sheet.entries.count, fit.entryVariance), drawn(sheet.judges.count, fit.judgeVariance))
        let heats = drawn(fit.heatEffects.count, fit.heatVariance ?? 0)
        let noise = fit.residualVariance.squareRoot()
        var scores = [Double](repeating: 0, count: sheet.count)
        for row in scores.indices {
            let heat = heats.isEmpty ? 0 : heats[Int(columns.heats[row])]
            scores[row] = entries[Int(columns.entries[row])] + judges[Int(sheet.judgeCodes[row])] + heat + noise * stream.normal()
        }
        let values = rest(of: scores)
        let freedom = Double(scores.count - (fit.estimation == .reml ? 1 : 0))
        return (values, zip(scores, values).reduce(0) { $0 + $1.0 * $1.1 } / freedom)
    }

    /// What the model leaves of scores of the same design: its equations with other right-hand sides.
    private func rest(of scores: [Double]) -> [Double] {
        let (design, scales, weights) = (fit.design, fit.inverse.scales, fit.weights)
        let (eliminatedCodes, denseCodes) = columns.codes(fit)
        let (heatStart, fixed) = (fit.heatEffects.isEmpty ? nil : design.denseSizes.count, design.fixed.lowerBound)
        var (levels, dense) = ([Double](repeating: 0, count: weights.count), [Double](repeating: 0, count: scales.count))
        for (row, score) in scores.enumerated() {
            levels[Int(eliminatedCodes[row])] += score
            dense[Int(denseCodes[row])] += score
            dense[fixed] += score
            if let heatStart { dense[heatStart + Int(columns.heats[row])] += score }
        }
        let taken = design.counts.transposedTimes(zip(weights, levels).map { $0 * $1 })
        let right = scales.indices.map { scales[$0] * (dense[$0] - taken[$0]) }
        let found = zip(fit.inverse.matrix * right, scales).map { $0 * $1 }
        let expected = design.counts * found
        let effects = weights.indices.map { weights[$0] * (levels[$0] - expected[$0]) }
        var rest = scores
        for row in rest.indices {
            let heat = heatStart.map { found[$0 + Int(columns.heats[row])] } ?? 0
            rest[row] -= effects[Int(eliminatedCodes[row])] + found[Int(denseCodes[row])] + heat + found[fixed]
        }
        return rest
    }
}

/// The entry and the heat of each score, and which columns of a model's equations it falls on.
private struct ScoreColumns: Sendable {
    let entries: [Int32]
    /// Empty when heats have no effects.
    let heats: [Int32]

    init(_ fit: CrossedEffects) {
        let performances = fit.sheet.performances
        entries = performances.flatMap { [Int32](repeating: $0.entry, count: $0.rows.count) }
        heats = fit.heatEffects.isEmpty ? [] : performances.flatMap { [Int32](repeating: $0.heat, count: $0.rows.count) }
    }

    /// The eliminated level of each score, and its level of the other factor.
    func codes(_ fit: CrossedEffects) -> (eliminated: [Int32], dense: [Int32]) {
        fit.design.isEntryEliminated ? (entries, fit.sheet.judgeCodes) : (fit.sheet.judgeCodes, entries)
    }

    func dense(of row: Int, _ fit: CrossedEffects) -> [Int] {
        let own = Int(codes(fit).dense[row])
        let heat = heats.isEmpty ? [] : [fit.design.denseSizes.count + Int(heats[row])]
        return [own] + heat + [fit.design.fixed.lowerBound]
    }

    /// The scores of each eliminated level, one level after the other.
    func rowsByLevel(_ fit: CrossedEffects) -> (starts: [Int], order: [Int32]) {
        let codes = codes(fit).eliminated
        var starts = [Int](repeating: 0, count: fit.weights.count + 1)
        for code in codes { starts[Int(code) + 1] += 1 }
        for level in fit.weights.indices { starts[level + 1] += starts[level] }
        var (next, order) = (starts, [Int32](repeating: 0, count: codes.count))
        for (row, code) in codes.enumerated() {
            order[next[Int(code)]] = Int32(row)
            next[Int(code)] += 1
        }
        return (starts, order)
    }
}
