/// A list of results as it was published.
public struct PublishedList: Sendable, Equatable {
    /// What the list says of one entry.
    public struct Line: Sendable, Equatable {
        /// The entry, by name.
        public let entry: String
        /// Its result, when the list gives one.
        public let result: Fraction?
        /// Its rank, when the list gives one.
        public let rank: Fraction?

        /// A line of a list.
        public init(entry: String, result: Fraction?, rank: Fraction?) { (self.entry, self.result, self.rank) = (entry, result, rank) }
    }

    /// The lines; each entry stands in one.
    public let lines: [Line]
    /// The decimals that results are written with: the most that any has.
    public let decimals: Int

    /// A list whose results are written with so many decimals.
    public init(lines: [Line], decimals: Int) { (self.lines, self.decimals) = (lines, decimals) }

    /// The list with other names of entries; those without one are numbered.
    public func renamed(_ names: [String: String]) -> PublishedList {
        var unknown = 0
        let lines = lines.map { line in
            if names[line.entry] == nil { unknown += 1 }
            return Line(entry: names[line.entry] ?? "? \(unknown)", result: line.result, rank: line.rank)
        }
        return PublishedList(lines: lines, decimals: decimals)
    }
}
