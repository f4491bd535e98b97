import Foundation
import TestSupport
import Testing

/// `evenhand groups`
@Suite struct GroupsTests {
    private let contest = ["Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv"]
    private let columns =
        "entries,scores,mean,sd,median,fair_mean,se,low,high,shrunken_mean,share_entered,selected,share_selected,rate,rate_low,rate_high,"
        + "representation,p,p_adjusted,p_within_heats,mark"

    private func csv(_ arguments: [String]) throws -> [[String: String]] {
        let run = try CommandRun(["groups"] + arguments + ["--format", "csv"])
        #expect(run.status == 0, "\(run.error)")
        let rows = run.lines.dropLast().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
    }

    @Test func `the columns are those of the contract`() throws {
        for (table, expected) in [
            ("groups", "sector," + columns),
            ("tests", "test,statistic,df1,df2,p,effect,effect_name,eta_squared,omega_squared,epsilon_squared"),
            ("pairs", "a,b,difference,low,high,p,p_adjusted"),
        ] {
            let run = try CommandRun(["groups"] + contest + ["--by", "sector", "--table", table, "--format", "csv"])
            #expect(run.status == 0 && run.lines.first == expected)
        }
        let crossed = try CommandRun(["groups"] + contest + ["--by", "sector,city", "--format", "csv"])
        #expect(crossed.lines.first == "sector,city," + columns)
        let wrong = try CommandRun(["groups"] + contest + ["--by", "sector", "--table", "x", "--format", "csv"])
        #expect(wrong.status == 64 && wrong.output.isEmpty && wrong.error.contains("the tables are groups, tests, pairs"))
    }

    @Test func `the sectors of the ten winners come out of the made contest`() throws {
        let directory = try TemporaryDirectory()
        let ranked = try CommandRun(["rank"] + contest + ["--method", "mean", "--top", "10", "--format", "csv"])
        let list = try directory.write(ranked.output, to: "winners.csv")
        let expected = ["生物医药": "4", "人工智能": "2", "新材料": "2", "智能制造": "1", "新能源": "1", "信息技术": "0", "高端装备": "0", "": "10"]
        for source in [["--places", "10"], ["--selected", list], ["--places", "10", "--result", "mean"]] {
            let rows = try csv(contest + ["--by", "sector"] + source)
            #expect(Dictionary(uniqueKeysWithValues: rows.map { ($0["sector"]!, $0["selected"]!) }) == expected)
        }
        // Of all entrants: four of ten from 38 of 152.
        let all = try csv(contest + ["--by", "sector", "--stage", "初赛", "--selected", list])
        let first = try #require(all.first { $0["sector"] == "生物医药" })
        #expect(first["entries"] == "38" && isClose(Double(first["p"]!)!, 0.26880987553310615, relative: 1e-10))
    }

    @Test func `who went on to a later stage was selected from the stage before`() throws {
        let rows = try csv(contest + ["--by", "sector", "--to-stage", "决赛"])
        #expect(rows.last?["entries"] == "152" && rows.last?["selected"] == "24" && rows.last?["p"] == "")
        #expect(rows.dropLast().reduce(0) { $0 + Int($1["selected"]!)! } == 24)
        let first = try CommandRun(["groups"] + contest + ["--by", "sector", "--to-stage", "初赛"])
        #expect(first.status == 1 && first.output.isEmpty && first.error.contains("E320"))
    }

    @Test func `several heats are tested within, with the sentence for those who ask otherwise`() throws {
        let plain = try CommandRun(["groups"] + contest + ["--by", "city", "--stage", "初赛", "--lang", "en"])
        #expect(
            plain.output.hasPrefix("city: the groups differ by no more than chance can explain (permutation of labels within 9 heats"))
        #expect(plain.output.contains("\npermutation ") && !plain.output.contains("\nanova "))
        let asked = try CommandRun(
            ["groups"] + contest + ["--by", "city", "--stage", "初赛", "--test", "anova", "--test", "welch", "--lang", "zh"])
        #expect(asked.output.contains("适用于同一评委组") && asked.output.contains("\n方差分析 ") && !asked.output.contains("\n置换检验 "))
        let tests = try csv(contest + ["--by", "sector", "--table", "tests"])
        #expect(tests.map { $0["test"] } == ["permutation", "anova", "welch", "kruskal"])
        #expect(tests.map { $0["effect_name"] } == ["eta_squared", "eta_squared", "omega_squared", "epsilon_squared"])
        // The effect is the size that is named, and ε² = H / (n − 1).
        for test in tests { #expect(test["effect"] == test[test["effect_name"]!]) }
        let kruskal = try csv(contest + ["--by", "city", "--stage", "初赛", "--test", "kruskal", "--table", "tests"])[0]
        #expect(isClose(Double(kruskal["effect"]!)!, Double(kruskal["statistic"]!)! / 151, relative: 1e-12))
    }

    @Test func `crossed attributes have margins, and small cells are marked`() throws {
        let rows = try csv(contest + ["--by", "sector,city", "--stage", "初赛", "--result", "trimmed"])
        let margins = rows.filter { $0["sector"] == "" || $0["city"] == "" }
        #expect(margins.count == 7 + 8 + 1 && rows.last?["entries"] == "152")
        #expect(rows.allSatisfy { ($0["mark"] == "<5") == (Int($0["entries"]!)! < 5) })
        let table = try CommandRun(["groups"] + contest + ["--by", "sector,city", "--stage", "初赛", "--lang", "zh"])
        #expect(table.output.contains("全部") && table.output.contains("<5"))
    }

    @Test func `several groupings have tables of their own`() throws {
        let run = try CommandRun(["groups"] + contest + ["--by", "sector", "--by", "city", "--format", "json"])
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let tables = try #require(json["tables"] as? [String: Any])
        #expect(Set(tables.keys) == ["groups/sector", "tests/sector", "pairs/sector", "groups/city", "tests/city", "pairs/city"])
        #expect((json["fits"] as? [String: Any])?["crossed"] != nil)
        let city = try CommandRun(["groups"] + contest + ["--by", "sector", "--by", "city", "--format", "csv", "--table", "groups/city"])
        #expect(city.lines.first == "city," + columns)
        let first = try CommandRun(["groups"] + contest + ["--by", "sector", "--by", "city", "--format", "csv", "--table", "tests"])
        #expect(first.status == 0 && first.lines.first?.hasPrefix("test,") == true)
    }

    /// Expected: `Fixtures/lmm`, R's lme4.
    @Test func `fair means are those of the model with sectors and heats`() throws {
        let rows = try csv(["Tests/Fixtures/lmm/contest_150x32.csv", "--by", "sector"])
        let fair = Dictionary(uniqueKeysWithValues: rows.map { ($0["sector"]!, Double($0["fair_mean"]!)!) })
        #expect(isClose(fair["agri"]!, 64.12985005209853, relative: 1e-7))
        #expect(isClose(fair["civic"]! - fair["agri"]!, 2.3566129345839344, relative: 1e-5))
        #expect(isClose(fair["energy"]! - fair["agri"]!, 3.9173883600911044, relative: 1e-5))
        #expect(isClose(fair["health"]! - fair["agri"]!, 4.123918171505266, relative: 1e-5))
        #expect(isClose(Double(rows[0]["se"]!)!, 1.660680443652052, relative: 1e-6))
    }

    /// 5 of the 8 of the first city are among the best 10 of 40: p = 0.023 for itself, 0.11 as one of five.
    @Test func `a share is out of the ordinary only by what is left after all groups are looked at`() throws {
        let directory = try TemporaryDirectory()
        let best = [0, 1, 2, 3, 4, 8, 16, 24, 25, 32]
        let rows = (0..<40).flatMap { entry in
            (0..<3).map { "E\(10 + entry),J\($0),C\(entry / 8),\((best.contains(entry) ? 90 : 60) + entry % 7 + $0)" }
        }
        let path = try directory.write((["entry,judge,city,score"] + rows).joined(separator: "\n") + "\n", to: "s.csv")
        let run = try CommandRun(["groups", path, "--by", "city", "--places", "10", "--result", "mean"])
        #expect(run.output.contains("10 of 40 were selected") && run.output.contains("no group's share is out of the ordinary"))
        let table = try CommandRun(["groups", path, "--by", "city", "--places", "10", "--result", "mean", "--format", "csv"])
        let header = table.lines[0].components(separatedBy: ",")
        let row = try #require(table.lines.first { $0.hasPrefix("C0,") }).components(separatedBy: ",")
        let (plain, adjusted) = (try #require(header.firstIndex(of: "p")), try #require(header.firstIndex(of: "p_adjusted")))
        #expect(try #require(Double(row[plain])) < 0.05 && #require(Double(row[adjusted])) > 0.05)
    }

    /// The largest of m p-values stays as it is by Benjamini and Hochberg, and the smallest is multiplied by m by Holm.
    @Test(arguments: ["holm", "bh"]) func `p-values are adjusted as asked`(adjustment: String) throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<40).flatMap { entry in
            (0..<3).map { "E\(10 + entry),J\($0),C\(entry / 10),\(60 + entry / 10 + (entry * 13) % 8 + $0)" }
        }
        let path = try directory.write((["entry,judge,city,score"] + rows).joined(separator: "\n") + "\n", to: "s.csv")
        let run = try CommandRun(
            [
                "groups", path, "--by", "city", "--result", "mean", "--test", "anova", "--adjust", adjustment, "--table", "pairs",
                "--format", "csv",
            ])
        #expect(run.status == 0, "\(run.error)")
        let values = run.lines.dropFirst().map { $0.components(separatedBy: ",") }.filter { $0.count > 6 }
        let p = values.compactMap { Double($0[5]) }
        let order = p.sorted()
        let adjusted = values.compactMap { Double($0[6]) }.sorted()
        #expect(p.count == 6 && adjusted.count == 6)
        // R's p.adjust in its own words: cumulated from the smallest by Holm, from the largest by Benjamini and Hochberg.
        var expected = [Double](repeating: 0, count: 6)
        for rank in adjustment == "holm" ? Array(0..<6) : (0..<6).reversed() {
            expected[rank] =
                adjustment == "holm"
                ? min(1, max(rank > 0 ? expected[rank - 1] : 0, Double(6 - rank) * order[rank]))
                : min(rank < 5 ? expected[rank + 1] : 1, 6 * order[rank] / Double(rank + 1))
        }
        #expect(zip(adjusted, expected).allSatisfy { isClose($0, $1, relative: 1e-6) }, "\(adjusted) \(expected)")
    }

    @Test func `what cannot be determined is refused in words`() throws {
        let directory = try TemporaryDirectory()
        func file(_ heat: (Int) -> Int) throws -> String {
            let rows = (0..<20).flatMap { entry in
                (0..<3).map { "E\(10 + entry),J\(heat(entry))\($0),H\(heat(entry)),C\(entry / 5),\(60 + entry * 13 % 17 + $0 * 3)" }
            }
            return try directory.write("entry,judge,heat,city,score\n" + rows.joined(separator: "\n") + "\n", to: "s.csv")
        }
        let nested = try CommandRun(["groups", file { $0 / 10 }, "--by", "city", "--lang", "en"])
        #expect(nested.status == 0 && nested.output.hasPrefix("city cannot be separated from heat here"))
        #expect(nested.output.contains("permutation") && !nested.output.contains("Pairs"))
        let chinese = try CommandRun(["groups", file { $0 / 10 }, "--by", "city", "--lang", "zh"])
        #expect(chinese.output.hasPrefix("city在此无法与场次区分"))
        let few = try CommandRun([
            "groups", "Data/quickstart.csv", "--entries", directory.write("entry,g\n项目A,x\n项目B,x\n项目C,y\n", to: "e.csv"), "--by", "g",
            "--lang", "en",
        ])
        #expect(few.status == 0 && few.output.hasPrefix("g: not tested, since fewer than two groups have 5 entries."))
        #expect(few.output.contains("Without g, and so in no group: 项目D, 项目E, 项目F."))
        for (arguments, status, words) in [
            (["Data/quickstart.csv", "--by", "city"], 1, "E309"), (contest + ["--by", "sector,sector"], 64, "different ones"),
            (contest + ["--by", "sector", "--places", "3", "--to-stage", "决赛"], 64, "one of them"), (contest, 64, "--by"),
            (contest + ["--by", "sector", "--result", "clipped"], 64, "--clip"),
            (contest + ["--by", "sector", "--selected", "none.csv"], 1, "none.csv"),
        ] as [([String], Int32, String)] {
            let run = try CommandRun(["groups"] + arguments)
            #expect(run.status == status && run.output.isEmpty && run.error.contains(words), "\(arguments): \(run.error)")
        }
        let mixed = try directory.write("entry,judge,score,city\nA,J,1,x\nA,K,2,y\nB,J,3,x\nB,K,4,x\n", to: "m.csv")
        let several = try CommandRun(["groups", mixed, "--by", "city"])
        #expect(several.status == 1 && several.output.isEmpty && several.error.contains("E321"))
        let list = try directory.write("entry\nP034\nP999\n", to: "l.csv")
        #expect(try CommandRun(["groups"] + contest + ["--by", "sector", "--selected", list]).error.contains("E319"))
    }

    @Test func `pictures are drawn when they are asked for`() throws {
        let plain = try CommandRun(["groups"] + contest + ["--by", "sector", "--places", "10"])
        #expect(!plain.output.contains("●") && !plain.output.contains("█"))
        let drawn = try CommandRun(["groups"] + contest + ["--by", "sector", "--places", "10", "--plot"])
        #expect(drawn.output.contains("├") && drawn.output.contains("●") && drawn.output.contains("生物医药  初赛"))
        let markdown = try CommandRun(["groups"] + contest + ["--by", "sector", "--plot", "--format", "markdown"])
        #expect(markdown.output.contains("```text\nFair means"))
    }

    @Test func `the same seed gives the same bytes, another one another p`() throws {
        func p(_ seed: String) throws -> String {
            try csv(contest + ["--by", "city", "--to-stage", "决赛", "--table", "tests", "--seed", seed])[0]["p"]!
        }
        #expect(try p("1") == p("1") && p("1") != p("2"))
        let anonymous = try CommandRun(["groups"] + contest + ["--by", "sector", "--places", "10", "--anonymize", "entries"])
        #expect(anonymous.status == 0 && !anonymous.output.contains("P034"))
    }
}
