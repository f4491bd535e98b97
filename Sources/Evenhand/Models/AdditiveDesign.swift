import LinearAlgebra

/// The equations of entries and judges as fixed effects, factored once for any values of the scores.
///
/// Eliminating the entries leaves the judges' Laplacian L = diag(n) − Nᵀ diag(1/m) N, with (L + Σ 11ᵀ/J)⁻¹ = L⁺ + Σ 11ᵀ/J over the subsets
/// of J judges. Severity, home bias, interaction with criteria and drift all ask it for the rest that entries and judges leave.
struct AdditiveDesign: Sendable {
    let sheet: ScoreSheet
    let panels: PanelDesign
    /// How often each entry met each judge.
    let counts: SparseRows
    /// The number of scores of each entry.
    let sizes: [Double]
    /// The entry of each score.
    let entryCodes: [Int32]
    /// 1/J of the subset of each judge.
    let shares: [Double]
    /// Scores less entries, judges and one for each subset.
    let degreesOfFreedom: Int
    private let cholesky: Cholesky

    /// The effects that fit values of the scores best, and what they leave.
    struct Solution: Sendable {
        /// For each entry what the average judge of its subset would have given.
        let entries: [Double]
        /// For each judge how far above that; adds up to 0 in each subset.
        let judges: [Double]
        /// What is left of each value.
        let residuals: [Double]
        /// The sum of their squares.
        let squares: Double
    }

    /// - Throws: `FitError.tooLarge` for more judges than memory has room for; `FitError.notPositiveDefinite`, never seen.
    init(of sheet: ScoreSheet) throws(FitError) {
        precondition(sheet.criteria.isEmpty, "a model is made of judges' totals: pass Totals(of: sheet).sheet")
        // The Laplacian, its factor and its inverse.
        try TableMemory.require(squares: 3, of: sheet.judges.count, "judges")
        let panels = PanelDesign(of: sheet)
        let counts = AdditiveDesign.counts(of: sheet)
        let sizes = sheet.scoreCounts.map(Double.init)
        let judgeSizes = sheet.judgeScoreCounts.map(Double.init)
        let subsetSizes = panels.subsetOfJudge.reduce(into: [Double](repeating: 0, count: panels.subsetCount)) { $0[Int($1)] += 1 }
        let shares = panels.subsetOfJudge.map { 1 / subsetSizes[Int($0)] }
        var laplacian = Matrix(rows: sheet.judges.count, columns: sheet.judges.count) { row, column in
            (row == column ? judgeSizes[row] : 0) + (panels.subsetOfJudge[row] == panels.subsetOfJudge[column] ? shares[row] : 0)
        }
        laplacian.subtractGram(of: counts, weights: sizes.map { 1 / $0 }, tasks: Parallel.tasks(size: sheet.count))
        do { cholesky = try Cholesky(laplacian) } catch { throw .notPositiveDefinite(minor: sheet.judges.count) }
        entryCodes = sheet.performances.flatMap { [Int32](repeating: $0.entry, count: $0.rows.count) }
        degreesOfFreedom = sheet.count - sheet.entries.count - sheet.judges.count + panels.subsetCount
        (self.sheet, self.panels, self.counts, self.sizes, self.shares) = (sheet, panels, counts, sizes, shares)
    }

    /// L⁺ + Σ 11ᵀ/J.
    var inverse: Matrix { cholesky.inverse }

    /// The variances of the effects of entries and judges over the noise variance; 0 for the only judge of a subset.
    var factors: (entries: [Double], judges: [Double]) {
        let (inverse, shareOfSubset) = (inverse, shareOfSubset)
        let forms = counts.quadraticForms(inverse, tasks: Parallel.tasks(size: sheet.count))
        let judges = shares.indices.map { shares[$0] == 1 ? 0 : max(0, inverse[$0, $0] - shares[$0]) }
        let entries = sizes.indices.map { entry -> Double in
            let (size, share) = (sizes[entry], shareOfSubset[Int(subsetOfEntry[entry])])
            return max(0, 1 / size + forms[entry] / (size * size) - share)
        }
        return (entries, judges)
    }

    /// 1 − h of each score, the part of its noise that entries and judges leave: h = 1/m + (eⱼ − N/m)ᵀL⁺(eⱼ − N/m), N the counts of its
    /// entry.
    var freedoms: [Double] {
        let (inverse, entries) = (inverse, EntryRows(of: sheet))
        var freedoms = [Double](repeating: 0, count: sheet.count)
        var mixed = [Double](repeating: 0, count: shares.count)
        for entry in sizes.indices {
            var own = 0.0
            for (judge, count) in counts.row(entry) {
                mixed[judge] = counts.row(entry).reduce(0) { $0 + inverse[judge, $1.column] * $1.value } / sizes[entry]
                own += count * mixed[judge] / sizes[entry]
            }
            for performance in entries.performances(of: entry) {
                for row in sheet.performances[Int(performance)].rows {
                    let judge = Int(sheet.judgeCodes[row])
                    freedoms[row] = max(0, 1 - 1 / sizes[entry] - inverse[judge, judge] + 2 * mixed[judge] - own)
                }
            }
        }
        return freedoms
    }

    private var shareOfSubset: [Double] {
        zip(panels.subsetOfJudge, shares).reduce(into: [Double](repeating: 1, count: panels.subsetCount)) { $0[Int($1.0)] = $1.1 }
    }

    /// The subset of each entry.
    var subsetOfEntry: [Int32] {
        var subsets = [Int32](repeating: 0, count: sizes.count)
        for performance in sheet.performances {
            subsets[Int(performance.entry)] = panels.subsetOfJudge[Int(sheet.judgeCodes[performance.rows.lowerBound])]
        }
        return subsets
    }

    /// Fits values, one for each score.
    func fit(_ given: [Double]) -> Solution {
        // Counted from a whole number among them, so that large ones lose no digits.
        let pivot = (((given.min() ?? 0) + (given.max() ?? 0)) / 2).rounded()
        let values = given.map { $0 - pivot }
        var means = [Double](repeating: 0, count: sizes.count)
        for (entry, value) in zip(entryCodes, values) { means[Int(entry)] += value }
        for entry in means.indices { means[entry] /= sizes[entry] }
        // Subtracts before it adds.
        var right = [Double](repeating: 0, count: sheet.judges.count)
        for row in values.indices { right[Int(sheet.judgeCodes[row])] += values[row] - means[Int(entryCodes[row])] }
        let judges = cholesky.solve(right)
        let entries = zip(means, zip(counts * judges, sizes)).map { $0 - $1.0 / $1.1 }
        var (residuals, squares) = (values, 0.0)
        for row in residuals.indices {
            residuals[row] -= entries[Int(entryCodes[row])] + judges[Int(sheet.judgeCodes[row])]
            squares += residuals[row] * residuals[row]
        }
        return Solution(entries: entries.map { pivot + $0 }, judges: judges, residuals: residuals, squares: squares)
    }

    /// The effects that fit scores best of which the sums over entries and over judges are known; the judges of a subset add up to 0.
    func effects(entrySums: [Double], judgeSums: [Double]) -> (entries: [Double], judges: [Double]) {
        let means = zip(entrySums, sizes).map { $0 / $1 }
        let judges = cholesky.solve(zip(judgeSums, counts.transposedTimes(means)).map { $0 - $1 })
        return (zip(means, zip(counts * judges, sizes)).map { $0 - $1.0 / $1.1 }, judges)
    }

    /// For some judges the sum of squares that entries and judges leave of a column with the judge's values and 0 for all others.
    ///
    /// With v the values, it is Σ v² − Σ v²/m − rᵀL⁺r, r the column's equations: what a slope on v of this judge alone rests on.
    /// - Precondition: no judge scored an entry twice.
    func ownSquares(_ values: [Double], of judges: [Int]) -> [Double] {
        guard !judges.isEmpty else { return [] }
        var position = [Int](repeating: -1, count: sheet.judges.count)
        for (index, judge) in judges.enumerated() { position[judge] = index }
        var (squares, right) = ([Double](repeating: 0, count: judges.count), Matrix(rows: sheet.judges.count, columns: judges.count))
        for row in values.indices where values[row] != 0 {
            let judge = Int(sheet.judgeCodes[row])
            guard position[judge] >= 0 else { continue }
            let (entry, column) = (Int(entryCodes[row]), position[judge])
            squares[column] += values[row] * values[row] * (1 - 1 / sizes[entry])
            right[judge, column] += values[row]
            for (other, count) in counts.row(entry) { right[other, column] -= values[row] * count / sizes[entry] }
        }
        // The constant of a subset drops out: a column's equations add up to 0.
        let solved = cholesky.solve(right)
        return judges.indices.map { column in
            zip(right.column(column), solved.column(column)).reduce(squares[column]) { $0 - $1.0 * $1.1 }
        }
    }

    private static func counts(of sheet: ScoreSheet) -> SparseRows {
        let entries = EntryRows(of: sheet)
        var builder = SparseRowBuilder(columnCount: sheet.judges.count, elementCapacity: sheet.count)
        for entry in 0..<entries.count {
            for index in entries.performances(of: entry) { builder.addOnes(at: sheet.judgeCodes[sheet.performances[Int(index)].rows]) }
            builder.endRow()
        }
        return builder.rows()
    }
}
