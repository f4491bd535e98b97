import Evenhand
import Testing

@testable import EvenhandIO
@testable import EvenhandReports

@Suite struct JudgeLetterTests {
    /// The ratio of standard deviations, the root of that of the variances.
    @Test(arguments: [Language.en, .zh])
    func `a judge reads how much the own scores scatter beside those of the others`(language: Language) throws {
        let rows = (0..<12).flatMap { entry in
            (0..<5).map { judge in
                let noise = (entry * (judge + 2) * 7 + judge * 3) % 5
                return ScoreSheet.Row(
                    entry: "E\(entry)", judge: "J\(judge)", points: Double(70 + (entry * 5) % 9 + (judge == 4 ? 4 * noise : noise)))
            }
        }
        let calibration = try JudgeCalibration(of: Totals(of: ScoreSheet(rows)))
        for (judge, found) in (calibration.comparison?.judges ?? []).enumerated() {
            let ratio = try #require(found?.noiseRatio)
            let text = NumberFormat.fixed(ratio.squareRoot(), decimals: 1)
            let words = language == .en ? "is \(text) times as large in your scores" : "的波动（标准差）为其他评委的 \(text) 倍"
            #expect(JudgeLetter(calibration, judge: judge, language: language).page.html.contains(words))
        }
        #expect(try #require(calibration.comparison?.judges[4]?.noiseRatio) > 2)
    }
}
