/// The tables of `normalize`.
public enum NormalizationTable: String, Sendable, CaseIterable {
    /// What each score is worth.
    case normalized
    /// From exact sums: what each judge's scores are measured by.
    case scales
}
