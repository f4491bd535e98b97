import Foundation
import TestSupport
import Testing

@Suite struct RankRuleTests {
    private let contest = "Data/zhejiang-2022"

    /// The columns of a table of a run's JSON.
    static func table(_ name: String, _ arguments: [String]) throws -> (columns: [String], rows: [[Any]], json: [String: Any]) {
        let run = try CommandRun(["rank"] + arguments + ["--format", "json"])
        #expect(run.status == 0, "\(run.error)")
        let json = try #require(JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
        let table = try #require((json["tables"] as? [String: [String: Any]])?[name], "no table \(name)")
        return (try #require(table["columns"] as? [String]), try #require(table["rows"] as? [[Any]]), json)
    }

    @Test func `a rule comes first and sorts, and reads all the stages that it weighs`() throws {
        let run = try CommandRun([
            "rank", "\(contest)/scores.csv", "--rule", "\(contest)/rule.json", "--format", "csv", "--method", "mean", "--top", "3",
        ])
        #expect(run.status == 0)
        #expect(
            run.output
                == "entry,scores,rule,rule_rank,mean,mean_rank\nP034,7,87.79,1,88.21428571428571,1\nP032,7,87.48,2,88.04285714285714,2\nP119,7,87.27,3,86.48571428571428,8\n"
        )
        #expect(run.error.contains("Cumulative: 0.3 × 初赛 + 0.7 × 决赛, half up, 2 decimals."))
    }

    @Test func `parallel heats have ranks of their own by the rule`() throws {
        let rule = "Tests/Fixtures/rules/panel-coefficient.json"
        let (columns, rows, json) = try Self.table(
            "ranking", ["\(contest)/scores.csv", "--stage", "初赛", "--rule", rule, "--method", "mean"])
        #expect(columns == ["entry", "heat", "scores", "rule", "rule_rank", "mean", "mean_rank", "heat_rank"])
        let values = rows.compactMap { $0[3] as? Double }
        #expect(values.count == 152 && values == values.sorted(by: >))
        #expect((json["verdict"] as? String)?.contains("The rule's coefficient assumes that all heats are equally strong.") == true)
        // One heat alone has the coefficient that it has among all.
        let (_, one, _) = try Self.table(
            "ranking", ["\(contest)/scores.csv", "--stage", "初赛", "--heat", "第1场", "--rule", rule, "--method", "mean"])
        let all = rows.filter { $0[1] as? String == "第1场" }.map { $0[3] as? Double }
        #expect(one.map { $0[2] as? Double } == all)
    }

    /// All scores have a mean of 79, those of the second heat 74.
    @Test func `a panel's coefficient is explained by the two means`() throws {
        let directory = try TemporaryDirectory()
        let text = "heat,entry,judge,score\nh1,A,J,80\nh1,A,K,82\nh1,B,J,84\nh1,B,K,90\nh2,C,L,70\nh2,C,M,72\nh2,D,L,75\nh2,D,M,79\n"
        let rule = "Tests/Fixtures/rules/panel-coefficient.json"
        let (_, rows, _) = try Self.table("explain", [directory.write(text, to: "s.csv"), "--rule", rule, "--explain", "C"])
        let steps = rows.map { $0.map { "\($0)" } }
        #expect(steps.contains(["2 coefficient", "× 1.0676 = 79 / 74", "75.7996"]), "\(steps)")
    }

    @Test func `an entry is explained step by step`() throws {
        let (columns, rows, json) = try Self.table(
            "explain", ["\(contest)/scores.csv", "--rule", "\(contest)/rule.json", "--explain", "P034"])
        #expect(columns == ["step", "what", "value"])
        let lines = rows.map { $0.compactMap { $0 as? String }.joined(separator: "|") }
        #expect(lines.contains("决赛: 1 trim|评委03: left out|93.5") && lines.contains("初赛: 2 judges|mean of the judges|85.666667"))
        #expect(
            lines.suffix(4) == [
                "cumulative|0.3 × 85.67 (初赛)|25.701", "cumulative|0.7 × 88.7 (决赛)|62.09", "cumulative|half up, 2 decimals|87.79",
                "rule|rank among 24|1",
            ])
        let options = try #require(json["options"] as? [String: Any])
        #expect(options["rule"] as? String == "\(contest)/rule.json" && options["explain"] as? String == "P034")
    }

    @Test func `without a rule the methods are explained`() throws {
        let run = try CommandRun([
            "rank", "Data/quickstart.csv", "--explain", "项目A", "--method", "mean", "--method", "trimmed", "--format", "csv", "--table",
            "explain",
        ])
        #expect(
            run.output == """
                step,what,value
                scores,评委丁,94.0
                scores,评委丙,78.0
                scores,评委乙,87.0
                scores,评委甲,86.5
                mean,sum of 4 scores,345.5
                mean,result,86.375
                mean,rank among 6,1
                trimmed,left out: 评委丙,78.0
                trimmed,left out: 评委丁,94.0
                trimmed,sum of 2 scores,173.5
                trimmed,result,86.75
                trimmed,rank among 6,2

                """)
    }

    @Test func `ties are broken, and the step that did it is named`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\nA,J,9\nA,K,7\nB,J,8\nB,K,8\nC,J,7\nC,K,9\nD,J,1\nD,K,1\n", to: "s.csv")
        let run = try CommandRun(["rank", path, "--method", "mean", "--tie-break", "median,high-scores", "--format", "csv"])
        #expect(run.output == "entry,scores,mean,mean_rank\nA,2,8,1\nC,2,8,1\nB,2,8,3\nD,2,1,4\n")
        #expect(run.error.contains("Ties of mean, broken by median, high-scores: A = C > B (high-scores)."))
        let explained = try CommandRun([
            "rank", path, "--method", "mean", "--tie-break", "median,high-scores", "--explain", "B", "--lang", "zh",
        ])
        #expect(explained.output.contains("并列区分：最高分") && explained.output.contains("A = C (9, 7) > B (8, 8)"), "\(explained.output)")
    }

    /// A and B have the mean 8; A the higher single score, B the higher median.
    @Test(arguments: [
        (true, [], "B"), (true, ["--tie-break", "high-scores"], "A"), (false, ["--tie-break", "median"], "B"), (false, [], "A = B"),
    ])
    func `a rule's own tie-breaks hold unless others are given`(hasOwn: Bool, options: [String], first: String) throws {
        let directory = try TemporaryDirectory()
        let scores = "entry,judge,score\nA,J,10\nA,K,7\nA,L,7\nB,J,9\nB,K,9\nB,L,6\n"
        let own = hasOwn ? ",\"tieBreaks\":[\"median\"]" : ""
        let run = try CommandRun(
            [
                "rank", try directory.write(scores, to: "s.csv"), "--rule",
                try directory.write("{\"name\":\"mean\",\"steps\":[{\"judges\":\"mean\"}]\(own)}", to: "r.json"), "--format", "csv",
            ] + options)
        #expect(run.status == 0, "\(run.error)")
        let ranks = run.lines.dropFirst().prefix(2).map { $0.components(separatedBy: ",") }
        #expect(ranks.filter { $0[3] == "1" }.map { $0[0] }.joined(separator: " = ") == first)
    }

    @Test(arguments: [
        (["--explain", "P03"], "There is no entry “P03”; similar names: P032, P034. [E319]"),
        (["--rule", "nowhere.json"], "Cannot read nowhere.json: No such file or directory. [E601]"),
        (
            ["--rule", "Tests/Fixtures/rules/dive.json"],
            "There is no attribute “difficulty”: nothing is known about the entries except their scores. [E309]"
        ),
        (
            ["--rule", "Tests/Fixtures/rules/piano.json"],
            "The rule does not list the stage “决赛”; it has: stage1, stage2, stage3, final. [E316]"
        ),
        (
            ["--rule", "Data/zhejiang-2022/design.json"],
            "Data/zhejiang-2022/design.json, line 2: The member \"model\" is unknown here or appears twice. [E602]"
        ),
        (["--tie-break", "stage:复赛"], "There is no stage “复赛”; the sheet has: 决赛, 初赛. [E302]"),
        (
            ["--stage", "all", "--rule", "Tests/Fixtures/rules/dance-marks.json"],
            "P004 has several performances (决赛, 第1场), which the rule does not combine; choose with --heat NAME, or --unit performance. [E318]"
        ),
    ])
    func `what cannot be done is said with a code`(arguments: [String], message: String) throws {
        let run = try CommandRun(["rank", "\(contest)/scores.csv"] + arguments)
        #expect(run.status == 1 && run.output.isEmpty && run.error == message + "\n")
    }

    @Test func `performances are ranked each on its own`() throws {
        let directory = try TemporaryDirectory()
        let text = "heat,entry,judge,score,city\ns,A B,J,5,x\ns,A,J,6,y\nl,A,J,8,y\nl,A B,J,9,x\n"
        let path = try directory.write(text, to: "s.csv")
        let run = try CommandRun(["rank", path, "--stage", "all", "--unit", "performance", "--method", "mean", "--format", "csv"])
        #expect(
            run.output == """
                entry,heat,city,scores,mean,mean_rank,heat_rank
                A B · l,l,x,1,9,1,1
                A · l,l,y,1,8,2,2
                A · s,s,y,1,6,3,1
                A B · s,s,x,1,5,4,2

                """)
        let rule = try CommandRun([
            "rank", path, "--stage", "all", "--heat", "l", "--unit", "performance", "--rule", "Tests/Fixtures/rules/panel-coefficient.json",
            "--method", "mean", "--format", "csv",
        ])
        // 7 / 8.5 = 0.8235; 9 · 0.8235 = 7.41.
        #expect(rule.lines.dropFirst().first == "A B · l,1,7.41,1,9,1")
        let stages = try CommandRun(["rank", "\(contest)/scores.csv", "--unit", "performance", "--rule", "\(contest)/rule.json"])
        #expect(stages.status == 64)
    }

    @Test func `an unknown tie-break is wrong usage`() throws {
        let coin = try CommandRun(["rank", "Data/quickstart.csv", "--tie-break", "coin"])
        #expect(coin.status == 64 && coin.error.contains("--tie-break coin: write criterion:coin if it is a criterion"), "\(coin.error)")
    }

    /// Two judges of technique and two of the market.
    private let facets = """
        entry,judge,criterion,score
        A,T1,tech,8
        A,T2,tech,7
        A,M1,market,6
        A,M2,market,9
        B,T1,tech,9
        B,T2,tech,8
        B,M1,market,5
        B,M2,market,6

        """

    @Test func `judges of different criteria are ranked by a rule that needs no totals, and check says that there are none`() throws {
        let directory = try TemporaryDirectory()
        let scores = try directory.write(facets, to: "scores.csv")
        let rule = try directory.write("{\"steps\": [{\"judges\": \"mean\"}, {\"criteria\": \"sum\"}]}", to: "rule.json")
        let (columns, rows, json) = try Self.table("ranking", [scores, "--rule", rule])
        #expect(columns == ["entry", "scores", "rule", "rule_rank"])
        #expect(rows.map { $0[0] as? String } == ["A", "B"] && rows.map { $0[2] as? Double } == [15, 14])
        #expect((json["notes"] as? [String])?.contains { $0.hasPrefix("8 ballots without all criteria: ") } == true)
        let plain = try CommandRun(["rank", scores])
        #expect(plain.status == 1 && plain.error.hasSuffix("take the criteria one by one. [E308]\n"))
        let totals = try directory.write("{\"steps\": [{\"criteria\": \"sum\"}, {\"judges\": \"mean\"}]}", to: "totals.json")
        #expect(try CommandRun(["rank", scores, "--rule", totals]).error.hasSuffix("[E308]\n"))
        let check = try CommandRun(["check", scores])
        #expect(check.output.contains("Judges score different criteria, so there are no totals: "))
        #expect(check.output.contains("W314") && check.output.contains("(market: M1, M2; tech: T1, T2)"))
        #expect(try CommandRun(["check", scores, "--lang", "zh"]).output.contains("各评委评不同的指标，因此没有总分："))
    }

    @Test func `a rule that combines heats reads all rounds of one performance each, and heats of the last stage`() throws {
        let sports = "Tests/Fixtures/sports", rules = "Tests/Fixtures/rules"
        let diving = try CommandRun([
            "rank", "Data/diving/scores.csv", "--rule", "Data/diving/rule.json", "--verify", "Data/diving/published.csv",
        ])
        #expect(diving.output.hasPrefix("Reproduced: 6 of 6 results, 6 of 6 ranks."))
        let halfpipe = try CommandRun([
            "rank", "\(sports)/halfpipe.csv", "--rule", "\(rules)/halfpipe.json", "--verify", "\(sports)/halfpipe_results.csv",
        ])
        #expect(halfpipe.output.hasPrefix("Reproduced: 8 of 8 results, 8 of 8 ranks."))
        #expect(halfpipe.output.contains("\n- rule: fewer heats than the 3 of the others, and those that there are count: Gruber (2).\n"))
        #expect(halfpipe.output.contains("\n- Ties of rule, broken by heats: Dubois > Fischer (heats).\n"))
        let directory = try TemporaryDirectory()
        let text = "stage,run,entry,judge,score\nheats,1,A,J,9\nheats,1,B,J,8\nfinal,1,A,J,5\nfinal,2,A,J,7\n"
        let scores = try directory.write(text, to: "scores.csv")
        let (_, rows, _) = try Self.table("ranking", [scores, "--rule", "\(rules)/halfpipe.json"])
        #expect(rows.map { $0[0] as? String } == ["A"] && rows.map { $0[2] as? Double } == [7])
        let single = try CommandRun(["rank", scores, "--rule", "\(rules)/halfpipe.json", "--unit", "performance"])
        #expect(single.status != 0 && single.error.contains("--unit performance: the rule combines heats"))
    }

    @Test func `amounts that differ from dive to dive are explained one by one`() throws {
        let (_, rows, _) = try Self.table(
            "explain",
            [
                "Data/diving/scores.csv", "--rule", "Data/diving/rule.json", "--explain", "Costa",
            ])
        let lines = rows.map { $0.compactMap { $0 as? String }.joined(separator: "|") }
        #expect(
            lines.count { $0.hasPrefix("4 multiply|") } == 6 && lines.contains { $0.hasPrefix("1 subtract|3, ") && $0.contains("− 2|") })
        #expect(lines.contains("5 heats|sum of the heats|455.5"))
    }
}
