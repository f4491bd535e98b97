@testable import Evenhand
import Testing

/// What is looked at again: ranges, slips of the pen and scores that nothing leads to expect.
@Suite struct ScoreReviewTests {
    static func list(_ scores: [[Double]]) throws -> OfficialList {
        let rows = scores.enumerated().flatMap { entry, row in
            row.enumerated().map { ScoreSheet.Row(entry: "E\(10 + entry)", judge: "J\($0)", points: $1) }
        }
        let sheet = try ScoreSheet(rows)
        return try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
    }

    static let scores: [[Double]] = {
        let noise = [0.4, -0.3, 0.1, -0.5, 0.3, -0.1, 0.2]
        var scores: [[Double]] = []
        for entry in 0..<12 { scores.append((0..<5).map { 80 + Double(entry + $0) + noise[(3 * entry + 5 * $0) % 7] }) }
        return scores
    }()

    @Test func `ranges are the highest less the lowest score, and found above the limit`() throws {
        let list = try Self.list([[80, 84, 82], [70, 71, 75.5], [90, 90, 90]])
        let review = ScoreReview(of: list, model: nil, rangeLimit: 4)
        #expect(review.ranges == [4, 5.5, 0])
        #expect(review.findings == [[], [.range], []])
        #expect(ScoreReview(of: list, model: nil, rangeLimit: nil).findings == [[], [], []])
        #expect(review.outlyingCount == 0 && review.expectedByChance == 0)
    }

    @Test func `a slip of the pen is found with its judge`() throws {
        var scores = Self.scores
        scores[4][2] = 8.6
        let review = ScoreReview(of: try Self.list(scores), model: nil, rangeLimit: nil)
        #expect(review.findings.indices.filter { !review.findings[$0].isEmpty } == [4])
        guard case .slip("J2", 8.6, _) = review.findings[4].first else { return #expect(Bool(false), "\(review.findings[4])") }
    }

    @Test func `a score far from what the other scores predict is found with the expectation`() throws {
        var scores = Self.scores
        scores[7][1] -= 9
        let list = try Self.list(scores)
        let review = ScoreReview(of: list, model: try MeritModel(of: list), rangeLimit: nil)
        #expect(review.findings.indices.filter { !review.findings[$0].isEmpty } == [7])
        guard case .outlying("J1", let points, let expected, let z) = review.findings[7].first else {
            return #expect(Bool(false), "\(review.findings[7])")
        }
        // Without the score, entry and judge lead to 80 + 7 + 1 within the noise of ±0.5.
        #expect(points == scores[7][1] && (expected - 88).magnitude < 1 && z < -10)
        // What is expected of the entry's other scores is made of the wild one, too.
        #expect(review.outlyingCount == review.findings[7].count)
        // Of 60 scores normal noise makes 0.16 outlying, heavier tails of the robust scale some more.
        #expect((0.1...0.6).contains(review.expectedByChance))
        let calibration = try JudgeCalibration(of: list.totals, parts: [.outlying])
        #expect(review.expectedByChance == calibration.outlying?.expectedByChance)
    }

    @Test func `a rule's own totals are not reviewed in position of the scores`() throws {
        var scores = Self.scores
        scores[7][1] -= 9
        let plain = try Self.list(scores)
        let rule = try ScoringRule(steps: [RuleDrawsTests.trim, .judges(.mean), .multiply(.fixed(Fraction(3)))])
        let list = try OfficialList(of: plain.contest, heats: plain.heats, by: OfficialList.Recipe(.rule(rule)))
        let (byRule, byMean) = (
            ScoreReview(of: list, model: try MeritModel(of: list), rangeLimit: nil),
            ScoreReview(of: plain, model: try MeritModel(of: plain), rangeLimit: nil)
        )
        #expect(byRule.findings == byMean.findings)
    }
}
