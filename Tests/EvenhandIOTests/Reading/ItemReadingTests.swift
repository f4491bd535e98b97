import Evenhand
import EvenhandIO
import TestSupport
import Testing

@Suite struct ItemReadingTests {
    @Test(arguments: ColumnRole.item.headers + ["Prompt", "TASK"])
    func `a column of items is known by its header where scores repeat`(header: String) throws {
        let sheet = try reading("entry,judge,\(header),score\nA,x,one,7\nA,x,two,8\nB,x,one,6\n").sheet
        #expect(sheet.items.levels == ["one", "two"])
        #expect(sheet.units.indices.map { sheet.items[$0] } == ["one", "two", "one"])
        #expect(sheet.entryAttributes.isEmpty)
    }

    // Runs alone are heats.
    @Test(arguments: ColumnRole.repetition.headers.filter { $0 != "run" })
    func `a column of repetitions is known by its header where scores repeat`(header: String) throws {
        let sheet = try reading("entry,judge,\(header),score\nA,x,1,7\nA,x,2,8\nB,x,1,6\n").sheet
        #expect(sheet.repetitions.levels == ["1", "2"])
        #expect(!sheet.items.isPresent && sheet.hasItems)
    }

    @Test func `the title of a project is an attribute as ever`() throws {
        let sheet = try reading("项目,题目,评委,分数\nA,光,x,7\nA,光,y,8\nB,水,x,6\n").sheet
        #expect(!sheet.hasItems)
        #expect(sheet.entryAttributes.map(\.name) == ["题目"])
    }

    @Test func `a column can be named as items or repetitions`() throws {
        let text = "entry,judge,essay,time,score\nA,x,one,1,7\nA,x,one,2,5\nA,x,two,1,8\n"
        let sheet = try reading(text, columns: [.item: "essay", .repetition: "time"]).sheet
        #expect(sheet.items.levels == ["one", "two"])
        #expect(sheet.repetitions.levels == ["1", "2"])
        #expect(sheet.units == [7, 5, 8])
    }

    @Test func `judges in columns may have a row for each item`() throws {
        let sheet = try reading("entry,prompt,Judge 1,Judge 2\nA,p1,7,8\nA,p2,6,9\nB,p1,5,4\nB,p2,3,8\n").sheet
        #expect(sheet.items.levels == ["p1", "p2"])
        #expect(sheet.judges == ["Judge 1", "Judge 2"])
        #expect(sheet.count == 8)
    }

    @Test func `scores that repeat with their item are given twice`() throws {
        #expect(throws: ScoreSheetError.self) { try reading("entry,judge,item,score\nA,x,one,7\nA,x,one,8\nB,x,one,6\n") }
        #expect(throws: ScoreSheetError.self) {
            try reading("entry,judge,item,score\nA,x,one,7\nA,x,two,8\n", "entry,judge,score\nB,x,6\n")
        }
    }

    @Test func `criteria and items are read together in any order of rows`() throws {
        let lines = ["A,x,p1,a,1", "A,x,p1,b,2", "A,x,p2,a,3", "A,x,p2,b,4", "B,x,p1,a,5", "B,x,p1,b,6"]
        let sheets = try [lines, lines.reversed()].map {
            try reading("entry,judge,item,criterion,score\n" + $0.joined(separator: "\n")).sheet
        }
        #expect(sheets[0] == sheets[1])
        #expect(sheets[0].criteria == ["a", "b"])
        #expect(sheets[0].items.levels == ["p1", "p2"])
    }
}
