import Evenhand
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
}
