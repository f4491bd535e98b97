/// A list of results as it was published.
public struct PublishedList: Sendable, Equatable {
    /// What the list says about one entry, or of one of its performances.
    public struct Line: Sendable, Equatable {
        /// The entry, by name.
        public let entry: String
        /// The stage and the heat, when the list names them.
        public let stage: String?, heat: String?
        /// Its result, when the list gives one.
        public let result: Fraction?
        /// Its rank, when the list gives one.
        public let rank: Fraction?

        /// A line of a list.
        public init(entry: String, stage: String? = nil, heat: String? = nil, result: Fraction?, rank: Fraction?) {
            (self.entry, self.stage, self.heat, self.result, self.rank) = (entry, stage, heat, result, rank)
        }

        /// Whether there is anything to compare; DNS is neither a result nor a rank.
        public var isClaim: Bool { result != nil || rank != nil }

        /// The entry with its stage and heat, as the list has them.
        var whole: String { [entry, stage, heat].compactMap(\.self).joined(separator: " · ") }
    }

    /// The lines; each entry is in one, or in one of each heat.
    public let lines: [Line]
    /// The decimals that results are written with: the most that any has.
    public let decimals: Int
    /// How many lines were left out since they are about heats that are not ranked.
    public let otherHeats: Int

    /// A list whose results are written with so many decimals.
    public init(lines: [Line], decimals: Int, otherHeats: Int = 0) {
        (self.lines, self.decimals, self.otherHeats) = (lines, decimals, otherHeats)
    }

    /// The list with other names of entries; those without one are numbered.
    public func renamed(_ names: [String: String]) -> PublishedList {
        var unknown = 0
        let lines = lines.map { line in
            if names[line.entry] == nil { unknown += 1 }
            return Line(
                entry: names[line.entry] ?? "? \(unknown)", stage: line.stage, heat: line.heat, result: line.result, rank: line.rank)
        }
        return PublishedList(lines: lines, decimals: decimals, otherHeats: otherHeats)
    }
}
