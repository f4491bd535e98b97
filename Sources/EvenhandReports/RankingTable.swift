/// The tables of `rank`.
public enum RankingTable: String, Sendable, CaseIterable {
    /// Results and ranks by each method; several, such as `ranking/A`, with a table for each heat or level of an attribute.
    case ranking
    /// Where a published list differs.
    case verification
    /// How one entry came to its place.
    case explain
}
