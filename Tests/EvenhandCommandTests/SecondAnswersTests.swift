import Foundation
import TestSupport
import Testing

/// What stands beside an answer, or depends on an option on its way there: signs, shares, orders, the last of a range.
@Suite struct SecondAnswersTests {
    private func rows(_ arguments: [String], in directory: URL = CommandRun.root) throws -> [[String: String]] {
        let run = try CommandRun(arguments + ["--format", "csv"], in: directory)
        #expect(run.status == 0, "\(run.error)")
        let lines = run.lines.filter { !$0.isEmpty }.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    private func numbers(_ rows: [[String: String]], _ column: String) -> [Double] { rows.compactMap { Double($0[column] ?? "") } }

    @Test func `p-values of pairs are adjusted as asked`() throws {
        let groups = [
            "groups", "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--by", "sector", "--table", "pairs",
        ]
        // Holm: (m − i + 1) p of the i-th smallest, rising. Benjamini and Hochberg: m/i p, the least of those from there on.
        let holm = try rows(groups + ["--adjust", "holm"]).sorted { Double($0["p"]!)! < Double($1["p"]!)! }
        let p = numbers(holm, "p")
        var expected = p.indices.map { min(1, Double(p.count - $0) * p[$0]) }
        for index in expected.indices.dropFirst() { expected[index] = max(expected[index], expected[index - 1]) }
        #expect(p.count == 3 && zip(numbers(holm, "p_adjusted"), expected).allSatisfy { abs($0 - $1) < 1e-9 })
        let bh = try rows(groups + ["--adjust", "bh"]).sorted { Double($0["p"]!)! < Double($1["p"]!)! }
        let scaled = p.indices.map { index -> Double in p[index] * Double(p.count) / Double(index + 1) }
        expected = p.indices.map { min(1, scaled[$0...].min() ?? 1) }
        #expect(zip(numbers(bh, "p_adjusted"), expected).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(numbers(bh, "p_adjusted") != numbers(holm, "p_adjusted"))
    }

    @Test func `shares of components and of entrants add up to one`() throws {
        let components = try rows(["judges", "Data/models/scores.csv", "--column", "entry=system", "--table", "components"])
        #expect(abs(numbers(components, "share").reduce(0, +) - 1) < 1e-9)
        let groups = try rows([
            "groups", "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--by", "city", "--table", "groups",
        ])
        let (cities, all) = (groups.filter { !($0["city"] ?? "").isEmpty }, groups.first { ($0["city"] ?? "").isEmpty })
        #expect(abs(numbers(cities, "share_entered").reduce(0, +) - 1) < 1e-9 && all?["share_entered"].flatMap { Double($0) } == 1)
    }

    @Test func `a published list is compared by what it gives more`() throws {
        let found = try rows([
            "rank", "Data/zhejiang-2022/scores.csv", "--stage", "初赛", "--verify", "Data/zhejiang-2022/published.csv", "--table",
            "verification",
        ])
        let differences = zip(numbers(found, "published"), numbers(found, "ours")).map { $0 - $1 }
        #expect(differences.contains { $0.magnitude > 1 })
        #expect(zip(numbers(found, "difference"), differences).allSatisfy { abs($0 - $1) < 0.006 })
    }

    @Test func `contrasts have their own adjusted p, which rise with p`() throws {
        let contrasts = try rows(["judges", "Data/essays/scores.csv", "--model", "rating-scale", "--table", "contrasts"])
        let pairs = zip(numbers(contrasts, "p"), numbers(contrasts, "p_adjusted")).sorted { $0.0 < $1.0 }
        #expect(pairs.count > 10 && pairs.allSatisfy { $0.1 >= $0.0 } && zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 })
    }

    @Test func `intervals of all ranks together hold each entry's own`() throws {
        let run = try CommandRun([
            "finals", "Data/zhejiang-2022/scores.csv", "--entries", "Data/zhejiang-2022/entries.csv", "--places", "10", "--format", "json",
        ])
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let cut = (json?["tables"] as? [String: Any])?["cut"] as? [String: Any]
        let (names, rows) = (cut?["columns"] as? [String] ?? [], cut?["rows"] as? [[Any]] ?? [])
        let columns = ["low90_all", "low90", "expected_rank", "high90", "high90_all"].map { name in
            rows.compactMap { row in names.firstIndex(of: name).flatMap { row[$0] as? Double } }
        }
        #expect(columns.allSatisfy { $0.count == 24 } && Set(columns[0]).count > 4)
        #expect(zip(columns, columns.dropFirst()).allSatisfy { zip($0, $1).allSatisfy { $0 <= $1 } })
    }

    @Test func `the last place of sums is in`() throws {
        let directory = try TemporaryDirectory()
        #expect(try CommandRun(["partial", "Data/quickstart.csv", "--output", directory.path + "/sums"]).status == 0)
        for places in 1...5 {
            let text = try CommandRun(["rank", "--partials", directory.path + "/sums", "--places", "\(places)"]).output
            #expect(text.split(separator: "\n").count { $0.hasSuffix("  in") } == places, "\(text)")
        }
    }

    @Test func `a judge can be at the last heat of a range`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("entry\nA\nB\nC\nD\n", to: "entries.csv")
        try directory.write("judge,heats\nJ,1-2\nK,1-2\n", to: "judges.csv")
        let plan = try rows(
            ["plan", "--entries", "entries.csv", "--judges", "judges.csv", "--per-entry", "2", "--heats", "2"],
            in: URL(filePath: directory.path))
        #expect(plan.count == 8)
    }

    @Test func `a heat alone is a part of the contest`() throws {
        let run = try CommandRun(["check", "Data/zhejiang-2022/scores.csv", "--heat", "第1场", "--format", "json"])
        let designs = try JSONValue(run.outputBytes)["tables"]?["design"]?["rows"]?.values ?? []
        let heats = designs.first { $0.values.first?.text == "heats" }
        #expect(heats?.values.last?.text == "1", "\(designs)")
    }

    @Test func `hidden judges of votes are called like judges`() throws {
        let judges = try rows(["pairs", "Data/votes/posters.csv", "--anonymize", "judges", "--table", "judges"])
        #expect(!judges.isEmpty && judges.allSatisfy { $0["judge"]?.hasPrefix("J") == true })
    }

    @Test func `the interval of a letter holds its number`() throws {
        let directory = try TemporaryDirectory()
        #expect(try CommandRun(["letters", "Data/quickstart.csv", "--for", "judges", "--output", directory.path]).status == 0)
        var count = 0
        for name in directory.names {
            let text = try directory.read(name)
            for match in text.matches(of: /you scored ([\d.]+) points (?:lower|higher)[^(]*\(95 % interval: (-?[\d.]+) to (-?[\d.]+)\)/) {
                let (value, low, high) = (Double(match.1)!, Double(match.2)!, Double(match.3)!)
                #expect(low < value && value < high, "\(match.0)")
                count += 1
            }
        }
        #expect(count == 4)
    }

    /// Of 0, 1, 5, 6 and 30 one moved score at each end leaves 1, 1, 5, 6 and 6, two leave 5.
    @Test(arguments: [("1", "3.8"), ("2", "5")]) func `as many scores are moved to the next as are asked for`(trim: String, mean: String)
        throws
    {
        let directory = try TemporaryDirectory()
        let scores = ["0", "1", "5", "6", "30"].enumerated().flatMap { ["A,J\($0),\($1)", "B,J\($0),2"] }
        try directory.write((["entry,judge,score"] + scores).joined(separator: "\n"), to: "scores.csv")
        let found = try rows(["rank", "scores.csv", "--method", "winsorized", "--trim", trim], in: URL(filePath: directory.path))
        #expect(found.map { $0["winsorized"] } == [mean, "2"])
    }

    @Test func `what tells all entries apart is no column of a list`() throws {
        let directory = try TemporaryDirectory()
        let rows = ["A", "B", "C"].flatMap { entry in ["J", "K"].map { "\(entry),\($0),\(entry.utf8.first! + $0.utf8.first!)" } }
        try directory.write((["entry,judge,score"] + rows).joined(separator: "\n"), to: "scores.csv")
        try directory.write("entry,number,city\nA,N17,Wien\nB,N18,Graz\nC,N19,Wien\n", to: "entries.csv")
        let run = try CommandRun(["rank", "scores.csv", "--entries", "entries.csv"], in: URL(filePath: directory.path))
        #expect(run.output.contains("Wien") && !run.output.contains("N17"))
    }
}
