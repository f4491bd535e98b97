import Evenhand
import EvenhandIO
import Foundation
import TestSupport
import Testing

/// The path of a file outside the package; its scores may not be passed on.
func shared(_ path: String) -> String { packageDirectory.appending(path: "../shared/datasets/\(path)").standardizedFileURL.path }

/// A rule of `Tests/Fixtures/rules`.
func rule(_ name: String) throws -> ScoringRule {
    try ScoringRule(contentsOf: packageDirectory.appending(path: "Tests/Fixtures/rules/\(name).json").path)
}

@Suite struct RuleOfRealContestsTests {
    static let skating = "isu_skating_2016_18/scores.csv.gz"
    static let piano = "chopin_2025/scores.csv"
    static let dance = "strictly_2004_17/scores.csv"
    static func isPresent(_ path: String) -> Bool { FileManager.default.isReadableFile(atPath: shared(path)) }

    /// The rows of a file, unpacked.
    private func table(_ path: String) throws -> [[String: String]] { rows(ofText: try text(path)) }

    private func text(_ path: String) throws -> String {
        guard path.hasSuffix(".gz") else { return try String(contentsOfFile: shared(path), encoding: .utf8) }
        return try CommandRun(shell: "gzip -dc '\(shared(path))'").output
    }

    @Test(.enabled(if: isPresent(skating), "the marks of the skating events are not at hand"))
    func `panel marks and component totals of 152 skating events come out`() throws {
        let results = try RuleResults(of: sheet(try text(Self.skating)), by: rule("skating-components"))
        let (ours, sheet) = (results, results.sheet)
        var marks: [[String]: Fraction] = [:]
        var totals: [[String]: Fraction] = [:]
        for (index, performance) in sheet.performances.enumerated() {
            let key = [sheet.heats[Int(performance.heat)].name!, sheet.entries[Int(performance.entry)]]
            // The scores, trimmed, averaged, rounded.
            for cell in try ours.steps(ofPerformance: index)[3].cells { marks[key + [sheet.criteria[Int(cell.criterion)]]] = cell.value }
            totals[key] = ours.performances[index]
        }
        let official = try table("isu_skating_2016_18/official_marks.csv.gz").filter { $0["section"] == "components" }
        let rightMarks = official.count { marks[[$0["heat"]!, $0["entry"]!, $0["criterion"]!]] == Fraction(decimal: $0["panel_mark"]!)! }
        #expect(official.count == 8630 && rightMarks == 8630, "\(rightMarks) panel marks agree")
        let sums = try table("isu_skating_2016_18/official.csv")
        let rightTotals = sums.count { totals[[$0["heat"]!, $0["entry"]!]] == Fraction(decimal: $0["pcs"]!)! }
        #expect(sums.count == 1726 && rightTotals == 1726, "\(rightTotals) totals agree")
    }

    @Test(.enabled(if: isPresent(piano), "the marks of the piano competition are not at hand"))
    func `corrected marks, stage results and cumulative results of a piano competition come out`() throws {
        let ours = try RuleResults(of: sheet(try text(Self.piano)), by: rule("piano"))
        let sheet = ours.sheet
        var (corrected, stages, cumulative) = ([[String]: Fraction](), [[String]: Fraction](), [[String]: Fraction]())
        for (index, performance) in sheet.performances.enumerated() {
            let heat = sheet.heats[Int(performance.heat)].name!
            let key = [heat, sheet.entries[Int(performance.entry)]]
            for cell in try ours.steps(ofPerformance: index)[2].cells { corrected[key + [sheet.judges[Int(cell.judge)]]] = cell.value }
            stages[key] = ours.performances[index]
            cumulative[key] = ours.cumulative[ours.stageNames.firstIndex(of: heat)!][performance.entry]
        }
        let marks = try table("chopin_2025/official_corrected.csv")
        let rightMarks = marks.count { corrected[[$0["heat"]!, $0["entry"]!, $0["judge"]!]] == Fraction(decimal: $0["corrected"]!)! }
        #expect(marks.count == 2575 && rightMarks == 2575, "\(rightMarks) corrected marks agree")
        let official = try table("chopin_2025/official.csv")
        let rightStages = official.count { stages[[$0["heat"]!, $0["entry"]!]] == Fraction(decimal: $0["stage_score"]!)! }
        let rightCumulative = official.count { cumulative[[$0["heat"]!, $0["entry"]!]] == Fraction(decimal: $0["cumulative"]!)! }
        #expect(official.count == 155 && rightStages == 155, "\(rightStages) stage results agree")
        #expect(rightCumulative == 155, "\(rightCumulative) cumulative results agree")
        for heat in ["stage1", "stage2", "stage3", "final"] {
            let list = official.filter { $0["heat"] == heat }.sorted { Int($0["position"]!)! < Int($1["position"]!)! }
            let values = list.compactMap { cumulative[[heat, $0["entry"]!]] }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 }, "the list of \(heat) does not fall")
        }
    }

    @Test(.enabled(if: isPresent(dance), "the marks of the dance contest are not at hand"))
    func `totals of 1719 dances come out`() throws {
        let ours = try RuleResults(of: sheet(try text(Self.dance)), by: rule("dance-marks"))
        let sheet = ours.sheet
        var totals: [[String]: Fraction] = [:]
        for (index, performance) in sheet.performances.enumerated() {
            let key = [sheet.heats[Int(performance.heat)].name!, sheet.entries[Int(performance.entry)]]
            for cell in try ours.steps(ofPerformance: index)[1].cells { totals[key + [sheet.criteria[Int(cell.criterion)]]] = cell.value }
        }
        let official = try table("strictly_2004_17/official.csv").filter { $0["total"] != "0" }
        let right = official.count { totals[[$0["heat"]!, $0["entry"]!, $0["criterion"]!]] == Fraction(decimal: $0["total"]!)! }
        #expect(official.count == 1719 && right == 1719, "\(right) totals agree")
    }
}
