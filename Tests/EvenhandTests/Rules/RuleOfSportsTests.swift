import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

@Suite struct RuleOfSportsTests {
    /// A sheet of scores as a rule reads it, and the rule.
    private func read(_ path: String, by rulePath: String) throws -> (sheet: ScoreSheet, rule: ScoringRule) {
        let rule = try ScoringRule(contentsOf: packageDirectory.appending(path: rulePath).path)
        var options = ReadingOptions()
        options.ruleAttributes = rule.attributes
        return (try Reading(of: [packageDirectory.appending(path: path).path], as: options).sheet, rule)
    }

    private func table(_ path: String) throws -> [[String: String]] {
        rows(ofText: try String(contentsOf: packageDirectory.appending(path: path), encoding: .utf8))
    }

    /// The results of the entries of a sheet by a rule, with their ranks after its tie-breaks, by name.
    private func list(_ sheet: ScoreSheet, _ rule: ScoringRule) throws -> [String: (result: Fraction, rank: Double)] {
        let ranking = try Ranking(of: sheet, by: []).led(by: RuleResults(of: sheet, by: rule))
            .breakingTies(by: rule.tieBreaks, ballots: sheet, contest: sheet)
        let column = try #require(ranking.columns.first)
        let results = try #require(column.results.fractions)
        return Dictionary(
            uniqueKeysWithValues: ranking.sheet.entries.indices.map { (sheet.entries[$0], (results[$0], column.ranks.ranks[$0])) })
    }

    @Test func `a diving final comes out to the last digit, dive by dive`() throws {
        let (sheet, rule) = try read("Data/diving/scores.csv", by: "Data/diving/rule.json")
        let ours = try list(sheet, rule)
        let official = try table("Data/diving/published.csv")
        #expect(official.count == 6)
        for line in official {
            let mine = try #require(ours[line["diver"]!])
            #expect(mine.result == Fraction(decimal: line["total"]!)! && mine.rank == Double(line["rank"]!)!, "\(line)")
        }
        let results = try RuleResults(of: sheet, by: rule)
        var dives: [[String]: Fraction] = [:]
        for index in sheet.performances.indices where results.performances(combinedWith: index).first == index {
            for cell in try results.steps(ofPerformance: index)[4].cells {
                dives[[sheet.heats[Int(cell.heat)].stage!, sheet.entries[Int(sheet.performances[index].entry)]]] = cell.value
            }
        }
        let published = try table("Tests/Fixtures/sports/diving_dives.csv")
        #expect(published.count == 36)
        for line in published { #expect(dives[[line["round"]!, line["diver"]!]] == Fraction(decimal: line["points"]!)!, "\(line)") }
    }

    @Test func `of five judges one is dropped on each side`() throws {
        let rule = try ScoringRule(contentsOf: packageDirectory.appending(path: "Data/diving/rule.json").path)
        // 7.0 7.5 8.0 without 6.5 and 8.5 are 22.5, times 2.8 is 63; 5.0 5.0 5.5 without 4.5 and 6.0 are 15.5, times 3.0 is 46.5.
        let awards = [("1", "2.8", "7.0 6.5 8.5 7.5 8.0"), ("2", "3.0", "5.0 4.5 6.0 5.0 5.5")]
        let text = awards.map { round, difficulty, awards in
            awards.split(separator: " ").enumerated().map { "\(round),A,\(difficulty),,J\($0),\($1)\n" }.joined()
        }
        let sheet = try sheet("round,entry,difficulty,penalty,judge,score\n" + text.joined(), attributes: rule.attributes)
        #expect(try list(sheet, rule)["A"]?.result == Fraction(decimal: "109.5")!)
    }

    // Execution of either diver: the middle of three (7.5, 7.0); synchronisation: the middle three of five (8.0 + 8.0 + 8.5 = 24.5).
    // 39.0 · 0.6 · 3.2 = 74.88.
    @Test func `in synchronised diving each panel is trimmed on its own`() throws {
        let rule = try rule("synchronised-diving")
        let panels = [("execution 1", "7.0 7.5 8.0"), ("execution 2", "7.0 6.5 7.5"), ("synchronisation", "8.0 8.5 9.0 7.5 8.0")]
        var (text, judge) = ("round,entry,difficulty,judge,criterion,score\n", 0)
        for (criterion, awards) in panels {
            for award in awards.split(separator: " ") {
                judge += 1
                text += "1,A,3.2,J\(judge),\(criterion),\(award)\n"
            }
        }
        #expect(try list(sheet(text, attributes: rule.attributes), rule)["A"]?.result == Fraction(decimal: "74.88")!)
    }

    @Test func `a halfpipe final comes out, with the run that was not started and a tie`() throws {
        let (sheet, rule) = try read("Tests/Fixtures/sports/halfpipe.csv", by: "Tests/Fixtures/rules/halfpipe.json")
        let ours = try list(sheet, rule)
        let official = try table("Tests/Fixtures/sports/halfpipe_results.csv")
        #expect(official.count == 8)
        for line in official {
            let mine = try #require(ours[line["rider"]!])
            #expect(mine.result == Fraction(decimal: line["best"]!)! && mine.rank == Double(line["rank"]!)!, "\(line)")
        }
    }

    static let skating = "isu_skating_2016_18/elements.csv.gz"

    @Test(.enabled(if: RuleOfRealContestsTests.isPresent(skating), "the marks of the skating events are not at hand"))
    func `total segment scores of 136 skating events come out`() throws {
        let (official, text) = try SkatingSegments.read()
        let rule = try rule("skating-total")
        let results = try RuleResults(of: sheet(text, attributes: rule.attributes), by: rule)
        var right = 0
        for (index, performance) in results.sheet.performances.enumerated() {
            let key = [results.sheet.heats[Int(performance.heat)].name!, results.sheet.entries[Int(performance.entry)]]
            if results.performances[index] == official[key] { right += 1 }
        }
        #expect(results.performances.count == 1632 && right == 1632, "\(right) totals agree")
    }
}

/// The skating events whose grades of execution are given in points, as one long sheet, and their official totals.
private enum SkatingSegments {
    static func read() throws -> (official: [[String]: Fraction], text: String) {
        func table(_ name: String) throws -> [[String: String]] {
            let path = shared("isu_skating_2016_18/\(name)")
            return rows(
                ofText: name.hasSuffix(".gz")
                    ? try CommandRun(shell: "gzip -dc '\(path)'").output : try String(contentsOfFile: path, encoding: .utf8))
        }
        var (totals, deductions) = ([[String]: Fraction](), [[String]: String]())
        for row in try table("official.csv") {
            let key = [row["heat"]!, row["entry"]!]
            (totals[key], deductions[key]) = (Fraction(decimal: row["tss"]!)!, row["deductions"]!)
        }
        var amounts: [[String]: String] = [:]
        for row in try table("official_marks.csv.gz") {
            amounts[[row["heat"]!, row["entry"]!, row["criterion"]!]] = "\(row["base_value"]!),\(row["factor"]!)"
        }
        let elements = try table("elements.csv.gz")
        let open = Set(elements.filter { $0["points"]!.isEmpty }.map { $0["heat"]! })
        var lines = ["heat,entry,judge,criterion,score,base_value,factor,deductions"]
        for row in elements.map({ ($0, $0["points"]!) }) + (try table("scores.csv.gz").map { ($0, $0["score"]!) }) {
            let key = [row.0["heat"]!, row.0["entry"]!]
            guard !open.contains(key[0]) else { continue }
            let criterion = row.0["criterion"]!
            lines.append("\(key[0]),\(key[1]),\(row.0["judge"]!),\(criterion),\(row.1),\(amounts[key + [criterion]]!),\(deductions[key]!)")
        }
        return (totals, lines.joined(separator: "\n"))
    }
}
