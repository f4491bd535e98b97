import Foundation
import TestSupport
import Testing

/// Groups from exact sums, against those of the scores.
@Suite struct PartialGroupTests {
    private let directory: TemporaryDirectory

    /// Entries with a sector in the sheet and a city in a list; some have no city.
    init() throws {
        directory = try TemporaryDirectory()
        var (rows, list) = ([String](), [String]())
        for entry in 0..<36 {
            let name = entry % 5 == 0 ? "\"项目, \"\"\(entry)\"\"\"" : "E\(entry)"
            list.append("\(name),\(entry % 7 == 0 ? "" : ["杭州", "Linz"][entry / 2 % 2])")
            for judge in 0..<5 where judge == 2 || (entry + judge) % 4 > 0 {
                let units = 600 + 5 * ((entry * 7 + judge * 11 + entry * judge) % 60)
                rows.append("\(name),J\(judge),\(units / 10).\(units % 10)5,\(["能源", "IT", "\"a, b\""][entry % 3])")
            }
        }
        func write(_ header: String, _ rows: [String], _ name: String) throws {
            try directory.write(([header] + rows).joined(separator: "\n") + "\n", to: name)
        }
        let header = "entry,judge,score,sector"
        try write(header, rows, "whole.csv")
        try write("entry,city", list, "cities.csv")
        for part in 0..<3 {
            try write(header, rows.enumerated().filter { $0.offset * 5 % 3 == part }.map(\.element), "\(part).csv")
            try run("partial \(part).csv --output part\(part) --entries cities.csv --method median")
        }
    }

    private let parts = "--partials part2 --partials part0 --partials part1"

    @discardableResult
    private func run(_ line: String) throws -> CommandRun {
        let run = try CommandRun(line.split(separator: " ").map(String.init), in: URL(filePath: directory.path))
        #expect(run.status == 0, "\(line): \(run.error)")
        return run
    }

    @Test(
        arguments: ["--by sector", "--by city", "--by sector,city", "--by city --by sector"], ["mean", "trimmed", "median", "winsorized"])
    func `groups from parts are those of the file, byte for byte`(by: String, method: String) throws {
        let options = "\(by) --result \(method) --format csv"
        let whole = try run("groups whole.csv --entries cities.csv \(options)")
        #expect(whole.lines.count > 3)
        #expect(try run("groups \(parts) \(options)").outputBytes == whole.outputBytes)
    }

    /// Plain means are the same, and the crossed model, which is the default, is as close as its variances are searched for.
    @Test(arguments: ["--result additive", "--result crossed", "", "--by city"])
    func `groups of a model from parts are those of the file`(options: String) throws {
        func table(_ source: String) throws -> [[Substring]] {
            let run = try run("groups \(source) --by sector \(options) --format csv")
            #expect(options.contains("additive") || run.error.contains("fair mean: what the average judge would have given, the group's"))
            return run.lines.filter { !$0.isEmpty }.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        }
        let (found, whole) = (try table(parts), try table("whole.csv --entries cities.csv"))
        #expect(found.count == whole.count && found.count > 4 && found[0] == whole[0])
        for (a, b) in zip(found, whole).dropFirst() {
            #expect(a.count == b.count && (options.contains("additive") || a[2...5] == b[2...5]))
            for (x, y) in zip(a, b) where x != y {
                #expect(isClose(try #require(Double(x)), try #require(Double(y)), relative: 3e-8), "\(a) \(b)")
            }
        }
    }

    @Test func `without pairs no model is the default`() throws {
        for part in 0..<3 { try run("partial \(part).csv --output blind\(part) --skip-pairs") }
        let line = "groups --partials blind0 --partials blind1 --by sector"
        let run = try CommandRun(line.split(separator: " ").map(String.init), in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.error.contains("--result: say which results are compared, such as trimmed"))
        #expect(try self.run(line + " --result trimmed").output.contains("能源"))
    }

    @Test func `names can be hidden, and only some rows shown`() throws {
        let run = try run("groups \(parts) --by sector --result mean --anonymize entries --top 2 --format csv")
        #expect(run.lines.count == 4 && !run.output.contains("项目") && run.output.contains("IT"))
    }

    @Test(arguments: [
        "", "--by sector --result mean --test permutation", "--by sector --result mean --places 3",
        "--by sector --result mean --selected cities.csv", "--by sector --result mean --to-stage final", "--by sector --result mean --plot",
        "--by sector --result mean --draws 10", "--by sector --result mean --adjust bh", "--by sector --result mean --entries cities.csv",
        "--by sector --result mean --heat 1",
    ])
    func `what needs single scores is wrong usage`(options: String) throws {
        let line = "groups \(parts) \(options)".split(separator: " ").map(String.init)
        let run = try CommandRun(line, in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.output.isEmpty, "\(run.status) \(run.output)")
        let option = options.split(separator: " ").last { $0.hasPrefix("--") } ?? "--by"
        #expect(run.error.contains(option), "\(run.error)")
    }
}
