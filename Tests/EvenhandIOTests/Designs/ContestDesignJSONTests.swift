import Evenhand
import Foundation
import Testing

@testable import EvenhandIO

@Suite struct ContestDesignJSONTests {
    @Test func `every kind of JSON value is read`() throws {
        let text = #" {"a": [1, -2.5e3, true, null], "b": "q\"\\\/\n\u6770\ud83d\ude00", "c": {}} "#
        guard case .object(let members) = try JSONParser.value(of: Array(text.utf8)).content else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.key) == ["a", "b", "c"])
        let list = [JSONValue.Content.number("1"), .number("-2.5e3"), .bool(true), .null].map { JSONValue(content: $0, line: 1) }
        #expect(members[0].value.content == .array(list))
        #expect(members[1].value.content == .string("q\"\\/\n杰😀"))
        #expect(members[2].value.content == .object([]))
    }

    @Test(arguments: [
        ("", "a value"), ("[1,", "a value"), ("[1,]", "a value"), ("[1 2]", "a comma or ]"), ("{\"a\" 1}", "a colon"),
        ("{a: 1}", "a name in quotes"), ("\"abc", "a closing quote"), ("\"\\x\"", "an escaped character"), ("nul", "a value"),
        ("\"\\u12\"", "four hexadecimal digits"), ("\"\\ud83d\"", "a complete UTF-16 pair"), ("1 2", "the end of the text"),
        (String(repeating: "[", count: 100_000), "less nesting"),
    ])
    func `what is not JSON says what should be there`(text: String, expected: String) {
        #expect(throws: JSONError(line: 1, problem: .syntax(expected: expected))) { try JSONParser.value(of: Array(text.utf8)) }
    }

    @Test(arguments: [
        ("[]", 1, JSONProblem.wrongKind(key: "design", kind: "an object in braces")),
        ("{\n\"judges\": []\n}", 1, .missing(key: "heats")),
        ("{\"judges\": [],\n\"heats\": 3}", 2, .wrongKind(key: "heats", kind: "a list in brackets")),
        ("{\"judges\": [],\n\"heats\": [],\n\"pannel\": 1}", 3, .unexpected(key: "pannel")),
        ("{\"judges\": [],\n\"judges\": [],\n\"heats\": []}", 2, .unexpected(key: "judges")),
        ("{\"judges\": [],\n\"heats\": [\n{\"entries\": 1.5, \"panel\": []}]}", 3, .wrongKind(key: "entries", kind: "a whole number")),
        ("{\"judges\": [\n{\"name\": 3}], \"heats\": []}", 2, .wrongKind(key: "name", kind: "a text in quotes")),
        ("{\"model\":\n{\"mean\": \"80\"}}", 2, .wrongKind(key: "mean", kind: "a number")),
        ("{\n\n\"judges\" []}", 3, .syntax(expected: "a colon")),
    ])
    func `a design that cannot be read says on which line`(text: String, line: Int, problem: JSONProblem) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path()
        try OutputFile.write(text, to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DesignFileError.malformed(path: path, line: line, problem)) { try ContestDesign(contentsOf: path) }
    }

    @Test func `a missing file and an impossible design are distinguished`() throws {
        #expect(throws: DesignFileError.unreadable(path: "/nowhere.json", reason: "No such file or directory")) {
            try ContestDesign(contentsOf: "/nowhere.json")
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path()
        try OutputFile.write("{\"judges\": [], \"heats\": []}", to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DesignFileError.impossible(path: path, .tooFew(of: "heats", found: 0, needed: 1))) {
            try ContestDesign(contentsOf: path)
        }
    }

    @Test func `cells with commas and quotes are quoted`() throws {
        let judges = [ContestDesign.Judge(name: "Ann \"A\", dr")]
        let heats = [ContestDesign.Heat(name: nil, entries: 1, panel: judges.map(\.name))]
        var model = ScoreModel()
        (model.mean, model.entrySD, model.judgeSD, model.scaleSD, model.noiseSD, model.decimals) = (0.05, 0, 0, 0, 0, 2)
        let files = SimulatedContest(of: try ContestDesign(model: model, judges: judges, heats: heats), seed: 1).files
        #expect(files.map(\.name) == ["scores.csv", "entries.csv", "judges.csv", "truth.csv"])
        let texts = files.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts[0] == "entry,judge,score\nE001,\"Ann \"\"A\"\", dr\",0.05\n")
        #expect(texts[1] == "entry\nE001\n")
        #expect(
            texts[3] == """
                kind,name,quality,location,scale,noise
                entry,E001,0.000000,,,
                judge,"Ann ""A"", dr",,0.050000,1.000000,0.000000

                """)
    }
}
