/// How several p-values are made larger so that one small one among many does not mislead.
public enum PAdjustment: String, Sendable, CaseIterable {
    /// Holm: the chance of any false statement in the family stays below the level.
    case holm
    /// Benjamini and Hochberg: the expected share of false ones among the statements made stays below the level.
    case bh

    /// The adjusted p-values in their order, none above 1; those that are undefined stay so and do not count.
    ///
    /// With m of them in ascending order, Holm's is max over i ≤ j of (m − i + 1) p_i, and Benjamini and Hochberg's min over i ≥ j of m p_i
    /// / i.
    ///
    /// Sources: Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6 (1979); Benjamini and
    /// Hochberg, *Controlling the false discovery rate*, Journal of the Royal Statistical Society B 57 (1995).
    public func adjusted(_ values: [Double?]) -> [Double?] {
        let known = values.indices.filter { values[$0] != nil }
        let p = known.compactMap { values[$0] }
        let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
        var adjusted = values
        switch self {
        case .holm:
            var least = 0.0
            for (rank, position) in order.enumerated() {
                least = max(least, min(1, Double(p.count - rank) * p[position]))
                adjusted[known[position]] = least
            }
        case .bh:
            var most = 1.0
            for (rank, position) in order.enumerated().reversed() {
                most = min(most, Double(p.count) / Double(rank + 1) * p[position])
                adjusted[known[position]] = most
            }
        }
        return adjusted
    }
}
