import LinearAlgebra

/// The inverse B of a crossed model's dense equations: posterior variances, over σ², of everything that is not eliminated.
///
/// σ² T B T is Henderson's prediction error covariance, the uncertainty of the fixed effects included. Without it (fixed effects held, as for
/// maximum likelihood and lme4's conditional variances) B loses B_f (B_ff)⁻¹ B_fᵀ, with f the fixed effects: never formed, only applied.
struct CrossedInverse: Sendable {
    let matrix: Matrix
    let scales: [Double]
    let fixed: Range<Int>
    private let fixedBlock: Cholesky

    init(_ equations: CrossedEquations) throws(FitError) {
        let inverse = equations.cholesky.inverse
        let fixed = equations.design.fixed
        let block = Matrix(rows: fixed.count, columns: fixed.count) { inverse[fixed.lowerBound + $0, fixed.lowerBound + $1] }
        do { fixedBlock = try Cholesky(block) } catch { throw .notPositiveDefinite(minor: equations.design.columnCount) }
        (matrix, scales, self.fixed) = (inverse, equations.scales, fixed)
    }

    /// aᵀ·TBT·a of each row a, with the fixed effects held or not.
    func quadraticForms(_ rows: SparseRows, holdingFixed: Bool) -> [Double] {
        let scaled = rows.scalingColumns(by: scales)
        let all = scaled.quadraticForms(matrix)
        guard holdingFixed else { return all }
        let parts = fixed.map { scaled * Array(matrix.column($0)) }
        return all.indices.map { row in all[row] - fixedShare(parts.map { $0[row] }) }
    }

    /// xᵀ (B_ff)⁻¹ x.
    private func fixedShare(_ x: [Double]) -> Double {
        zip(x, fixedBlock.solve(x)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// tr(ZᵀP̃Z) of a factor (REML), or tr(Zᵀ(V/σ²)⁻¹Z) (maximum likelihood): the derivative of the log determinant by its ratio.
    func trace(_ factor: Int, of equations: CrossedEquations) -> Double {
        let design = equations.design
        let holdsFixed = equations.estimation == .ml
        guard factor > 0 else {
            let forms = quadraticForms(design.counts, holdingFixed: holdsFixed)
            return zip(design.sizes, forms).reduce(0) { sum, level in
                let inflation = 1 + equations.ratios[0] * level.0
                return sum + (level.0 - level.1 / inflation) / inflation
            }
        }
        let (columns, ratio) = (design.random[factor - 1], equations.ratios[factor])
        // (q − tr B)/λ loses the digits that λ times the scores of a level lies below 1.
        guard ratio * Double(design.scoreCount) < 1e-4 * Double(columns.count) else {
            return columns.reduce(0) { sum, column in
                let held = holdsFixed ? fixedShare(fixed.map { matrix[$0, column] }) : 0
                return sum + (1 - matrix[column, column] + held) / ratio
            }
        }
        return directTrace(columns, of: equations, holdingFixed: holdsFixed)
    }

    /// The trace of G − G·TBT·G over the columns of a factor, with G the equations before they are scaled.
    private func directTrace(_ columns: Range<Int>, of equations: CrossedEquations, holdingFixed: Bool) -> Double {
        var gram = equations.design.gram()
        gram.subtractGram(of: equations.design.counts, weights: equations.weights)
        let block = Matrix(rows: gram.rows, columns: columns.count) { row, column in
            let place = columns.lowerBound + column
            return scales[row] * (row >= place ? gram[row, place] : gram[place, row])
        }
        let product = matrix * block
        return columns.enumerated().reduce(0) { sum, column in
            let explained = zip(block.column(column.offset), product.column(column.offset)).reduce(0) { $0 + $1.0 * $1.1 }
            let held = holdingFixed ? fixedShare(fixed.map { product[$0, column.offset] }) : 0
            return sum + gram[column.element, column.element] - explained + held
        }
    }
}
