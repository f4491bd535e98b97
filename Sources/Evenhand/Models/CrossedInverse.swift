import LinearAlgebra

/// The inverse B of a crossed model's dense equations: posterior variances, over σ², of everything that is not eliminated.
///
/// σ² T B T is Henderson's prediction error covariance, the uncertainty of the fixed effects included. Without it (fixed effects held, as for
/// maximum likelihood and lme4's conditional variances) B loses B_f (B_ff)⁻¹ B_fᵀ, with f the fixed effects: never formed, only applied.
struct CrossedInverse: Sendable {
    /// B. While variances are searched only its lower triangle is filled in.
    private(set) var matrix: Matrix
    /// The pivots of A.
    let pivots: [Double]
    /// T.
    let scales: [Double]
    let fixed: Range<Int>
    private let fixedBlock: Cholesky

    init(_ design: CrossedDesign, _ ratios: [Double], _ weights: [Double], in storage: consuming Matrix) throws(FitError) {
        var scales = [Double](repeating: 1, count: design.columnCount)
        for (factor, columns) in design.random.enumerated() {
            for column in columns { scales[column] = ratios[factor + 1].squareRoot() }
        }
        let fixed = design.fixed
        var equations = consume storage
        equations.setToComplement(
            diagonal: design.denseSizes, border: design.border, rows: design.counts, weights: weights, scaledBy: scales,
            adding: [Double](repeating: 1, count: fixed.lowerBound), tasks: Parallel.tasks(size: design.scoreCount))
        do {
            let tasks = Parallel.tasks(size: design.columnCount * design.columnCount)
            let inverse = try PositiveDefiniteInverse(consume equations, tasks: tasks)
            (matrix, pivots) = (inverse.lower, inverse.pivots)
            let block = Matrix(rows: fixed.count, columns: fixed.count) { [matrix] in
                matrix[fixed.lowerBound + max($0, $1), fixed.lowerBound + min($0, $1)]
            }
            fixedBlock = try Cholesky(block)
        } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw .notPositiveDefinite(minor: design.columnCount) }
            throw .notPositiveDefinite(minor: minor)
        }
        (self.scales, self.fixed) = (scales, fixed)
    }

    mutating func releaseStorage() -> Matrix {
        var released = Matrix(rows: 0, columns: 0)
        swap(&released, &matrix)
        return released
    }

    mutating func mirror() { matrix.mirrorLowerTriangle() }

    /// The effects whose normal equations have these sums on their right-hand side.
    ///
    /// - Parameter isRefined: takes what the equations leave of the right-hand side for a second solution, which makes up for digits that an
    ///   explicit inverse loses.
    func effects(_ sums: LevelValues, _ design: CrossedDesign, _ weights: [Double], isRefined: Bool = false) -> LevelValues {
        let tasks = Parallel.tasks(size: design.scoreCount)
        let right = scaledComplement(sums.columns, weights.indices.map { weights[$0] * sums.eliminated[$0] }, design, tasks)
        var scaled = matrix.symmetricTimes(right)
        if isRefined {
            let columns = zip(scaled, scales).map { $0 * $1 }
            let met = design.counts.times(columns, tasks: tasks)
            let product = scaledComplement(design.gramTimes(columns), weights.indices.map { weights[$0] * met[$0] }, design, tasks)
            let rest = right.indices.map { right[$0] - product[$0] - ($0 < fixed.lowerBound ? scaled[$0] : 0) }
            for (column, value) in matrix.symmetricTimes(rest).enumerated() { scaled[column] += value }
        }
        let columns = zip(scaled, scales).map { $0 * $1 }
        let expected = design.counts.times(columns, tasks: tasks)
        return LevelValues(
            eliminated: weights.indices.map { weights[$0] * (sums.eliminated[$0] - expected[$0]) }, columns: columns)
    }

    /// T (columns − Nᵀ eliminated).
    private func scaledComplement(_ columns: [Double], _ eliminated: [Double], _ design: CrossedDesign, _ tasks: Tasks) -> [Double] {
        let part = design.counts.transposedTimes(eliminated, tasks: tasks)
        return columns.indices.map { scales[$0] * (columns[$0] - part[$0]) }
    }

    /// aᵀ·TBT·a of each row a, with the fixed effects held or not.
    func quadraticForms(_ rows: SparseRows, holdingFixed: Bool) -> [Double] {
        let tasks = Parallel.tasks(size: rows.elementCount)
        let all = rows.quadraticForms(matrix, scaledBy: scales, tasks: tasks)
        guard holdingFixed else { return all }
        let parts = fixed.map { rows.times(zip(matrix.symmetricColumn($0), scales).map { $0 * $1 }, tasks: tasks) }
        return all.indices.map { row in all[row] - fixedShare(parts.map { $0[row] }) }
    }

    /// aᵀ·TBT·a of one row.
    func quadraticForm(_ row: [(column: Int, value: Double)]) -> Double {
        row.reduce(0) { $0 + $1.value * scales[$1.column] * product(row: $1.column, row) }
    }

    /// A row of BT times a.
    func product(row index: Int, _ row: [(column: Int, value: Double)]) -> Double {
        row.reduce(0) { $0 + $1.value * scales[$1.column] * matrix[max($1.column, index), min($1.column, index)] }
    }

    /// xᵀ (B_ff)⁻¹ x.
    func fixedShare(_ x: [Double]) -> Double {
        zip(x, fixedBlock.solve(x)).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
