/// The exact sums of a part of a contest's scores, which add up to those of the whole however the scores were split.
///
/// Everything is a whole number of `scale`, as the judges gave it. Names are in canonical order (`Factor`).
public struct PartialSums: Sendable, Equatable {
    /// What has to be the same in all parts of a contest.
    public struct Terms: Sendable, Equatable {
        /// The unit of all numbers.
        public var scale: ScoreScale
        /// Which scores are the best.
        public var direction: Direction
        /// The stage and the heat of the scores, where they have a name.
        public var stage: String?
        /// The heat.
        public var heat: String?

        /// Scores of one heat in some unit.
        public init(scale: ScoreScale, direction: Direction = .higherIsBetter, stage: String? = nil, heat: String? = nil) {
            (self.scale, self.direction, self.stage, self.heat) = (scale, direction, stage, heat)
        }
    }

    /// How often an entry got a score, or a judge gave it.
    public struct ScoreCount: Sendable, Equatable {
        /// The index of the entry in `entries`, or of the judge in `judges`.
        public let owner: Int32
        /// The score.
        public let units: Int64
        /// How many times.
        public let count: Int

        /// A score of an entry or judge.
        public init(owner: Int32, units: Int64, count: Int) { (self.owner, self.units, self.count) = (owner, units, count) }
    }

    /// Who scored whom.
    public struct Pair: Sendable, Hashable {
        /// The index of the entry in `entries`.
        public let entry: Int32
        /// The index of the judge in `judges`.
        public let judge: Int32

        /// A judge of an entry.
        public init(entry: Int32, judge: Int32) { (self.entry, self.judge) = (entry, judge) }
    }

    /// What has to be the same in all parts.
    public let terms: Terms
    /// The names of the judges.
    public let judges: [String]
    /// The sums of each judge.
    public let judgeSums: [ExactSum]
    /// The names of the entries.
    public let entries: [String]
    /// The sums of each entry, without squares.
    public let entrySums: [ExactSum]
    /// What is known about the entries, ordered by name.
    public let attributes: [Attribute]
    /// The scores of each entry in ascending order, for results that are more than sums; `nil` where they were not asked for.
    public let counts: [ScoreCount]?
    /// The scores of each judge in ascending order, for percentiles; `nil` where they were not asked for.
    public let judgeCounts: [ScoreCount]?
    /// The judges of each entry, by which a score that two parts share is found; `nil` where they were left out.
    public let pairs: [Pair]?
    /// Whether some parts without pairs share entries and judges, so that a score that is in two of them would count twice unnoticed.
    public let isUnchecked: Bool
    /// The second pass: each entry's sum of z-scores.
    public private(set) var standardized: SecondPassSums?
    /// The second pass: each entry's sum of percentiles, where judges' scores are counted.
    public private(set) var percentiles: SecondPassSums?

    /// The number of scores.
    public var count: Int { entrySums.reduce(0) { $0 + $1.count } }

    /// Sums in canonical order.
    package init(
        terms: Terms, judges: [String], judgeSums: [ExactSum], entries: [String], entrySums: [ExactSum], attributes: [Attribute],
        counts: [ScoreCount]?, judgeCounts: [ScoreCount]? = nil, pairs: [Pair]?, isUnchecked: Bool = false
    ) {
        (self.terms, self.judges, self.judgeSums, self.entries, self.entrySums) = (terms, judges, judgeSums, entries, entrySums)
        (self.attributes, self.counts, self.judgeCounts) = (attributes, counts, judgeCounts)
        (self.pairs, self.isUnchecked) = (pairs, isUnchecked)
    }

    /// The sums with a second pass.
    public func adding(_ zscores: SecondPassSums?, percentiles: SecondPassSums? = nil) -> PartialSums {
        var sums = self
        (sums.standardized, sums.percentiles) = (zscores, percentiles)
        return sums
    }

    /// The sums without who scored whom.
    public var withoutPairs: PartialSums {
        PartialSums(
            terms: terms, judges: judges, judgeSums: judgeSums, entries: entries, entrySums: entrySums, attributes: attributes,
            counts: counts, judgeCounts: judgeCounts, pairs: nil, isUnchecked: isUnchecked
        ).adding(standardized, percentiles: percentiles)
    }

    /// The sums with labels in place of names; attributes that tell all entries apart go with the entries' names.
    public func anonymizing(entries hidesEntries: Bool, judges hidesJudges: Bool) -> PartialSums {
        let known = hidesEntries ? attributes.filter(\.isShared) : attributes
        return PartialSums(
            terms: terms, judges: hidesJudges ? ScoreSheet.labels("J", judges.count) : judges, judgeSums: judgeSums,
            entries: hidesEntries ? ScoreSheet.labels("E", entries.count) : entries, entrySums: entrySums, attributes: known,
            counts: counts, judgeCounts: judgeCounts, pairs: pairs, isUnchecked: isUnchecked
        ).adding(standardized, percentiles: percentiles)
    }
}

/// The unit that exact sums count scores in: a power of ten, 1 or smaller.
public struct ScoreScale: Sendable, Equatable {
    /// The decimal places of the unit: 2 for 0.01; 0 to 6.
    public let decimals: Int
    /// Whether somebody said so. A scale that was found from the decimals of a part may become finer when parts are put together; one that
    /// was declared is the same in all of them.
    public let isDeclared: Bool

    /// A scale of 10^−`decimals` points.
    ///
    /// - Precondition: `decimals` lies between 0 and 6.
    public init(decimals: Int, isDeclared: Bool) {
        precondition((0...ScoreScale.mostDecimals).contains(decimals), "a scale has 0 to 6 decimals, not \(decimals)")
        (self.decimals, self.isDeclared) = (decimals, isDeclared)
    }

    /// A scale that is declared as text: `1`, `0.1`, `0.01` … `0.000001`; `nil` of anything else.
    public init?(_ text: String) {
        guard let decimals = (0...ScoreScale.mostDecimals).first(where: { ScoreScale.text(decimals: $0) == text }) else { return nil }
        self.init(decimals: decimals, isDeclared: true)
    }

    /// Scores with more places are not kept exactly.
    static let mostDecimals = 6

    /// How many units a point has.
    public var unitsPerPoint: Int64 { (0..<decimals).reduce(1) { power, _ in power * 10 } }

    /// The unit in points, as text: `0.01`.
    public var text: String { ScoreScale.text(decimals: decimals) }

    /// A number of units in points, as text: 8835 units of 0.01 are `88.35`.
    public func points(_ units: Int64) -> String {
        guard decimals > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.utf8.count, 0)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    private static func text(decimals: Int) -> String {
        decimals == 0 ? "1" : "0." + String(repeating: "0", count: decimals - 1) + "1"
    }
}
