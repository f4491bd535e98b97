extension Calibrated {
    /// Draws from the joint posterior of all fair averages, in points; the same seed gives the same draws.
    ///
    /// - Throws: `FitError.notPositiveDefinite`.
    public func draws(_ count: Int, seed: UInt64) throws(FitError) -> PosteriorDraws {
        let normal = try posterior.normal()
        let sizes = PosteriorDraws.sizes(of: count)
        return PosteriorDraws(entryCount: sheet.entries.count, blockSizes: sizes) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return normal.draws(sizes[block], from: &stream)
        }
    }
}
