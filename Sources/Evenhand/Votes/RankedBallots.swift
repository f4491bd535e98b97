/// Rankings of some of the entries, each by a judge, the best first and without ties.
public struct RankedBallots: Sendable, Equatable {
    /// One ranking in names.
    public struct Row: Sendable {
        /// The entries, the best first.
        public let entries: [String]
        /// Who ranked them, if that is known.
        public let judge: String?

        /// A ranking by a judge.
        public init(_ entries: [String], judge: String? = nil) { (self.entries, self.judge) = (entries, judge) }
    }

    /// One ranking in codes.
    package struct Ballot: Sendable, Equatable {
        /// The entries, the best first.
        package let order: [Int32]
        /// The judge, or `Factor.missing`.
        package let judge: Int32

        package init(order: [Int32], judge: Int32) { (self.order, self.judge) = (order, judge) }
    }

    /// The names of the entries.
    public let entries: [String]
    /// The names of the judges; empty where none is named.
    public let judges: [String]
    /// The rankings.
    package let ballots: [Ballot]

    /// How many rankings there are.
    public var count: Int { ballots.count }

    /// Rankings in names.
    ///
    /// - Throws: `VoteError.itself` where a ranking has an entry twice; `VoteError.none` where none has two entries.
    public init(_ rows: [Row]) throws(VoteError) {
        let names = Factor(rows.flatMap(\.entries))
        let judges = Factor(rows.map(\.judge))
        var (ballots, next) = ([Ballot](), 0)
        for (index, row) in rows.enumerated() {
            ballots.append(Ballot(order: Array(names.codes[next..<next + row.entries.count]), judge: judges.codes[index]))
            next += row.entries.count
        }
        try self.init(entries: names.levels, judges: judges.levels, ballots: ballots)
    }

    /// Rankings in codes into names that are distinct and in canonical order.
    package init(entries: [String], judges: [String], ballots: [Ballot]) throws(VoteError) {
        for ballot in ballots {
            var seen: Set<Int32> = []
            if let twice = ballot.order.first(where: { !seen.insert($0).inserted }) { throw .itself(entry: entries[Int(twice)]) }
        }
        if !ballots.contains(where: { $0.order.count > 1 }) { throw .none }
        (self.entries, self.judges, self.ballots) = (entries, judges, ballots)
    }
}
