/// Whether a published list follows from the scores.
///
/// Results are compared after rounding ours half up to the decimals of the list, ranks as they are. A line that names no entry of ours
/// counts as not reproduced.
public struct Verification: Sendable, Equatable {
    /// A line of the list and what was computed for its entry.
    public struct Line: Sendable, Equatable {
        /// The entry, by name.
        public let entry: String
        /// The result and the rank of the list, when it gives them.
        public let published: Fraction?, publishedRank: Fraction?
        /// The result found, at the decimals of the list, and its rank.
        public let result: Fraction, rank: Fraction

        /// Whether the results agree; `nil` when the list has none.
        public var resultAgrees: Bool? { published.map { $0 == result } }
        /// Whether the ranks agree; `nil` when the list has none.
        public var rankAgrees: Bool? { publishedRank.map { $0 == rank } }
    }

    /// How many agree of how many.
    public struct Count: Sendable, Equatable {
        /// How many agree.
        public let agreeing: Int
        /// How many the list has.
        public let all: Int

        /// So many of so many.
        public init(agreeing: Int, all: Int) { (self.agreeing, self.all) = (agreeing, all) }
    }

    /// The lines whose entries were found, in the order of the list.
    public let lines: [Line]
    /// The results and the ranks of the list that were reproduced.
    public let results: Count, ranks: Count
    /// Names that are only in the list, with a result or a rank, in its order.
    public let onlyInList: [String]
    /// Entries that the list names without a result or a rank (DNS), in its order.
    public let withoutClaim: [String]
    /// How many lines of the list are about heats that are not ranked.
    public let otherHeats: Int
    /// Entries that the list lacks, in canonical order.
    public let missingFromList: [String]
    /// The decimals at which results were compared.
    public let decimals: Int
    /// Whether ranks were those within each heat.
    public let isWithinHeats: Bool

    /// Compares a list with results.
    ///
    /// - Parameters:
    ///   - list: as it was published.
    ///   - entries: the names of the entries.
    ///   - results: what the scores give, for each entry, in points as the judges give them.
    ///   - ranks: their ranks.
    ///   - heatRanks: their ranks in their own heats, when there are several; taken when more of them are those of the list.
    /// - Throws: `FitError.overflow`.
    public init(
        of list: PublishedList, entries: [String], results: [Fraction], ranks: [Double], heatRanks: [Double]? = nil
    ) throws(FitError) {
        let position = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1, $0) })
        let rounding = Rounding(decimals: min(list.decimals, Rounding.mostDecimals))
        let known = list.lines.compactMap { line in position[line.entry].map { (line, $0) } }
        func rightRanks(_ ranks: [Double]) -> Int { known.count { $0.rank != nil && $0.rank == Verification.fraction(ranks[$1]) } }
        let within = heatRanks.map { rightRanks($0) > rightRanks(ranks) } ?? false
        let chosen = within ? heatRanks ?? ranks : ranks
        var lines: [Line] = []
        for (line, entry) in known {
            lines.append(
                Line(
                    entry: line.entry, published: line.result, publishedRank: line.rank, result: try results[entry].rounded(rounding),
                    rank: Verification.fraction(chosen[entry])))
        }
        self.lines = lines
        self.results = Count(
            agreeing: lines.count { $0.resultAgrees == true }, all: list.lines.count { $0.result != nil })
        self.ranks = Count(agreeing: lines.count { $0.rankAgrees == true }, all: list.lines.count { $0.rank != nil })
        onlyInList = list.lines.filter { $0.isClaim && position[$0.entry] == nil }.map(\.entry)
        withoutClaim = known.filter { !$0.0.isClaim }.map(\.0.entry)
        otherHeats = list.otherHeats
        let listed = Set(list.lines.map(\.entry))
        missingFromList = entries.filter { !listed.contains($0) }
        decimals = rounding.decimals
        isWithinHeats = within
    }

    /// Compares a list with the first column of a ranking.
    ///
    /// - Throws: `DesignError.inexactScores` when its results are not fractions.
    public init(of list: PublishedList, _ ranking: Ranking) throws {
        guard let first = ranking.columns.first, let results = first.results.fractions else { throw DesignError.inexactScores }
        try self.init(
            of: list, entries: ranking.sheet.entries, results: results.map(first.results.direction.turned), ranks: first.ranks.ranks,
            heatRanks: ranking.heatOfEntry.map { ranking.ranks(within: $0, column: 0) })
    }

    /// The lines that differ.
    public var differences: [Line] { lines.filter { $0.resultAgrees == false || $0.rankAgrees == false } }

    /// How many results and ranks of the list were reproduced.
    public var agreeing: Int { results.agreeing + ranks.agreeing }

    /// Whether the list says anything about the entries that are ranked.
    public var isAboutEntries: Bool { lines.contains { $0.published != nil || $0.publishedRank != nil } }

    /// Whether every line was found and agrees.
    public var isReproduced: Bool { differences.isEmpty && onlyInList.isEmpty }

    /// Pairs of entries of which each has the published result of the other: their names may have been exchanged.
    public var exchanged: [(String, String)] {
        let wrong = lines.filter { $0.resultAgrees == false }
        // Where most results are wrong, some agree crosswise by chance.
        guard wrong.count <= 20 || wrong.count <= min(1000, lines.count / 2) else { return [] }
        return wrong.indices.flatMap { a in
            wrong.indices.filter { b in
                b > a && wrong[a].published == wrong[b].result && wrong[b].published == wrong[a].result
            }.map { (wrong[a].entry, wrong[$0].entry) }
        }
    }

    /// Ranks are whole or halves.
    private static func fraction(_ rank: Double) -> Fraction { Fraction(Int128((rank * 2).rounded()), over: 2) }
}
