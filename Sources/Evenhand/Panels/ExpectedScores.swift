/// How many scores judges and entries should have, and how many they have.
///
/// A judge who scored any entry of a heat belongs to its panel and is expected to score every entry of the heat, on each criterion, item
/// and repetition that anybody scored there. A heat with fewer than half of those scores is not a panel but a pool of judges to whom
/// entries were assigned: nothing beyond the given scores is expected in it.
public struct ExpectedScores: Sendable, Equatable {
    /// What one judge (or entry) should have and has.
    public struct Count: Sendable, Equatable {
        /// The scores that are expected.
        public internal(set) var expected = 0
        /// The scores that are there.
        public internal(set) var received = 0

        /// Whether there are fewer than expected.
        public var isShort: Bool { received < expected }
    }

    /// For each judge.
    public let judges: [Count]
    /// For each entry.
    public let entries: [Count]
    /// The heats that are pools rather than panels.
    public let pools: [Int]

    /// Of a panel at least this share of the scores is there.
    static let leastShare = 0.5

    /// Counts a sheet with or without criteria.
    public init(of sheet: ScoreSheet) {
        var judges = [Count](repeating: Count(), count: sheet.judges.count)
        var entries = [Count](repeating: Count(), count: sheet.entries.count)
        var pools: [Int] = []
        // Performances are ordered by heat.
        var start = 0
        for heat in sheet.heats.indices {
            var stop = start
            while stop < sheet.performances.count, Int(sheet.performances[stop].heat) == heat { stop += 1 }
            let performances = sheet.performances[start..<stop]
            start = stop
            let rows = performances.map(\.rows)
            let scored = rows.reduce(into: [Int32: Int]()) { counts, rows in
                for row in rows { counts[sheet.judgeCodes[row], default: 0] += 1 }
            }
            let conditions = sheet.conditionCount(in: rows)
            let perEntry = scored.count * conditions
            let received = rows.reduce(0) { $0 + $1.count }
            let isPool = Double(received) < ExpectedScores.leastShare * Double(perEntry * performances.count)
            if isPool { pools.append(heat) }
            for (judge, count) in scored {
                judges[Int(judge)].received += count
                judges[Int(judge)].expected += isPool ? count : performances.count * conditions
            }
            for performance in performances {
                entries[Int(performance.entry)].received += performance.rows.count
                entries[Int(performance.entry)].expected += isPool ? performance.rows.count : perEntry
            }
        }
        (self.judges, self.entries, self.pools) = (judges, entries, pools)
    }
}

extension ScoreSheet {
    /// How many criteria, with their items and repetitions, some scores are of; 1 of totals.
    fileprivate func conditionCount(in rows: [Range<Int>]) -> Int {
        if criterionCodes.isEmpty, !hasItems { return 1 }
        var found: Set<[Int32]> = []
        for row in rows.joined() {
            found.insert([
                criterionCodes.isEmpty ? 0 : criterionCodes[row], items.isPresent ? items.codes[row] : 0,
                repetitions.isPresent ? repetitions.codes[row] : 0,
            ])
        }
        return found.count
    }
}
