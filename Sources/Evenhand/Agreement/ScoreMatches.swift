/// How often two judges give an entry the same score, or neighbouring ones: for coarse scales, where that can happen at all.
///
/// Shares of all pairs of scores of one performance. They include agreement by chance alone, so they supplement α and do not replace it.
public struct ScoreMatches: Sendable, Equatable {
    /// The different scores that were given.
    public let levelCount: Int
    /// The pairs of scores of one performance.
    public let pairCount: Int
    /// The share of pairs that are equal.
    public let exact: Double
    /// The share of pairs at most one step of the scale apart.
    public let adjacent: Double
    /// The step: the smallest distance between two scores, in points.
    public let step: Double

    /// On a finer scale equal scores are an accident.
    static let mostLevels = 11

    /// The matches of a sheet of totals; `nil` on a scale of more than 11 different scores (0 … 10), of one, or without pairs.
    public init?(of sheet: ScoreSheet) {
        let scores = PairableScores(of: sheet)
        let steps = zip(scores.levels.dropFirst(), scores.levels).map { $0 - $1 }
        guard scores.unitCount > 0, scores.levels.count <= ScoreMatches.mostLevels, let step = steps.min() else { return nil }
        // Scores that are not exact lie a step apart but for rounding.
        let reach = step * (1 + 0x1p-20)
        var (pairs, exact, adjacent) = (0, 0, 0)
        for performance in sheet.performances {
            for row in performance.rows {
                for other in performance.rows.lowerBound..<row {
                    let distance = (sheet.units[row] - sheet.units[other]).magnitude
                    pairs += 1
                    if distance == 0 { exact += 1 }
                    if distance <= reach { adjacent += 1 }
                }
            }
        }
        levelCount = scores.levels.count
        (pairCount, self.exact, self.adjacent) = (pairs, Double(exact) / Double(pairs), Double(adjacent) / Double(pairs))
        self.step = step / sheet.unitsPerPoint
    }
}
