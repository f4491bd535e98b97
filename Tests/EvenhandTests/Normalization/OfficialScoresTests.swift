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
        let official = Dictionary(
            uniqueKeysWithValues: rows(ofText: try String(contentsOfFile: Self.path, encoding: .utf8)).map { (["entry", "judge"].map { key in $0[key]! }, Double($0["official_t"]!)!) })
        let agreeing = zip(zip(sheet.entryOfRow, sheet.judgeCodes), values).count { place, value in
            (value - official[[place.0, sheet.judges[Int(place.1)]]]!).magnitude <= 0.01 + 1e-9
        }
        #expect(sheet.count == 10_075)
        #expect(agreeing >= 10_050, "\(agreeing) rows agree")
    }
}
