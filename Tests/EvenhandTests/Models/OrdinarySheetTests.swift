import Evenhand
import TestSupport
import Testing

/// Sheets as people hand them in: no model ends with an error of its arithmetic, and none knows in what unit scores are written.
@Suite struct OrdinarySheetTests {
    @Test(arguments: OrdinarySheet.Kind.allCases)
    func `crossed, calibrated and finals answer for every ordinary sheet`(kind: OrdinarySheet.Kind) throws {
        for seed in 1...50 as ClosedRange<UInt64> {
            // The calibrated model is fitted for its ranks already; most reports on the cut take the other one.
            let failures = try OrdinarySheet(kind, seed: seed).failures(
                model: seed % 5 == 1 ? .crossed : .calibrated, factors: seed % 10 == 1 ? [0.1, 1000] : [])
            #expect(failures == [])
        }
    }
}
