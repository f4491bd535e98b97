@testable import Evenhand
import TestSupport
import Testing

/// Expected: numpy 2.4.6 and scipy 1.17.1, judges and entries really left out of the table one by one: the sum of both jackknife variances
/// on the scale of the interval, log((1 + r) / (1 − r)) or log(1 − α), Student's quantile on Satterthwaite's degrees of freedom.
@Suite struct JackknifeIntervalTests {
    private static func agrees(_ interval: JudgedInterval?, _ low: Double, _ high: Double) -> Bool {
        guard let interval, interval.treatsJudgesAsSampled else { return false }
        return isClose(interval.range.lowerBound, low, relative: 1e-9) && isClose(interval.range.upperBound, high, relative: 1e-9)
    }

    @Test(arguments: [
        ("no_ties_9x4", 0.2244012361658369, 0.9172679009968272), ("shrout_fleiss_1979", 0.3082115205334593, 0.9884658229597667),
        ("simulated_24x6", 0.616876122476678, 0.9119863423024078),
    ])
    func `the interval of W is that of the mean correlation of ranks`(name: String, low: Double, high: Double) throws {
        #expect(Self.agrees(KendallConcordance(of: try ReferenceCase(name).sheet).interval, low, high))
    }

    @Test(arguments: [
        ("no_ties_9x4", -0.03413168511221781, 0.8896905346624363), ("shrout_fleiss_1979", 0.07582108804355799, 0.9847207828040901),
        ("simulated_24x6", 0.5402340073923505, 0.8943843536331915),
    ])
    func `the interval of the mean correlation of pairs leaves out judges and entries`(name: String, low: Double, high: Double) throws {
        #expect(Self.agrees(JudgeCorrelations(of: try ReferenceCase(name).sheet).interval, low, high))
    }

    @Test(arguments: [
        ("no_ties_9x4", -0.1696006248615971, 0.8706955479618261), ("shrout_fleiss_1979", -0.7816853220242974, 0.5919122793358147),
        ("simulated_24x6", 0.33414239765098597, 0.8781256818080975),
    ])
    func `the interval of α leaves out judges and entries`(name: String, low: Double, high: Double) throws {
        #expect(Self.agrees(KrippendorffAlpha(of: try ReferenceCase(name).sheet, metric: .interval).interval, low, high))
    }

    /// Judges' values have a jackknife variance of 0.15 with three degrees of freedom, entries' 0.09 with six. Expected: scipy 1.17.1.
    @Test(arguments: [
        (0.0, 1.176397590779325, "the sum"), (0.1, 1.051254481573358, "each part, judges' less what scores give"),
        (0.2, 1.0942922468220038, "entries' at least what scores give"), (0.3, 1.176397590779325, "the sum is shorter again"),
    ])
    func `what scores give is in both parts`(scores: Double, reach: Double, why: String) throws {
        let (judges, entries) = ([1, 1.2, 0.8, 1.4], [1, 1.1, 0.9, 1.05, 0.95, 1.2, 0.8])
        let sheet = try madeContest(entries: 7, judges: 4, panel: 4, seed: 1)
        let passes = [1.0] + judges + entries
        let found = TwoWayJackknife(of: sheet).interval(level: 0.95, of: passes, scores: scores, back: \.self)?.range
        let interval = try #require(found)
        #expect(isClose(interval.lowerBound, 1 - reach, relative: 1e-9) && isClose(interval.upperBound, 1 + reach, relative: 1e-9))
    }

    /// Four groups of entries and seven of judges: what scores give is taken off the entries' part.
    @Test func `the part of fewer groups gives scores away`() throws {
        let (entries, judges) = ([1, 1.2, 0.8, 1.4], [1, 1.1, 0.9, 1.05, 0.95, 1.2, 0.8])
        let sheet = try madeContest(entries: 4, judges: 7, panel: 7, seed: 1)
        let passes = [1.0] + judges + entries
        let interval = try #require(TwoWayJackknife(of: sheet).interval(level: 0.95, of: passes, scores: 0.1, back: \.self)?.range)
        #expect(isClose(interval.upperBound, 1 + 1.051254481573358, relative: 1e-9))
    }
}
