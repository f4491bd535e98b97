import Foundation
import TestSupport
import Testing

/// Where output goes, and with which exit status.
@Suite struct OutputTests {
    private let quick = "Data/quickstart.csv"
    /// A sheet with one slip of the pen, on line 5.
    private let odd = "entry,judge,score\n" + (0..<12).map { "E\($0 / 4),J\($0 % 4),\($0 == 3 ? "8.7" : "8\($0 * 5 % 7).5")\n" }.joined()

    @Test func `a file is written whole and leaves standard output empty`() throws {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["rank", quick, "--output", directory.path + "/out.txt"])
        #expect(run.status == 0 && run.output.isEmpty)
        #expect(try directory.read("out.txt") == CommandRun(["rank", quick]).output)
        #expect(directory.names == ["out.txt"])
    }

    @Test func `an input is never overwritten, whatever it is called`() throws {
        let directory = try TemporaryDirectory()
        let text = try String(contentsOf: CommandRun.root.appending(path: quick), encoding: .utf8)
        let path = try directory.write(text, to: "s.csv")
        let entries = try directory.write("entry,city\n", to: "e.csv")
        let judges = try directory.write("judge,city\n", to: "j.csv")
        try FileManager.default.createSymbolicLink(atPath: directory.path + "/link", withDestinationPath: "s.csv")
        for target in [path, directory.path + "/link", directory.path + "/./s.csv", entries, judges] {
            let run = try CommandRun(["rank", path, "--entries", entries, "--judges", judges, "--output", target])
            #expect(run.status == 1 && run.output.isEmpty)
            #expect(run.error == "\(target) is one of the input files; write to another file. [E502]\n")
        }
        let run = try CommandRun(shell: "evenhand rank - --output '\(path)' < '\(path)'")
        #expect(run.status == 1 && run.error.hasSuffix("[E502]\n"))
        #expect(try directory.read("s.csv") == text)
        #expect(directory.names == ["e.csv", "j.csv", "link", "s.csv"])
    }

    @Test(arguments: [
        "evenhand rank \(quick) --output /dev/stdout", "cat \(quick) | evenhand rank -", "evenhand rank - < \(quick)",
        "cat \(quick) | evenhand rank /dev/stdin", "evenhand rank \(quick) | cat", "evenhand rank \(quick) --output /dev/stderr 2>&1",
    ])
    func `devices and pipes stand for files`(line: String) throws {
        #expect(try CommandRun(shell: line).output == CommandRun(["rank", quick]).output)
    }

    private static let quick = "Data/quickstart.csv"

    @Test(arguments: ["--output /dev/full", "--output /nowhere/x", "--output .", "> /dev/full"])
    func `what cannot be written is reported`(redirection: String) throws {
        let run = try CommandRun(shell: "evenhand rank \(quick) \(redirection)")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error.contains(/^Cannot write .*: .*\. \[E501\]\n$/), "\(run.error)")
    }

    @Test func `a closed pipe ends quietly`() throws {
        let line = "evenhand normalize Data/zhejiang-2022/scores.csv --stage all"
        #expect(try CommandRun(shell: line + " | head -n 1").error.isEmpty)
        // The reader is gone before the first byte is written.
        let run = try CommandRun(shell: "{ sleep 0.3; \(line) --format json; } | true; true")
        #expect(run.error.isEmpty && run.status == 0)
    }

    @Test func `an odd score is warned of with its position, above the ranking`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(odd, to: "s.csv")
        let run = try CommandRun(["rank", path])
        #expect(run.status == 0)
        #expect(run.error == "\(path):5: 8.7 for E0 by J3 is off by a factor of 10 from its other scores; a slip? [W301]\n")
        let chinese = try CommandRun(["normalize", path, "--lang", "zh"])
        #expect(chinese.error == "\(path):5: J3 给 E0 的 8.7 与其他分数相差十倍，是否笔误？[W301]\n")
        let csv = try CommandRun(["rank", path, "--format", "csv"])
        #expect(csv.error.hasPrefix(run.error) && csv.error.contains("Ranked: 3 entries"))
    }

    @Test func `strict turns warnings into status 2, with the same output`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(odd, to: "s.csv")
        let (lax, strict) = (try CommandRun(["rank", path]), try CommandRun(["rank", path, "--strict"]))
        #expect(strict.status == 2)
        #expect(strict.output == lax.output && strict.error == lax.error)
        #expect(try CommandRun(["rank", quick, "--strict"]).status == 0)
    }

    @Test(arguments: [
        ["rank"], ["rank", quick, "--nonsense"], ["rank", quick, "--format", "xml"], ["rank", quick, "--method", "best"],
        ["rank", quick, "--top", "-1"], ["rank", quick, "--places", "0"], ["rank", quick, "--round", "13"],
        ["rank", quick, "--sort", "huber"],
        ["rank", quick, "--method", "clipped"], ["rank", quick, "--trim", "50%"], ["rank", quick, "--ties", "max"],
        ["rank", quick, "--column", "jugde=x"], ["rank", quick, "--column", "judge"],
        ["rank", quick, "--column", "entry=judge", "--column", "judge=judge"],
        ["rank", quick, "--column", "judge=a", "--column", "judge=b"], ["rank", "-", "-"],
        ["rank", quick, "--weights", "a=b"],
        ["rank", quick, "--format", "csv", "--table", "judges"], ["normalize", quick, "--method", "mean"],
        ["normalize", quick, "--min-scores", "-1"],
        ["norm"], ["rank", quick, "--lang", "fr"], ["rank", quick, "--anonymize", "heats"],
    ])
    func `wrong usage ends with status 64 and nothing on standard output`(arguments: [String]) throws {
        let run = try CommandRun(arguments)
        #expect(run.status == 64 && run.output.isEmpty && run.error.contains("Error: "))
    }

    @Test func `wrong usage that only the scores show is explained with the command's own options`() throws {
        let run = try CommandRun(["rank", quick, "--format", "csv", "--table", "judges"])
        #expect(
            run.error == """
                Error: --table judges: the tables are ranking.
                Usage: evenhand rank [<options>] [<scores> ...]
                  See 'evenhand rank --help' for more information.

                """)
    }

    @Test func `a dash is standard output`() throws {
        let directory = try TemporaryDirectory()
        let path = CommandRun.root.appending(path: quick).path()
        let run = try CommandRun(["rank", path, "--output", "-"], in: URL(filePath: directory.path))
        let plain = try CommandRun(["rank", path])
        #expect(run.status == 0 && run.output == plain.output)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    @Test(arguments: [
        ("--stage 半决赛", "There is no stage “半决赛”; the sheet has: 决赛, 初赛. [E302]\n"),
        ("--heat 第10场 --stage 初赛", "There is no heat “第10场”; there are: 第1场, 第2场, 第3场, 第4场, 第5场, 第6场, 第7场, 第8场, 第9场. [E303]\n"),
        ("--heat 第1场 --heat 决赛", "These heats belong to several stages: 决赛, 初赛. Add --stage NAME. [E304]\n"),
        ("--weights a=1", "There is no criterion “a”: the sheet has no criteria. [E305]\n"),
        ("--each sector", "There is no attribute “sector”: nothing is known about the entries except their scores. [E309]\n"),
        ("--stage 初赛 --each sector", "There is no attribute “sector”; there are: heat. [E309]\n"),
        ("--lang zh --stage 半决赛", "没有阶段“半决赛”；现有：决赛、初赛。 [E302]\n"),
    ])
    func `what the design does not allow ends with status 1 and nothing on standard output`(options: String, message: String) throws {
        let run = try CommandRun(["rank", "Data/zhejiang-2022/scores.csv"] + options.split(separator: " ").map(String.init))
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error == message)
    }

    @Test func `an order of stages that cannot be determined is asked for`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score,heat\nA,J,1,x\nB,J,1,x\nA,J,2,y\nC,J,1,y\n", to: "s.csv")
        let run = try CommandRun(["rank", path])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(
            run.error
                == "The sheet does not show the order of the stages: x, y. Choose with --stage NAME, --stage all or --heat NAME. [E301]\n"
        )
        #expect(try CommandRun(["rank", path, "--stage", "all"]).status == 0)
        #expect(try CommandRun(["rank", path, "--heat", "x"]).status == 0)
    }

    @Test func `numbers beyond exact sums are refused`() throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<3000).map { "E\($0 / 10),J\($0 % 10),\($0 % 2 == 0 ? "" : "-")\(9_000_000_000_000_000 - $0)\n" }
        let path = try directory.write("entry,judge,score\n" + rows.joined(), to: "s.csv")
        let run = try CommandRun(["rank", path])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error == "The numbers are too large: the sum of squared scores exceeds 2^127 units of the last decimal place. [E401]\n")
    }

    @Test func `weights and maxima without a common unit do not trap`() throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<27).map { "E\($0 / 9),J\($0 / 3 % 3),\(["a", "b", "c"][$0 % 3]),\($0 * 5 % 11)\n" }
        let path = try directory.write("entry,judge,criterion,score\n" + rows.joined(), to: "s.csv")
        let maxima = "a=999999999999989,b=999999999999947,c=999999999999883"
        let run = try CommandRun(["rank", path, "--weights", "a=1,b=1,c=1", "--max", maxima, "--method", "mean", "--format", "csv"])
        #expect(run.status == 0)
        // E0: (0 + 5 + 10) + (4 + 9 + 3) + (8 + 2 + 7) points, three ballots, each point about 10⁻¹⁵.
        let mean = run.lines.first { $0.hasPrefix("E0,") }?.split(separator: ",").dropFirst(2).first.flatMap { Double($0) }
        #expect(isClose(mean ?? 0, 16e-15, relative: 1e-12))
    }
}
