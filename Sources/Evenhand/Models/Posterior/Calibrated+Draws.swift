import LinearAlgebra

extension EntryPosterior {
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

extension Calibrated.Details {
    /// The joint posterior of all fair averages.
    fileprivate func normal() throws(FitError) -> StructuredNormal {
        switch self {
        case .direct(_, _, let posterior): try posterior.normal()
        case .iterative(let posterior): try posterior.normal()
        }
    }
}

extension Calibrated {
    /// Draws from the joint posterior of all fair averages, in points; the same seed gives the same draws.
    ///
    /// - Throws: `FitError.notPositiveDefinite`.
    public func draws(_ count: Int, seed: UInt64) throws(FitError) -> PosteriorDraws {
        let normal = try details.normal()
        let sizes = PosteriorDraws.sizes(of: count)
        return PosteriorDraws(entryCount: sheet.entries.count, blockSizes: sizes) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return normal.draws(sizes[block], from: &stream)
        }
    }
}
