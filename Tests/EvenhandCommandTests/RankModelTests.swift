import Foundation
import TestSupport
import Testing

/// Fair averages on the command line.
@Suite struct RankModelTests {
    private let fixture = "Tests/Fixtures/lmm/contest_150x32.csv"

    private func json(_ arguments: [String]) throws -> [String: Any] {
        let run = try CommandRun(["rank"] + arguments + ["--format", "json", "--lang", "en"])
        #expect(run.status == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// The expected criterion and variances are lme4's (`Fixtures/lmm/expected.csv`).
    @Test func `json states the fit, and the table the fair averages with their errors`() throws {
        let output = try json([fixture, "--method", "crossed"])
        let fit = try #require((output["fits"] as? [String: [String: Double]])?["crossed"])
        #expect(isClose(fit["criterion"]!, 5583.925477816463, relative: 1e-9))
        #expect(isClose(fit["var_entry"]!, 55.05579631904734, relative: 1e-6))
        #expect(isClose(fit["var_judge"]!, 26.920523729272542, relative: 1e-6))
        #expect(isClose(fit["var_residual"]!, 34.59846222425703, relative: 1e-6))
        let table = try #require((output["tables"] as? [String: [String: Any]])?["ranking"])
        let columns = try #require(table["columns"] as? [String])
        let rows = try #require(table["rows"] as? [[Any]])
        let position = try #require(columns.firstIndex(of: "crossed"))
        #expect(Array(columns[position...position + 2]) == ["crossed", "crossed_rank", "crossed_se"])
        let first = try #require(rows.first { $0[0] as? String == "P001" })
        #expect(isClose(first[position] as! Double, 53.86499464229422, relative: 1e-6))
        #expect(isClose(first[position + 2] as! Double, 2.7109007936106804, relative: 1e-6))
    }

    @Test func `maximum likelihood is asked for by --model-method`() throws {
        let output = try json([fixture, "--method", "crossed", "--model-method", "ml"])
        let fit = try #require((output["fits"] as? [String: [String: Double]])?["crossed"])
        #expect(isClose(fit["criterion"]!, 5585.986454228466, relative: 1e-9))
    }

    @Test func `heats and judges may both be random, and the notes say what heats mean`() throws {
        let disjoint = "Tests/Fixtures/lmm/contest_disconnected.csv"
        let output = try json([disjoint, "--assume", "both-random"])
        let fit = try #require((output["fits"] as? [String: [String: Double]])?["crossed"])
        #expect(fit["var_heat"] != nil)
        #expect((output["verdict"] as! String).contains("sorted by crossed"))
        let notes = (output["notes"] as! [String]).joined()
        #expect(notes.contains("Standard deviations: entries") && notes.contains("heats"))
    }

    @Test func `in a complete table the additive result is the mean`() throws {
        let run = try CommandRun(["rank", "Data/quickstart.csv", "--method", "mean", "--method", "additive", "--format", "csv"])
        let rows = run.lines.dropLast().map { $0.split(separator: ",").map(String.init) }
        #expect(rows[0] == ["entry", "scores", "mean", "mean_rank", "additive", "additive_rank", "additive_se"])
        #expect(rows.dropFirst().allSatisfy { isClose(Double($0[2])!, Double($0[4])!, relative: 1e-12) && $0[3] == $0[5] })
    }

    /// L gives 6 points more than J, S 6 less.
    @Test(arguments: ["crossed", "additive", "calibrated"])
    func `an explanation says who is severe and who is lenient`(method: String) throws {
        var rows = ["entry,judge,score"]
        for entry in 0..<12 {
            for (judge, shift) in [("J", 0), ("L", 6), ("S", -6)] {
                rows.append("E\(entry),\(judge),\(70 + (entry * 5) % 9 + shift + (entry * shift) % 4)")
            }
        }
        let directory = try TemporaryDirectory()
        let run = try CommandRun(
            ["rank", directory.write(rows.joined(separator: "\n"), to: "s.csv"), "--method", method, "--explain", "E1"])
        #expect(run.status == 0, "\(run.error)")
        let steps = run.lines.filter { $0.hasPrefix(method) }
        #expect(steps.contains { $0.contains("L: ") && $0.contains("lenient") && !$0.contains("severe") }, "\(steps)")
        #expect(steps.contains { $0.contains("S: ") && $0.contains("severe") && !$0.contains("lenient") }, "\(steps)")
    }

    @Test func `the methods are named in both languages`() throws {
        let run = try CommandRun(["rank", fixture, "--method", "crossed", "--method", "additive", "--lang", "zh", "--top", "3"])
        #expect(run.status == 0 && run.output.contains("限制性最大似然") && run.output.contains("最小二乘"))
    }

    @Test func `scores that are explained exactly are answered, and it is said that the noise is 0`() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("entry,judge,score\nA,J,5\nA,K,5\nB,J,5\nB,K,5\n", to: "constant.csv")
        let run = try CommandRun(["rank", file, "--method", "crossed"])
        #expect(run.status == 0 && run.output.contains("the noise is 0"))
        let chinese = try CommandRun(["rank", file, "--method", "crossed", "--lang", "zh"])
        #expect(chinese.status == 0 && chinese.output.contains("误差为 0"))
    }
}
