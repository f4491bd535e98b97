import Dispatch
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

    @Test func `a form may be scaled by columns`() {
        let matrix = Matrix(rows: 3, columns: 3, elements: [1, 2, 3, .nan, 4, 5, .nan, .nan, 6])
        let factors = [2.0, 0.5, 3]
        #expect(Self.rows.quadraticForms(matrix, scaledBy: factors) == Self.rows.scalingColumns(by: factors).quadraticForms(matrix))
    }

    @Test func `a weighted Gram matrix is taken off the lower triangle`() {
        var matrix = Matrix(rows: 3, columns: 3, repeating: 100)
        matrix.subtractGram(of: Self.rows, weights: [1, 7, 0.5])
        #expect(matrix.elements == [96, 100, 98, 100, 95.5, 94, 100, 100, 91])
        matrix.scaleSymmetrically(by: [1, 0, 2])
        #expect(matrix.elements == [96, 0, 196, 0, 0, 0, 200, 0, 364])
    }

    @Test func `a complement is made whatever the matrix held`() {
        var matrix = Matrix(rows: 3, columns: 3, repeating: .nan)
        // G = 10 0 1 / 0 20 2 / 1 2 30, NᵀWN = 4 0 2 / 0 4.5 6 / 2 6 9.
        matrix.setToComplement(
            diagonal: [10, 20], border: Matrix(rows: 3, columns: 1, elements: [1, 2, 30]), rows: Self.rows, weights: [1, 7, 0.5],
            scaledBy: [1, 2, 3], adding: [100, 100])
        let lower = [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)].map { matrix[$0.0, $0.1] }
        #expect(lower == [106, 0, -3, 162, -24, 189])
    }

    @Test func `values are replaced at their positions`() {
        let replaced = Self.rows.replacingValues { row, column, value in 100 * Double(row) + 10 * Double(column) + value }
        #expect((0..<3).flatMap { replaced.row($0).map(\.value) } == [2, 21, 213, 224])
    }

    @Test func `a builder sorts and adds up what a row is given`() {
        var builder = SparseRowBuilder(columnCount: 4)
        builder.addOnes(at: [3, 1, 3])
        builder.add(0.5, at: 0)
        builder.endRow()
        builder.endRow()
        builder.addOnes(at: [0, 2])
        builder.endRow()
        let expected = SparseRows(columnCount: 4, starts: [0, 3, 3, 5], columns: [0, 1, 3, 0, 2], values: [0.5, 1, 2, 1, 1])
        #expect(builder.rows() == expected)
    }

    @Test func `threads change no digit`() {
        var builder = SparseRowBuilder(columnCount: 300)
        for row in 0..<4000 {
            for position in 0..<12 { builder.add(Double(position % 3 + 1), at: (row * 7 + position * position * 11) % 300) }
            builder.endRow()
        }
        let rows = builder.rows()
        let matrix = Matrix(rows: 300, columns: 300) { Double(($0 * 31 + $1 * 17) % 101) / 10 }
        let (columns, weights) = ((0..<300).map { 1 / Double($0 + 1) }, (0..<4000).map { 1 / Double($0 + 3) })
        #expect(rows * columns == rows.times(columns, tasks: .concurrently))
        #expect(rows.transposedTimes(weights) == rows.transposedTimes(weights, tasks: .concurrently))
        #expect(rows.quadraticForms(matrix) == rows.quadraticForms(matrix, tasks: .concurrently))
        var (a, b) = (matrix, matrix)
        a.subtractGram(of: rows, weights: weights)
        b.subtractGram(of: rows, weights: weights, tasks: .concurrently)
        #expect(a == b)
    }
}

extension Tasks {
    static let concurrently = Tasks { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
}
