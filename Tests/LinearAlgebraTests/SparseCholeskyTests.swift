import LinearAlgebra
import TestSupport
import Testing

@Suite struct SparseCholeskyTests {
    /// A symmetric matrix of random positions, made positive definite by its diagonal, by its lower triangle.
    private static func lower(size: Int, share: Double, seed: UInt64) -> SparseRows {
        var state = seed
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        var builder = SparseRowBuilder(columnCount: size)
        for row in 0..<size {
            for column in 0..<row where random() < share { builder.add(random() - 0.5, at: column) }
            builder.add(Double(size) * share + 1, at: row)
            builder.endRow()
        }
        return builder.rows()
    }

    private static func full(_ lower: SparseRows) -> Matrix {
        var matrix = Matrix(rows: lower.rowCount, columns: lower.rowCount)
        for row in 0..<lower.rowCount {
            for (column, value) in lower.row(row) { (matrix[row, column], matrix[column, row]) = (value, value) }
        }
        return matrix
    }

    @Test(arguments: [(1, 1.0), (7, 0.3), (60, 0.02), (60, 0.1), (60, 1.0), (200, 0.01)])
    func `determinant, solutions and the diagonal of the inverse are those of the dense factor`(size: Int, share: Double) throws {
        let lower = Self.lower(size: size, share: share, seed: 7)
        let pattern = lower.symmetricPattern
        let (sparse, dense) = (try SparseCholesky(pattern, lower.elements { $2 }), try Cholesky(Self.full(lower)))
        #expect(isClose(sparse.logDeterminant, dense.logDeterminant, relative: 1e-12))
        let right = (0..<size).map { Double($0 % 5) - 2 }
        for (mine, expected) in zip(sparse.solve(right), dense.solve(right)) {
            #expect(isClose(mine, expected, relative: 1e-10, absolute: 1e-13))
        }
        let (inverse, found) = (dense.inverse, sparse.selectedInverse())
        for row in 0..<size { #expect(isClose(found.diagonal[row], inverse[row, row], relative: 1e-11)) }
        for row in 0..<found.dense.rows {
            #expect(isClose(found.dense[row, 0], inverse[pattern.firstDense + row, pattern.firstDense], relative: 1e-10, absolute: 1e-14))
        }
        let product = lower.symmetricTimes(right)
        for (mine, expected) in zip(product, Self.full(lower) * right) {
            #expect(isClose(mine, expected, relative: 1e-12, absolute: 1e-12))
        }
    }

    @Test func `coloured values have the covariance of the inverse`() throws {
        let lower = Self.lower(size: 40, share: 0.05, seed: 3)
        let (sparse, dense) = (try SparseCholesky(lower.symmetricPattern, lower.elements { $2 }), try Cholesky(Self.full(lower)))
        let root = sparse.coloured(Matrix.identity(40))
        let covariance = root * root.transposed
        for row in 0..<40 {
            for column in 0..<40 { #expect(isClose(covariance[row, column], dense.inverse[row, column], relative: 1e-9, absolute: 1e-12)) }
        }
        #expect(sparse.pattern.firstDense > 0)
    }

    @Test func `a matrix that is not positive definite has no factor`() {
        let lower = SparseRows(columnCount: 3, starts: [0, 1, 3, 4], columns: [0, 0, 1, 2], values: [1, 2, 1, 1])
        #expect(throws: FactorizationError.notPositiveDefinite(minor: 2)) {
            try SparseCholesky(lower.symmetricPattern, lower.elements { $2 })
        }
        // In the last rows, which are factored as a dense matrix.
        let large = Self.lower(size: 40, share: 0.05, seed: 3)
        #expect(large.symmetricPattern.firstDense > 0)
        #expect(throws: FactorizationError.notPositiveDefinite(minor: 40)) {
            try SparseCholesky(large.symmetricPattern, large.elements { row, column, value in (row, column) == (39, 39) ? -1 : value })
        }
    }
}
