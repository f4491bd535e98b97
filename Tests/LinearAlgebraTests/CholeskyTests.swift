import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyTests {
    /// XᵀX + I of an arbitrary X: positive definite at every order.
    static func positiveDefinite(_ n: Int) -> Matrix {
        let x = Matrix(rows: n + 2, columns: n) { Double(($0 * 37 + $1 * 61 + $0 * $1 * 13) % 29) / 10 - 1 }
        var matrix = x.gram
        for i in 0..<n { matrix[i, i] += 1 }
        return matrix
    }

    static func worst(_ a: Matrix, _ b: Matrix) -> Double {
        zip(a.elements, b.elements).map { ($0 - $1).magnitude }.max() ?? 0
    }

    @Test func `a known factor is found`() throws {
        let matrix = Matrix(rows: 3, columns: 3, elements: [4, 12, -16, 12, 37, -43, -16, -43, 98])
        let cholesky = try Cholesky(matrix)
        #expect(cholesky.lower == Matrix(rows: 3, columns: 3, elements: [2, 6, -8, 0, 1, 5, 0, 0, 3]))
        #expect(isClose(cholesky.logDeterminant, 3.58351893845611000, relative: 1e-15))  // log 36
    }

    @Test(arguments: [1, 2, 5, 40, 150])
    func `the factor times its transpose gives the matrix back`(n: Int) throws {
        let matrix = Self.positiveDefinite(n)
        let lower = try Cholesky(matrix).lower
        #expect(Self.worst(lower * lower.transposed, matrix) < 1e-14 * Double(n) * (matrix.elements.max() ?? 0))
    }

    @Test(arguments: [1, 2, 5, 40, 150])
    func `solutions and the inverse leave no residual`(n: Int) throws {
        let matrix = Self.positiveDefinite(n)
        let cholesky = try Cholesky(matrix)
        let truth = Matrix(rows: n, columns: 3) { Double($0 % 7) - Double($1) }
        #expect(Self.worst(cholesky.solve(matrix * truth), truth) < 1e-10)
        let one = Matrix(rows: n, columns: 1) { matrix[$0, $1] }
        #expect(zip(cholesky.solve(one.elements), 0...).allSatisfy { isClose($0, $1 == 0 ? 1 : 0, absolute: 1e-12) })
        // Once: another test may change the number of threads, and with it the last bits.
        let inverse = cholesky.inverse
        #expect(Self.worst(inverse * matrix, .identity(n)) < 1e-11)
        #expect(inverse == inverse.transposed)
    }

    @Test func `only the lower triangle is read`() throws {
        var matrix = Self.positiveDefinite(4)
        let cholesky = try Cholesky(matrix)
        matrix[0, 3] = .nan
        #expect(try Cholesky(matrix) == cholesky)
    }

    @Test(arguments: [
        ([-1], 1),
        ([0], 1),
        ([1, 2, 2, 4], 2),
        ([1, 2, 2, 1], 2),
        ([2, 0, 0, 0, 3, 1, 0, 1, -5], 3),
        ([.nan], 1),
        ([1, 0, 0, .infinity], 2),
        ([1, .nan, .nan, 1], 2),
    ])
    func `the first minor that is not positive is named`(elements: [Double], minor: Int) {
        let n = elements.count == 1 ? 1 : elements.count == 4 ? 2 : 3
        #expect(throws: FactorizationError.notPositiveDefinite(minor: minor)) {
            try Cholesky(Matrix(rows: n, columns: n, elements: elements))
        }
    }

    @Test func `a large matrix names its minor too`() {
        var matrix = Self.positiveDefinite(150)
        matrix[120, 120] = -1
        #expect(throws: FactorizationError.notPositiveDefinite(minor: 121)) { try Cholesky(matrix) }
    }

    @Test func `an empty matrix has an empty factor and determinant one`() throws {
        let cholesky = try Cholesky(Matrix(rows: 0, columns: 0))
        #expect(cholesky.logDeterminant == 0)
        #expect(cholesky.inverse == Matrix(rows: 0, columns: 0))
        #expect(cholesky.solve([]) == [])
        #expect(cholesky.solve(Matrix(rows: 0, columns: 2)) == Matrix(rows: 0, columns: 2))
    }

    @Test func `an oblong matrix stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = try Cholesky(Matrix(rows: 2, columns: 3)) }
    }
}
