import Foundation
import TestSupport
import Testing

/// Places drawn by lot on the command line.
@Suite struct FinalsLotteryTests {
    private static let scores = "Data/zhejiang-2022/scores.csv"

    private func run(_ arguments: [String], of file: String = scores) throws -> CommandRun {
        try CommandRun(["finals", file, "--places", "10", "--draws", "500"] + arguments)
    }

    @Test(arguments: ["snsf", "linear"])
    func `ten of 24 are drawn, whatever the order of the rows is`(rule: String) throws {
        let arguments = ["--lottery", rule, "--format", "csv", "--table", "lottery"]
        let first = try run(arguments)
        #expect(first.status == 0 && first.lines[0] == "entry,low,high,p,drawn", "\(first.error)")
        let rows = first.lines.dropFirst().dropLast().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.count == 24 && rows.count { $0[4] == "yes" } == 10)
        #expect(rows.allSatisfy { Int($0[1])! <= Int($0[2])! && ($0[3] != "1" || $0[4] == "yes") && ($0[3] != "0" || $0[4] == "") })
        #expect((rows.reduce(0) { $0 + Double($1[3])! } - 10).magnitude < 1e-9)
        #expect(first.error.contains("lottery \(rule)") && first.error.contains("seed 1"))

        let text = try String(contentsOf: CommandRun.root.appending(path: Self.scores), encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let directory = try TemporaryDirectory()
        let reversed = try directory.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n"), to: "reversed.csv")
        #expect(try run(arguments, of: reversed).outputBytes == first.outputBytes)
        #expect(try run(arguments + ["--seed", "2"]).outputBytes != first.outputBytes)
        let hidden = try run(arguments + ["--anonymize", "entries"]).lines.map { $0.split(separator: ",").dropFirst() }
        #expect(hidden == first.lines.map { $0.split(separator: ",").dropFirst() })
    }

    @Test func `the table is in the report in both languages, and the rule in JSON`() throws {
        let english = try run(["--lottery", "snsf"])
        #expect(english.output.contains("Places drawn by lot") && english.output.contains("the line is the expected rank"))
        let chinese = try run(["--lottery", "linear", "--lang", "zh"])
        #expect(chinese.output.contains("抽签分配名额") && chinese.output.contains("中位数的一半"))
        let json = try run(["--lottery", "linear", "--format", "json"])
        let answer = try #require(try JSONSerialization.jsonObject(with: json.outputBytes) as? [String: Any])
        #expect((answer["options"] as? [String: Any])?["lottery"] as? String == "linear")
        #expect(try !run([]).output.contains("Places drawn by lot"))
    }

    @Test func `the table needs a rule, and the lot needs a model`() throws {
        let unasked = try run(["--format", "csv", "--table", "lottery"])
        #expect(unasked.status == 64 && unasked.output.isEmpty && unasked.error.contains("with --lottery snsf or --lottery linear"))
        let few = Array("entry,judge,score\nA,J,1\nB,J,2\n".utf8)
        let none = try CommandRun(
            ["finals", "-", "--places", "1", "--lottery", "snsf", "--format", "csv", "--table", "lottery"], input: few)
        #expect(none.status == 0 && none.output == "entry,low,high,p,drawn\n" && none.error.contains("lottery: none"), "\(none.error)")
        let cut = try run(["--lottery", "snsf", "--format", "csv"])
        #expect(cut.status == 0 && cut.lines.count == 26 && !cut.error.contains("lottery"))
    }
}
