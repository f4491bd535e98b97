import Foundation
import TestSupport
import Testing

@Suite struct PlanTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let cities = ["北京", "上海", "广州"]
        let entries = (1...18).map { "项目\($0 < 10 ? "0" : "")\($0),\(cities[$0 % 3])" }
        let judges = (1...9).map { "J\($0),\(cities[$0 % 3])" }
        try directory.write((["entry,city"] + entries).joined(separator: "\n") + "\n", to: "entries.csv")
        try directory.write((["entry,city"] + entries.reversed()).joined(separator: "\n") + "\n", to: "turned.csv")
        try directory.write((["judge,city"] + judges).joined(separator: "\n") + "\n", to: "judges.csv")
    }

    private func plan(_ options: String..., entries: String = "entries.csv", judges: String = "judges.csv") throws -> CommandRun {
        try CommandRun(["plan", "--entries", entries, "--judges", judges] + options, in: URL(filePath: directory.path))
    }

    private func rows(_ run: CommandRun) -> [[String]] {
        run.lines.dropFirst().filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
    }

    @Test func `every entry gets its judges, nobody from its own city, and loads are even`() throws {
        let run = try plan("--per-entry", "3", "--conflict-by", "city", "--format", "csv")
        #expect(run.status == 0 && run.lines.first == "entry,judge,heat,order,role")
        let rows = rows(run)
        #expect(rows.count == 54)
        for row in rows {
            let (entry, judge) = (try #require(Int(row[0].suffix(2))), try #require(Int(row[1].suffix(1))))
            #expect(entry % 3 != judge % 3, "\(row)")
        }
        let loads = Dictionary(grouping: rows) { $0[1] }.mapValues(\.count)
        #expect(loads.count == 9 && loads.values.allSatisfy { $0 == 6 })
        for seats in Dictionary(grouping: rows, by: { $0[1] }).values {
            #expect(seats.compactMap { Int($0[3]) }.sorted() == Array(1...6))
        }
    }

    @Test func `rows in another order give the same bytes, another seed others`() throws {
        let run = try plan("--per-entry", "3", "--format", "json")
        let turned = try plan("--per-entry", "3", "--format", "csv", entries: "turned.csv")
        let plain = try plan("--per-entry", "3", "--format", "csv")
        let other = try plan("--per-entry", "3", "--format", "csv", "--seed", "2")
        #expect(run.status == 0 && run.output.contains("\"assignment\"") && run.output.contains("\"design\""))
        #expect(turned.outputBytes == plain.outputBytes && other.outputBytes != plain.outputBytes)
    }

    @Test func `the bottleneck is named with the way out, and nothing is printed`() throws {
        let run = try plan("--per-entry", "5", "--max-load", "7")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error.contains("The judges may take 63 scores together; 90 are needed."))
        #expect(run.error.contains("Any one of these helps: --per-entry 3, --max-load 10. [E710]"))
        #expect(try plan("--per-entry", "3", "--max-load", "7").status == 0)
        #expect(try plan("--per-entry", "5", "--max-load", "10").status == 0)
    }

    @Test func `entries with too few judges are listed, in Chinese as well`() throws {
        let pairs = (1...4).flatMap { entry in (3...9).map { "项目0\(entry),J\($0)" } }
        try directory.write((["entry,judge"] + pairs).joined(separator: "\n") + "\n", to: "conflicts.csv")
        let run = try plan("--per-entry", "3", "--conflicts", "conflicts.csv")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error.contains("These 4 entries (项目01, 项目02, 项目03, 项目04) may meet only 2 judges; 3 are needed."))
        #expect(run.error.contains("项目04  entry  lacks"))
        let chinese = try plan("--per-entry", "3", "--conflicts", "conflicts.csv", "--lang", "zh")
        #expect(chinese.error.contains("这 4 个项目（项目01、项目02、项目03、项目04）只能由 2 位评委评审，而需要 3 位。"))
    }

    @Test func `a misspelt conflict is a warning, and a status with --strict`() throws {
        try directory.write("entry,judge\n项目01,J1\n项目99,J1\n", to: "conflicts.csv")
        let run = try plan("--per-entry", "3", "--conflicts", "conflicts.csv", "--strict")
        #expect(run.status == 2 && run.error.contains("conflicts.csv: 1 name in neither list, so that these rows do nothing: 项目99."))
    }

    @Test func `a plan that exists is examined`() throws {
        _ = try plan("--per-entry", "3", "--output", "plan.csv")
        let good = try plan("--check", "plan.csv")
        #expect(good.status == 0 && good.output.contains("It keeps every conflict and limit.") && good.error.isEmpty)
        let bad = try plan("--check", "plan.csv", "--conflict-by", "city", "--max-load", "5", "--strict")
        #expect(bad.status == 2 && bad.error.contains("conflicts broken") && bad.error.contains("9 judges beyond the limits: J1 6/5"))
        try directory.write("entry,judge\n项目01,J1\n项目02,J2\n", to: "two.csv")
        let torn = try plan("--check", "two.csv", "--per-entry", "1")
        #expect(torn.output.contains("16 entries with another number of judges than needed: 项目03 0/1"))
        #expect(torn.output.contains("The plan falls into 18 parts without a score in common"))
        let stranger = try plan("--check", "plan.csv", judges: "entries.csv")
        #expect(stranger.status == 1 && stranger.output.isEmpty)
    }

    @Test func `a plan is kept as far as possible after a judge drops out`() throws {
        _ = try plan("--per-entry", "3", "--output", "plan.csv")
        let judges = try directory.read("judges.csv").split(separator: "\n").filter { !$0.hasPrefix("J5") }
        try directory.write(judges.joined(separator: "\n") + "\n", to: "fewer.csv")
        let before = Set(try directory.read("plan.csv").split(separator: "\n").map { $0.split(separator: ",").prefix(2) })
        let run = try plan("--per-entry", "3", "--keep", "plan.csv", "--format", "csv", judges: "fewer.csv")
        let kept = run.lines.filter { before.contains($0.split(separator: ",").prefix(2)) }
        // The header and 48 of 54 pairs: the six of the judge who left are replaced.
        #expect(run.status == 0 && kept.count == 49 && run.error.contains("--keep: 48 of the 48 pairs"))
    }

    @Test func `what must happen happens, and preferences are followed where they can be`() throws {
        try directory.write("entry,judge\n项目01,J9\n项目02,J9\n", to: "must.csv")
        try directory.write("entry,judge,weight\n项目05,J1,2\n项目06,J1,1\n项目07,J1,-3\n", to: "prefer.csv")
        let run = try plan("--per-entry", "2", "--must", "must.csv", "--prefer", "prefer.csv", "--anchors", "1", "--format", "csv")
        #expect(run.status == 0)
        let rows = rows(run)
        #expect(rows.count { $0[4] == "fixed" } == 2 && rows.count { $0[4] == "anchor" } == 9)
        func meet(_ entry: String, _ judge: String) -> Bool { rows.contains { $0[0] == entry && $0[1] == judge } }
        #expect(meet("项目01", "J9") && meet("项目02", "J9") && meet("项目05", "J1") && meet("项目06", "J1"))
        try directory.write("entry,judge\n项目01,J9\n", to: "conflicts.csv")
        let both = try plan("--per-entry", "2", "--must", "must.csv", "--conflicts", "conflicts.csv")
        #expect(both.status == 1 && both.output.isEmpty && both.error.contains("[E713]"))
    }

    @Test func `columns of the judges limit their loads`() throws {
        try directory.write("judge,max_load,min_load\nJ1,2,\nJ2,,8\nJ3,,\nJ4,,\n", to: "judges.csv")
        let run = try plan("--per-entry", "2", "--format", "csv", "--table", "loads")
        #expect(run.status == 0)
        let loads = Dictionary(uniqueKeysWithValues: rows(run).map { ($0[0], Int($0[1]) ?? 0) })
        #expect(loads["J1"] == 2 && loads["J2"] ?? 0 >= 8 && rows(run)[0] == ["J1", "2", "2"])
        try directory.write("judge,max_load\nJ1,two\n", to: "judges.csv")
        #expect(try plan("--per-entry", "1").error.contains("max_load of J1 is “two”"))
    }

    @Test func `what a plan is worth is shown beside the usual designs`() throws {
        let run = try plan("--per-entry", "3", "--places", "5", "--noise-sd", "2", "--format", "csv", "--table", "expected")
        #expect(run.status == 0 && run.lines[0].hasPrefix("design,method,max_load,scores,right,right_se,p_winner,"))
        let rows = rows(run)
        #expect(rows.map { $0[0] + " " + $0[1] }.prefix(4) == ["plan mean", "plan zscore", "plan model", "fewer mean"])
        #expect(Set(rows.map { $0[0] }) == ["plan", "fewer", "more", "heats", "chain", "anchors", "rotation", "crossing"])
        func right(_ design: String, _ method: String) -> Double {
            rows.first { $0[0] == design && $0[1] == method }.flatMap { Double($0[4]) } ?? 0
        }
        #expect(right("fewer", "model") < right("plan", "model") && right("plan", "model") < right("more", "model"))
        #expect(right("plan", "mean") < right("plan", "model") && right("heats", "model") < right("plan", "model"))
        #expect(rows.filter { !["fewer", "more"].contains($0[0]) }.allSatisfy { $0[3] == "54" } && rows.allSatisfy { $0.last == "yes" })
        #expect(
            run.error.contains("Of the 5 truly best it will choose") && run.error.contains("It would be with one judge more for each entry")
        )
        let limited = try plan("--per-entry", "3", "--places", "5", "--max-load", "6", "--format", "csv", "--table", "expected")
        #expect(self.rows(limited).filter { $0.last == "no" }.map { $0[0] }.contains("crossing"))
        #expect(!limited.output.contains("\nmore,"))
        #expect(run.error.contains("SD of entries 5.00, judges 4.00, noise 2.00"))
        #expect(try plan("--per-entry", "3", "--places", "18").error.contains("[E723]"))
        #expect(try plan("--per-entry", "3", "--noise-sd", "2").status == 64)
        #expect(try plan("--per-entry", "3", "--table", "expected").status == 64)
    }

    @Test(arguments: [
        ("entry-sd", "SD of entries 2.75"), ("judge-sd", "judges 2.75"), ("noise-sd", "noise 2.75"), ("heat-sd", "heats 2.75"),
        ("scale-sd", "of log scales 2.75"),
    ])
    func `a spread that is given is taken in place of the earlier contest's`(option: String, words: String) throws {
        let scores = (1...6).flatMap { entry in (1...4).map { "E\(entry),J\($0),\(60 + (entry * 7 + $0 * 5) % 11)" } }
        try directory.write((["entry,judge,score"] + scores).joined(separator: "\n") + "\n", to: "earlier.csv")
        let run = try plan("--per-entry", "3", "--places", "5", "--like", "earlier.csv", "--\(option)", "2.75")
        #expect(run.status == 0 && (run.output + run.error).contains(words), "\(run.error)")
        #expect((run.output + run.error).components(separatedBy: "2.75").count == 2)
    }

    @Test(arguments: [
        ["--per-entry", "0"], [], ["--per-entry", "2", "--max-load", "0"], ["--check", "entries.csv", "--keep", "entries.csv"],
    ])
    func `what makes no sense is refused`(options: [String]) throws {
        let run = try CommandRun(
            ["plan", "--entries", "entries.csv", "--judges", "judges.csv"] + options, in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.output.isEmpty)
    }

    @Test func `names can be hidden`() throws {
        let run = try plan("--per-entry", "2", "--anonymize", "entries", "--anonymize", "judges", "--format", "csv")
        #expect(run.status == 0 && !run.output.contains("项目") && run.lines[1].hasPrefix("E01,J"))
    }
}
