/// What a column that follows from the scores holds: it is left out of them, and checked.
enum Derivation: CaseIterable, Sendable {
    /// The sum of the row's scores.
    case sum
    /// Their mean.
    case mean
    /// The result by a rule that the sheet does not state.
    case result
    case rank
    case highest
    case lowest
}
