import Testing

@testable import LinearAlgebra

@Suite struct MatrixTests {
    let a = Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6])
    let b = Matrix(rows: 3, columns: 2, elements: [7, 9, 11, 8, 10, 12])

    @Test func `elements are stored column after column`() {
        let counted = Matrix(rows: 2, columns: 3) { Double(10 * $0 + $1) }
        #expect(counted.elements == [0, 10, 1, 11, 2, 12])
        #expect(counted[1, 2] == 12)
        #expect(Array(counted.column(1)) == [1, 11])
    }

    @Test func `an element can be replaced without touching a copy`() {
        var changed = a
        changed[0, 2] = -1
        #expect(changed.elements == [1, 4, 2, 5, -1, 6])
        #expect(a[0, 2] == 3)
    }

    @Test func `sums of rows go over all columns`() {
        #expect(a.rowSums == [6, 15] && b.rowSums == [15, 19, 23])
        #expect(Matrix(rows: 2, columns: 1, elements: [3, 4]).rowSums == [3, 4])
    }

    @Test func `the transpose swaps rows and columns`() {
        #expect(a.transposed == Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6]))
        #expect(a.transposed.transposed == a)
    }

    @Test func `products agree with those worked out by hand`() {
        #expect(a * b == Matrix(rows: 2, columns: 2, elements: [58, 139, 64, 154]))
        #expect(a * [1, 0, -1] == [-2, -2])
        #expect(a.transposedTimes([1, 2]) == [9, 12, 15])
        #expect(a * Matrix.identity(3) == a)
    }

    @Test func `transposed products equal products of the transpose`() {
        let c = Matrix(rows: 2, columns: 4) { Double($0 * $0 + 3 * $1) }
        #expect(a.transposedTimes(c) == a.transposed * c)
        #expect(a.gram == a.transposed * a)
        #expect(a.gram == a.gram.transposed)
    }

    @Test func `adding a product with a transpose adds what the product is`() {
        var sum = Matrix(rows: 2, columns: 4) { Double($0 - $1) }
        let c = Matrix(rows: 4, columns: 3) { Double(2 * $0 + $1 * $1) }
        let product = a * c.transposed
        sum.add(a, timesTransposed: c)
        #expect(sum == Matrix(rows: 2, columns: 4) { Double($0 - $1) + product[$0, $1] })
    }

    @Test func `products of whole numbers are exact in any order`() {
        let n = 300
        let x = Matrix(rows: n, columns: 7) { Double(($0 * 7919 + $1 * 104_729) % 200_003) }
        let backwards = Matrix(rows: n, columns: 7) { x[n - 1 - $0, $1] }
        #expect(x.gram == backwards.gram)
        let sum = (0..<n).reduce(0) { $0 + Int(x[$1, 2]) * Int(x[$1, 5]) }
        #expect(x.gram[2, 5] == Double(sum))
    }

    @Test(arguments: [(0, 0, 0), (0, 3, 2), (3, 0, 2), (2, 3, 0)])
    func `empty sides give products of zeros`(m: Int, k: Int, n: Int) {
        let left = Matrix(rows: m, columns: k, repeating: 1)
        let right = Matrix(rows: k, columns: n, repeating: 1)
        #expect(left * right == Matrix(rows: m, columns: n, repeating: Double(k)))
        #expect(left.transposed.transposedTimes(right) == left * right)
        #expect(left * [Double](repeating: 1, count: k) == [Double](repeating: Double(k), count: m))
        #expect(left.gram == Matrix(rows: k, columns: k, repeating: Double(m)))
    }

    @Test func `shapes that do not fit stop the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = Matrix(rows: 2, columns: 3) * Matrix(rows: 2, columns: 3)
        }
    }
}
