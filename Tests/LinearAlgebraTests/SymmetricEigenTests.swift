import LinearAlgebra
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
    @Test func `the values of a known matrix come in ascending order`() throws {
        // The second difference matrix of order n has the values 2 − 2·cos(kπ / (n + 1)).
        let matrix = Matrix(rows: 3, columns: 3, elements: [2, -1, 0, -1, 2, -1, 0, -1, 2])
        let values = try SymmetricEigen(matrix).values
        for (value, expected) in zip(values, [2 - 2.0.squareRoot(), 2, 2 + 2.0.squareRoot()]) {
            #expect(isClose(value, expected, relative: 1e-14))
        }
    }

    @Test(arguments: [1, 2, 5, 40, 120])
    func `values and vectors give the matrix back`(n: Int) throws {
        let matrix = Matrix(rows: n, columns: n) { Double(($0 + $1) * 7 % 11 + $0 * $1 % 5) - 4 }
        let eigen = try SymmetricEigen(matrix)
        let scaled = Matrix(rows: n, columns: n) { eigen.vectors[$0, $1] * eigen.values[$1] }
        #expect(CholeskyTests.worst(scaled * eigen.vectors.transposed, matrix) < 1e-12 * Double(n))
        #expect(CholeskyTests.worst(eigen.vectors.gram, .identity(n)) < 1e-13)
        #expect(eigen.values == eigen.values.sorted())
    }

    @Test func `an empty matrix has no values`() throws {
        let eigen = try SymmetricEigen(Matrix(rows: 0, columns: 0))
        #expect(eigen.values.isEmpty)
        #expect(eigen.vectors == Matrix(rows: 0, columns: 0))
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a matrix that is not finite is refused`(element: Double) {
        #expect(throws: FactorizationError.notConverged) {
            try SymmetricEigen(Matrix(rows: 2, columns: 2, elements: [1, element, element, 1]))
        }
    }
}
