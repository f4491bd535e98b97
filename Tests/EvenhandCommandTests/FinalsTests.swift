import Foundation
import TestSupport
import Testing

/// The close final of the made contest on the command line.
@Suite struct FinalsTests {
    private let scores = "Data/zhejiang-2022/scores.csv"

    private func csv(_ arguments: [String]) throws -> [[String: String]] {
        let run = try CommandRun(["finals", scores] + arguments + ["--format", "csv", "--draws", "200"])
        #expect(run.status == 0, "\(run.error)")
        let lines = run.lines.dropLast().map(fields)
        return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { $1 } }
    }

    /// Every second part between quotation marks is in them.
    private func fields(_ line: String) -> [String] {
        var fields = [""]
        for (position, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let pieces = position % 2 == 1 ? [part] : part.split(separator: ",", omittingEmptySubsequences: false)
            fields[fields.count - 1] += pieces[0]
            fields += pieces.dropFirst().map(String.init)
        }
        return fields
    }

    /// A and B have the mean 8: A the higher single score, B the higher of the lowest.
    @Test(arguments: [([], "A"), (["--tie-break", "low-scores"], "B")] as [([String], String)])
    func `tie-breaks of the command replace those of the rule`(options: [String], first: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\nA,J,9\nA,K,7\nB,J,8\nB,K,8\nC,J,1\nC,K,2\n", to: "s.csv")
        let rule = try directory.write(#"{"steps": [{"judges": "mean"}], "tieBreaks": ["high-scores"]}"#, to: "rule.json")
        for command in [["finals", "--table", "cut", "--draws", "100"], ["rank"]] {
            let run = try CommandRun(command + [path, "--rule", rule, "--places", "1", "--format", "csv"] + options)
            #expect(run.status == 0 && run.lines[1].hasPrefix(first + ","), "\(run.error)\(run.output)")
        }
    }

    @Test func `the list comes first and stays, the columns have their names`() throws {
        let run = try CommandRun(["finals", scores, "--places", "10", "--format", "csv", "--draws", "500"])
        #expect(
            run.lines[0]
                == "entry,result,gap,gap_se,gap_in_se,expected_rank,low50,high50,low90,high90,p_win,p_top,band,methods_in,judges_that_flip,smallest_change,low90_all,high90_all,in_best_set"
        )
        #expect(run.lines.count == 26)
        #expect(
            run.error.hasPrefix(
                "By the mean of 决赛 the ten are: P034, P032, P094, P065, P048, P067, P099, P119, P028, P072. With these 7 judges, "))
        #expect(run.error.contains("the rule, not the statistics, decides."))
    }

    @Test func `csv computes the table that is asked for`() throws {
        let influence = try csv(["--places", "10", "--table", "influence"])
        #expect(influence.map { $0["left_out"]! } == ["评委03", "评委08", "评委12", "评委16", "评委20", "评委26", "评委31"])
        #expect(influence[1]["enters"] == "P133" && influence[1]["leaves"] == "P028" && influence[0]["winner"] == "P032")
        let methods = try csv(["--places", "10", "--table", "methods"])
        #expect(methods[0]["entry"] == "P034" && methods[0]["kemeny"] == "1" && methods[0]["in"] == "16")
        let review = try csv(["--places", "10", "--table", "review", "--range-limit", "0"])
        #expect(review.count == 24 && review.allSatisfy { $0["reason"]!.hasPrefix("range above 0") })
        let unknown = try CommandRun(["finals", scores, "--places", "10", "--format", "csv", "--table", "nothing"])
        #expect(unknown.status == 64 && unknown.output.isEmpty && unknown.error.contains("the tables are cut, pairs"))
    }

    @Test func `readings and heats of preliminaries without a common judge`() throws {
        let readings = try csv(["--places", "24", "--stage", "初赛", "--table", "readings"])
        #expect(readings.count == 152 && readings[0]["equal_panels_rank"] == "1")
        let heats = try csv(["--places", "24", "--stage", "初赛", "--table", "heats"])
        #expect(heats.map { $0["heat"]! } == (1...9).map { "第\($0)场" })
    }

    @Test func `stages are combined with weights, and their uncertainty too`() throws {
        let rows = try csv(["--places", "10", "--stage-weights", "初赛=0.3,决赛=0.7"])
        let ruled = try csv(["--places", "10", "--rule", "Data/zhejiang-2022/rule.json"])
        #expect(rows.count == 24 && ruled.count == 24 && ruled[0]["entry"] == "P034")
        #expect(ruled.map { $0["result"]! }.prefix(3) == ["87.79", "87.48", "87.27"])
    }

    @Test func `the same judges need a share, or show a range`() throws {
        let range = try csv(["--places", "10", "--about", "same-judges"])
        #expect(
            range.allSatisfy { Double($0["p_top_low"]!)! <= Double($0["p_top"]!)! && Double($0["p_top"]!)! <= Double($0["p_top_high"]!)! })
        // When all of a deviation repeats, so does the list.
        let same = try csv(["--places", "10", "--about", "same-judges", "--repeatable", "1"])
        #expect(same.enumerated().allSatisfy { $1["p_top"] == ($0 < 10 ? "1" : "0") })
        let panel = try CommandRun(["finals", scores, "--places", "10", "--about", "new-panel", "--format", "csv", "--draws", "500"])
        #expect(panel.status == 0 && panel.error.contains("another panel of comparable judges"))
    }

    @Test func `the same seed gives the same bytes, in Chinese and with labels too`() throws {
        let arguments = [
            "finals", scores, "--places", "10", "--draws", "500", "--lang", "zh", "--anonymize", "judges", "--anonymize", "entries",
        ]
        let (a, b) = (try CommandRun(arguments), try CommandRun(arguments))
        #expect(a.status == 0 && a.outputBytes == b.outputBytes)
        #expect(a.output.contains("由规则而非统计决定") && !a.output.contains("P034") && !a.output.contains("评委03"))
        let other = try CommandRun(arguments + ["--seed", "2"])
        #expect(other.outputBytes != a.outputBytes)
    }

    @Test(arguments: [
        (["--places", "0"], "at least one place"), (["--places", "3", "--repeatable", "0.5"], "belongs to --about same-judges"),
        (["--places", "3", "--method", "clipped"], "needs --clip"), (["--places", "3", "--draws", "5"], "between 100 and 1000000"),
        ([], "--places"),
    ])
    func `options that do not go together are refused`(arguments: [String], words: String) throws {
        let run = try CommandRun(["finals", scores] + arguments)
        #expect(run.status == 64 && run.output.isEmpty && run.error.contains(words), "\(run.error)")
    }

    @Test(arguments: [
        ("entry,judge,score\nA,J,1\nB,J,2\n", "scores are too few", "评分太少"),
        ("entry,judge,score\nA,J,5\nB,J,5\nA,K,5\nB,K,5\n", "differ no more than noise", "差异不超过误差"),
    ])
    func `gap and smallest change need no model, and why there is none is said`(text: String, english: String, chinese: String) throws {
        let run = try CommandRun(["finals", "-", "--places", "1", "--plot"], input: Array(text.utf8))
        #expect(run.status == 0 && run.output.contains("nothing is said about how certain") && run.output.contains(english), "\(run.error)")
        #expect(run.output.contains("gap") && run.output.contains("one score by") && !run.output.contains("P(best)"))
        let other = try CommandRun(["finals", "-", "--places", "1", "--lang", "zh"], input: Array(text.utf8))
        #expect(other.status == 0 && other.output.contains(chinese) && other.output.contains("单个评分变动"))
    }

    /// Six entries, seven judges and two criteria: the first by technique are the last by show.
    private static let weighed: String = {
        var rows = ["entry,judge,criterion,score"]
        for entry in 0..<6 {
            for judge in 0..<7 {
                let noise = (entry * 3 + judge * (entry + 2)) % 3 - 1
                rows.append("E\(entry),J\(judge),tech,\(90 - 3 * entry + noise)")
                rows.append("E\(entry),J\(judge),show,\(60 + 5 * entry + noise)")
            }
        }
        return rows.joined(separator: "\n")
    }()

    private func probabilities(_ arguments: [String], in directory: TemporaryDirectory) throws -> [String: String] {
        let run = try CommandRun(
            ["finals", "\(directory.path)/scores.csv", "--places", "3", "--format", "csv", "--draws", "500"] + arguments)
        #expect(run.status == 0, "\(run.error)")
        let lines = run.lines.dropLast().map(fields)
        let position = try #require(lines[0].firstIndex(of: "p_top"))
        return Dictionary(uniqueKeysWithValues: lines.dropFirst().map { ($0[0], $0[position]) })
    }

    @Test func `probabilities are about the rule's result`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.weighed, to: "scores.csv")
        let rule = try directory.write(
            #"{"name":"w","steps":[{"multiply":[{"criterion":"tech","value":0.9},{"criterion":"show","value":0.1}]},{"criteria":"sum"},{"judges":"mean"}]}"#,
            to: "rule.json")
        let byRule = try probabilities(["--rule", rule], in: directory)
        #expect(byRule == (try probabilities(["--weights", "tech=0.9,show=0.1"], in: directory)))
        #expect(["E0", "E1", "E2"].allSatisfy { byRule[$0] == "1" })
        // Equal weights turn the list round.
        let plain = try probabilities([], in: directory)
        #expect(["E3", "E4", "E5"].allSatisfy { plain[$0] == "1" })
    }

    @Test func `a deduction of the rule counts in probabilities`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.weighed, to: "scores.csv")
        let entries = try directory.write(
            "entry,deduction\nE0,0\nE1,0\nE2,0\nE3,0\nE4,0\nE5,40\n", to: "entries.csv")
        let rule = try directory.write(
            #"{"name":"d","steps":[{"criteria":"sum"},{"trim":1},{"judges":"mean"},{"subtract":{"attribute":"deduction"}}]}"#,
            to: "rule.json")
        let found = try probabilities(["--rule", rule, "--entries", entries], in: directory)
        #expect(found["E5"] == "0" && found["E4"] == "1" && found["E2"] == "1")
    }

    @Test func `coverage is simulated and said`() throws {
        let directory = try TemporaryDirectory()
        var rows = ["entry,judge,score"]
        for entry in 0..<6 {
            for judge in 0..<4 { rows.append("E\(entry),J\(judge),\(70 + 3 * entry + 2 * judge + (entry * 5 + judge * 3) % 7)") }
        }
        let file = try directory.write(rows.joined(separator: "\n"), to: "scores.csv")
        let run = try CommandRun([
            "finals", file, "--places", "2", "--check-coverage", "--model", "crossed", "--format", "csv", "--table", "coverage",
        ])
        #expect(run.status == 0, "\(run.error)")
        let lines = run.lines.dropLast().map(fields)
        #expect(lines[0] == ["what", "promised", "held", "cases"] && lines.count == 7)
        let wide = try #require(lines.first { $0[0] == "90 % rank intervals" })
        let held = try #require(Double(wide[2]))
        #expect(Double(wide[1]) == 0.9 && (0.85...1).contains(held) && Int(wide[3]) == 1200)
    }

    @Test func `panels without a common judge come with their assumption first`() throws {
        let run = try CommandRun(["finals", scores, "--places", "24", "--stage", "初赛", "--format", "csv", "--draws", "200"])
        #expect(
            run.error.hasPrefix(
                "The panels fall into 3 groups that share no judge: across them the list is an assumption, here that all panels are equally severe."
            ))
        let centered = try CommandRun(
            [
                "finals", scores, "--places", "24", "--stage", "初赛", "--method", "zscore", "--lang", "zh", "--format", "csv", "--draws",
                "200",
            ])
        #expect(centered.error.hasPrefix("各评委组分为 3 个互不重叠的组：跨组名次只是一种假设，此处假设各场次水平相同。"))
    }

    @Test func `a tie across the cut is named`() throws {
        let text = "entry,judge,score\nA,J,9\nA,K,8\nB,J,7\nB,K,8\nC,J,8\nC,K,7\nD,J,5\nD,K,4\n"
        let run = try CommandRun(["finals", "-", "--places", "2"], input: Array(text.utf8))
        #expect(
            run.output.contains("a tie crosses the cut: B, C share place 2, and the rule must say who of them goes on"), "\(run.output)")
    }
}
