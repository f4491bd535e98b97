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

    init(_ design: CrossedDesign, _ scaling: CrossedScaling, in storage: consuming Matrix) throws(FitError) {
        let fixed = design.fixed
        var equations = consume storage
        equations.setToComplement(
            diagonal: design.denseSizes, border: design.border, rows: design.counts, weights: scaling.weights, scaledBy: scaling.scales,
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
        (scales, self.fixed) = (scaling.scales, fixed)
    }

    mutating func releaseStorage() -> Matrix {
        var released = Matrix(rows: 0, columns: 0)
        swap(&released, &matrix)
        return released
    }

    mutating func mirror() { matrix.mirrorLowerTriangle() }

    /// The effects whose normal equations at a scaling have these sums on their right-hand side.
    ///
    /// - Parameter refinements: how often what the equations leave of the right-hand side is solved for, too. One makes up for the digits that an
    ///   explicit inverse loses; more, for an inverse of equations at ratios that differ a little.
    func effects(_ sums: LevelValues, _ design: CrossedDesign, _ scaling: CrossedScaling, refinements: Int = 0) -> LevelValues {
        let tasks = Parallel.tasks(size: design.scoreCount)
        let right = scaling.complement(sums.columns, sums.eliminated, design, tasks)
        var scaled = matrix.symmetricTimes(right)
        for _ in 0..<refinements {
            let columns = zip(scaled, scaling.scales).map { $0 * $1 }
            let product = scaling.complement(design.gramTimes(columns), design.counts.times(columns, tasks: tasks), design, tasks)
            let rest = right.indices.map { right[$0] - product[$0] - ($0 < fixed.lowerBound ? scaled[$0] : 0) }
            for (column, value) in matrix.symmetricTimes(rest).enumerated() { scaled[column] += value }
        }
        let columns = zip(scaled, scaling.scales).map { $0 * $1 }
        let expected = design.counts.times(columns, tasks: tasks)
        let eliminated = scaling.weights.indices.map { scaling.weights[$0] * (sums.eliminated[$0] - expected[$0]) }
        return LevelValues(eliminated: eliminated, columns: columns)
    }

    /// aᵀ·TBT·a of each row a.
    func quadraticForms(_ rows: SparseRows) -> [Double] {
        rows.quadraticForms(matrix, scaledBy: scales, tasks: Parallel.tasks(size: rows.elementCount))
    }

    /// What is left of the forms of rows when the fixed effects are held.
    func holdingFixed(_ forms: [Double], of rows: SparseRows) -> [Double] {
        let parts = fixed.map { rows.times(scaledColumn($0)) }
        return forms.indices.map { row in forms[row] - fixedShare(parts.map { $0[row] }) }
    }

    /// A column of TB.
    func scaledColumn(_ column: Int) -> [Double] { zip(matrix.symmetricColumn(column), scales).map { $0 * $1 } }

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
