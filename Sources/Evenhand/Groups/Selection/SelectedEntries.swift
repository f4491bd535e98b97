/// Which of the entries got through.
public struct SelectedEntries: Sendable, Equatable {
    /// How it is known.
    public enum Source: Sendable, Equatable {
        /// They were named.
        case named
        /// They are the first so many by their results; more when a tie crosses the cut.
        case places(Int)
        /// They appeared in a later stage.
        case stage(String)
    }

    /// Whether each entry got through, parallel to the entries.
    public let isSelected: [Bool]
    /// How that is known.
    public let source: Source

    /// How many got through.
    public var count: Int { isSelected.count { $0 } }

    /// The entries that are named.
    ///
    /// - Throws: `DesignError.unknownEntry` for a name that does not occur.
    public init(named names: [String], among entries: [String]) throws(DesignError) {
        let position = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1, $0) })
        var isSelected = [Bool](repeating: false, count: entries.count)
        for name in names {
            guard let entry = position[name] else { throw .unknownEntry(name, nearest: NearestNames.of(name, among: entries)) }
            isSelected[entry] = true
        }
        (self.isSelected, source) = (isSelected, .named)
    }

    /// The entries whose rank is at most `places`.
    public init(first places: Int, by ranks: Ranks) {
        (isSelected, source) = (ranks.ranks.map { $0 <= Double(places) }, .places(places))
    }

    /// The entries that appear in a stage of the contest.
    public init(reaching stage: Stage, called name: String, of contest: ScoreSheet, among entries: [String]) {
        let heats = Set(stage.heats)
        var reached: Set<String> = []
        for performance in contest.performances where heats.contains(Int(performance.heat)) {
            reached.insert(contest.entries[Int(performance.entry)])
        }
        (isSelected, source) = (entries.map(reached.contains), .stage(name))
    }
}
