import LinearAlgebra

/// Entries and judges by least squares: x = θ_entry + β_judge + ε, both fixed, nothing shrunken.
///
/// The judges of each subset add up to 0, so a fair average is what the average judge of the entry's subset would have given; across subsets
/// that share no judge it rests on the assumption that their panels are equally severe on average. Eliminating the entries leaves the judges'
/// Laplacian L = diag(n) − Nᵀ diag(1/m) N, with (L + Σ 11ᵀ/J)⁻¹ = L⁺ + Σ 11ᵀ/J over the subsets of J judges.
///
/// Source: Searle, *Linear Models* (1971), chapter 7.
public struct Additive: Sendable {
    /// The sheet of totals.
    public let sheet: ScoreSheet
    /// Which judges are connected.
    public let panels: PanelDesign
    /// What the average judge of its subset would have given each entry, in points.
    public let fairAverages: [Double]
    /// Points that each judge scores the same entries above (positive) or below the average judge of the subset.
    public let judgeEffects: [Double]
    /// Scores less entries, judges and one for each subset.
    public let degreesOfFreedom: Int
    /// The noise variance; `nil` without degrees of freedom.
    public let residualVariance: Double?
    /// The standard errors of the fair averages; `nil` without degrees of freedom.
    public let fairAverageErrors: [Double]?
    /// The standard errors of the judges' effects; 0 for the only judge of a subset.
    public let judgeErrors: [Double]?

    /// Fits a sheet of totals.
    ///
    /// Time and memory grow with the cube and the square of the number of judges.
    /// - Throws: `FitError.notPositiveDefinite`, never seen.
    public init(of sheet: ScoreSheet) throws(FitError) {
        precondition(sheet.criteria.isEmpty, "a model is made of judges' totals: pass Totals(of: sheet).sheet")
        let panels = PanelDesign(of: sheet)
        let (counts, sums) = Additive.counts(of: sheet)
        let sizes = sheet.scoreCounts.map(Double.init)
        let judgeSizes = sheet.judgeScoreCounts.map(Double.init)
        let means = zip(sums, sizes).map { $0 / $1 }
        let subsetSizes = panels.subsetOfJudge.reduce(into: [Double](repeating: 0, count: panels.subsetCount)) { $0[Int($1)] += 1 }
        let shares = panels.subsetOfJudge.map { 1 / subsetSizes[Int($0)] }

        var laplacian = Matrix(rows: sheet.judges.count, columns: sheet.judges.count) { row, column in
            (row == column ? judgeSizes[row] : 0) + (panels.subsetOfJudge[row] == panels.subsetOfJudge[column] ? shares[row] : 0)
        }
        let tasks = Parallel.tasks(size: sheet.count)
        laplacian.subtractGram(of: counts, weights: sizes.map { 1 / $0 }, tasks: tasks)
        let cholesky: Cholesky
        do { cholesky = try Cholesky(laplacian) } catch { throw .notPositiveDefinite(minor: sheet.judges.count) }
        let effects = cholesky.solve(Additive.severityEquations(sheet, means))
        let fair = zip(means, zip(counts * effects, sizes)).map { $0 - $1.0 / $1.1 }

        (self.sheet, self.panels, fairAverages, judgeEffects) = (sheet, panels, fair, effects)
        degreesOfFreedom = sheet.count - sheet.entries.count - sheet.judges.count + panels.subsetCount
        guard degreesOfFreedom > 0 else {
            (residualVariance, fairAverageErrors, judgeErrors) = (nil, nil, nil)
            return
        }
        let variance = Additive.residualSquares(sheet, fair, effects) / Double(degreesOfFreedom)
        let inverse = cholesky.inverse
        judgeErrors = shares.indices.map { (variance * max(0, inverse[$0, $0] - shares[$0])).squareRoot() }
        let forms = counts.quadraticForms(inverse, tasks: tasks)
        let entryShares = (0..<counts.rowCount).map { counts.row($0).first.map { shares[$0.column] } ?? 0 }
        fairAverageErrors = sizes.indices.map { entry in
            (variance * max(0, 1 / sizes[entry] + forms[entry] / (sizes[entry] * sizes[entry]) - entryShares[entry])).squareRoot()
        }
        residualVariance = variance
    }

    /// How often each entry met each judge, and the sum of its scores in points.
    private static func counts(of sheet: ScoreSheet) -> (SparseRows, [Double]) {
        let entries = EntryRows(of: sheet)
        var builder = SparseRowBuilder(columnCount: sheet.judges.count, elementCapacity: sheet.count)
        var sums: [Double] = []
        for entry in 0..<entries.count {
            var sum = 0.0
            for index in entries.performances(of: entry) {
                let rows = sheet.performances[Int(index)].rows
                builder.addOnes(at: sheet.judgeCodes[rows])
                for row in rows { sum += sheet.units[row] }
            }
            builder.endRow()
            sums.append(sum / sheet.unitsPerPoint)
        }
        return (builder.rows(), sums)
    }

    /// For each judge the sum of scores less the entries' means, which subtracts before it adds.
    private static func severityEquations(_ sheet: ScoreSheet, _ means: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: sheet.judges.count)
        for performance in sheet.performances {
            let mean = means[Int(performance.entry)]
            for row in performance.rows { sums[Int(sheet.judgeCodes[row])] += sheet.score(at: row) - mean }
        }
        return sums
    }

    private static func residualSquares(_ sheet: ScoreSheet, _ fair: [Double], _ effects: [Double]) -> Double {
        var squares = 0.0
        for performance in sheet.performances {
            for row in performance.rows {
                let residual = sheet.score(at: row) - fair[Int(performance.entry)] - effects[Int(sheet.judgeCodes[row])]
                squares += residual * residual
            }
        }
        return squares
    }
}
