import Foundation
import TestSupport
import Testing

/// Verdicts say no more than was looked at, and data does not change with the language.
@Suite struct VerdictTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func sheet(_ rows: [String], header: String = "entry,judge,score") throws -> String {
        try directory.write(([header] + rows).joined(separator: "\n"), to: "scores.csv")
    }

    @Test func `groups that were not tested are not spoken of`() throws {
        let run = try CommandRun(
            [
                "groups", "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--by", "sector", "--places",
                "10",
            ])
        #expect(run.lines[0].hasPrefix("sector: 3 of 7 groups (信息技术, 智能制造, 生物医药) differ by no more than chance can explain"))
        #expect(run.lines[0].contains("no tested group's share"))
    }

    @Test func `open entries that are far apart in the list are not said to lie between two places`() throws {
        var state = 12345
        func noise() -> Int {
            let parts = (0..<4).map { _ -> Int in
                state = (state * 1_103_515_245 + 12345) % 0x8000_0000
                return state / 65536 % 100
            }
            return 3 * (parts.reduce(0, +) / 2 - 99)
        }
        // Forty entries that sixty judges saw, and two that one judge saw.
        let many = (0..<40).flatMap { entry in (0..<60).map { "A,E\(entry),J\($0),\(10 * entry + noise())" } }
        let path = try sheet(many + ["B,X0,J0,110", "B,X1,J0,270"], header: "heat,entry,judge,score")
        let command = ["finals", path, "--stage", "all", "--places", "20", "--draws", "2000"]
        let run = try CommandRun(command)
        #expect(
            run.lines[0].contains(/For \d entries, the first at place 14 and the last at place 30, the scores do not show/),
            "\(run.lines[0])")
        #expect(try CommandRun(command + ["--lang", "zh"]).lines[0].contains("个项目（最前第 14 名，最后第 30 名）属于入围线哪一侧，评分无法判断；"))
    }

    @Test(arguments: ["5", "9"]) func `no fewer places than entries leave no cut`(places: String) throws {
        let path = try sheet((0..<20).map { "E\($0 / 4),J\($0 % 4),\(70 + ($0 * 7) % 19)" })
        let run = try CommandRun(["finals", path, "--places", places, "--draws", "200"])
        #expect(run.status == 0 && run.lines[0].contains("no cut") && !run.lines[0].contains("Between places"), "\(run.lines[0])")
    }

    @Test func `entries that share a position are said to share it`() throws {
        // Each entry has the same scores, from other judges.
        let path = try sheet((0..<20).map { "E\($0 / 4),J\($0 % 4),\([71, 75, 80, 84][($0 + $0 / 4) % 4])" })
        let run = try CommandRun(["finals", path, "--places", "2", "--draws", "200"])
        #expect(run.lines[0].contains("the 5 entries that share place 1"), "\(run.lines[0]) \(run.error)")
    }

    @Test(arguments: [("en", "11 of 40 scores are 100, the top of the scale"), ("zh", "40 个评分中有 11 个为 100，已到量表尽头")])
    func `scores at a ceiling are mentioned`(language: String, sentence: String) throws {
        func rows(_ most: Int) -> [String] {
            (0..<40).map { number in
                let (entry, judge) = (number / 4, number % 4)
                return "E\(entry),J\(judge),\(min(most, 104 - 3 * entry + (number * 7 + entry * 5) % 9 - judge))"
            }
        }
        let run = try CommandRun(["finals", try sheet(rows(100)), "--places", "3", "--draws", "200", "--lang", language])
        #expect(run.lines[0].contains(sentence), "\(run.lines[0]) \(run.error)")
        let open = try CommandRun(["finals", try sheet(rows(200)), "--places", "3", "--draws", "200", "--lang", language])
        #expect(!open.lines[0].contains("the top of the scale") && !open.lines[0].contains("量表尽头"))
    }

    @Test func `severities of small scales have the decimals that they need`() throws {
        // Scores between 0 and 1, one judge a tenth below the others.
        let rows = (0..<120).map { number in
            let (entry, judge) = (number / 6, number % 6)
            let thousandths = 500 + (entry * 37) % 300 + (entry * 7 + judge * 13 + entry * judge * 5) % 40 - (judge == 2 ? 100 : 0)
            return "E\(10 + entry),J\(judge),0.\(thousandths)"
        }
        let run = try CommandRun(["judges", try sheet(rows)])
        let verdict = try #require(run.lines.first)
        #expect(verdict.contains("J2 by 0.1") || verdict.contains("J2 by 0.0"), "\(verdict)")
        #expect(!verdict.contains("(0.1 to 0.1)"), "\(verdict)")
    }

    @Test(arguments: ["rank --method crossed", "judges", "finals --places 2 --draws 200"])
    func `ratings on a short scale are said to be outside the linear model`(question: String) throws {
        let rows = (0..<40).map { "E\($0 / 4),J\($0 % 4),\(1 + ($0 * 7 + $0 / 4 * 3) % 5)" }
        let words = question.split(separator: " ").map(String.init)
        let run = try CommandRun([words[0], try sheet(rows)] + words.dropFirst())
        #expect(run.output.contains("Only 5 different whole numbers"), "\(run.output) \(run.error)")
        let fine = try sheet((0..<40).map { "E\($0 / 4),J\($0 % 4),\(60 + ($0 * 7 + $0 / 4 * 3) % 29)" })
        #expect(!(try CommandRun([words[0], fine] + words.dropFirst()).output.contains("different whole numbers")))
    }

    @Test(arguments: [
        "check", "rank --places 10", "judges", "groups --by sector --places 10", "finals --places 10 --draws 200", "normalize",
    ])
    func `data is the same in both languages`(question: String) throws {
        let words = question.split(separator: " ").map(String.init)
        let arguments =
            [words[0], "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv"] + words.dropFirst()
        for format in ["csv", "json"] {
            let runs = try ["en", "zh"].map { try CommandRun(arguments + ["--format", format, "--lang", $0]) }
            func data(_ run: CommandRun) throws -> String {
                guard format == "json" else { return run.output }
                let document = try #require(try JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
                let tables = try #require(document["tables"])
                return String(decoding: try JSONSerialization.data(withJSONObject: tables, options: .sortedKeys), as: UTF8.self)
            }
            #expect(runs[0].status == 0 && runs[0].error != runs[1].error || format == "json")
            #expect(try data(runs[0]) == data(runs[1]), "\(format)")
        }
    }
}
