/// The tables of `normalize`.
public enum NormalizationTable: String, Sendable, CaseIterable {
    /// What each score is worth.
    case normalized
}
