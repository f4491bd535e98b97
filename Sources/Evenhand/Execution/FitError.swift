/// Why a statistic could not be computed from data that the design allows.
public enum FitError: Error, Sendable, Equatable {
    /// A sum passes 2¹²⁷ units of the last decimal place.
    case overflow(of: String)
    /// A matrix of equations lost its positive minor of this order to rounding.
    case notPositiveDefinite(minor: Int)
    /// The search did not converge in so many steps; the last relative change is given.
    case notConverged(steps: Int, change: Double)
    /// The model explains the scores exactly, so no noise is left to weight them by.
    case noResidual
    /// Entries differ no more than noise alone would make them differ, so there is nothing to measure judges' scales by.
    case noDifferences
    /// The library of matrices, OpenBLAS, is not installed.
    case noMatrixLibrary
    /// Tables for so many judges or entries (`of`) take more bytes than this machine has for them.
    case tooLarge(of: String, count: Int, bytes: Double, limit: Int)
}
