import Foundation
import TestSupport
import Testing

@Suite struct JudgesTests {
    private static let contest = [
        "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--judges", "Data/zhejiang-2022/judges.csv",
    ]
    private static let fixture = [
        "Tests/Fixtures/calibration/scores.csv", "--entries", "Tests/Fixtures/calibration/entries.csv", "--judges",
        "Tests/Fixtures/calibration/judges.csv",
    ]

    private func json(_ arguments: [String]) throws -> [String: Any] {
        let run = try CommandRun(["judges"] + arguments + ["--format", "json"])
        #expect(run.status == 0, "\(run.error)")
        return try #require(JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
    }

    @Test func `the tables have the columns of the contract`() throws {
        let tables = try #require(json(JudgesTests.fixture)["tables"] as? [String: [String: Any]])
        func columns(_ table: String) -> [String] { tables[table]?["columns"] as? [String] ?? [] }
        let judges = [
            "judge", "scores", "mean", "sd", "severity", "severity_se", "severity_low", "severity_high", "scale", "noise", "consistency",
            "infit", "outfit", "flags",
        ]
        #expect(Array(columns("judges").prefix(judges.count)) == judges)
        #expect(Array(columns("outlying").prefix(8)) == ["stage", "heat", "entry", "judge", "score", "expected", "residual", "z"])
        #expect(columns("bias") == ["kind", "judge", "level", "size", "se", "p", "p_adjusted", "n"])
        #expect(columns("pairs") == ["a", "b", "common", "mean_difference", "correlation"])
        #expect(columns("reliability") == ["facet", "separation", "reliability", "strata"])
    }

    @Test func `the verdict says who stands out, by how much, and what chance would show`() throws {
        let run = try CommandRun(["judges"] + JudgesTests.contest)
        #expect(
            run.lines[0].hasPrefix(
                "2 of 7 judges stand out: lenient 评委03 by 3.9 points (2.7 to 5.2); "
                    + "erratic 评委12 (3.0 times the other judges' noise variance). "
                    + "If no judge differed from the others, at most one contest in 20 would show a flag."))
        #expect(run.lines.contains { $0.contains("9 earlier heats left out") })
    }

    @Test func `csv prints the table that is named, all of it`() throws {
        let run = try CommandRun(["judges"] + JudgesTests.contest + ["--format", "csv", "--table", "pairs"])
        #expect(run.status == 0 && run.lines[0] == "a,b,common,mean_difference,correlation" && run.lines.count == 23)
        let wrong = try CommandRun(["judges"] + JudgesTests.contest + ["--format", "csv", "--table", "nothing"])
        #expect(wrong.status == 64 && wrong.output.isEmpty && wrong.error.contains("judges, agreement, outlying, bias"))
    }

    @Test func `without a common judge severity is about the own group until an assumption compares`() throws {
        let own = try CommandRun(["judges", "Data/zhejiang-2022/scores.csv", "--stage", "初赛"])
        #expect(own.status == 0 && own.lines[0].contains("fall into 3 groups") && own.lines[0].contains("says nothing across groups"))
        for (assumption, words) in [
            ("equal-panels", "equally severe on average"), ("equal-heats", "equally strong on average"), ("both-random", "drawn at random"),
        ] {
            let run = try CommandRun(["judges", "Data/zhejiang-2022/scores.csv", "--stage", "初赛", "--assume", assumption])
            #expect(run.status == 0 && run.lines[0].contains(words))
        }
    }

    @Test func `in Chinese the terms appear next to plain words`() throws {
        let run = try CommandRun(["judges"] + JudgesTests.fixture + ["--lang", "zh"])
        for word in ["宽严", "一致性", "异常波动", "宽严（severity）", "异常波动（outfit）", "偏严", "同源", "漂移", "光环"] {
            #expect(run.output.contains(word), "\(word)")
        }
    }

    @Test func `performances count for themselves where entries come again, and are named by entry and heat`() throws {
        let directory = try TemporaryDirectory()
        var lines = ["heat,entry,judge,score"]
        for heat in 1...3 {
            for entry in 1...8 {
                for judge in 1...4 { lines.append("H\(heat),E\(entry),J\(judge),\(50 + (heat * entry * 7 + judge * entry * 3) % 11)") }
            }
        }
        lines[5] = "H1,E2,J1,99"
        let file = try directory.write(lines.joined(separator: "\n"), to: "s.csv")
        let run = try CommandRun(["judges", file, "--stage", "all", "--format", "csv", "--table", "outlying"])
        #expect(run.status == 0 && run.error.contains("24 performances"))
        #expect(run.lines[1].hasPrefix(",H1,E2,J1,99,"))
        let pooled = try CommandRun(["judges", file, "--stage", "all", "--unit", "entry"])
        #expect(pooled.status == 0 && pooled.output.contains("Judged: 8 entries"))
    }

    @Test func `outlying scores of both signs come in the order of their size`() throws {
        let directory = try TemporaryDirectory()
        var lines = ["entry,judge,score"]
        for entry in 1...10 {
            for judge in 1...5 { lines.append("E\(entry),J\(judge),\(60 + 2 * entry + (entry * judge * 7 + judge) % 5)") }
        }
        (lines[3], lines[17], lines[33]) = ("E1,J3,80", "E4,J2,38", "E7,J3,96")
        let run = try CommandRun(
            ["judges", directory.write(lines.joined(separator: "\n"), to: "s.csv"), "--format", "csv", "--table", "outlying"])
        let sizes = run.lines.dropFirst().compactMap { $0.components(separatedBy: ",").dropFirst(7).first.flatMap(Double.init) }
        #expect(sizes.count > 2 && sizes.contains { $0 < 0 } && sizes.contains { $0 > 0 })
        #expect(sizes.map(\.magnitude) == sizes.map(\.magnitude).sorted(by: >), "\(sizes)")
    }

    @Test func `few scores are an answer in words`() throws {
        let run = try CommandRun(["judges", "-"], input: Array("entry,judge,score\nA,J,5\nB,J,7\n".utf8))
        #expect(run.status == 0 && run.lines[0].hasPrefix("Nothing can be said of this judge"))
    }
}
