import Evenhand
import EvenhandIO
import Foundation
import Testing

@Suite struct OfficialScoresTests {
    static let path = packageDirectory.appending(path: "../shared/datasets/innovation_contest_2023/scores.csv").standardizedFileURL.path
    static let isPresent = FileManager.default.isReadableFile(atPath: path)

    // The scores of a contest that published its standard scores 50 + 10 z to two decimals; its scores may not be passed on.
    @Test(.enabled(if: isPresent, "the contest's scores are not at hand"))
    func `standard scores agree with those that a contest published`() throws {
        let sheet = try ScoreSheet(contentsOf: Self.path)
        let values = try Normalization(of: sheet, by: .zscore, rules: .with(scale: .t)).values
        var official: [[String]: Double] = [:]
        for row in rows(ofText: try String(contentsOfFile: Self.path, encoding: .utf8)) {
            official[[row["entry"]!, row["judge"]!]] = Double(row["official_t"]!)!
        }
        let pairs = zip(sheet.entryOfRow, sheet.judgeCodes).map { [$0, sheet.judges[Int($1)]] }
        let agreeing = zip(pairs, values).count { pair, value in (value - official[pair]!).magnitude <= 0.01 + 1e-9 }
        #expect(sheet.count == 10_075)
        #expect(agreeing >= 10_050, "\(agreeing) rows agree")
    }
}
