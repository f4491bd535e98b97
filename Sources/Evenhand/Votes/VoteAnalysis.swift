/// Who leads when judges only said who was better, and how certain the places are.
///
/// Abilities come from votes between two entries (`BradleyTerry`) or from rankings (`PlackettLuce`). Places are those of draws of all
/// abilities together from their normal approximation, as in `RankUncertainty`.
public struct VoteAnalysis: Sendable {
    /// The parts of the answer, each a table.
    public enum Part: String, Sendable, CaseIterable {
        /// Abilities, ranks and probabilities of every entry.
        case entries
        /// How each judge votes.
        case judges
        /// The votes of each pair of entries.
        case pairs
        /// How well abilities are separated.
        case reliability
        /// Entries that are connected by votes in both directions.
        case subsets
    }

    /// What is asked.
    public struct Rules: Sendable, Equatable {
        /// How many places there are; `nil` without a cut.
        public var places: Int?
        /// ε of `BradleyTerry`.
        public var adjustment = 0.0
        /// Which errors probabilities are drawn with.
        public var errors = VoteErrors.model
        /// How many draws the probabilities are shares of.
        public var draws = 10_000
        /// The seed of the draws.
        public var seed: UInt64 = 1

        /// The usual ones.
        public init(places: Int? = nil) { self.places = places }
    }

    /// What abilities come from.
    public enum Model: Sendable {
        /// Votes between two entries.
        case votes(BradleyTerry)
        /// Rankings.
        case rankings(PlackettLuce)
    }

    /// What was asked.
    public let rules: Rules
    /// What was computed.
    public let parts: Set<Part>
    /// The model of the votes.
    public let model: Model
    /// The standard errors of abilities, by the kind of errors that was asked for.
    public let errors: [Double]
    /// The places of the entries, the highest ability first; abilities that differ by rounding alone share one.
    public let list: Ranks
    /// How certain the places are.
    public let ranks: RankUncertainty
    /// The ranks that hold the middle 90 % of each entry's probability.
    public let intervals: [ClosedRange<Int>]
    /// How each judge votes; `nil` of rankings, of votes without judges, and where it was not asked for.
    public let judges: VotingJudges?
    let abilityErrors: AbilityErrors

    /// The names of the entries.
    public var entries: [String] {
        switch model {
        case .votes(let fit): fit.votes.entries
        case .rankings(let fit): fit.ballots.entries
        }
    }

    /// The ability of each entry, in logits.
    public var abilities: [Double] {
        switch model {
        case .votes(let fit): fit.abilities
        case .rankings(let fit): fit.abilities
        }
    }

    /// Abilities that lie closer than this are equal but for rounding.
    static let closest = 1e-9

    /// Analyses votes.
    ///
    /// - Throws: `VoteError`, `FitError`, or `DesignError.tooMany` entries.
    public init(of votes: PairwiseVotes, rules: Rules, parts: Set<Part> = Set(Part.allCases)) throws {
        let fit = try BradleyTerry(of: votes, adjustment: rules.adjustment)
        let judges = parts.contains(.judges) && !votes.judges.isEmpty ? VotingJudges(of: fit) : nil
        try self.init(.votes(fit), try fit.errors(rules.errors), judges, rules: rules, parts: parts)
    }

    /// Analyses rankings.
    ///
    /// - Throws: `VoteError`, `FitError`, or `DesignError.tooMany` entries.
    public init(of ballots: RankedBallots, rules: Rules, parts: Set<Part> = Set(Part.allCases)) throws {
        let fit = try PlackettLuce(of: ballots)
        try self.init(.rankings(fit), try fit.errors(rules.errors), nil, rules: rules, parts: parts)
    }

    private init(_ model: Model, _ errors: AbilityErrors, _ judges: VotingJudges?, rules: Rules, parts: Set<Part>) throws {
        (self.model, self.rules, self.parts, self.judges, abilityErrors) = (model, rules, parts, judges, errors)
        self.errors = errors.standardErrors
        let abilities: [Double]
        switch model {
        case .votes(let fit): abilities = fit.abilities
        case .rankings(let fit): abilities = fit.abilities
        }
        try RankUncertainty.require(entries: abilities.count, draws: rules.draws)
        if let places = rules.places, places >= abilities.count { throw VoteError.tooManyPlaces(places, entries: abilities.count) }
        list = Ranks(of: abilities, closerThan: VoteAnalysis.closest)
        ranks = try RankUncertainty(
            of: try errors.draws(around: abilities, count: rules.draws, seed: rules.seed), places: rules.places ?? 1)
        intervals = ranks.intervals(level: 0.9)
    }

    /// How probable it is that entry `a` is better than entry `b`, by the normal approximation.
    public func probability(of a: Int, above b: Int) -> Double {
        let (difference, error) = (abilities[a] - abilities[b], abilityErrors.difference(a, b))
        return error > 0 ? NormalDistribution.standard.cdf(difference / error) : 0.5
    }

    /// The entries in the order of the list.
    public var order: [Int] { list.order.map { Int($0) } }

    /// Whether each entry is among the first places of the list; those that share the last place are.
    public var isIn: [Bool] {
        let places = Double(rules.places ?? 1)
        return list.ranks.map { $0 <= places }
    }

    /// The entries that are in, and truly among the best with at least 90 % certainty, in the order of the list.
    public var secure: [Int] {
        let (isIn, bands) = (isIn, ranks.bands)
        return order.filter { isIn[$0] && bands[$0] == .inside }
    }

    /// The entries for which the votes do not show on which side of the cut they truly belong, in the order of the list.
    public var open: [Int] {
        let bands = ranks.bands
        return order.filter { bands[$0] == .open }
    }
}

extension VoteAnalysis {
    /// How many votes, or rankings, each entry had, how many it won, and how many were ties.
    package var counts: (votes: [Int], wins: [Int], ties: [Int]) {
        switch model {
        case .votes(let fit): (fit.voteCounts, fit.wins, fit.ties)
        case .rankings(let fit): (fit.voteCounts, fit.wins, fit.wins.map { _ in 0 })
        }
    }

    /// The standard errors of each kind; `nil` of those that the votes do not allow.
    package func standardErrors(_ kind: VoteErrors) -> [Double]? {
        if kind == rules.errors { return errors }
        return switch model {
        case .votes(let fit): fit.standardErrors(kind)
        case .rankings(let fit): fit.standardErrors(kind)
        }
    }

    /// The scale separation reliability and the like.
    package var separation: SeparationReliability? {
        switch model {
        case .votes(let fit): fit.separation
        case .rankings(let fit): fit.separation
        }
    }

    /// Σ log p.
    package var logLikelihood: Double {
        switch model {
        case .votes(let fit): fit.logLikelihood
        case .rankings(let fit): fit.logLikelihood
        }
    }

    /// The groups of entries that are connected by wins in both directions, a group before those that it beat: one, but for an adjustment.
    package var groups: [[Int]] {
        switch model {
        case .votes(let fit): fit.likelihood.counts.graph.groups
        case .rankings: [Array(entries.indices)]
        }
    }
}
