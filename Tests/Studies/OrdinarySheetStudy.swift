import Evenhand
import TestSupport
import Testing

/// As `OrdinarySheetTests`, on 20,000 sheets.
@Suite(.enabled(if: Studies.areWanted, "long; make test-long")) struct OrdinarySheetStudy {
    private static let sheets = 2000

    @Test(arguments: OrdinarySheet.Kind.allCases)
    func `crossed, calibrated and finals answer for 2,000 sheets of each kind`(kind: OrdinarySheet.Kind) throws {
        var failures: [String] = []
        for seed in 1...UInt64(Self.sheets) {
            failures += try OrdinarySheet(kind, seed: 1_000_000 + seed).failures(factors: seed % 10 == 1 ? [0.1, 1000] : [])
        }
        #expect(failures == [])
    }
}
