import Benchmark
import Evenhand
import LinearAlgebra

/// Sums of groups and their statistics, as products of matrices and as loops: the library uses what wins.
func addGroups() {
    let data = Dealings(entries: 30_000, groups: 50, count: 64)
    Benchmark("sums of 50 groups, 64 dealings, product") { benchmark in
        let (indicator, values) = (data.indicator, data.values)
        for _ in benchmark.scaledIterations { check(indicator.transposedTimes(values), data) }
    }
    Benchmark("sums of 50 groups, 64 dealings, loop") { benchmark in
        let (labels, values) = (data.labels, data.values)
        for _ in benchmark.scaledIterations { check(loopSums(labels, values, groups: data.groups), data) }
    }
    Benchmark("statistics of 64 dealings, product") { benchmark in
        let (root, sums) = (data.root, data.sums)
        for _ in benchmark.scaledIterations { blackHole(squares(root * sums)) }
    }
    Benchmark("statistics of 64 dealings, loop") { benchmark in
        let (root, sums) = (data.root, data.sums)
        for _ in benchmark.scaledIterations { blackHole(squares(loopProduct(root, sums))) }
    }
    for entries in [300, 30_000] {
        let results = (0..<entries).map { Double($0 * 7919 % 1009) }
        let groups = (0..<entries).map { Int32($0 * 31 % 50) }
        Benchmark("permutation test, \(entries) entries, 1000 draws") { benchmark in
            for _ in benchmark.scaledIterations {
                let test = PermutationTest(of: results, groups: groups, draws: 1_000)
                precondition(test.p.map { $0 > 0 && $0 <= 1 } ?? false, "a p-value is a probability above 0")
                blackHole(test)
            }
        }
    }
}

/// Values in random order for several dealings of the labels.
private struct Dealings {
    let groups: Int
    let labels: [Int32]
    /// Ones where an entry (row) is of a group (column).
    let indicator: Matrix
    /// Whole numbers, a column for each dealing.
    let values: Matrix
    /// A full matrix of the size of the root of a pseudo-inverse.
    let root: Matrix
    let sums: Matrix

    init(entries: Int, groups: Int, count: Int) {
        var stream = RandomStream(seed: 1)
        // Neighbours of different groups, so that no addition of the loop waits for the one before.
        let labels = (0..<entries).map { Int32($0 % groups) }
        self.groups = groups
        self.labels = labels
        indicator = Matrix(rows: entries, columns: groups) { labels[$0] == Int32($1) ? 1 : 0 }
        values = Matrix(rows: entries, columns: count) { _, _ in Double(stream.index(below: 2001) - 1000) }
        root = Matrix(rows: groups, columns: groups) { _, _ in stream.normal() }
        sums = Matrix(rows: groups, columns: count) { _, _ in stream.normal() }
    }
}

private func check(_ sums: Matrix, _ data: Dealings) {
    // Whole numbers: exact in any order.
    precondition(
        (0..<sums.rows).reduce(0) { $0 + sums[$1, 3] } == data.values.column(3).reduce(0, +), "the groups' sums add up to that of all")
    blackHole(sums)
}

private func loopSums(_ labels: [Int32], _ values: Matrix, groups: Int) -> Matrix {
    var elements = [Double](repeating: 0, count: groups * values.columns)
    for column in 0..<values.columns {
        let base = column * groups
        for (label, value) in zip(labels, values.column(column)) { elements[base + Int(label)] += value }
    }
    return Matrix(rows: groups, columns: values.columns, elements: elements)
}

private func loopProduct(_ left: Matrix, _ right: Matrix) -> Matrix {
    var elements = [Double](repeating: 0, count: left.rows * right.columns)
    for column in 0..<right.columns {
        for inner in 0..<left.columns {
            let factor = right[inner, column]
            for (row, value) in left.column(inner).enumerated() { elements[column * left.rows + row] += value * factor }
        }
    }
    return Matrix(rows: left.rows, columns: right.columns, elements: elements)
}

private func squares(_ products: Matrix) -> [Double] {
    (0..<products.columns).map { products.column($0).reduce(0) { $0 + $1 * $1 } }
}
