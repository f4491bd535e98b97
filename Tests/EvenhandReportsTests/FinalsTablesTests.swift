import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO
@testable import EvenhandReports

@Suite struct FinalsTablesTests {
    /// Twelve entries before five judges, by the first seed by which the sets that cannot be excluded with 90 and with 95 % differ.
    @Test func `the set that cannot be excluded is that of 95 %`() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var stream = RandomStream(seed: seed)
            let rows = (0..<12).flatMap { entry in
                (0..<5).map { judge in
                    let points = (80 - 0.8 * Double(entry) + 2 * stream.normal()).rounded()
                    return ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points)
                }
            }
            let sheet = try ScoreSheet(rows)
            let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
            let analysis = try FinalsAnalysis(of: list, rules: FinalsAnalysis.Rules(places: 3), parts: [.cut])
            let ranks = try #require(analysis.cut.certainty?.ranks)
            let sets = [0.9, 0.95].map { Set(ranks.bestSet(level: $0)) }
            guard sets[0] != sets[1] else { continue }
            let report = Report(finals: analysis, selection: try Selection(of: sheet), in: .en)
            let column = report.tables.first { $0.name == "cut" }?.columns.first { $0.name == "in_best_set" }
            guard case .texts(let texts)? = column?.cells else { break }
            #expect(texts.map { $0 == "yes" } == list.ranking.columns[0].ranks.order.map { sets[1].contains(Int($0)) })
            return
        }
        Issue.record("the sets never differ, or there is no column of them")
    }

    @Test(arguments: [
        (Language.en, "Scores are equal as if copied: J0 and J1 (9 of 10). The probabilities count them"),
        (.zh, "评分相同，疑似照抄：J0 与 J1（10 个中 9 个）。上述概率"),
    ])
    func `the verdict says that judges agree as if copied`(language: Language, words: String) throws {
        var stream = RandomStream(seed: 3)
        let rows = (0..<10).flatMap { entry in
            let merit = 80 + 5 * stream.normal()
            let points = (0..<4).map { _ in (merit + 4 * stream.normal()).rounded() }
            return (0..<4).map {
                ScoreSheet.Row(entry: "E\(entry)", judge: "J\($0)", points: $0 == 1 && entry > 0 ? points[0] : points[$0])
            }
        }
        for isCopied in [true, false] {
            let sheet = try ScoreSheet(rows.filter { isCopied || $0.judge != "J1" })
            let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
            let analysis = try FinalsAnalysis(of: list, rules: FinalsAnalysis.Rules(places: 3), parts: [.cut])
            let report = Report(finals: analysis, selection: try Selection(of: sheet), in: language)
            #expect(report.verdict.contains(words) == isCopied)
        }
    }
}
