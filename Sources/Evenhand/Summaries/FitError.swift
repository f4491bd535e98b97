/// Why a statistic could not be computed from data that the design allows.
public enum FitError: Error, Sendable, Equatable {
    /// A sum passes 2¹²⁷ units of the last decimal place.
    case overflow(of: String)
}
