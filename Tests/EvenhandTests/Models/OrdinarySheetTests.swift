import Evenhand
import TestSupport
import Testing

/// Sheets as people hand them in: no model ends with an error of its arithmetic, and none knows in what unit scores are written.
@Suite struct OrdinarySheetTests {
    @Test(arguments: OrdinarySheet.Kind.allCases)
    func `crossed, calibrated and finals answer for every ordinary sheet`(kind: OrdinarySheet.Kind) throws {
        var counts: [String: Int] = [:]
        for seed in 1...50 {
            let sheet = OrdinarySheet(kind, seed: UInt64(seed))
            #expect(try sheet.failures() == [])
            let o = try? sheet.calibratedObstacle()
            var key = o.map { "\($0)" } ?? "fitted"
            if key.contains("notConv") { key = "notConverged" }
            if key.contains("tooFew(of: \"scores") { key = "few" }
            counts[key, default: 0] += 1
        }
        print("COUNTS", kind, counts)
    }
}
