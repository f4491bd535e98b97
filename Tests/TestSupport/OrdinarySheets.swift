public import Evenhand

/// Random small sheets of the kinds that real contests are made of and that models find hard; each is made again from its kind and seed.
public struct OrdinarySheet: Sendable {
    /// What is special about the scores, or about who scored whom.
    public enum Kind: String, Sendable, CaseIterable {
        /// Each judge gives every place once.
        case ranks
        /// Whole points on a coarse scale.
        case ties
        /// Few judges who give 10, 9 or 8.
        case fewJudges
        /// One judge, or two, gives everybody the same.
        case constantJudge
        /// Two or three judges hand in the same scores.
        case copies
        /// Each judge shares one entry with the next.
        case chain
        /// Every group of entries has judges of its own, but for one score.
        case nearlyNested
        /// Noise of a thousandth of the differences of entries, or less.
        case tinyNoise
        /// No noise at all.
        case noNoise
        /// Nobody scored everything.
        case holes
    }

    /// What is special.
    public let kind: Kind
    /// Of the stream that it is drawn from.
    public let seed: UInt64
    /// The scores.
    public let rows: [ScoreSheet.Row]

    /// Draws a sheet.
    public init(_ kind: Kind, seed: UInt64) {
        (self.kind, self.seed) = (kind, seed)
        var draft = Draft(stream: RandomStream(seed: seed, stream: UInt64(Kind.allCases.firstIndex(of: kind) ?? 0)))
        rows = draft.rows(kind)
    }

    /// The sheet with all scores times a factor.
    public func sheet(times factor: Double = 1) throws -> ScoreSheet {
        try ScoreSheet(rows.map { ScoreSheet.Row(entry: $0.entry, judge: $0.judge, points: OrdinarySheet.decimal($0.points * factor)) })
    }

    /// The number of seven decimals next to a product of decimals: what would have been written.
    private static func decimal(_ points: Double) -> Double { (points * 1e7).rounded() / 1e7 }
}

/// What a contest is drawn from.
private struct Draft {
    var stream: RandomStream
    var entries: [Double] = []
    var judges: [Double] = []

    mutating func rows(_ kind: OrdinarySheet.Kind) -> [ScoreSheet.Row] {
        drawSizes(kind)
        switch kind {
        case .ranks: return ranks()
        case .ties: return scores(noise: 2, rounded: { ($0 / 5).rounded() })
        case .fewJudges: return scores(noise: 0.6, rounded: { min(10, max(8, ($0 - 61).rounded())) })
        case .constantJudge:
            let last = judges.count > 3 && stream.uniform() < 0.3 ? 1 : 0
            return scores(replaced: { _, judge, score in judge <= last ? 70 + Double(judge) : score })
        case .copies:
            var first: [Int: Double] = [:]
            let last = judges.count > 4 && stream.uniform() < 0.4 ? 2 : 1
            return scores(replaced: { entry, judge, score in
                if judge == 0 { first[entry] = score }
                return judge <= last ? first[entry] ?? score : score
            })
        case .chain: return scores(noise: 0.5, met: { entry, judge in judge == entry || judge == entry + 1 })
        case .nearlyNested: return scores(met: { entry, judge in judge / 2 == entry / 3 || entry == 0 && judge == 3 })
        case .tinyNoise: return scores(noise: 1e-4, rounded: { ($0 * 1e5).rounded() / 1e5 })
        case .noNoise: return scores(noise: 0, rounded: { $0.rounded() })
        case .holes:
            var holes = stream
            return scores(met: { _, _ in holes.uniform() < 0.7 })
        }
    }

    private mutating func drawSizes(_ kind: OrdinarySheet.Kind) {
        var (entryCount, judgeCount) = (Int.random(in: 3...8, using: &stream), Int.random(in: 2...6, using: &stream))
        if kind == .fewJudges { (entryCount, judgeCount) = (Int.random(in: 2...3, using: &stream), Int.random(in: 2...5, using: &stream)) }
        if kind == .chain { judgeCount = entryCount + Int.random(in: 0...1, using: &stream) }
        if kind == .nearlyNested { (entryCount, judgeCount) = (9, 6) }
        let (ofEntries, ofJudges) = ([0.0, 1, 3, 10][stream.index(below: 4)], [0, 0.5, 2, 8][stream.index(below: 4)])
        let isWhole = kind == .noNoise
        let normals = ((0..<entryCount).map { _ in stream.normal() }, (0..<judgeCount).map { _ in stream.normal() })
        entries = normals.0.map { isWhole ? (ofEntries * $0).rounded() : ofEntries * $0 }
        judges = normals.1.map { isWhole ? (ofJudges * $0).rounded() : ofJudges * $0 }
    }

    private mutating func ranks() -> [ScoreSheet.Row] {
        let noise = stream.uniform() < 0.5 ? 0.5 : 2.0
        return judges.indices.flatMap { judge in
            let seen = entries.map { $0 + noise * stream.normal() }
            let order = seen.indices.sorted { (seen[$0], $0) > (seen[$1], $1) }
            return order.enumerated().map { Draft.row($1, judge, Double($0 + 1)) }
        }
    }

    /// Scores in points around 70, with one decimal unless they are rounded otherwise, of the pairs that met.
    private mutating func scores(
        noise: Double = 1, met: (Int, Int) -> Bool = { _, _ in true }, replaced: (Int, Int, Double) -> Double = { $2 },
        rounded: (Double) -> Double = { ($0 * 10).rounded() / 10 }
    ) -> [ScoreSheet.Row] {
        var rows: [ScoreSheet.Row] = []
        for judge in judges.indices {
            for entry in entries.indices where met(entry, judge) {
                let score = rounded(70 + entries[entry] + judges[judge] + noise * stream.normal())
                rows.append(Draft.row(entry, judge, replaced(entry, judge, score)))
            }
        }
        return rows
    }

    private static func row(_ entry: Int, _ judge: Int, _ points: Double) -> ScoreSheet.Row {
        ScoreSheet.Row(entry: "E\(10 + entry)", judge: "J\(10 + judge)", points: points)
    }
}
