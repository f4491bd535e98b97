import Foundation
import TestSupport
import Testing

@Suite struct RankTests {
    private let scores = "Data/zhejiang-2022/scores.csv"
    private let entries = "Data/zhejiang-2022/entries.csv"

    private func csv(_ arguments: String...) throws -> [[String]] {
        let run = try CommandRun(["rank"] + arguments + ["--format", "csv"])
        #expect(run.status == 0, "\(run.error)")
        return run.lines.dropLast().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private func column(_ name: String, of rows: [[String]]) throws -> [String] {
        let index = try #require(rows.first?.firstIndex(of: name), "no column \(name)")
        return rows.dropFirst().map { $0[index] }
    }

    @Test func `the table is asserted whole`() throws {
        let run = try CommandRun(["rank", "Data/quickstart.csv"])
        #expect(
            run.output == """
                All 6 entries were scored by the same 4 judges: this order needs no assumption about judges' severity.

                entry  scores    mean  rank  trimmed  rank  zscore  rank
                ─────  ──────  ──────  ────  ───────  ────  ──────  ────
                项目A       4  86.375     1   86.750     2   0.732     2
                项目B       4  85.500     2   87.000     1   0.804     1
                项目E       4  83.750     3   84.750     3   0.250     3
                项目C       4  81.500     4   82.000     4  -0.021     4
                项目D       4  77.625     5   78.750     5  -0.664     5
                项目F       4  75.500     6   77.000     6  -1.072     6

                - Ranked: 6 entries, 4 judges.
                - trimmed: the highest and the lowest score of each entry left out.
                - zscore: (score − judge's mean) / SD, sample SD (n − 1); mean over judges.
                - fewer than 8 scores: mean and SD shrunk toward the pool (weight n / (n + 4) on their own): 评委丁, 评委丙, 评委乙, 评委甲.

                """)
        #expect(run.error.isEmpty && run.status == 0)
    }

    @Test func `the columns of CSV are those of the contract, and words go to standard error`() throws {
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--format", "csv"])
        #expect(run.lines.first == "entry,scores,mean,mean_rank,trimmed,trimmed_rank,zscore,zscore_rank")
        #expect(run.lines.count == 8 && run.lines.last == "")
        #expect(run.lines[1].hasPrefix("项目A,4,86.375,1,86.75,2,0.7"))
        #expect(run.error.hasPrefix("All 6 entries were scored by the same 4 judges"))
        #expect(run.error.contains("\nRanked: 6 entries, 4 judges.\n"))
    }

    @Test func `JSON has the keys of the contract in their order`() throws {
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--format", "json", "--method", "mean", "--top", "1"])
        #expect(
            run.output.hasPrefix(
                """
                {
                  "evenhand": "0.1.0",
                  "schema": 1,
                  "command": "rank",
                  "arguments": [
                    "rank",
                    "Data/quickstart.csv",
                    "--format",
                    "json",
                    "--method",
                    "mean",
                    "--top",
                    "1",
                    "--lang",
                    "en"
                  ],
                  "input": [
                    { "path": "Data/quickstart.csv", "bytes": 570, "rows": 24, "sha256": "22a2f18e805494779000b912e3daddc50eaa1858e959c6404347d26fe2edbf98"}
                  ],
                  "files": [],
                  "options": {
                """))
        let keys = run.lines.filter { $0.hasPrefix("  \"") }.map { $0.split(separator: "\"").dropFirst().first ?? "" }
        #expect(keys == ["evenhand", "schema", "command", "arguments", "input", "files", "options", "verdict", "tables", "notes"])
        let json = try #require(JSONSerialization.jsonObject(with: run.outputBytes) as? [String: Any])
        let table = try #require((json["tables"] as? [String: [String: Any]])?["ranking"])
        #expect(table["columns"] as? [String] == ["entry", "scores", "mean", "mean_rank"])
        #expect((table["rows"] as? [[Any]])?.count == 1)
        #expect(json["notes"] as? [String] == ["Ranked: 6 entries, 4 judges."])
    }

    @Test func `the last stage is ranked, and what was left out is said`() throws {
        let run = try CommandRun(["rank", scores])
        #expect(run.output.contains("\n- Ranked: 决赛, 24 entries, 7 judges. 9 earlier heats left out; see --stage.\n"))
        #expect(try CommandRun(["rank", scores, "--stage", "决赛"]).output.contains("\n- Ranked: 决赛, 24 entries, 7 judges.\n"))
    }

    @Test func `parallel heats without a common judge are listed heat by heat`() throws {
        let rows = try csv(scores, "--stage", "初赛")
        #expect(
            rows[0] == ["entry", "heat", "scores", "mean", "mean_rank", "trimmed", "trimmed_rank", "zscore", "zscore_rank", "heat_rank"])
        let heats = try column("heat", of: rows)
        #expect(heats.count == 152)
        #expect(heats == heats.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        let ranks = Dictionary(grouping: zip(heats, try column("heat_rank", of: rows)), by: \.0)
        #expect(ranks.keys.sorted() == (1...9).map { "第\($0)场" })
        #expect(ranks.values.allSatisfy { $0.first?.1 == "1" && $0.compactMap { Int($0.1) } == $0.compactMap { Int($0.1) }.sorted() })
        let run = try CommandRun(["rank", scores, "--stage", "初赛"])
        #expect(
            run.lines.first
                == "The panels fall into 3 groups that share no judge. The order within a heat holds; across heats it rests on an assumption."
        )
    }

    @Test(arguments: [
        ("equal-panels", "mean", "Assumed here: all panels are equally severe (sorted by mean)."),
        ("equal-heats", "centered", "Assumed here: all heats are equally strong (sorted by centered)."),
    ])
    func `an assumption makes entries of different panels comparable`(assumption: String, method: String, sentence: String) throws {
        let arguments = [scores, "--stage", "初赛", "--assume", assumption]
        #expect(try CommandRun(["rank"] + arguments).lines.first?.hasSuffix(sentence) == true)
        let values = try column(method, of: csv(scores, "--stage", "初赛", "--assume", assumption)).compactMap(Double.init)
        // Results that differ by a rounding are tied and are in the order of their names.
        #expect(values.count == 152 && zip(values, values.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
    }

    @Test func `each heat and each sector has a table of its own`() throws {
        let heats = try CommandRun(["rank", scores, "--stage", "初赛", "--each", "heat"])
        #expect(heats.lines.filter { $0.hasPrefix("第") } == (1...9).map { "第\($0)场" })
        #expect(heats.lines.filter { $0.hasPrefix("───") }.count == 9)
        let sectors = try CommandRun(["rank", scores, "--entries", entries, "--each", "sector", "--format", "markdown", "--top", "1"])
        #expect(sectors.lines.filter { $0.hasPrefix("### ") }.count == 7)
        #expect(sectors.lines.filter { $0.hasPrefix("| P") }.allSatisfy { $0.contains("| 1 |") })
        let one = try csv(scores, "--stage", "初赛", "--each", "heat", "--table", "第2场")
        #expect(Set(try column("heat", of: one)) == ["第2场"])
        #expect(try column("mean_rank", of: one).first == "1")
    }

    @Test func `entries without a value keep a table of their own`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score,sector\nA,J,3,x\nB,J,2,\nC,J,1,\n", to: "s.csv")
        let run = try CommandRun(["rank", path, "--each", "sector", "--method", "mean", "--format", "markdown"])
        #expect(run.lines.filter { $0.hasPrefix("### ") } == ["### x", "### sector: none"])
        #expect(run.lines.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| -") && !$0.hasPrefix("| entry") }.count == 3)
    }

    @Test func `a warning about an anonymized sheet does not name the judge`() throws {
        let rows = ["A", "B", "C", "D"].flatMap { entry in ["甲", "乙", "丙"].map { "\(entry),\($0),8\(entry.utf8.first! % 10)\n" } }
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\n" + rows.joined() + "E,甲,8.9\nE,乙,89\nE,丙,88\n", to: "s.csv")
        let run = try CommandRun(["rank", path, "--anonymize", "judges", "--anonymize", "entries"])
        #expect(run.error.contains("[W301]") && run.error.contains("8.9 for E05 by J0") && !run.error.contains("甲"))
    }

    @Test func `options of the list do what they say`() throws {
        #expect(try column("entry", of: csv("Data/quickstart.csv", "--top", "2")) == ["项目A", "项目B"])
        #expect(try column("entry", of: csv("Data/quickstart.csv", "--sort", "zscore", "--top", "1")) == ["项目B"])
        #expect(try column("in", of: csv("Data/quickstart.csv", "--places", "2")) == ["in", "in", "out", "out", "out", "out"])
        #expect(try column("entry", of: csv("Data/quickstart.csv", "--anonymize", "entries", "--top", "2")) == ["E01", "E02"])
        let judges = try CommandRun(["rank", "Data/quickstart.csv", "--anonymize", "judges"])
        #expect(judges.output.contains("J01, J02, J03, J04") && !judges.output.contains("评委"))
    }

    @Test(arguments: [
        ("min", ["1", "2", "2", "4"]), ("dense", ["1", "2", "2", "3"]), ("average", ["1", "2.5", "2.5", "4"]),
        ("ordinal", ["1", "2", "3", "4"]),
    ])
    func `equal results share ranks by the rule`(rule: String, ranks: [String]) throws {
        let directory = try TemporaryDirectory()
        // 0.1 + 0.2 and 0.15 + 0.15 are the same in decimal only.
        let path = try directory.write(
            "entry,judge,score\nA,J,0.9\nA,K,0.9\nB,J,0.1\nB,K,0.2\nC,J,0.15\nC,K,0.15\nD,J,0\nD,K,0\n", to: "s.csv")
        let rows = try csv(path, "--method", "mean", "--ties", rule)
        #expect(try column("mean_rank", of: rows) == ranks)
        #expect(try column("entry", of: rows) == ["A", "B", "C", "D"])
    }

    /// A and B share place 2, so that of the three within the first two places one stays out.
    @Test func `a tie that crosses the cut is counted by itself`() throws {
        let sheet = Array("entry,judge,score\nA,J,7\nB,J,7\nC,J,9\nD,J,1\n".utf8)
        let run = try CommandRun(["rank", "-", "--places", "2", "--method", "mean"], input: sheet)
        #expect(run.output.contains("A tie crosses the cut: 2 entries share place 2, and only 1 of them can be among the first 2."))
        let none = try CommandRun(["rank", "-", "--places", "3", "--method", "mean"], input: sheet)
        #expect(!none.output.contains("crosses the cut"))
    }

    @Test func `Chinese changes words, never the names of columns`() throws {
        let table = try CommandRun(["rank", "Data/quickstart.csv", "--lang", "zh"])
        #expect(table.lines.first == "全部 6 个项目由同一组 4 位评委评分：该排序不需要对评委宽严作任何假设。")
        #expect(table.lines[2].hasPrefix("项目   评分数  平均分  名次"))
        let english = try CommandRun(["rank", "Data/quickstart.csv", "--format", "csv"])
        let chinese = try CommandRun(["rank", "Data/quickstart.csv", "--format", "csv"], environment: ["LC_ALL": "zh_CN.UTF-8"])
        #expect(english.output == chinese.output)
        #expect(chinese.error.hasPrefix("全部 6 个项目"))
    }

    @Test func `a sheet whose own result is trimmed is sorted by it, and that is said`() throws {
        let scores = ["A,90,80,85,70,99", "B,88,86,87,60,90", "C,70,95,91,89,90", "D,80,81,79,82,95"]
        func text(_ results: [String]) -> [UInt8] {
            Array((["项目,评委1,评委2,评委3,评委4,评委5,最后得分"] + zip(scores, results).map { "\($0),\($1)" }).joined(separator: "\n").utf8)
        }
        func order(_ results: [String], _ arguments: [String] = []) throws -> (order: String, verdict: String) {
            let run = try CommandRun(["rank", "-", "--format", "csv"] + arguments, input: text(results))
            return (run.lines.dropFirst().map { String($0.prefix(1)) }.joined(), run.error)
        }
        let trimmed = ["85.00", "87.00", "90.00", "81.00"]
        let own = try order(trimmed)
        #expect(own.order == "CBAD")
        #expect(
            own.verdict.contains(
                "Sorted by trimmed, since the sheet's own column 最后得分 leaves out the highest and the lowest score of each entry"))
        let asked = try order(trimmed, ["--sort", "mean"])
        #expect(asked.order == "CADB" && !asked.verdict.contains("own column"))
        let means = try order(["84.80", "82.20", "87.00", "83.40"])
        #expect(means.order == "CADB" && !means.verdict.contains("own column"))
        // Whoever asks about the cut is told of the same list.
        func inside(_ results: [String], _ arguments: [String] = []) throws -> (entries: String, verdict: String) {
            let run = try CommandRun(
                ["finals", "-", "--places", "2", "--draws", "100", "--format", "csv"] + arguments, input: text(results))
            return (run.lines.dropFirst().prefix(2).map { String($0.prefix(1)) }.joined(), run.error)
        }
        let cut = try inside(trimmed)
        #expect(cut.entries == "CB" && cut.verdict.contains("column 最后得分 leaves out"), "\(cut)")
        let plain = try inside(trimmed, ["--method", "mean"])
        #expect(plain.entries == "CA" && !plain.verdict.contains("own column"), "\(plain)")
    }
}
