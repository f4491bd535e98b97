import Evenhand
import Testing

@testable import EvenhandIO
@testable import EvenhandReports

@Suite struct PartialTextTests {
    /// Each of two judges gave two scores of two entries; without pairs nobody knows whether one of them scored A twice.
    @Test(arguments: [(true, "scored by the same 2 judges"), (false, "scored by different judges")])
    func `one panel is known by pairs, not by counts`(keepsPairs: Bool, words: String) throws {
        var choices = PartialSums.Choices()
        choices.keepsPairs = keepsPairs
        let parts = try [[("A", "J"), ("B", "K")], [("A", "K"), ("B", "J")]].map { pairs in
            try PartialSums(of: ScoreSheet(pairs.map { ScoreSheet.Row(entry: $0.0, judge: $0.1, points: 5) }), choices)
        }
        let text = PartialText(sums: try PartialSums(merging: parts), partCount: 2, language: .en)
        #expect(text.basis.contains(words), "\(text.basis)")
    }
}
