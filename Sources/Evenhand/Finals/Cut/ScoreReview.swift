/// What should be looked at again (复议) before a list is final: wide ranges, slips of the pen, scores far from what the others predict.
public struct ScoreReview: Sendable {
    /// Something about a score.
    public enum Finding: Sendable, Equatable {
        /// The entry's scores range further than the limit.
        case range
        /// A score that looks like a slip of the pen.
        case slip(judge: String, points: Double, kind: OddScores.Kind)
        /// A score more than `OutlyingScores.limit` standard deviations from what the others predict.
        case outlying(judge: String, points: Double, expected: Double, z: Double)
    }

    /// The range (极差) of each entry of the list, in points.
    public let ranges: [Double]
    /// What was found about each entry.
    public let findings: [[Finding]]
    /// How many outlying scores there are.
    public let outlyingCount: Int
    /// How many normal noise alone would give.
    public let expectedByChance: Double

    /// Looks through the scores of the ranked part.
    ///
    /// - Parameters:
    ///   - list: whose scores are looked through.
    ///   - model: fitted to them, for what is to be expected; without one no score is unexpected.
    ///   - limit: the range of an entry's scores that is still usual, in points; without one no range is found.
    public init(of list: OfficialList, model: MeritModel?, rangeLimit limit: Double?) {
        let (sheet, ballots) = (list.totals.sheet, list.totals.ballots)
        ranges = sheet.scoreRanges
        var findings = ranges.map { range in limit.map { range > $0 } ?? false ? [Finding.range] : [] }
        let position = Dictionary(uniqueKeysWithValues: sheet.entries.enumerated().map { ($1, $0) })
        func add(_ finding: Finding, to row: Int, of scores: ScoreSheet) {
            let entry = scores.entries[Int(scores.performances[scores.performance(ofRow: row)].entry)]
            if let position = position[entry] { findings[position].append(finding) }
        }
        func judge(_ row: Int, of scores: ScoreSheet) -> String { scores.judges[Int(scores.judgeCodes[row])] }
        for (row, kind) in OddScores(of: ballots).scores {
            add(.slip(judge: judge(row, of: ballots), points: ballots.score(at: row), kind: kind), to: row, of: ballots)
        }
        // Only the ranked stage has its scores in the list, and a rule's own totals are not what judges wrote.
        let fit = model.flatMap { $0.terms.last?.fit }.flatMap { $0.sheet == sheet ? $0 : try? CrossedEffects(of: sheet) }
        let outlying = fit.flatMap { $0.residualVariance > 0 ? $0 : nil }.map { OutlyingScores(of: CrossedResiduals($0)) }
        for score in outlying?.scores ?? [] {
            guard let scores = fit?.sheet else { continue }
            let points = scores.score(at: score.row)
            add(
                .outlying(judge: judge(score.row, of: scores), points: points, expected: score.expected, z: score.z), to: score.row,
                of: scores)
        }
        self.findings = findings
        (outlyingCount, expectedByChance) = (outlying?.scores.count ?? 0, outlying?.expectedByChance ?? 0)
    }
}
