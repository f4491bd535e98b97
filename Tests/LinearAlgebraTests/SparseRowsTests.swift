import LinearAlgebra
import TestSupport
import Testing

@Suite struct SparseRowsTests {
    /// 2 0 1 / 0 0 0 / 0 3 4
    static let rows = SparseRows(columnCount: 3, starts: [0, 2, 2, 4], columns: [0, 2, 1, 2], values: [2, 1, 3, 4])

    @Test func `products are those of the full matrix`() {
        #expect(Self.rows * [1, 10, 100] == [102, 0, 430])
        #expect(Self.rows.transposedTimes([1, 10, 100]) == [2, 300, 401])
        #expect(Self.rows.row(2).map(\.column) == [1, 2] && Self.rows.row(1).isEmpty)
        #expect(Self.rows.scalingColumns(by: [1, 2, 3]) * [1, 1, 1] == [5, 0, 18])
    }

    @Test func `quadratic forms read the lower triangle`() {
        let matrix = Matrix(rows: 3, columns: 3, elements: [1, 2, 3, .nan, 4, 5, .nan, .nan, 6])
        // 4·1 + 2·2·3 + 6 and 9·4 + 2·12·5 + 16·6.
        #expect(Self.rows.quadraticForms(matrix) == [22, 0, 252])
    }

    @Test func `a weighted Gram matrix is taken off the lower triangle`() {
        var matrix = Matrix(rows: 3, columns: 3, repeating: 100)
        matrix.subtractGram(of: Self.rows, weights: [1, 7, 0.5])
        #expect(matrix.elements == [96, 100, 98, 100, 95.5, 94, 100, 100, 91])
        matrix.scaleSymmetrically(by: [1, 0, 2])
        #expect(matrix.elements == [96, 0, 196, 0, 0, 0, 200, 0, 364])
    }
}
