import LinearAlgebra

/// What a crossed model leaves of each score, and how much of each score its own expectation is made of.
///
/// With H the matrix that makes expectations of scores (ŷ = Hy, BLUPs and the mean together), I − H = σ²P and PVP = P, so that the
/// residual e = σ²Py has the variance σ⁴P = σ²(I − H): exactly σ²(1 − h) for a score of leverage h, random effects included. Leaving a
/// score out, with the variances held, changes its residual to e / (1 − h).
///
/// For a score whose eliminated level has the weight w and the counts N, and D its dense columns, h = w + (D − wN)ᵀ TBT (D − wN)
/// (see `CrossedInverse`): all scores of a level need the one product TBT·N.
struct CrossedResiduals: Sendable {
    let fit: CrossedEffects
    /// The rest of each score, in points.
    let values: [Double]
    /// h of each score, between 0 and 1.
    let leverages: [Double]

    /// - Precondition: the fit has no groups of entries.
    init(_ fit: CrossedEffects) {
        precondition(fit.groups.count == 1, "residuals are made of models without groups")
        let columns = ScoreColumns(fit)
        let fair = fit.fairAverages()
        values = fit.sheet.units.indices.map { row in
            let heat = fit.heatEffects.isEmpty ? 0 : fit.heatEffects[Int(columns.heats[row])]
            return fit.sheet.points(at: row) - fair[Int(columns.entries[row])] - fit.judgeEffects[Int(fit.sheet.judgeCodes[row])] - heat
        }
        self.fit = fit
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
            for position in starts[level]..<starts[level + 1] {
                let own = columns.dense(of: Int(order[position]), fit)
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
