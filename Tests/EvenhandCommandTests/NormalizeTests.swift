import TestSupport
import Testing

@Suite struct NormalizeTests {
    @Test func `the columns are those of the contract`() throws {
        let run = try CommandRun(["normalize", "Data/zhejiang-2022/scores.csv", "--format", "csv"])
        #expect(run.lines.first == "stage,heat,entry,judge,score,normalized")
        #expect(run.lines.count == 1 + 24 * 7 + 1)
        #expect(run.error.hasPrefix("zscore: every judge saw the same entries, so scales can be compared without an assumption.\n"))
        #expect(run.error.contains("sample SD (n − 1)"))
    }

    @Test func `the table has its verdict first and its notes last`() throws {
        let run = try CommandRun(["normalize", "Data/quickstart.csv", "--method", "centered", "--top", "2"])
        #expect(
            run.output == """
                centered: every judge saw the same entries, so scales can be compared without an assumption.

                entry  judge   score  normalized
                ─────  ──────  ─────  ──────────
                项目A  评委丁  94.00      94.575
                项目A  评委丙  78.00      81.075

                - centered: score − judge's mean + grand mean.
                - fewer than 8 scores: mean and SD shrunk toward the pool (weight n / (n + 4) on their own): 评委丁, 评委丙, 评委乙, 评委甲.

                """)
    }

    /// All judges have fewer scores than eight.
    @Test(arguments: [["normalize"], ["rank", "--method", "zscore"]])
    func `a judge with few scores is treated as asked`(command: [String]) throws {
        let runs = try ["shrink", "pool", "own"].map { below in
            try CommandRun([command[0], "Data/quickstart.csv"] + command.dropFirst() + ["--below", below, "--format", "csv"])
        }
        #expect(runs.allSatisfy { $0.status == 0 } && Set(runs.map(\.output)).count == 3)
        let usual = try CommandRun([command[0], "Data/quickstart.csv"] + command.dropFirst() + ["--format", "csv"])
        #expect(usual.output == runs[0].output)
        // All judges saw all entries: with the scale of the pool only their means differ.
        #expect(runs[1].error.contains("pool") && runs[2].error != runs[1].error)
    }

    @Test func `each criterion can have a scale of its own`() throws {
        let directory = try TemporaryDirectory()
        let rows = (0..<24).map { "E\($0 / 4),J\($0 / 2 % 2),\($0 % 2 == 0 ? "idea" : "market"),\($0 * 7 % 23)\n" }
        let path = try directory.write("entry,judge,criterion,score\n" + rows.joined(), to: "s.csv")
        let parts = try CommandRun(["normalize", path, "--per", "criterion", "--format", "csv"])
        #expect(parts.lines.first == "entry,judge,criterion,score,normalized")
        #expect(parts.lines.count == 26)
        let totals = try CommandRun(["normalize", path, "--format", "csv"])
        #expect(totals.lines.first == "entry,judge,score,normalized")
        #expect(totals.lines.count == 14)
    }

    @Test(arguments: ["centered", "zscore", "robust-z", "percentile", "rankit", "coefficient"])
    func `every method of the contract runs`(method: String) throws {
        let run = try CommandRun(["normalize", "Data/zhejiang-2022/scores.csv", "--stage", "初赛", "--method", method, "--format", "json"])
        #expect(run.status == 0 && run.error.isEmpty)
        #expect(run.output.contains("\n  \"command\": \"normalize\",\n") && run.output.contains("\"method\": \"\(method)\""))
    }
}
