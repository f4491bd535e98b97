import LinearAlgebra

/// What is known about all entries together: each a noise of its own plus a combination of a few shared unknowns.
///
/// Entry i is mᵢ + cᵢᵀ e + noise of variance ownᵢ, with e of mean 0 and covariance B: so every answer is a quadratic form in B, and a
/// matrix of entries by entries is never formed.
struct EntryPosterior: Sendable {
    let means: [Double]
    /// The variance that an entry shares with no other.
    let own: [Double]
    /// c: how each entry depends on what is shared.
    let rows: SparseRows
    /// B.
    let covariance: Matrix

    /// The standard deviation of each entry.
    var deviations: [Double] { zip(own, rows.quadraticForms(covariance)).map { max(0, $0 + $1).squareRoot() } }

    /// The standard deviation of the difference of two entries.
    func deviationOfDifference(_ a: Int, _ b: Int) -> Double {
        guard a != b else { return 0 }
        var difference = [Double](repeating: 0, count: rows.columnCount)
        for (column, value) in rows.row(a) { difference[column] += value }
        for (column, value) in rows.row(b) { difference[column] -= value }
        let places = difference.indices.filter { difference[$0] != 0 }
        let row = SparseRows(
            columnCount: difference.count, starts: [0, places.count], columns: places.map { Int32($0) },
            values: places.map { difference[$0] })
        return max(0, own[a] + own[b] + row.quadraticForms(covariance)[0]).squareRoot()
    }
}
