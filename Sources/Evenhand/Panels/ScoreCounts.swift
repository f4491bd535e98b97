/// How many scores each entry (or judge) has, in few numbers.
public struct ScoreCounts: Sendable, Equatable {
    /// A range of counts and how many entries (or judges) fall in it.
    public struct Band: Sendable, Equatable {
        /// The fewest scores of the band.
        public let least: Int
        /// The most scores of the band; `nil` when it has no end.
        public let most: Int?
        /// How many entries (or judges) have so many scores.
        public let count: Int
    }

    /// The fewest scores.
    public let least: Int
    /// The median number of scores.
    public let median: Double
    /// The most scores.
    public let most: Int
    /// How many have 1–2, 3–4, 5–7 and at least 8 scores: a mean of so many has 71–100 %, 50–58 %, 38–45 % and at most 35 % of the noise of
    /// one score, and 8 are what a judge's own scale is taken from (`NormalizationRules.minimumScores`).
    public let bands: [Band]

    private static let limits: [(least: Int, most: Int?)] = [(1, 2), (3, 4), (5, 7), (8, nil)]

    /// The counts of one kind; of none all numbers are 0.
    public init(_ counts: [Int]) {
        let sorted = counts.sorted()
        least = sorted.first ?? 0
        most = sorted.last ?? 0
        median = sorted.isEmpty ? 0 : Quantiles.median(ofSorted: sorted.map(Double.init))
        bands = ScoreCounts.limits.map { least, most in
            Band(least: least, most: most, count: counts.count { $0 >= least && $0 <= most ?? .max })
        }
    }
}

extension ScoreSheet {
    /// The number of scores of each judge.
    public var judgeScoreCounts: [Int] {
        judgeCodes.reduce(into: [Int](repeating: 0, count: judges.count)) { $0[Int($1)] += 1 }
    }
}
