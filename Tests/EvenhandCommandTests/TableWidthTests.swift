import Foundation
import TestSupport
import Testing

/// Tables fit 80 columns; the rest is there for those who ask, and always for programs.
@Suite struct TableWidthTests {
    private static let final = [
        "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--judges", "Data/zhejiang-2022/judges.csv",
    ]
    private static let first = final + ["--stage", "初赛"]
    private static let diving = ["Data/diving/scores.csv", "--rule", "Data/diving/rule.json"]

    /// Every command on all data sets, with the options that change its tables.
    private static let commands: [[String]] = [
        ["rank"] + final + ["--places", "10"], ["rank"] + first + ["--places", "24"],
        ["rank"] + first + ["--places", "24", "--assume", "both-random"], ["rank"] + first + ["--each", "heat", "--places", "3"],
        ["rank"] + final + ["--verify", "Data/zhejiang-2022/published.csv"],
        ["rank"] + final + ["--rule", "Data/zhejiang-2022/rule.json", "--places", "10"], ["rank", "Data/quickstart.csv", "--places", "2"],
        ["rank"] + diving, ["normalize"] + final, ["normalize"] + first, ["normalize", "Data/quickstart.csv"],
        ["judges"] + final, ["judges"] + first, ["judges"] + first + ["--assume", "both-random"], ["judges", "Data/quickstart.csv"],
        ["groups"] + final + ["--by", "sector", "--places", "10"], ["groups"] + first + ["--by", "sector", "--by", "city"],
        ["groups"] + final + ["--by", "city"], ["finals"] + final + ["--places", "10", "--lottery", "snsf"],
        ["finals"] + final + ["--places", "10", "--about", "same-judges"], ["finals", "Data/quickstart.csv", "--places", "2"],
        ["finals"] + diving + ["--places", "3"],
        ["plan", "--per-entry", "3", "--places", "10"] + final.dropFirst(),
    ]

    /// The lines of the tables; without those of the table of reasons, which are sentences of any length.
    private func tableLines(_ output: String) -> [String] {
        let sentences = ["To be looked at again", "建议复议"]
        return output.components(separatedBy: "\n\n").flatMap { block -> [String] in
            let lines = block.components(separatedBy: "\n")
            return lines.contains { $0.hasPrefix("──") } && !sentences.contains(lines[0]) ? lines : []
        }
    }

    private func width(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
    }

    @Test(arguments: commands, ["en", "zh"])
    func `tables fit 80 columns`(command: [String], language: String) throws {
        let run = try CommandRun(command + ["--lang", language])
        let lines = tableLines(run.output)
        #expect(run.status == 0 && !lines.isEmpty, "\(command): \(run.error)")
        let wide = lines.filter { width($0) > 80 }
        #expect(wide.isEmpty, "\(command): \(wide.prefix(2))")
    }

    @Test(arguments: [
        (["finals"] + final + ["--places", "10"], ["gap / SE", "P(best)", "decided by", "winsorized"], 31),
        (["judges"] + final, ["scale", "outfit"], 3),
        (["groups"] + final + ["--by", "sector", "--places", "10"], ["median", "shrunken", "std. error"], 12),
        (["rank"] + final + ["--method", "crossed"], ["std. error"], 2),
    ])
    func `all columns are shown when they are asked for`(command: [String], headings: [String], count: Int) throws {
        let (few, all) = (try CommandRun(command), try CommandRun(command + ["--all-columns"]))
        let note = "--all-columns shows \(count) more columns."
        #expect(few.output.contains("- \(note)\n") && !all.output.contains("--all-columns"), "\(few.output.suffix(100))")
        for heading in headings {
            #expect(tableLines(all.output).contains { $0.contains("  \(heading)") }, "\(heading)")
            #expect(!tableLines(few.output).contains { $0.contains("  \(heading)  ") }, "\(heading)")
        }
        let markdown = (
            try CommandRun(command + ["--format", "markdown"]), try CommandRun(command + ["--format", "markdown", "--all-columns"])
        )
        #expect(markdown.0.output.count < markdown.1.output.count)
    }

    @Test func `infit is not shown beside an outfit that is the same`() throws {
        let same = try CommandRun(["judges"] + Self.final + ["--all-columns"])
        #expect(same.output.contains("outfit") && !tableLines(same.output).contains { $0.contains("  infit") })
        #expect(same.output.contains("here it is the same number for every judge."))
        let other = try CommandRun(["judges"] + Self.first + ["--all-columns"])
        #expect(tableLines(other.output).contains { $0.contains("infit") } != other.output.contains("here it is the same number"))
    }

    @Test(arguments: ["csv", "excel-csv", "json"], ["en", "zh"])
    func `programs get every column, with or without the option`(format: String, language: String) throws {
        let command = ["finals", "Data/quickstart.csv", "--places", "2", "--format", format, "--lang", language]
        let (plain, all) = (try CommandRun(command), try CommandRun(command + ["--all-columns"]))
        #expect(plain.output.contains("low90_all") && plain.output.contains("judges_that_flip"))
        // JSON records the arguments.
        let recorded = all.lines.filter { !$0.contains("\"--all-columns\"") }.joined(separator: "\n").replacing(
            "\"\(language)\",\n", with: "\"\(language)\"\n")
        #expect(recorded == plain.output)
        #expect(!plain.output.contains("\u{1B}") && !plain.output.contains("┄"))
    }

    @Test(arguments: [([:], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false)] as [([String: String], Bool)])
    func `a terminal shows colours`(environment: [String: String], coloured: Bool) throws {
        let script = "script -qec 'evenhand finals Data/quickstart.csv --places 2' /dev/null </dev/null"
        let run = try CommandRun(shell: script, environment: ["TERM": "xterm"].merging(environment) { $1 })
        #expect(run.status == 0 && run.output.contains("┄"), "\(run.error)")
        #expect(run.output.hasPrefix("\u{1B}[1mBy the mean") == coloured)
        #expect(run.output.contains("  \u{1B}[32min\u{1B}[0m  ") == coloured)
        #expect(run.output.contains("  \u{1B}[31mout\u{1B}[0m  ") == coloured)
        #expect(run.output.contains("\u{1B}[2m┄") == coloured)
        #expect(run.output.contains("\u{1B}") == coloured)
    }

    @Test(arguments: [["check"] + final, ["check"] + first, ["finals"] + diving + ["--places", "3"]], ["en", "zh"])
    func `on a terminal of 80 columns sentences fit as well`(command: [String], language: String) throws {
        let line = (["evenhand"] + command + ["--lang", language]).joined(separator: " ")
        let run = try CommandRun(
            shell: "script -qec 'stty cols 80; \(line)' /dev/null </dev/null", environment: ["TERM": "dumb"])
        let blocks = run.output.replacing("\r\n", with: "\n").components(separatedBy: "\n\n").map { $0.components(separatedBy: "\n") }
        let tables = blocks.filter { block in block.contains { $0.hasPrefix("──") } }
        #expect(run.status == 0 && tables.count > 3)
        let wide = tables.joined().filter { width($0) > 80 }
        #expect(wide.isEmpty, "\(wide.prefix(3))")
    }

    @Test func `files and pipes have no colours`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/out.txt"
        let run = try CommandRun(
            shell: "script -qec 'evenhand finals Data/quickstart.csv --places 2 --output \(path)' /dev/null </dev/null",
            environment: ["TERM": "xterm"])
        #expect(run.status == 0 && run.output.isEmpty)
        let piped = try CommandRun(["finals", "Data/quickstart.csv", "--places", "2"], environment: ["TERM": "xterm"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == piped.output)
        #expect(!piped.output.contains("\u{1B}"))
    }
}
