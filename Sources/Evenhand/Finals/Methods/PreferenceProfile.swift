/// Which entries each judge prefers to which, pair by pair.
///
/// A judge counts for a pair of entries when they scored both; two equal scores are half a vote for each order.
public struct PreferenceProfile: Sendable, Equatable {
    /// The number of entries.
    public let entryCount: Int
    /// Twice the votes for entry a above entry b: `doubledVotes[a · n + b]`, with 1 for a tie and 2 for a preference.
    let doubledVotes: [Int]
    /// For each entry Σ over its judges of (m − rank) with m the entries that the judge scored, average ranks for ties (Borda 1781).
    public let borda: [Double]
    /// The same as a share of the maximum, (m − rank) / (m − 1) averaged over judges: fair to entries with fewer judges. 0.5 where there is
    /// nothing to compare.
    public let bordaShares: [Double]

    /// The preferences of the judges of a sheet of totals.
    public init(of sheet: ScoreSheet) {
        var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: sheet.entries.count * sheet.judges.count)
        for performance in sheet.performances {
            for row in performance.rows {
                let position = Int(sheet.judgeCodes[row]) * sheet.entries.count + Int(performance.entry)
                sums[position] = (sums[position].sum + sheet.units[row], sums[position].count + 1)
            }
        }
        let ballots = sheet.judges.indices.map { judge in
            (0..<sheet.entries.count).map { entry -> Double? in
                let cell = sums[judge * sheet.entries.count + entry]
                return cell.count == 0 ? nil : cell.sum / Double(cell.count)
            }
        }
        self.init(scores: ballots)
    }

    /// The preferences of judges who each scored some of the entries; the higher score is better.
    public init(scores ballots: [[Double?]]) {
        let size = ballots.first?.count ?? 0
        var votes = [Int](repeating: 0, count: size * size)
        var (points, shares) = ([Double](repeating: 0, count: size), [(sum: Double, count: Int)](repeating: (0, 0), count: size))
        for ballot in ballots {
            let scored = ballot.indices.filter { ballot[$0] != nil }
            for a in scored {
                guard let mine = ballot[a] else { continue }
                var doubled = 0
                for b in scored where b != a {
                    guard let other = ballot[b] else { continue }
                    let vote = mine > other ? 2 : mine == other ? 1 : 0
                    votes[a * size + b] += vote
                    doubled += vote
                }
                points[a] += Double(doubled) / 2
                if scored.count > 1 { shares[a] = (shares[a].sum + Double(doubled) / Double(2 * (scored.count - 1)), shares[a].count + 1) }
            }
        }
        (entryCount, doubledVotes, borda) = (size, votes, points)
        bordaShares = shares.map { $0.count == 0 ? 0.5 : $0.sum / Double($0.count) }
    }

    /// How many more judges prefer `a` to `b` than the other way round, twice.
    func doubledMargin(_ a: Int, _ b: Int) -> Int { doubledVotes[a * entryCount + b] - doubledVotes[b * entryCount + a] }

    /// How many judges scored both, twice.
    func doubledJudges(_ a: Int, _ b: Int) -> Int { doubledVotes[a * entryCount + b] + doubledVotes[b * entryCount + a] }

    /// Whether judges compare as many pairs as there are, which takes no table of pairs to see.
    static func couldCompareAll(_ sheet: ScoreSheet) -> Bool {
        let pairs = sheet.judgeScoreCounts.reduce(0.0) { $0 + Double($1) * Double($1 - 1) / 2 }
        return pairs >= Double(sheet.entries.count) * Double(sheet.entries.count - 1) / 2
    }

    /// Whether some judge compares any two entries.
    public var comparesAll: Bool {
        (0..<entryCount).allSatisfy { a in (0..<a).allSatisfy { doubledJudges(a, $0) > 0 } }
    }

    /// For each entry the majorities that it wins less those that it loses (Copeland 1951).
    public var copeland: [Int] {
        (0..<entryCount).map { a in (0..<entryCount).reduce(0) { $0 + ($1 == a ? 0 : doubledMargin(a, $1).signum()) } }
    }

    /// The entry that wins a majority against every other, if there is one.
    public var condorcetWinner: Int? { (0..<entryCount).first { copeland[$0] == entryCount - 1 } }
}
