import Foundation
import TestSupport
import Testing

/// A workbook of ten sheets, nine heats and a final, without a word about stages: every option knows what they are called.
@Suite struct HeatsAndStagesTests {
    private let directory: TemporaryDirectory
    private let book: String
    private let entries: String

    private static let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]

    init() throws {
        directory = try TemporaryDirectory()
        var sheets: [(String, [[String]])] = []
        func score(_ entry: Int, _ judge: Int) -> String { String(60 + (entry * 7) % 31 + (entry * judge * 5 + judge) % 4) }
        for heat in 0..<9 {
            let judges = (1...3).map { "评委\(3 * heat + $0)" }
            let rows = (0..<6).map { position in
                ["P\(100 + 6 * heat + position)"] + (1...3).map { score(6 * heat + position, 3 * heat + $0) }
            }
            sheets.append(("第\(Self.numerals[heat])场", [["项目"] + judges] + rows))
        }
        let judges = [2, 8, 14, 20, 26]
        let finalists = (0..<54).filter { $0 % 9 < 2 }
        let rows = finalists.map { entry in ["P\(100 + entry)"] + judges.map { score(entry, $0) } }
        sheets.append(("决赛", [["项目"] + judges.map { "评委\($0)" }] + rows))
        book = try directory.write(SmallWorkbook(sheets).bytes, to: "contest.xlsx")
        let sectors = (0..<54).map { "P\(100 + $0),\($0 % 2 == 0 ? "甲" : "乙")" }
        entries = try directory.write((["entry,sector"] + sectors).joined(separator: "\n"), to: "entries.csv")
    }

    private func run(_ command: String, _ options: String) throws -> CommandRun {
        let run = try CommandRun([command, book] + options.split(separator: " ").map(String.init))
        #expect(run.status == 0, "\(options): \(run.error)")
        return run
    }

    @Test func `check names the stages as options take them`() throws {
        let run = try run("check", "--lang zh")
        #expect(run.output.contains("第 1 阶段评委分为 9 个互不重叠的组") && run.output.contains("--stage 1 --each heat"))
        let groups = run.lines.drop { $0 != "互不重叠的评委组" }.dropFirst(3).prefix(9)
        #expect(zip(groups, Self.numerals).allSatisfy { $0.contains("第 1 阶段  第\($1)场") })
    }

    @Test(arguments: ["1", "初赛", "第1阶段", "第一阶段"]) func `the first stage has a number and a name`(_ name: String) throws {
        let run = try run("rank", "--stage \(name) --method mean --lang zh")
        #expect(run.output.contains("排名范围：第 1 阶段，54 个项目，27 位评委，9 个场次。"))
        let each = try self.run("rank", "--stage \(name) --each heat --method mean")
        #expect(each.lines.filter { $0.hasPrefix("第") } == Self.numerals.map { "第\($0)场" })
    }

    @Test(arguments: ["第1场", "第一场", "1场", "第１场"]) func `a heat is found by any form of its number`(_ name: String) throws {
        #expect(try run("rank", "--heat \(name) --lang zh").output.contains("排名范围：第一场，6 个项目"))
    }

    @Test func `several heats are listed with commas, and are in their order in files`() throws {
        let csv = try run("rank", "--heat 第三场,第1场，第2场 --method mean --format csv")
        let heats = csv.lines.dropFirst().dropLast().map { String($0.split(separator: ",")[1]) }
        #expect(heats == ["第一场", "第二场", "第三场"].flatMap { [String](repeating: $0, count: 6) })
        let scores = try run("normalize", "--stage 1 --format csv")
        let order = scores.lines.dropFirst().dropLast().map { String($0.split(separator: ",")[0]) }
        #expect(order == Self.numerals.flatMap { [String](repeating: "第\($0)场", count: 18) })
    }

    @Test func `a table for each heat needs no stage`() throws {
        #expect(try run("rank", "--each heat --method mean").lines.contains("决赛"))
        let all = try run("rank", "--stage all --each heat --method mean")
        #expect(all.lines.filter { $0.hasPrefix("第") || $0 == "决赛" } == Self.numerals.map { "第\($0)场" } + ["决赛"])
    }

    @Test(arguments: ["初赛=0.3,决赛=0.7", "1=0.3,2=0.7", "第1阶段=0.3,final=0.7"]) func `stages have weights`(_ weights: String) throws {
        let finals = try run("finals", "--places 4 --draws 200 --format csv --stage-weights \(weights)")
        let rule = try directory.write(
            #"{"steps": [{"judges": "mean"}], "stages": [{"name": "初赛"}, {"name": "决赛", "weights": {"初赛": 0.3, "决赛": 0.7}}]}"#,
            to: "rule.json")
        let ruled = try run("rank", "--rule \(rule) --method mean --format csv")
        func results(_ run: CommandRun, _ column: Int) -> [String: String] {
            let rows = run.lines.dropFirst().dropLast().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            return Dictionary(rows.map { ($0[0], $0[column]) }) { first, _ in first }
        }
        #expect(results(finals, 1) == results(ruled, 2) && results(finals, 1).count == 12)
    }

    @Test(arguments: ["决赛", "2", "第二阶段"]) func `groups know who reached the final`(_ name: String) throws {
        let run = try run("groups", "--entries \(entries) --by sector --draws 100 --to-stage \(name) --lang zh")
        #expect(run.output.contains("54 个中有 12 个入选") && run.output.contains("比较范围：第 1 阶段"))
    }

    /// The same judges and entries in two files: two heats, two stages, or one file too many.
    @Test func `scores that another file has, too, are asked about by the name of that file`() throws {
        let first = try directory.write("entry,judge,score\nA,J,1\nB,J,2\n", to: "first.csv")
        let second = try directory.write("entry,judge,score\nA,J,3\nB,J,1\n", to: "second.csv")
        let run = try CommandRun(["rank", first, second, "--resubmitted", "last"])
        #expect(
            run.status == 1 && run.error.contains("already on line 2 of \(first); say what each file is with --file-is"), "\(run.error)")
        #expect(run.error.contains("--file-is stage  # each file is a stage") && !run.error.contains("# of two ballots"))
        let twice = try CommandRun(["rank", first, first, "--lang", "zh"])
        #expect(twice.error.contains("已在 \(first) 第 2 行出现过"), "\(twice.error)")
    }

    @Test func `what does not occur is answered with the stages that do`() throws {
        let run = try CommandRun(["rank", book, "--stage", "复赛", "--lang", "zh"])
        #expect(run.status == 1 && run.error.hasPrefix("没有阶段“复赛”；现有：第 1 阶段、决赛。"))
        let mixed = try CommandRun(["rank", book, "--heat", "第1场,决赛", "--lang", "en"])
        #expect(mixed.error == "These heats belong to several stages: stage 1, 决赛. Add --stage NAME. [E304]\n")
    }
}
