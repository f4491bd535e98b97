import Evenhand
import EvenhandIO
import EvenhandReports
import Foundation
import Testing

@Suite struct RankingBytesTests {
    static let contest = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Data/zhejiang-2022/scores.csv")

    /// The tables of the contest's last stage, ranked by three methods, as CSV and as text.
    static func bytes(of text: String) throws -> (csv: [[UInt8]], text: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let selection = try Selection(of: ScoreSheet(contentsOf: file.path))
        let totals = try Totals(of: selection.sheet)
        let ranking = try Ranking(of: totals.sheet, by: [.mean, .trimmed(.scores(1)), .normalized(.zscore)])
        let report = try Report(ranking, totals: totals, selection: selection, layout: RankingLayout(), in: .en)
        return (report.tables.map(\.csv), report.text(width: nil))
    }

    @Test func `rows in another order give the same bytes`() throws {
        let text = try String(contentsOf: Self.contest, encoding: .utf8)
        let lines = text.split(separator: "\n")
        let plain = try Self.bytes(of: text)
        for seed: UInt64 in 1...3 {
            var stream = RandomStream(seed: seed)
            let shuffled = [lines[0]] + stream.shuffled(Array(lines.dropFirst()))
            let other = try Self.bytes(of: shuffled.joined(separator: "\n"))
            #expect(other.csv == plain.csv && other.text == plain.text)
        }
    }
}
