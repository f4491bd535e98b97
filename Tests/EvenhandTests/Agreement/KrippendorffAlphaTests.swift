import Evenhand
import TestSupport
import Testing

/// Expected: R's irr 0.84.1, checked against krippendorff 0.9.0 and the definitions (`Fixtures/agreement`). irrCAC's ordinal weights are
/// Gwet's and differ.
@Suite struct KrippendorffAlphaTests {
    @Test(arguments: ["binary_2x10", "classic_4x12", "simulated_6x25_missing"])
    func `all four metrics come out with missing scores`(name: String) throws {
        let reference = try ReferenceCase(name)
        var comparison = reference.comparison
        for metric in KrippendorffAlpha.Metric.allCases {
            let alpha = KrippendorffAlpha(of: reference.sheet, metric: metric)
            comparison.check("alpha_\(metric.rawValue)", alpha.value)
            comparison.check("n_pairable_units", Double(alpha.unitCount))
            comparison.check("n_pairable_values", Double(alpha.valueCount))
        }
        #expect(comparison.misses == [])
    }

    @Test func `without differences it is undefined`() throws {
        let alpha = KrippendorffAlpha(of: try sheet(["A": "5 5", "B": "5 -"]), metric: .interval)
        #expect(alpha.value == nil && alpha.expected == 0 && alpha.unitCount == 1 && alpha.interval == nil)
        #expect(KrippendorffAlpha(of: try sheet(["A": "5 -", "B": "- 6"]), metric: .interval).value == nil)
    }

    @Test func `ratios of negative scores are not made`() throws {
        #expect(KrippendorffAlpha(of: try sheet(["A": "-1 2", "B": "3 4"]), metric: .ratio).value == nil)
    }

    @Test func `perfect agreement is 1 and has no interval`() throws {
        let alpha = KrippendorffAlpha(of: try sheet(["A": "1 1 1", "B": "2 2 2", "C": "3 3 3"]), metric: .ordinal)
        #expect(alpha.value == 1 && alpha.interval == nil)
    }

    @Test func `an interval treats judges as sampled unless there are but two`() throws {
        let many = KrippendorffAlpha(of: try ReferenceCase("simulated_6x25_missing").sheet, metric: .interval).interval!
        #expect(many.treatsJudgesAsSampled && many.range.contains(0.768) && many.range.upperBound < 1)
        let two = KrippendorffAlpha(of: try ReferenceCase("binary_2x10").sheet, metric: .interval).interval!
        #expect(!two.treatsJudgesAsSampled)
    }

    /// Order of rows, other units and another zero change nothing where the metric says so.
    @Test func `the interval metric knows neither unit nor zero, the ordinal only order`() throws {
        let rows = try rows(of: "agreement/simulated_6x25_missing.csv").map { ($0["project"]!, $0["judge"]!, Double($0["score"]!)!) }
        func alpha(_ metric: KrippendorffAlpha.Metric, _ change: (Double) -> Double, reversed: Bool = false) throws -> Double {
            let scores = rows.map { ScoreSheet.Row(entry: $0.0, judge: $0.1, points: change($0.2)) }
            return KrippendorffAlpha(of: try ScoreSheet(reversed ? scores.reversed() : scores), metric: metric).value!
        }
        let plain = try alpha(.interval) { $0 }
        #expect(try alpha(.interval, { $0 }, reversed: true) == plain)
        #expect(isClose(try alpha(.interval) { 3.5 * $0 + 1000 }, plain))
        #expect(isClose(try alpha(.ordinal) { $0 * $0 * $0 }, try alpha(.ordinal) { $0 }))
        #expect(isClose(try alpha(.ratio) { 7 * $0 }, try alpha(.ratio) { $0 }))
    }

    @Test(arguments: KrippendorffAlpha.Metric.allCases)
    func `judges who agree disagree less than chance would have them`(metric: KrippendorffAlpha.Metric) throws {
        let alpha = KrippendorffAlpha(of: try sheet(["A": "1 1 2", "B": "3 3 3", "C": "5 6 6", "D": "8 9 8"]), metric: metric)
        let (observed, expected) = (try #require(alpha.observed), try #require(alpha.expected))
        #expect(try observed < expected && isClose(#require(alpha.value), 1 - observed / expected, relative: 1e-12))
    }
}
