import Evenhand
import EvenhandIO
import EvenhandReports
import Foundation
import TestSupport
import Testing

/// Agreement in words.
@Suite struct AgreementReportTests {
    private func report(_ sheet: ScoreSheet, in language: Language = .en) throws -> AgreementReport {
        let selection = try Selection(of: sheet)
        return AgreementReport(Agreement(of: sheet), contest: sheet, selection: selection, reliability: 0.8, in: language)
    }

    private struct Part {
        let contest: ScoreSheet
        let selection: Selection
        let agreement: Agreement

        init(_ stage: StageChoice) throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
            contest = try ScoreSheet(contentsOf: root.appending(path: "Data/zhejiang-2022/scores.csv").path)
            selection = try Selection(of: contest, stage: stage)
            var draws = Generalizability.Draws()
            draws.count = 500
            agreement = Agreement(of: selection.sheet, draws: draws)
        }

        func report(reliability: Double = 0.8, in language: Language = .en) -> AgreementReport {
            AgreementReport(agreement, contest: contest, selection: selection, reliability: reliability, in: language)
        }
    }

    private static let final = Result { try Part(.last) }
    private static let preliminaries = Result { try Part(.named("初赛")) }

    /// Rows of a judge's scores: entries A, B, C, …
    private func sheet(_ judges: KeyValuePairs<String, [Double?]>) throws -> ScoreSheet {
        try ScoreSheet(
            judges.flatMap { judge, scores in
                zip(["A", "B", "C", "D", "E"], scores).compactMap { entry, score in
                    score.map { ScoreSheet.Row(entry: entry, judge: judge, points: $0) }
                }
            })
    }

    private func texts(_ column: String, _ table: Table) -> [String] {
        guard case .texts(let texts)? = table.columns.first(where: { $0.name == column })?.cells else { return [] }
        return texts
    }

    private func numbers(_ column: String, _ table: Table) -> [Double?] {
        switch table.columns.first(where: { $0.name == column })?.cells {
        case .numbers(let numbers, _): numbers
        case .integers(let numbers): numbers.map(Double.init)
        default: []
        }
    }

    @Test func `the tables have the columns of the contract, and intervals after them`() throws {
        let tables = try Self.final.get().report().tables
        #expect(tables.map(\.name) == ["agreement", "enough", "panel"])
        #expect(tables[0].columns.map(\.name) == ["statistic", "value", "low", "high", "n", "population"])
        #expect(Array(tables[1].columns.map(\.name).prefix(3)) == ["judges", "reliability", "dependability"])
        #expect(texts("population", tables[0]).allSatisfy { $0 == "24 entries of 决赛" })
        #expect(
            texts("statistic", tables[0]) == [
                "ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)", "Krippendorff alpha (ordinal)", "Krippendorff alpha (interval)",
                "Krippendorff alpha (ratio)", "Kendall W", "mean Spearman", "Cronbach alpha",
            ])
        #expect(numbers("judges", tables[1]) == [3, 5, 7, 9])
        for (value, (low, high)) in zip(numbers("value", tables[0]), zip(numbers("low", tables[0]), numbers("high", tables[0]))) {
            #expect(low! < value! && value! < high!)
        }
    }

    @Test func `finalists are said to be chosen, entrants are not`() throws {
        let (final, first) = (try Self.final.get().report(), try Self.preliminaries.get().report())
        #expect(final.notes[0].hasPrefix("agreement: these 24 were chosen among 152."))
        #expect(final.notes[0].hasSuffix("that is restriction of range, not bad judging."))
        #expect(!first.notes.contains { $0.contains("restriction of range") })
        #expect(texts("population", first.tables[0])[0] == "152 entries of 初赛")
        #expect(texts("population", try Self.final.get().report(in: .zh).tables[0])[0] == "决赛的 24 个项目")
    }

    @Test func `the sentence says how many judges it takes, as an interval`() throws {
        let report = try Self.final.get().report(reliability: 0.7)
        let panel = report.tables[2]
        let (judges, low, high) = (numbers("judges", panel)[0]!, numbers("low", panel)[0]!, numbers("high", panel)[0]!)
        #expect(report.sentence.hasSuffix("It takes \(Int(judges)) judges (\(Int(low)) to \(Int(high))) for an order of reliability 0.70."))
        #expect(
            report.sentence.hasPrefix(
                "Among the 24 entries of 决赛, 14 % of the differences between single scores are differences between entries"))
    }

    @Test func `disjoint panels have their severity in the error of the order`() throws {
        let report = try Self.preliminaries.get().report()
        #expect(numbers("reliability", report.tables[1]) == numbers("dependability", report.tables[1]))
        #expect(report.notes.contains { $0.contains("groups that share no judge") && $0.contains("Within one panel it is 0.88") })
        #expect(report.notes.contains { $0.contains("ranked within 9 heats") })
    }

    @Test func `what cannot be measured is named with its reason`() throws {
        let one = try report(sheet(["J": [1, 2, 3]]))
        #expect(one.sentence == "Agreement of the judges cannot be measured: there is one judge.")
        #expect(one.tables.map(\.name) == ["agreement"] && numbers("value", one.tables[0]).allSatisfy { $0 == nil })
        let equal = try report(sheet(["J": [5, 5, 5], "K": [5, 5, 5]]))
        #expect(equal.sentence.contains("all scores are equal"))
        #expect(equal.notes.contains { $0.contains("Krippendorff alpha is undefined") })
        #expect(equal.notes.contains { $0.contains("J, K gave all entries the same score") })
        let alone = try report(sheet(["J": [5, 6, nil], "K": [nil, nil, 7]]))
        #expect(alone.sentence.contains("no entry has scores of two judges"))
        let gaps = try report(sheet(["J": [1, 2, 3, 4, nil], "K": [2, 1, 3, 5, 5], "L": [nil, 2, 2, 4, 6]]), in: .zh)
        #expect(gaps.notes.contains { $0.contains("Kendall 和谐系数 W 无定义：并非每位评委都评了所有项目") })
    }

    @Test func `two judges speak for themselves only, and what is negative is noted`() throws {
        let report = try report(sheet(["J": [1, 5, 9, 4], "K": [9, 5, 2, 6]]))
        #expect(report.notes.contains { $0.hasPrefix("For these judges only") && $0.contains("Krippendorff alpha (interval)") })
        #expect(report.notes.contains { $0.hasPrefix("Below 0") && $0.contains("ICC(C,1)") })
        #expect(report.sentence.hasSuffix("No number of judges would make the order reliable to 0.80."))
        #expect(texts("statistic", report.tables[0]).contains("exact agreement"))
    }
}
