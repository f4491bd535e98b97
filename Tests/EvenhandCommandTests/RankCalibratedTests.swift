import Foundation
import TestSupport
import Testing

/// Judges of different scale and noise on the command line, and the warning of weak links.
@Suite struct RankCalibratedTests {
    /// Entries of growing strength, each met by the next judges of a row; or by judges all over it.
    private func contest(isChain: Bool) -> String {
        let rows = (0..<48).flatMap { entry in
            (0..<4).map { position in
                let judge = isChain ? entry * 12 / 47 + position : (entry * 7 + position * 5) % 16
                let noise = Double((entry * 31 + judge * 17 + entry * judge * 7) % 23) / 4
                let points = 60 + Double(entry) / 2 + Double(judge * 5 % 7) + noise
                return "E\(100 + entry),J\(10 + judge),\(points)"
            }
        }
        return (["entry,judge,score"] + rows).joined(separator: "\n")
    }

    @Test func `the quickstart's wild judge counts for less`() throws {
        let run = try CommandRun([
            "rank", "Data/quickstart.csv", "--method", "mean", "--method", "calibrated", "--explain", "项目A", "--format", "json",
        ])
        #expect(run.status == 0, "\(run.error)")
        let output = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let fit = try #require((output["fits"] as? [String: [String: Double]])?["calibrated"])
        let names = ["log_likelihood", "location", "scale", "noise", "location_sd", "scale_sd", "noise_sd"]
        #expect(Set(fit.keys) == Set(names) && fit["noise_sd"]! > 1)
        let tables = try #require(output["tables"] as? [String: [String: Any]])
        #expect((tables["ranking"]?["columns"] as? [String])?.suffix(3) == ["calibrated", "calibrated_rank", "calibrated_se"])
        let rows = try #require(tables["explain"]?["rows"] as? [[String]])
        let steps = rows.filter { $0[0] == "calibrated" }.map { $0[1] }
        #expect(steps[0].hasPrefix("评委丁: ") && steps[0].contains(", scale ") && steps[0].contains(", noise "))
        for step in ["mean of the scores as given", "severity of its judges", "scales and noises of its judges", "rank among 6"] {
            #expect(steps.contains(step), "\(steps)")
        }
        #expect(steps.contains("places gained compared with the mean (rank 1)"))
        let notes = (output["notes"] as! [String]).joined()
        #expect(
            notes.contains("what the median judge would have given") && notes.contains("Judges' scales are drawn toward the panel's by"))
    }

    @Test func `the quickstart's judges are found with the oldest kernels of OpenBLAS, too`() throws {
        // Their noise and its spread can stand in for each other: rounding decided once whether the search settled.
        let arguments = ["rank", "Data/quickstart.csv", "--method", "calibrated", "--format", "json"]
        let (own, old) = (try CommandRun(arguments), try CommandRun(arguments, environment: ["OPENBLAS_CORETYPE": "Prescott"]))
        func fit(_ run: CommandRun) throws -> [String: Double] {
            let output = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            return try #require((output["fits"] as? [String: [String: Double]])?["calibrated"])
        }
        let (a, b) = (try fit(own), try fit(old))
        for (name, value) in a { #expect(abs(value - (b[name] ?? .nan)) <= 1e-6 * abs(value), "\(name)") }
    }

    @Test func `where scales cannot be estimated the notes say that it is the crossed model`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("entry,judge,score\nA,X,1\nA,Y,2\nB,X,2\nB,Y,4\nC,X,3\nC,Y,3\nD,X,5\nD,Y,4\n", to: "two.csv")
        let run = try CommandRun(["rank", path, "--method", "calibrated"])
        let reason = "that takes 3 judges who share entries, and there are 2"
        #expect(run.output.contains("judges' scales and noises cannot be estimated here (\(reason))"))
        let chinese = try CommandRun(["rank", path, "--method", "calibrated", "--lang", "zh"])
        #expect(chinese.output.contains("因此改用交叉效应模型") && chinese.output.contains("校准模型"))
    }

    @Test func `panels apart compare scales inside, and say so`() throws {
        let run = try CommandRun(["rank", "Data/zhejiang-2022/scores.csv", "--stage", "初赛", "--method", "calibrated", "--top", "1"])
        #expect(run.output.contains("Scales are compared inside each of the 3 groups that share no judge"))
        #expect(!run.error.contains("W402"))
    }

    @Test func `weak links are warned of by the models and by check, and only then`() throws {
        let directory = try TemporaryDirectory()
        let chain = try directory.write(contest(isChain: true), to: "chain.csv")
        let mixed = try directory.write(contest(isChain: false), to: "mixed.csv")
        let warning = "Judges are connected by weak links"
        #expect(try CommandRun(["rank", chain, "--method", "crossed", "--top", "1"]).error.contains(warning))
        #expect(try CommandRun(["rank", chain, "--method", "crossed", "--strict", "--top", "1"]).status == 2)
        #expect(try CommandRun(["rank", chain, "--method", "mean", "--top", "1"]).error.isEmpty)
        #expect(try CommandRun(["rank", mixed, "--method", "crossed", "--top", "1"]).error.isEmpty)
        let checked = try CommandRun(["check", chain, "--format", "csv", "--table", "problems"])
        #expect(checked.output.contains("W402,warning") && checked.output.contains(warning))
        #expect(try !CommandRun(["check", mixed]).output.contains("W402"))
        #expect(try CommandRun(["check", chain, "--lang", "zh"]).output.contains("评委之间联系薄弱"))
    }
}
