/// The order that disagrees with the judges least: the fewest pairs of entries, counted once for each judge, are the other way round than
/// that judge has them.
///
/// Exact for at most `mostEntries` entries that majorities tie together. Parts of the field of which every entry beats every entry of the
/// next by majority keep that order in every optimum (Truchon 1998), so each part is solved alone: by dynamic programming over its subsets,
/// leaving out those that cost more than a good order already found.
///
/// Sources: Kemeny, *Mathematics without numbers*, Daedalus 88 (1959); Young, *Condorcet's theory of voting*, American Political Science
/// Review 82 (1988).
public struct KemenyOrder: Sendable, Equatable {
    /// The entries from best to worst; of several best orders the one that is first by `PreferenceProfile.bordaShares`.
    public let order: [Int]
    /// How many judges' pairs the order contradicts, a tie counting half.
    public let distance: Double
    /// How many orders are as good, at most `mostOptima`.
    public let optimumCount: Int

    /// The most entries: a table of 2²⁴ subsets has 64 MB.
    public static let mostEntries = 24
    /// Counting of best orders stops here.
    public static let mostOptima = 1_000_000

    /// The order of a profile; `nil` for more than `mostEntries` entries.
    public init?(of profile: PreferenceProfile) {
        guard profile.entryCount <= KemenyOrder.mostEntries else { return nil }
        var (order, count) = ([Int](), 1)
        for part in MajorityComponents(of: profile).components {
            let search = SubsetSearch(profile, part)
            order += search.best
            count = min(KemenyOrder.mostOptima, count * search.optimumCount)
        }
        (self.order, optimumCount) = (order, count)
        var doubled = 0
        for (position, a) in order.enumerated() {
            for b in order[(position + 1)...] { doubled += profile.doubledVotes[b * profile.entryCount + a] }
        }
        distance = Double(doubled) / 2
    }
}

/// The strongly connected components of the graph with an arrow from a to b unless most judges prefer b, from the best to the worst.
private struct MajorityComponents {
    private(set) var components: [[Int]] = []

    init(of profile: PreferenceProfile) {
        let size = profile.entryCount
        // Whom each entry reaches, by Warshall's closure; at most 24 entries.
        var reach = (0..<size).map { a in (0..<size).map { b in a == b || profile.doubledMargin(a, b) >= 0 } }
        for via in 0..<size {
            for a in 0..<size where reach[a][via] {
                for b in 0..<size where reach[via][b] { reach[a][b] = true }
            }
        }
        var rest = Array(0..<size)
        while let first = rest.max(by: { a, b in reach[a].count(where: \.self) < reach[b].count(where: \.self) }) {
            let part = rest.filter { reach[first][$0] && reach[$0][first] }
            components.append(part)
            rest.removeAll(where: part.contains)
        }
    }
}
