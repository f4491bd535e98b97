import LinearAlgebra

/// The inverse B of a crossed model's dense equations: posterior variances, over σ², of everything that is not eliminated.
///
/// σ² T B T is Henderson's prediction error covariance, the uncertainty of the fixed effects included. Without it (fixed effects held, as
/// for maximum likelihood and lme4's conditional variances) B loses B_f (B_ff)⁻¹ B_fᵀ, with f the fixed effects: never formed, only
/// applied.
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
        do {
            let tasks = Parallel.tasks(size: design.columnCount * design.columnCount)
            let inverse = try PositiveDefiniteInverse(scaling.equations(design, in: consume storage), tasks: tasks)
            (matrix, pivots) = (inverse.lower, inverse.pivots)
            let block = Matrix(rows: fixed.count, columns: fixed.count) { [matrix] in
                matrix[fixed.lowerBound + max($0, $1), fixed.lowerBound + min($0, $1)]
            }
            fixedBlock = try Cholesky(block)
        } catch { throw FitError(error, size: design.columnCount) }
        (scales, self.fixed) = (scaling.scales, fixed)
    }

    mutating func releaseStorage() -> Matrix {
        var released = Matrix(rows: 0, columns: 0)
        swap(&released, &matrix)
        return released
    }

    mutating func mirror() { matrix.mirrorLowerTriangle() }

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
