import EvenhandReports
import Testing

@Suite struct PseudonymsTests {
    static let texts: [(names: [String], text: String, shown: String)] = [
        (["张三", "李四"], "导师：张三、李四", "导师：J1、J2"),
        (["Li", "Lin"], "Lin and Li, not Link or Oli", "J2 and J1, not Link or Oli"),
        (["Zhang San"], "ZHANG SAN's tutor", "J1's tutor"),
        (["评委1", "评委12"], "评委1，评委12，评委123", "J1，J2，评委123"),
        // A letter is a name where a mark is next to it; a number is not.
        (["A", "1"], "A tie: “A”, dir/A.csv, 1 of 2", "A tie: “J1”, dir/J1.csv, 1 of 2"),
        (["A"], "A", "J1"), (["甲"], "甲", "J1"), (["甲"], "甲方", "甲方"),
        (["An"], "an entry in An’s heat", "an entry in J1’s heat"), ([], "nobody", "nobody"),
    ]

    @Test(arguments: texts)
    func `names are replaced where they are as names`(names: [String], text: String, shown: String) {
        var pseudonyms = Pseudonyms()
        pseudonyms.hide(names, as: names.indices.map { "J\($0 + 1)" })
        #expect(pseudonyms.replacing(text) == shown)
    }
}
