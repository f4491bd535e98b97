import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct JSONRecordsTests {
    private func grid(_ text: String) throws -> Grid { try Array(text.utf8).withUnsafeBytes { try Grid(json: $0, path: "a.json") } }

    private func fault(_ text: String) -> ScoreSheetError.Problem? {
        do {
            _ = try grid(text)
            return nil
        } catch {
            return (error as? ScoreSheetError)?.problems.first
        }
    }

    @Test func `objects are rows under the union of their names`() throws {
        let grid = try grid(
            """
            [
              {"entry": "项目甲", "judge": "Ann", "score": 88.350},
              {"entry": "项目乙", "score": 9.5e1, "remark": null, "is_final": true},
              {}
            ]
            """)
        #expect(
            grid.rows == [
                ["entry", "judge", "score", "remark", "is_final"], ["项目甲", "Ann", "88.350"], ["项目乙", "", "9.5e1", "", "TRUE"], [],
            ])
        #expect(grid.lines == [2, 2, 3, 4])
    }

    @Test func `each line may be an object of its own`() throws {
        let grid = try grid("\u{FEFF}{\"a\":1}\n\n{\"a\":\"x\\\"\\u4E2D\",\"b\":2}\r\n")
        #expect(grid.rows == [["a", "b"], ["1"], ["x\"中", "2"]])
        #expect(grid.lines == [1, 1, 3])
    }

    @Test func `an object in an object is flattened, and lists are text`() throws {
        let grid = try grid(
            "{\"team\":{\"name\":\"A\",\"city\":{\"zip\":1}},\"scores\":[4,3,5],\"tags\":[\"x\"],\"deep\":[[1,2],{\"k\":\"v\"}]}")
        #expect(grid.rows == [["team.name", "team.city", "scores", "tags", "deep"], ["A", "zip=1", "4,3,5", "x", "1,2,k=v"]])
    }

    @Test func `the one list of objects inside an object is meant`() throws {
        let grid = try grid(
            "{\"count\":2,\"ids\":[1,2],\"records\":[{\"id\":1,\"fields\":{\"entry\":\"A\"}},{\"id\":2,\"fields\":{\"entry\":\"B\"}}]}")
        #expect(grid.rows == [["id", "fields.entry"], ["1", "A"], ["2", "B"]])
        #expect(try self.grid("{\"a\":[{\"x\":1}],\"b\":[{\"x\":2}]}").rows == [["a", "b"], ["x=1", "x=2"]])
    }

    @Test func `lists of cells are rows as they are`() throws {
        #expect(try grid("[[\"entry\",\"J1\"],[\"A\",7],[\"B\",null]]").rows == [["entry", "J1"], ["A", "7"], ["B", ""]])
    }

    @Test(
        arguments: [
            ("[{\"a\":1},2]", 1, "E163"), ("[{\"a\":1},\n[2]]", 2, "E163"), ("{\"a\":1", 1, "E163"), ("{\"a\":1}\n{\"a\":x}", 2, "E163"),
            ("[{\"a\":1}] x", 1, "E163"), ("[{\"a\":1}", 1, "E163"), ("{\"a\":1},{\"a\":2}", 1, "E163"), ("[{\"a\":\"\u{1}\"}]", 1, "E163"),
        ])
    func `what is not a list of objects is refused on its line`(text: String, line: Int, code: String) {
        let problem = fault(text)
        #expect(problem?.line == line && problem?.kind.code == code, "\(text)")
    }

    @Test(
        arguments: [
            ("{\"a\":1}", true), (" \n[ {", true), ("[[\"a\"", true), ("[[1", true), ("{}", true), ("[Team],Judge", false),
            ("[1,2]", false),
            ("{name},x", false), ("", false), ("[", false), ("{", false), ("[[x]]", false), ("entry,judge", false),
        ])
    func `only objects and lists are taken for JSON`(text: String, isJSON: Bool) {
        #expect(Array(text.utf8).withUnsafeBytes(JSONRecords.isRecognized) == isJSON, "\(text)")
    }

    @Test func `nesting, values and columns have an end`() {
        #expect(fault("[{\"a\":" + String(repeating: "[", count: 100_000))?.kind.code == "E163")
        #expect(fault(String(repeating: "{\"a\":", count: 100_000))?.kind.code == "E163")
        let columns =
            "[" + (0..<17).map { row in "{" + (0..<1000).map { "\"k\(row)_\($0)\":1" }.joined(separator: ",") + "}" }.joined(separator: ",")
            + "]"
        #expect(fault(columns)?.kind == .workbookTooLarge(.columns))
        // Each object fills the columns of all before it.
        let far = "{" + (0..<16000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}\n"
        #expect(fault(far + String(repeating: "{\"k15999\":1}\n", count: 2000))?.kind == .workbookTooLarge(.contentBytes))
        #expect(fault("[{\"a\":[" + String(repeating: "0,", count: 2_200_000) + "0]}]")?.kind.code == "E163")
    }

    @Test func `text that was cut off or changed is refused or read`() {
        let text = Array("[{\"entry\":\"项目\",\"x\":{\"y\":[1,2.5e3,\"\\u4E2D\"]}},{\"entry\":null,\"z\":true}]".utf8)
        for length in 2..<text.count { #expect(fault(String(decoding: text.prefix(length), as: UTF8.self)) != nil, "\(length)") }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var spoiled = text
            for _ in 0..<3 { spoiled[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            _ = try? spoiled.withUnsafeBytes { try Grid(json: $0, path: "a.json") }
        }
    }

    @Test func `scores, lists of entries and judges are read from JSON`() throws {
        let directory = try TemporaryDirectory()
        let scores = try directory.write(
            "{\"entry\":\"A\",\"judge\":\"X\",\"score\":8}\n{\"entry\":\"B\",\"judge\":\"X\",\"score\":7.50}\n", to: "s.jsonl")
        var options = ReadingOptions()
        options.entries = try directory.write("[{\"entry\":\"A\",\"city\":\"温州\"},{\"entry\":\"B\",\"city\":\"杭州\"}]", to: "e.json")
        let reading = try Reading(of: [scores], as: options)
        #expect(reading.sheet.described == ["A/X=8", "B/X=7.5"])
        #expect(reading.sheet.entryAttributes.map(\.name) == ["city"])
        #expect(reading.places(of: [1]).compactMap(\.self).map(\.line) == [2])
    }
}
