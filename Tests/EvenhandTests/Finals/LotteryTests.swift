@testable import Evenhand
import Foundation
import TestSupport
import Testing

/// Chances by intervals, and the lot.
@Suite struct LotteryTests {
    struct Case: Sendable {
        let intervals: [ClosedRange<Double>]
        let places: Int
        let chances: [Double]
    }

    static let many: [ClosedRange<Double>] = [2.1...5.3, 0.4...3.9, 3.0...3.8, 1.7...6.2, 4.4...4.9, 0.2...2.6, 2.9...4.0, 3.3...7.1]

    /// The first two are the unique maximin chances of Goldberg, Fanti and Shah (2025) as well: in the worst case ½ of the best one, and 1½
    /// of the best two, are drawn. The next by hand; those of `many` by a root in scipy 1.17.1: `brentq(lambda t: clip((ends - t) / h, 0,
    /// 1).mean(axis=1).sum() - places, -5, 10)` with h = 1.4, half the median width.
    static let linear = [
        Case(intervals: [0.6...1, 0.4...0.8, 0...0.5], places: 1, chances: [0.5, 0.5, 0]),
        Case(intervals: [0.7...0.9, 0.5...0.8, 0.4...0.6, 0.1...0.3], places: 2, chances: [1, 0.5, 0.5, 0]),
        Case(intervals: [0...4, 1...3, 2...2.5], places: 1, chances: [0.5, 0.375, 0.125]),
        Case(intervals: [0...1, 0...1, 0...1, 0...1], places: 3, chances: [0.75, 0.75, 0.75, 0.75]),
        Case(intervals: [3...3, 2...2, 2...2, 1...1], places: 2, chances: [1, 0.5, 0.5, 0]),
        Case(intervals: [0...1, 5...6], places: 2, chances: [1, 1]),
        Case(intervals: [0...1, 5...6], places: 9, chances: [1, 1]),
        Case(intervals: [], places: 1, chances: []),
        Case(
            intervals: many, places: 1,
            chances: [0.0892857143, 0, 0, 0.4107142857, 0, 0, 0, 0.5]),
        Case(
            intervals: many, places: 3,
            chances: [0.5, 0.2053571429, 0.1696428571, 0.5, 0.8839285714, 0, 0.2410714286, 0.5]),
        Case(
            intervals: many, places: 7,
            chances: [1, 0.5178571429, 1, 0.9821428571, 1, 0.5, 1, 1]),
    ]

    @Test(arguments: linear)
    func `linear chances are those of the rule`(of example: Case) {
        let chances = Lottery.linearChances(of: example.intervals, places: example.places)
        #expect(chances.count == example.chances.count)
        #expect(zip(chances, example.chances).allSatisfy { isClose($0, $1, absolute: 1e-10) }, "\(chances)")
    }

    @Test func `linear chances add up, rise with the interval, and do not jump`() {
        var stream = RandomStream(seed: 8)
        for _ in 0..<200 {
            let intervals = (0..<12).map { _ in
                let low = 4 * stream.uniform()
                return low...low + 0.5 + stream.uniform()
            }
            let (places, moved) = (1 + stream.index(below: 11), stream.index(below: 12))
            let before = Lottery.linearChances(of: intervals, places: places)
            #expect(isClose(before.reduce(0, +), Double(places), absolute: 1e-10) && before.allSatisfy { (0...1).contains($0) })
            // Its width stays, and so does half the median width, h.
            var others = intervals
            let distance = 0.05 * stream.uniform()
            others[moved] = intervals[moved].lowerBound + distance...intervals[moved].upperBound + distance
            let after = Lottery.linearChances(of: others, places: places)
            let zone = Quantiles.median(ofSorted: intervals.map { $0.upperBound - $0.lowerBound }.sorted()) / 2
            #expect(after[moved] >= before[moved] - 1e-10)
            #expect(zip(before, after).reduce(0) { $0 + ($1.0 - $1.1).magnitude } <= 2 * distance / zone + 1e-10)
        }
    }

    /// By hand; the estimates of the last two lie outside their intervals.
    static let lines: [(Case, estimates: [Double])] = [
        (Case(intervals: [4...6, 1...3, 2...5, 0...1], places: 2, chances: [1, 0.5, 0.5, 0]), [5, 2, 2.5, 0.5]),
        (Case(intervals: [4...6, 1...3, 2...5, 0...1], places: 3, chances: [1, 1, 1, 0]), [5, 2, 2.5, 0.5]),
        (Case(intervals: [4...6, 1...3, 2...5, 0...1], places: 7, chances: [1, 1, 1, 1]), [5, 2, 2.5, 0.5]),
        (Case(intervals: [1...2, 1...2, 1...2], places: 1, chances: [1 / 3.0, 1 / 3.0, 1 / 3.0]), [1.6, 1.5, 1.4]),
        (Case(intervals: [5...5, 3...3, 1...1, 0...0], places: 2, chances: [1, 1, 0, 0]), [4.8, 3.2, 1, 0]),
        (Case(intervals: [5...5, 3...3, 1...1, 0...0], places: 2, chances: [1, 1, 0, 0]), [4.8, 2.8, 1, 0]),
    ]

    @Test(arguments: lines)
    func `entries above the line are in, those on it share the places left`(example: Case, estimates: [Double]) {
        #expect(Lottery.lineChances(of: example.intervals, estimates: estimates, places: example.places) == example.chances)
    }

    @Test func `as many are drawn as there are places, each as often as its chance says`() {
        let (chances, lots) = ([1, 0.9, 0.5, 0.3, 0.2, 0.1, 0], 4000)
        var counts = [Int](repeating: 0, count: chances.count)
        for seed in 0..<UInt64(lots) {
            var stream = RandomStream(seed: seed)
            let drawn = Lottery.sample(chances, &stream)
            #expect(drawn.count(where: \.self) == 3)
            for (entry, isDrawn) in drawn.enumerated() where isDrawn { counts[entry] += 1 }
        }
        for (count, chance) in zip(counts, chances) {
            // Four standard errors.
            #expect((Double(count) / Double(lots) - chance).magnitude <= 4 * (chance * (1 - chance) / Double(lots)).squareRoot())
        }
    }

    @Test func `of equal chances all pairs are equally likely`() {
        let lots = 6000
        var counts: [[Bool]: Int] = [:]
        for seed in 0..<UInt64(lots) {
            var stream = RandomStream(seed: seed)
            counts[Lottery.sample([0.5, 0.5, 0.5, 0.5], &stream), default: 0] += 1
        }
        #expect(counts.count == 6)
        let error = (1 / 6.0 * 5 / 6 / Double(lots)).squareRoot()
        #expect(counts.values.allSatisfy { (Double($0) / Double(lots) - 1 / 6.0).magnitude < 4 * error }, "\(counts)")
    }

    @Test func `the lot of ranks is that of its seed`() throws {
        // A first in half of the draws, B or C in the others; D is always last. Expected ranks 1.75, 2, 2.25, 4.
        let draws = [[4.0, 3, 2, 1], [4, 2, 3, 1], [3, 4, 2, 1], [2, 3, 4, 1]]
        let ranks = try RankUncertainty(of: PosteriorDraws((0..<400).map { draws[$0 % 4] }), places: 2)
        let lottery = Lottery(of: ranks, by: .snsf, seed: 3)
        #expect(lottery.line == ranks.expectedRanks.sorted()[1] && lottery.places == 2)
        #expect(lottery.intervals[3] == 4...4 && lottery.chances[3] == 0 && lottery.line == 2)
        #expect(lottery.chances == [2 / 3.0, 2 / 3.0, 2 / 3.0, 0] && lottery.drawn.count(where: \.self) == 2)
        #expect(Lottery(of: ranks, by: .snsf, seed: 3) == lottery)
        #expect(Set((0..<20).map { Lottery(of: ranks, by: .snsf, seed: $0).drawn }).count == 3)
        let linear = Lottery(of: ranks, by: .linear, seed: 3)
        #expect(linear.line == nil && linear.chances[3] == 0 && isClose(linear.chances.reduce(0, +), 2))
    }

    static let snsf = "snsf_2020"
    static var isPresent: Bool { FileManager.default.isReadableFile(atPath: shared("\(snsf)/scores.csv")) }

    /// Expected ranks and intervals of the foundation's Bayesian hierarchical model by JAGS, stored with the scores.
    @Test(.enabled(if: isPresent, "the grades of the Swiss National Science Foundation are not at hand"))
    func `proposals of the Swiss National Science Foundation are ranked and drawn as by its own model`() throws {
        let sheet = try sheet(String(contentsOfFile: shared("\(Self.snsf)/scores.csv"), encoding: .utf8))
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
        var rules = FinalsAnalysis.Rules(places: 106)
        rules.lottery = .snsf
        let analysis = try FinalsAnalysis(of: list, rules: rules, parts: [.lottery])
        let lottery = try #require(analysis.lottery)
        let text = try String(contentsOfFile: shared("\(Self.snsf)/official.csv"), encoding: .utf8)
        let official = Dictionary(uniqueKeysWithValues: rows(ofText: text).map { ($0["entry"]!, $0.compactMapValues(Double.init)) })
        let theirs = list.entries.map { official[$0]! }
        let ranks = try #require(analysis.cut.certainty).ranks.expectedRanks
        #expect(lottery.chances.count == 353 && lottery.drawn.count(where: \.self) == 106)
        #expect(spearman(ranks, theirs.map { $0["expected_rank"]! }) >= 0.998)
        let chances = Lottery.lineChances(
            of: theirs.map { -$0["high50"]! ... -$0["low50"]! }, estimates: theirs.map { -$0["expected_rank"]! }, places: 106)
        // In, out, or in the draw.
        func kind(_ chance: Double) -> Double { chance > 0 && chance < 1 ? 0.5 : chance }
        #expect(zip(lottery.chances, chances).count { kind($0) == kind($1) } >= 347)
        #expect(chances.count { kind($0) == 0.5 } == 13 && lottery.chances.count { kind($0) == 0.5 } == 13)
    }

    /// Spearman's rank correlation: Pearson's of average ranks.
    private func spearman(_ x: [Double], _ y: [Double]) -> Double {
        func centered(_ values: [Double]) -> [Double] {
            values.map { value in Double(values.count { $0 < value }) - Double(values.count { $0 > value }) }
        }
        let (a, b) = (centered(x), centered(y))
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }
}
