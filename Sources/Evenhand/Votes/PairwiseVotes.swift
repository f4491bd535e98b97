/// Votes between two entries: each says which of them is better, or that neither is.
///
/// Entries and judges are in canonical order. Where it is known which entry was shown first, that is the first of a vote; otherwise the
/// first is the one that comes first in canonical order, so that nothing depends on how a vote was written.
public struct PairwiseVotes: Sendable, Equatable {
    /// What a vote says.
    public enum Outcome: UInt8, Sendable {
        /// The first entry is better.
        case first
        /// The second entry is better.
        case second
        /// Neither is.
        case tie

        /// The same vote with its entries exchanged.
        var turned: Outcome {
            switch self {
            case .first: .second
            case .second: .first
            case .tie: .tie
            }
        }
    }

    /// One vote in names.
    public struct Row: Sendable {
        /// The two entries.
        public let first, second: String
        /// What the vote says.
        public let outcome: Outcome
        /// Who voted, if that is known.
        public let judge: String?

        /// A vote of a judge.
        public init(_ first: String, _ second: String, _ outcome: Outcome = .first, judge: String? = nil) {
            (self.first, self.second, self.outcome, self.judge) = (first, second, outcome, judge)
        }
    }

    /// One vote in codes.
    package struct Vote: Sendable, Equatable {
        package let first, second: Int32
        /// The judge, or `Factor.missing`.
        package let judge: Int32
        package let outcome: Outcome

        package init(first: Int32, second: Int32, judge: Int32, outcome: Outcome) {
            (self.first, self.second, self.judge, self.outcome) = (first, second, judge, outcome)
        }

        fileprivate var inCanonicalOrder: Vote {
            first < second ? self : Vote(first: second, second: first, judge: judge, outcome: outcome.turned)
        }
    }

    /// The names of the entries.
    public let entries: [String]
    /// The names of the judges; empty where none is named.
    public let judges: [String]
    /// Whether the first entry of a vote is the one that was shown first.
    public let hasPositions: Bool
    /// The votes.
    package let votes: [Vote]

    /// How many votes there are.
    public var count: Int { votes.count }

    /// Votes in names.
    ///
    /// - Parameters:
    ///   - rows: the votes, in any order.
    ///   - hasPositions: whether the first entry of each was shown first.
    /// - Throws: `VoteError.itself` of a vote between an entry and itself; `VoteError.none` without votes.
    public init(_ rows: [Row], hasPositions: Bool = false) throws(VoteError) {
        let names = Factor(rows.map(\.first) + rows.map(\.second))
        let judges = Factor(rows.map(\.judge))
        let count = rows.count
        let votes = rows.indices.map {
            Vote(first: names.codes[$0], second: names.codes[count + $0], judge: judges.codes[$0], outcome: rows[$0].outcome)
        }
        try self.init(entries: names.levels, judges: judges.levels, votes: votes, hasPositions: hasPositions)
    }

    /// Votes in codes into names that are distinct and in canonical order.
    package init(entries: [String], judges: [String], votes: [Vote], hasPositions: Bool) throws(VoteError) {
        if let own = votes.first(where: { $0.first == $0.second }) { throw .itself(entry: entries[Int(own.first)]) }
        if votes.isEmpty { throw .none }
        (self.entries, self.judges, self.hasPositions) = (entries, judges, hasPositions)
        self.votes = hasPositions ? votes : votes.map(\.inCanonicalOrder)
    }

    /// The same votes as if it were not known which entry was shown first.
    public var withoutPositions: PairwiseVotes { PairwiseVotes(withoutPositions: self) }

    private init(withoutPositions other: PairwiseVotes) {
        (entries, judges, hasPositions) = (other.entries, other.judges, false)
        votes = other.votes.map(\.inCanonicalOrder)
    }
}
