/// A partial lottery: the places of clear entries are given, and those of entries near the cut are drawn by lot.
///
/// Each entry has an interval that holds half of its posterior probability, here of ranks, and a rule turns the intervals into chances that
/// add up to the places. Then as many entries as there are places are drawn, each with its chance (`drawn`).
public struct Lottery: Sendable, Equatable {
    /// What turns intervals into chances.
    public enum Rule: String, Sendable, CaseIterable {
        /// Entries above the funding line are in, those whose interval contains it have equal chances (`lineChances`).
        case snsf
        /// Chances rise linearly with both ends of the interval (`linearChances`).
        case linear
    }

    /// The share of an entry's probability that its interval holds, as at the Swiss National Science Foundation.
    public static let level = 0.5

    /// The rule.
    public let rule: Rule
    /// How many places there are.
    public let places: Int
    /// The rank interval of each entry; rank 1 is the best.
    public let intervals: [ClosedRange<Int>]
    /// The funding line of `Rule.snsf`: the expected rank of the last entry for which there is a place. `nil` of other rules.
    public let line: Double?
    /// The chance of each entry, 0 to 1; together they are the places, or the entries if these are fewer.
    public let chances: [Double]
    /// Whether each entry was drawn; those with the chance 1 always are.
    public let drawn: [Bool]

    /// Gives and draws the places of a cut.
    ///
    /// The same seed draws the same entries of the same draws of ranks, whatever the order of the rows was.
    ///
    /// - Parameters:
    ///   - ranks: the ranks of all entries, and how many places there are.
    ///   - rule: what turns intervals into chances.
    ///   - seed: of the lot.
    public init(of ranks: RankUncertainty, by rule: Rule, seed: UInt64) {
        (self.rule, places) = (rule, ranks.places)
        intervals = ranks.intervals(level: Lottery.level)
        // A lower rank is better, and a higher quality.
        let qualities = intervals.map { -Double($0.upperBound) ... -Double($0.lowerBound) }
        switch rule {
        case .snsf:
            let estimates = ranks.expectedRanks.map { -$0 }
            line = -Lottery.fundingLine(of: estimates, places: places)
            chances = Lottery.lineChances(of: qualities, estimates: estimates, places: places)
        case .linear:
            (line, chances) = (nil, Lottery.linearChances(of: qualities, places: places))
        }
        // The streams from 0 on are those of the draws of ranks.
        var stream = RandomStream(seed: seed, stream: .max)
        drawn = Lottery.sample(chances, &stream)
    }

    /// Draws entries with given chances, which add up to a whole number: as many as that, each with its chance.
    ///
    /// Systematic sampling in random order: the chances are laid end to end, and an entry is drawn where one of the marks u, u + 1, … falls
    /// on it, u uniform in [0, 1). Of equal chances all sets are equally likely.
    ///
    /// Source: Madow, *On the theory of systematic sampling, II*, Annals of Mathematical Statistics 20 (1949), 333–354.
    static func sample(_ chances: [Double], _ stream: inout RandomStream) -> [Bool] {
        var drawn = chances.map { $0 >= 1 }
        let open = stream.shuffled(chances.indices.filter { chances[$0] > 0 && chances[$0] < 1 })
        let total = open.reduce(0) { $0 + chances[$1] }.rounded()
        var (end, mark) = (0.0, stream.uniform())
        for (position, entry) in open.enumerated() {
            // The last one ends at the whole number, which rounding could miss.
            end = position + 1 < open.count ? end + chances[entry] : total
            if mark < end {
                drawn[entry] = true
                mark += 1
            }
        }
        return drawn
    }
}
