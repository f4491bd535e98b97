import LinearAlgebra
import TestSupport
import Testing

@Suite struct PositiveDefiniteInverseTests {
    static func mirrored(_ inverse: PositiveDefiniteInverse) -> Matrix {
        var matrix = inverse.lower
        matrix.mirrorLowerTriangle()
        return matrix
    }

    @Test func `a known inverse is found with its pivots`() throws {
        // Squares of the Cholesky factor's diagonal 2, 1, 3.
        let matrix = Matrix(rows: 3, columns: 3, elements: [4, 12, -16, 12, 37, -43, -16, -43, 98])
        let inverse = try PositiveDefiniteInverse(matrix)
        #expect(zip(inverse.pivots, [4, 1, 9]).allSatisfy { isClose($0, $1, relative: 1e-13) })
        let expected = [1777, -488, 76, -488, 136, -20, 76, -20, 4].map { Double($0) / 36 }
        // The condition number is 6,000.
        #expect(zip(Self.mirrored(inverse).elements, expected).allSatisfy { isClose($0, $1, relative: 1e-11) })
    }

    /// Below, at and above the size of a block, and with a last block of one row.
    @Test(arguments: [0, 1, 5, 127, 128, 129, 257, 300])
    func `it is what LAPACK finds, whatever is above the diagonal`(n: Int) throws {
        let matrix = CholeskyTests.positiveDefinite(n)
        let lower = Matrix(rows: n, columns: n) { $0 < $1 ? .nan : matrix[$0, $1] }
        let (found, cholesky) = (try PositiveDefiniteInverse(lower), try Cholesky(matrix))
        #expect(CholeskyTests.worst(Self.mirrored(found) * matrix, .identity(n)) < 1e-11)
        #expect((0..<n).allSatisfy { isClose(found.pivots[$0], cholesky.lower[$0, $0] * cholesky.lower[$0, $0], relative: 1e-10) })
    }

    /// An explicit inverse of each block of pivots would break down here.
    @Test func `a nearly singular matrix is inverted as well as LAPACK does it`() throws {
        var matrix = CholeskyTests.positiveDefinite(300)
        for i in 0..<300 {
            for j in 0..<300 { matrix[i, j] = 1e8 * (matrix[i, j] - (i == j ? 1 : 0)) + (i == j ? 1 : 0) }
        }
        let (found, lapack) = (Self.mirrored(try PositiveDefiniteInverse(matrix)), try Cholesky(matrix).inverse)
        let rest = CholeskyTests.worst(lapack * matrix, .identity(300))
        #expect(CholeskyTests.worst(found * matrix, .identity(300)) < 3 * rest)
    }

    @Test func `threads change no digit`() throws {
        let matrix = CholeskyTests.positiveDefinite(300)
        #expect(try PositiveDefiniteInverse(matrix) == PositiveDefiniteInverse(matrix, tasks: .concurrently))
    }

    @Test func `the first minor that is not positive is named`() throws {
        var matrix = CholeskyTests.positiveDefinite(150)
        matrix[140, 140] = -1
        #expect(throws: FactorizationError.notPositiveDefinite(minor: 141)) { try PositiveDefiniteInverse(matrix) }
    }

    @Test func `products and columns of a symmetric matrix read the lower triangle`() {
        let matrix = Matrix(rows: 3, columns: 3, elements: [1, 2, 3, .nan, 4, 5, .nan, .nan, 6])
        #expect(matrix.symmetricTimes([1, 10, 100]) == [321, 542, 653])
        #expect(matrix.symmetricColumn(1) == [2, 4, 5])
    }
}
