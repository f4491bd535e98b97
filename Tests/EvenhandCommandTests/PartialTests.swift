import Foundation
import TestSupport
import Testing

@Suite struct PartialTests {
    private let directory: TemporaryDirectory
    private let lines: [String]

    /// Six entries before seven judges, spread over five parts; scores tie at 0.05, and one judge gave the same score throughout.
    init() throws {
        directory = try TemporaryDirectory()
        var lines: [String] = []
        for entry in 0..<30 {
            for judge in 0..<7 where (entry + judge) % 5 > 0 || judge == 2 {
                let units = judge == 3 ? 800 : 600 + 5 * ((entry * 7 + judge * 11 + entry * judge) % 60)
                lines.append("\"E\"\"\(entry)\"\"\",评委 \(judge),\(units / 10).\(units % 10)5,\(entry % 2 == 0 ? "能源" : "IT")")
            }
        }
        self.lines = lines
        try write(lines, to: "whole.csv")
        for part in 0..<5 { try write(lines.enumerated().filter { $0.offset * 7 % 5 == part }.map(\.element), to: "\(part).csv") }
    }

    private func write(_ rows: [String], to name: String) throws {
        try directory.write((["entry,judge,score,sector"] + rows).joined(separator: "\n") + "\n", to: name)
    }

    @discardableResult
    private func run(_ line: String, isRefused: Bool = false, language: String = "C.UTF-8") throws -> CommandRun {
        let arguments = line.split(separator: " ").map(String.init)
        let run = try CommandRun(arguments, environment: ["LANG": language], in: URL(filePath: directory.path))
        #expect(isRefused || run.status == 0, "\(line): \(run.error)")
        if isRefused { #expect(run.status == 1 && run.output.isEmpty, "\(line): \(run.output)") }
        return run
    }

    /// Two passes over the five parts.
    private func passes(_ options: String = "--method median") throws {
        for part in 0..<5 { try run("partial \(part).csv --output one\(part) \(options)") }
        try run("partial one3 one0 one4 one1 one2 --output all")
        for part in 0..<5 { try run("partial \(part).csv --output two\(part) \(options) --scales all") }
    }

    private let second = "--partials two2 --partials two0 --partials two1 --partials two4 --partials two3"

    @Test func `the list from parts is that of the file, byte for byte`() throws {
        try passes()
        let options = "--method mean --method trimmed --method median --method winsorized --places 10 --format csv"
        let whole = try run("rank whole.csv \(options)")
        #expect(try run("rank \(second) \(options)").outputBytes == whole.outputBytes)
        #expect(try run("rank --partials all \(options)").outputBytes == whole.outputBytes)
        for method in ["mean", "trimmed", "median"] {
            let options = "--by sector --result \(method) --format csv"
            #expect(try run("groups --partials all \(options)").outputBytes == run("groups whole.csv \(options)").outputBytes)
        }
    }

    @Test func `the second pass of an engine goes the way of the first`() throws {
        try run("partial whole.csv --output lowest --lower-is-better --scale 0.01")
        let line = "sql --engine duckdb --table scores --scale 0.01 --pass 2 --scales lowest --output two"
        #expect(try run(line, isRefused: true).error.contains("[E"))
        #expect(try run("\(line) --lower-is-better").output.contains("scores"))
    }

    /// Models of entries and judges: the numbers of the file within 1e-9, and the same bytes from any parts.
    @Test func `crossed and additive models from parts are those of the file`() throws {
        try passes()
        try run("partial whole.csv --output whole --method crossed")
        for method in ["crossed", "additive"] {
            let options = "--method \(method) --all-columns --format csv"
            let (parts, file) = (try run("rank --partials all \(options)"), try run("rank whole.csv \(options)"))
            #expect(try run("rank --partials whole \(options)").outputBytes == parts.outputBytes)
            let (found, expected) = (parts.output.split(separator: "\n"), file.output.split(separator: "\n"))
            #expect(found.first == expected.first && found.count == expected.count)
            for (a, b) in zip(found, expected).dropFirst() {
                let (left, right) = (a.split(separator: ","), b.split(separator: ","))
                #expect(left.count == right.count)
                for (x, y) in zip(left, right) where x != y {
                    let (x, y) = (try #require(Double(x)), try #require(Double(y)))
                    #expect(isClose(x, y, relative: 1e-9, absolute: 1e-9))
                }
            }
        }
        #expect(try run("rank --partials all --method crossed").output.contains("Standard deviations: entries"))
        try run("partial whole.csv --output blind --skip-pairs")
        #expect(try run("rank --partials blind --method crossed", isRefused: true).error.contains("[E812]"))
        #expect(try run("rank --partials blind --method additive", isRefused: true, language: "zh_CN.UTF-8").error.contains("评委"))
    }

    @Test func `parts put together are the same files as the whole, but for the list of parts`() throws {
        try passes()
        try run("partial whole.csv --output whole --method median")
        for name in ["manifest.json", "judges.csv", "entries.csv", "counts.csv", "pairs.csv"] {
            #expect(try directory.read("whole/\(name)") == directory.read("all/\(name)"), "\(name)")
        }
        #expect(try directory.read("all/parts.csv").split(separator: "\n").count == 6)
    }

    /// Z-scores are in SDs and percentiles go to 100.
    @Test(arguments: [("zscore", "median", 1e-12), ("percentile", "percentile", 1e-10)])
    func `second passes of parts are those of the file, and the same bytes from any parts`(
        method: String, kept: String, within: Double
    ) throws {
        try passes("--method \(kept)")
        try run("partial whole.csv --output whole --scales all")
        let options = "--method \(method) --format csv"
        let (parts, whole) = (try run("rank \(second) \(options)"), try run("rank --partials whole \(options)"))
        #expect(parts.outputBytes == whole.outputBytes)
        let (found, plain) = (whole.lines, try run("rank whole.csv \(options)").lines)
        #expect(found.count == plain.count && found.count > 30)
        for (a, b) in zip(found, plain).dropFirst() where !a.isEmpty {
            let (x, y) = (a.components(separatedBy: ","), b.components(separatedBy: ","))
            #expect(x[0] == y[0] && abs(Double(x[3])! - Double(y[3])!) <= within && x[4] == y[4], "\(a) \(b)")
        }
    }

    @Test func `judges' scales are what their scores are measured by`() throws {
        try passes()
        let run = try run("normalize --partials all --format csv --min-scores 8")
        #expect(run.lines[0] == "judge,scores,mean,sd,location,scale,treatment")
        let constant = try #require(run.lines.first { $0.hasPrefix("评委 3") })
        #expect(constant.hasPrefix("评委 3,24,80.05,0,80.05,,constant"))
    }

    @Test func `percentiles need each judge's scores, and a second pass over all parts`() throws {
        try passes("--method percentile")
        try run("partial whole.csv --output whole --scales all")
        try run("partial two0 two1 two2 two3 two4 --output again")
        for name in ["judge_counts.csv", "percentiles.csv"] {
            #expect(try directory.read("again/\(name)") == directory.read("whole/\(name)"), "\(name)")
        }
        #expect(try run("rank \(second)").output.contains("zscore"))
        #expect(try run("rank --partials all --method percentile", isRefused: true).error.contains("[E812]"))
        #expect(try run("rank --partials two0 --method percentile", isRefused: true).error.contains("[E813]"))
    }

    @Test func `statements have no percentiles`() throws {
        let run = try CommandRun(
            ["sql", "--engine", "duckdb", "--table", "t", "--scale", "1", "--output", directory.path + "/x", "--method", "percentile"])
        #expect(run.status == 64 && run.output.isEmpty && run.error.contains("use evenhand partial"), "\(run.error)")
    }

    @Test(arguments: [
        ("rank --partials one0 --partials one0", "E807"), ("rank --partials one0 --partials two0", "E807"),
        ("rank --partials two0 --method zscore", "E813"), ("rank --partials one0 --partials two1", "E814"),
        ("rank --partials all --method zscore", "E812"), ("rank --partials all --method huber", "E812"),
        ("rank --partials all --method percentile", "E812"),
        ("rank --partials two0 --partials two1 --partials two2 --partials two3 --partials two4 --min-scores 30", "E813"),
        ("partial 0.csv --output new --scale 0.1", "E801"),
        ("groups --partials all --by city --result mean", "E309"),
        ("rank --partials nowhere", "E822"), ("rank --partials .", "E822"),
    ])
    func `what does not belong together is refused`(line: String, code: String) throws {
        try passes()
        let run = try run(line, isRefused: true)
        #expect(run.error.contains("[\(code)]"), "\(run.error)")
        #expect(!directory.names.contains("new"))
        let chinese = try self.run(line, isRefused: true, language: "zh_CN.UTF-8")
        #expect(chinese.error.contains("[\(code)]") && chinese.error != run.error)
    }

    @Test func `a score in two parts is refused, and a part of another scale`() throws {
        try passes()
        try write([lines[0], "X,评委 0,80.05,IT", "X,评委 1,81.05,IT"], to: "more.csv")
        try run("partial more.csv --output more")
        #expect(try run("rank --partials all --partials more", isRefused: true).error.contains("E\"0\""))
        try run("partial more.csv --output more --scale 0.01")
        #expect(try run("rank --partials all --partials more", isRefused: true).error.contains("[E806]"))
        // Without pairs nobody can tell, which is said.
        try run("partial more.csv --output more --skip-pairs")
        let blind = try run("rank --partials all --partials more --method mean --format csv")
        #expect(blind.error.contains("--skip-pairs"))
        let strict = try run("rank --partials all --partials more --method mean --strict", isRefused: false, strict: true)
        #expect(strict.status == 2)
    }

    /// A method that sums cannot give is refused with what to do: the files of scores, or the methods that sums give.
    @Test(arguments: [
        ("rank --clip 2", "--method", ["centered", "clipped", "huber", "rankit", "robust-z", "coefficient", "calibrated"]),
        ("groups --by sector --clip 2", "--result", ["centered", "clipped", "calibrated"]),
        ("normalize", "--method", ["centered", "percentile", "rankit", "robust-z"]),
    ])
    func `methods that need single scores say what to give instead`(command: String, option: String, methods: [String]) throws {
        try passes()
        for method in methods {
            let line = "\(command) --partials all \(option) \(method)"
            let (english, chinese) = (try run(line, isRefused: true).error, try run(line, isRefused: true, language: "zh_CN.UTF-8").error)
            #expect(english.hasPrefix("\(method) needs all scores at once; give the files of scores in place of --partials, or use "))
            #expect(chinese.hasPrefix("\(method) 需要全部评分；请用评分文件代替 --partials，或改用 "))
            for text in [english, chinese] {
                let namesMedian = text.contains("median")
                #expect(text.contains("zscore") && namesMedian != (command == "normalize") && text.contains("[E812]"), "\(text)")
            }
        }
    }

    /// A wider trim by itself makes no part count scores; what the message says does.
    @Test func `a method that needs each entry's scores says how parts are made with them`() throws {
        try passes("--method mean")
        let line = "rank --method trimmed --trim 2 --partials"
        #expect(try run("\(line) all", isRefused: true).error.contains("make the parts with --method median"))
        #expect(try run("\(line) all", isRefused: true, language: "zh_CN.UTF-8").error.contains("--method median"))
        try run("partial whole.csv --output counted --method median")
        #expect(try run("\(line) counted --format csv").output == run("rank whole.csv --method trimmed --trim 2 --format csv").output)
    }

    @Test(arguments: [false, true]) func `either pass can leave out who scored whom`(isSkipped: Bool) throws {
        try passes()
        try run("partial 0.csv --method median --scales all --output second\(isSkipped ? " --skip-pairs" : "")")
        #expect(FileManager.default.fileExists(atPath: "\(directory.path)/second/pairs.csv") != isSkipped)
        #expect(FileManager.default.fileExists(atPath: "\(directory.path)/second/zscores.csv"))
    }

    @Test func `directories of an engine with equal sums are put together with a warning that names them`() throws {
        try passes("--method median --skip-pairs")
        for name in ["one", "copy"] {
            try run("partial 0.csv --output \(name) --skip-pairs")
            try FileManager.default.removeItem(atPath: "\(directory.path)/\(name)/parts.csv")
        }
        let warned = try run("rank --partials one --partials copy --method mean")
        #expect(warned.error.contains("one and copy have equal sums") && warned.error.contains("[W502]"), "\(warned.error)")
        #expect(try run("partial one copy --output both", language: "zh_CN.UTF-8").error.contains("one 与 copy 的各项和数完全相同"))
        #expect(try run("rank --partials one --partials ./one", isRefused: true).error.contains("[E807]"))
        #expect(try !run("rank --partials one0 --partials one1 --method mean").error.contains("[W502]"))
    }

    @Test(arguments: ["rank", "groups --by sector", "normalize", "check", "judges", "finals --places 3", "report"])
    func `without scores and without sums a command asks for scores`(line: String) throws {
        let run = try CommandRun(line.split(separator: " ").map(String.init), in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.error.hasPrefix("Error: Missing expected argument '<scores> ...'\nUsage: evenhand \(line.split(separator: " ")[0]) "))
    }

    private func run(_ line: String, isRefused: Bool, strict: Bool) throws -> CommandRun {
        try CommandRun(line.split(separator: " ").map(String.init), in: URL(filePath: directory.path))
    }

    @Test(arguments: [
        "rank whole.csv --partials all", "rank --partials all --each sector", "rank --partials all --rule r.json",
        "rank --partials all --stage last --heat 1", "rank --partials all --per criterion", "rank --partials all --entries e.csv",
        "groups --partials all --by sector --result mean --places 3",
        "normalize --partials all --scale t", "partial whole.csv all --output new", "partial all --scale 0.01 --output new",
        "partial whole.csv --method calibrated --output new",
        "partial whole.csv --method crossed --skip-pairs --output new", "partial whole.csv --scale 0.05 --output new", "rank",
        "sql --engine duckdb --table t --scale 0.01 --pass 2 --output new", "sql --engine duckdb --table t --scale 2 --output new",
    ])
    func `options that sums cannot serve are wrong usage`(line: String) throws {
        try passes()
        let run = try CommandRun(line.split(separator: " ").map(String.init), in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.output.isEmpty && !directory.names.contains("new"), "\(run.status) \(run.error)")
    }

    @Test func `names can be hidden, and the second pass still belongs to the first`() throws {
        try passes()
        let run = try run("rank \(second) --method zscore --anonymize judges --anonymize entries")
        #expect(run.output.contains("E01") && !run.output.contains("评委") && !run.output.contains("E\""))
    }

    /// The digest of the judges' scales says with which rules for few scores they were made.
    @Test(arguments: ["", "--min-scores 30", "--below pool --min-scores 30"])
    func `statements of a second pass have the scales of a pass over the scores`(options: String) throws {
        try passes("--scale 0.01")
        let settings = options.isEmpty ? "" : " \(options)"
        try run("partial 0.csv --scale 0.01 --scales all --output two\(settings)")
        try run("sql --engine duckdb --table scores --scale 0.01 --pass 2 --scales all --output engine\(settings)")
        func scales(_ name: String) throws -> Substring? {
            try directory.read("\(name)/manifest.json").firstMatch(of: #/"scales": "(\w+)"/#)?.1
        }
        let own = try #require(try scales("two"))
        #expect(try scales("engine") == own && (try scales("two0") == own) == options.isEmpty)
    }

    @Test func `the manifest of an engine's directory is written with its statements`() throws {
        let run = try run("sql --engine postgres --table scores --scale 0.01 --attribute sector --output engine")
        #expect(run.output.contains("\\copy") && directory.names.contains("engine"))
        #expect(try directory.read("engine/manifest.json").contains("\"declared\": true"))
        #expect(try self.run("rank --partials engine", isRefused: true).error.contains("engine/judges.csv"))
        try passes("--scale 0.01")
        let second = try self.run("sql --engine postgres --table scores --scale 0.01 --pass 2 --scales all --output engine")
        #expect(second.output.contains("'评委 3', '0', '0'"))
    }
}
