import LinearAlgebra

/// The errors of abilities whose sum is 0.
struct AbilityErrors: Sendable {
    /// The covariance of the abilities, n × n; rows and columns add up to 0.
    let covariance: Matrix

    /// The standard error of each ability.
    var standardErrors: [Double] { (0..<covariance.rows).map { max(0, covariance[$0, $0]).squareRoot() } }

    /// The standard error of the difference of two abilities.
    func difference(_ a: Int, _ b: Int) -> Double {
        max(0, covariance[a, a] + covariance[b, b] - 2 * covariance[a, b]).squareRoot()
    }

    /// Draws of all abilities around their estimates, but for a number that is common to all of a draw, which ranks do not notice.
    ///
    /// - Throws: `FitError.notPositiveDefinite`.
    func draws(around abilities: [Double], count: Int, seed: UInt64) throws(FitError) -> PosteriorDraws {
        let sizes = PosteriorDraws.sizes(of: count)
        let normal = StructuredNormal(
            means: abilities, mixing: .product(try mixing()), own: abilities.map { _ in 0 }, scale: .known(1))
        return PosteriorDraws(entryCount: abilities.count, blockSizes: sizes) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return normal.draws(sizes[block], from: &stream)
        }
    }

    /// M with MᵀM = covariance, but for a constant: by Cholesky where the covariance has full rank, else by its eigenvectors.
    private func mixing() throws(FitError) -> Matrix {
        let count = covariance.rows
        let shift = (0..<count).reduce(0) { $0 + covariance[$1, $1] } / Double(count)
        if let factor = try? Cholesky(Matrix(rows: count, columns: count) { covariance[$0, $1] + shift }) { return factor.lower.transposed }
        guard let eigen = try? SymmetricEigen(covariance) else { throw .notPositiveDefinite(minor: 1) }
        return Matrix(rows: count, columns: count) { max(0, eigen.values[$0]).squareRoot() * eigen.vectors[$1, $0] }
    }

    /// The inverse of an information in which one number added to all of the first `count` parameters changes nothing, on the side where
    /// their sum is 0.
    ///
    /// - Parameter information: its lower triangle.
    /// - Throws: `FitError.notPositiveDefinite` where something else changes nothing either.
    static func inverse(_ information: Matrix, entries count: Int) throws(FitError) -> Matrix {
        let (factor, shift) = try factored(information, entries: count)
        var inverse = factor.inverse
        for row in 0..<count { for column in 0..<count { inverse[row, column] -= 1 / (shift * Double(count)) } }
        return inverse
    }

    /// The information with shift · 11ᵀ / count added to the block of the entries, factored.
    static func factored(_ information: Matrix, entries count: Int) throws(FitError) -> (factor: Cholesky, shift: Double) {
        let shift = (0..<count).reduce(0) { $0 + information[$1, $1] } / Double(count)
        var full = information
        for column in 0..<count { for row in column..<count { full[row, column] += shift / Double(count) } }
        do { return (try Cholesky(full), shift) } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw .notPositiveDefinite(minor: 0) }
            throw .notPositiveDefinite(minor: minor)
        }
    }

    /// The block of the entries.
    init(full: Matrix, entries count: Int) {
        covariance = full.rows == count ? full : Matrix(rows: count, columns: count) { full[$0, $1] }
    }
}
