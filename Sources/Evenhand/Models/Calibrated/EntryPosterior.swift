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

    /// The same as a combination of independent sources.
    func normal() throws(FitError) -> StructuredNormal {
        let lower: Matrix
        do { lower = try Cholesky(covariance).lower } catch { throw .notPositiveDefinite(minor: covariance.rows) }
        var mixing = Matrix(rows: lower.rows, columns: means.count)
        for entry in means.indices {
            for (column, value) in rows.row(entry) {
                for source in 0...column { mixing[source, entry] += value * lower[column, source] }
            }
        }
        // Without differences in noise, say, the sources of noises have no effect.
        let used = (0..<mixing.rows).filter { source in means.indices.contains { mixing[source, $0] != 0 } }
        let moving = Matrix(rows: used.count, columns: means.count) { mixing[used[$0], $1] }
        return StructuredNormal(means: means, mixing: .product(moving), own: own.map { $0.squareRoot() }, scale: .known(1))
    }
}
