/// Why a matrix has no such factorisation.
public enum FactorizationError: Error, Equatable, Sendable {
    /// The leading minor of this order (counted from 1) is not positive, so there is no Cholesky factor.
    ///
    /// Also thrown for the first order at which the factor would not be finite.
    case notPositiveDefinite(minor: Int)

    /// The iteration for the eigenvalues did not converge, or an element is not finite.
    case notConverged
}
