import Foundation
import TestSupport
import Testing

@Suite struct RankVerifyTests {
    private let scores = "Data/zhejiang-2022/scores.csv"
    private let published = "Data/zhejiang-2022/published.csv"

    @Test func `the rule of the made contest is named, and its list has one wrong total and one exchanged pair`() throws {
        let (columns, rows, json) = try RankRuleTests.table("verification", [scores, "--verify", published])
        #expect(columns == ["entry", "published", "ours", "difference", "published_rank", "rank"])
        #expect(
            (json["verdict"] as? String)?.hasPrefix(
                "Reproduced: 21 of 24 results, 22 of 24 ranks. Rule found: mean without the highest and the lowest score, rounded half up to 2 decimals."
            )
                == true)
        #expect(rows.map { $0[0] as? String } == ["P077", "P049", "P108"])
        #expect(rows.map { $0[3] as? Double } == [0.84, -0.84, -0.18])
        #expect((json["notes"] as? [String])?.first == "P077 and P049 each have the other's result: were their names exchanged?")
    }

    @Test func `of 150 simulated entries a wrong total and an exchanged pair are found`() throws {
        let directory = try TemporaryDirectory()
        let made = try CommandRun([
            "simulate", "--entry-count", "150", "--judge-count", "7", "--decimals", "1", "--seed", "5", "--output", directory.path,
        ])
        #expect(made.status == 0)
        let path = "\(directory.path)/scores.csv"
        let ranking = try CommandRun(["rank", path, "--method", "trimmed", "--round", "2", "--format", "csv"])
        // entry, scores, trimmed, trimmed_rank
        var list = ranking.lines.dropFirst().dropLast().map { $0.split(separator: ",").map(String.init) }
        #expect(list.count == 150)
        (list[20][0], list[90][0]) = (list[90][0], list[20][0])
        list[60][2] = "99.99"
        let text = "项目,得分,名次\n" + list.map { "\($0[0]),\($0[2]),\($0[3])\n" }.joined()
        let verified = try directory.write(text, to: "list.csv")
        let run = try CommandRun(["rank", path, "--verify", verified])
        #expect(run.status == 0)
        #expect(
            run.lines[0].hasPrefix(
                "Reproduced: 147 of 150 results, 148 of 150 ranks. Rule found: mean without the highest and the lowest score, rounded half up to 2 decimals."
            ))
        let (_, rows, _) = try RankRuleTests.table("verification", [path, "--verify", verified])
        #expect(rows.map { $0[0] as? String } == [20, 60, 90].map { list[$0][0] })
        #expect(try CommandRun(["rank", path, "--verify", verified, "--strict"]).status == 2)
    }

    @Test func `a list that follows from a rule has no differences`() throws {
        let directory = try TemporaryDirectory()
        let rule = ["--rule", "Data/zhejiang-2022/rule.json", "--method", "mean"]
        let ranking = try CommandRun(["rank", scores] + rule + ["--format", "csv"])
        let list = ranking.lines.dropFirst().dropLast().map { $0.split(separator: ",") }.map { "\($0[0]),\($0[2]),\($0[3])\n" }
        let path = try directory.write("entry,result,rank\n" + list.joined() + "Nobody,1.00,25\n", to: "list.csv")
        let run = try CommandRun(["rank", scores, "--verify", path] + rule)
        #expect(run.output.hasPrefix("Reproduced: 24 of 25 results, 24 of 25 ranks. The rule counts 初赛, "))
        #expect(run.output.contains("\n- Only in the list, and so not reproduced: Nobody.\n"))
        let anonymous = try CommandRun(["rank", scores, "--verify", path, "--anonymize", "entries"] + rule)
        #expect(anonymous.output.hasPrefix("Reproduced: 24 of 25 results") && !(anonymous.output + anonymous.error).contains("Nobody"))
        let chinese = try CommandRun(["rank", scores, "--verify", path, "--lang", "zh"] + rule)
        #expect(chinese.output.hasPrefix("核对结果：25 个得分中有 24 个相符，25 个名次中有 24 个相符。"))
        #expect(chinese.error == "公布的名单有 1 行与评分不符。[W401]\n")
    }

    @Test func `a list has a title, a footer, and entries that did not come`() throws {
        let directory = try TemporaryDirectory()
        let scores = try directory.write("entry,judge,score\n甲,J,8\n甲,K,9\n乙,J,7\n乙,K,7\n丙,J,6\n丙,K,5\n", to: "scores.csv")
        let names = "决赛成绩公示,,\n名次,企业名称,最终得分\n1,甲,8.5\n2,乙,7\n-,丙,DNS\n公示期：5月1日至5月7日,,\n"
        let run = try CommandRun(["rank", scores, "--verify", try directory.write(names, to: "names.csv")])
        #expect(run.output.hasPrefix("Reproduced: 2 of 2 results, 2 of 2 ranks. Rule found: mean of the scores"), "\(run.error)")
        let ranks = try directory.write("企业名称,名次\n甲,1\n乙,2\n丙,3\n", to: "ranks.csv")
        let chinese = try CommandRun(["rank", scores, "--verify", ranks, "--lang", "zh"])
        #expect(chinese.output.hasPrefix("核对结果：3 个名次中有 3 个相符。"))
    }

    @Test func `output may not overwrite the list or the rule`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,rank\nP034,1\n", to: "list.csv")
        let run = try CommandRun(["rank", scores, "--verify", path, "--output", path])
        #expect(run.status == 1 && run.error.contains("[E502]"))
    }

    /// Two entries in two heats each.
    private let heats = """
        heat,entry,judge,score
        h1,A,Ann,8
        h1,A,Ben,9
        h1,B,Ann,7
        h1,B,Ben,6
        h2,A,Ann,5
        h2,A,Ben,8
        h2,B,Ann,7.5
        h2,B,Ben,9

        """
    private let byHeat = "heat,entry,result,rank\nh1,A,8.5,1\nh1,B,6.5,2\nh2,A,6.5,2\nh2,B,8.25,1\n"

    @Test func `a list with a column of heats is compared with performances, or with the heats that are ranked`() throws {
        let directory = try TemporaryDirectory()
        let (scores, list) = (try directory.write(heats, to: "scores.csv"), try directory.write(byHeat, to: "list.csv"))
        let all = ["rank", scores, "--verify", list, "--stage", "all"]
        let performances = try CommandRun(all + ["--unit", "performance"])
        #expect(performances.output.hasPrefix("Reproduced: 4 of 4 results, 4 of 4 ranks. Rule found: mean of the scores"))
        #expect(try CommandRun(all + ["--each", "heat"]).output.hasPrefix("Reproduced: 4 of 4 results, 4 of 4 ranks."))
        let one = try CommandRun(["rank", scores, "--verify", list, "--heat", "H2"])
        #expect(one.output.hasPrefix("Reproduced: 2 of 2 results, 2 of 2 ranks."))
        #expect(one.output.contains("\n- 2 lines of the list left out: they belong to other heats.\n"))
        let entries = try CommandRun(all)
        #expect(entries.status == 1 && entries.error.hasPrefix("The published list has several different lines for A, "))
        #expect(entries.error.hasSuffix(" [E323]\n"))
    }

    @Test func `a list that names nobody who is ranked reproduces nothing and finds no rule`() throws {
        let directory = try TemporaryDirectory()
        let scores = try directory.write(heats, to: "scores.csv")
        let others = try directory.write("entry,result\nX,8\nY,7\n", to: "others.csv")
        let run = try CommandRun(["rank", scores, "--heat", "h1", "--verify", others])
        #expect(run.output.hasPrefix("None of the names in the published list is an entry that is ranked; see --column entry=HEADER, "))
        #expect(run.error.contains("[W401]") && !run.output.contains("Rule found"))
        let absent = try directory.write("entry,result\nA,DNS\nB,-\nX,8\n", to: "absent.csv")
        let nothing = try CommandRun(["rank", scores, "--heat", "h1", "--verify", absent])
        #expect(
            nothing.output.hasPrefix("None of the names") && nothing.output.contains("\n- In the list without a result or a rank: A, B.\n"))
        let wrong = try directory.write("entry,result\nA,1\nB,DNS\n", to: "wrong.csv")
        let none = try CommandRun(["rank", scores, "--heat", "h1", "--verify", wrong])
        #expect(
            none.output.hasPrefix("Reproduced: 0 of 1 results. None of the usual rules gives this list; name its own with --rule FILE."))
        let empty = try CommandRun([
            "rank", scores, "--heat", "h1", "--verify", try directory.write("entry,result\nA,-\n", to: "empty.csv"),
        ])
        #expect(empty.status == 1 && empty.error.hasSuffix("write numbers, or name the column result or rank. [E116]\n"))
    }
}
