import Evenhand
import TestSupport
import Testing

@Suite struct OtherScaleTests {
    @Test(
        arguments: [
            (["A": "8 70 9", "B": "6 50 7", "C": "9 80 8"], [1], 50.0...80, 6.0...9),
            (["A": "0.8 7 9", "B": "0.6 5 7", "C": "0.7 8 8"], [0], 0.6...0.8, 5...9),
            (["A": "80 7 90 8", "B": "60 5 70 7", "C": "70 8 80 6"], [0, 2], 60...90, 5...8),
        ] as [(rows: KeyValuePairs<String, String>, judges: [Int], own: ClosedRange<Double>, others: ClosedRange<Double>)])
    func `the judges on the other scale are named`(
        rows: KeyValuePairs<String, String>, judges: [Int], own: ClosedRange<Double>, others: ClosedRange<Double>
    ) throws {
        let found = try #require(OtherScale(of: try sheet(rows)))
        #expect(found.judges == judges && found.own == own && found.others == others)
        // Where the lowest is the best the numbers are the same.
        #expect(try OtherScale(of: sheet(rows).lowestFirst) == found)
    }

    @Test(
        arguments: [
            ["A": "8 3 9", "B": "6 2 7", "C": "9 2 8"], ["A": "8 40 9", "B": "6 8 7", "C": "9 50 8"],
            ["A": "8 0 9", "B": "6 0 7", "C": "9 0 8"],
            ["A": "8 70", "B": "6 -"],
        ] as [KeyValuePairs<String, String>])
    func `severe judges, slips and zeros are not on another scale`(rows: KeyValuePairs<String, String>) throws {
        #expect(try OtherScale(of: sheet(rows)) == nil)
    }
}
