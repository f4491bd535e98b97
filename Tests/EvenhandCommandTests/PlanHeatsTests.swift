import Foundation
import TestSupport
import Testing

/// `plan` with heats, groups of judges, matches and spares.
@Suite struct PlanHeatsTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let sectors = ["医药", "智能", "材料"]
        let entries = (1...12).map { "P\($0 < 10 ? "0" : "")\($0),\(sectors[$0 % 3])" }
        let judges = (1...8).map { "J\($0),\(sectors[$0 % 3]),\($0 % 4 == 0 ? "投资人" : "专家"),\($0 == 1 ? "\"1,3\"" : "")" }
        try directory.write((["entry,sector"] + entries).joined(separator: "\n") + "\n", to: "entries.csv")
        try directory.write((["judge,field,kind,heats"] + judges).joined(separator: "\n") + "\n", to: "judges.csv")
    }

    private func plan(_ options: String..., entries: String = "entries.csv", judges: String = "judges.csv") throws -> CommandRun {
        try CommandRun(["plan", "--entries", entries, "--judges", judges] + options, in: URL(filePath: directory.path))
    }

    private func rows(_ run: CommandRun) -> [[String]] {
        run.lines.dropFirst().filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
    }

    @Test func `the entries of a heat have one panel with what it has to include, and spares`() throws {
        let run = try plan("--per-entry", "3", "--heats", "3", "--panel-has", "kind=投资人:1", "--spares", "1", "--format", "csv")
        #expect(run.status == 0, "\(run.error)")
        let rows = rows(run)
        #expect(rows.count == 48 && rows.count { $0[4] == "spare" && $0[3].isEmpty } == 12)
        for (heat, seats) in Dictionary(grouping: rows, by: { $0[2] }) {
            #expect(["1", "2", "3"].contains(heat))
            let panels = Dictionary(grouping: seats) { $0[0] }.values.map { Set($0.map { $0[1] + $0[4] }) }
            #expect(panels.count == 4 && Set(panels).count == 1)
            #expect(seats.contains { ["J4", "J8"].contains($0[1]) && $0[4] == "regular" })
            // J1 cannot be at the second heat.
            #expect(heat != "2" || !seats.contains { $0[1] == "J1" })
            #expect(Set(seats.filter { $0[4] == "regular" }.map { $0[3] }) == ["1", "2", "3", "4"])
        }
        let panels = try plan(
            "--per-entry", "3", "--heats", "3", "--panel-has", "kind=投资人:1", "--spares", "1", "--format", "csv", "--table", "panels")
        #expect(panels.lines[0] == "heat,entries,judges,spares" && panels.lines[1].hasPrefix("1,4,\"J"))
    }

    /// Three of nine for each heat; only the last three can be at the third.
    @Test(arguments: ["2-3", "2–3", "2至3", "2,3", "3"])
    func `a range of heats has both its ends`(heats: String) throws {
        let judges = (1...9).map { "J\($0),\"\($0 < 4 ? "1" : $0 < 7 ? "2" : heats)\"" }
        try directory.write((["judge,heats"] + judges).joined(separator: "\n") + "\n", to: "present.csv")
        let run = try plan("--per-entry", "3", "--heats", "3", "--format", "csv", judges: "present.csv")
        #expect(run.status == 0, "\(run.error)")
        #expect(Set(rows(run).filter { $0[2] == "3" }.map { $0[1] }) == ["J7", "J8", "J9"])
    }

    @Test func `a range of heats has those between its ends`() throws {
        let judges = (1...9).map { "J\($0),\($0 < 4 ? "1" : $0 < 7 ? "1-3" : "3")" }
        try directory.write((["judge,heats"] + judges).joined(separator: "\n") + "\n", to: "present.csv")
        #expect(try plan("--per-entry", "3", "--heats", "3", "--format", "csv", judges: "present.csv").status == 0)
    }

    @Test func `a plan in heats is examined, and kept when a judge drops out`() throws {
        _ = try plan("--per-entry", "3", "--heats", "5,4,3", "--spares", "1", "--output", "plan.csv")
        let good = try plan("--check", "plan.csv", "--heats", "5,4,3", "--per-entry", "3")
        #expect(good.status == 0 && good.output.contains("It keeps every conflict and limit."), "\(good.error)")
        let other = try plan("--check", "plan.csv", "--heats", "4,4,4", "--per-entry", "3")
        #expect(other.error.contains("2 heats with another size"), "\(other.error)")
        let kept = try plan("--per-entry", "3", "--heats", "5,4,3", "--keep", "plan.csv", "--format", "csv")
        #expect(kept.error.contains("--keep: 36 of the 36 pairs of the earlier plan stay."), "\(kept.error)")
    }

    @Test func `entries meet judges of their field as far as loads allow`() throws {
        let run = try plan("--per-entry", "2", "--match", "sector=field", "--format", "csv")
        // Two judges of one sector would have four entries each, one more than the smallest common limit.
        #expect(run.status == 0 && run.error.contains("--match: 22 of 24 scores come from a judge whose values match"), "\(run.error)")
        let more = try plan("--per-entry", "2", "--match", "sector=field", "--max-load", "4", "--format", "csv")
        #expect(more.status == 0 && more.error.contains("--match: 24 of 24 scores"), "\(more.error)")
        let none = try plan("--per-entry", "2", "--match", "sector=kind")
        #expect(none.status == 1 && none.output.isEmpty && none.error.contains("[E735]"))
        let unknown = try plan("--per-entry", "2", "--match", "field=sector")
        #expect(unknown.status == 1 && unknown.error.contains("has no column “field” for --match; it has: sector."))
    }

    @Test func `what heats and groups cannot have is named, with the way out`() throws {
        let narrow = try plan("--per-entry", "3", "--panel-has", "kind=投资人:3")
        #expect(narrow.status == 1 && narrow.output.isEmpty)
        #expect(narrow.error.contains("may meet only 2 judges of kind=投资人; 3 are needed. Any one of these helps: --panel-has kind=投资人:2."))
        let absent = (1...8).map { "J\($0),\($0 < 7 ? "1" : "")" }
        try directory.write((["judge,heats"] + absent).joined(separator: "\n") + "\n", to: "absent.csv")
        let run = try plan("--per-entry", "3", "--heats", "3", judges: "absent.csv")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.error.contains("Heats 2, 3 need 6 judges together, but can have 4"), "\(run.error)")
        #expect(run.error.contains("Any one of these helps: --per-entry 2. [E724]") && run.error.contains("2     heat   lacks"))
        let chinese = try plan("--per-entry", "3", "--heats", "3", "--lang", "zh", judges: "absent.csv")
        #expect(chinese.error.contains("第 2、3 场合计需要评委 6 人次，按到场、回避和上限至多 4 人次。"), "\(chinese.error)")
        let spares = try plan("--per-entry", "7", "--spares", "2")
        #expect(spares.error.contains("may meet only 8 judges; 9 are needed. Of the judges that are needed, 2 each stand by."))
        #expect(spares.error.contains("--spares 1. [E710]"), "\(spares.error)")
    }

    @Test func `columns of heats say who is where`() throws {
        try directory.write("judge\nJ1\nJ2\nJ3\n", to: "free.csv")
        try directory.write("entry,heat\nA,第2场\nB,\nC,1\nD,\n", to: "four.csv")
        let run = try plan("--per-entry", "2", "--heats", "2", "--format", "csv", entries: "four.csv", judges: "free.csv")
        #expect(run.status == 0, "\(run.error)")
        #expect(
            rows(run).filter { $0[0] == "A" }.allSatisfy { $0[2] == "2" } && rows(run).filter { $0[0] == "C" }.allSatisfy { $0[2] == "1" })
        try directory.write("entry,heat\nA,5\nB,\n", to: "bad.csv")
        #expect(
            try plan("--per-entry", "2", "--heats", "2", entries: "bad.csv", judges: "free.csv").error.contains(
                "heat of A is “5”; write heats from 1 to 2"))
        try directory.write("judge,heats\nJ1,2-1\nJ2,\n", to: "bad.csv")
        #expect(try plan("--per-entry", "1", "--heats", "2", judges: "bad.csv").error.contains("heats of J1 is “2-1”"))
        #expect(try plan("--per-entry", "2", "--heats", "5,6", judges: "free.csv").error.contains("add up to 11, but there are 12 entries"))
        #expect(try plan("--per-entry", "2", "--heats", "13", judges: "free.csv").error.contains("[E734]"))
        try directory.write("entry,heat\nA,1\nB,1\nC,1\nD,\n", to: "bad.csv")
        #expect(try plan("--per-entry", "2", "--heats", "2", entries: "bad.csv", judges: "free.csv").error.contains("[E732]"))
    }

    @Test(arguments: [
        ["--heats", "0"], ["--heats", "many"], ["--panel-has", "kind=投资人"], ["--panel-has", "kind:1"], ["--match", "sector"],
        ["--spares", "-1"],
    ])
    func `what makes no sense is refused`(options: [String]) throws {
        let run = try CommandRun(
            ["plan", "--entries", "entries.csv", "--judges", "judges.csv", "--per-entry", "2"] + options,
            in: URL(filePath: directory.path))
        #expect(run.status == 64 && run.output.isEmpty)
    }
}
