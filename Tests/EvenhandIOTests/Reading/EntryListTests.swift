import EvenhandIO
import TestSupport
import Testing

@Suite struct EntryListTests {
    @Test func `a list names each entry once, whatever other columns it has`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("名次,项目,得分\n1,乙,88\n2,甲,87\n1,乙,88\n", to: "list.csv")
        #expect(try EntryList(contentsOf: path).names == ["乙", "甲"])
        let named = try directory.write("who;points\nB;1\nA;2\n", to: "named.csv")
        var options = ReadingOptions()
        options.columns[.entry] = "who"
        #expect(try EntryList(contentsOf: named, as: options).names == ["B", "A"])
    }

    @Test(arguments: ["rank,points\n1,2\n", "entry\n", "", "entry,points\n,1\n"]) func `a list without entries is an error`(text: String)
        throws
    {
        let path = try TemporaryDirectory().write(text, to: "list.csv")
        #expect(throws: ScoreSheetError.self) { try EntryList(contentsOf: path) }
    }
}
