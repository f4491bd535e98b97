import Evenhand
import EvenhandIO

/// The table `outlying`: scores that the other scores do not lead to expect, the furthest first.
struct OutlyingView {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
    }

    var table: Table {
        let (sheet, scores) = (calibration.sheet, calibration.outlying?.scores ?? [])
        let performances = scores.map { sheet.performances[sheet.performance(ofRow: $0.row)] }
        let heats = performances.map { sheet.heats[Int($0.heat)] }
        let entries = performances.map { layout.isByPerformance ? sheet.entryName(of: $0) : sheet.entries[Int($0.entry)] }
        var columns: [Table.Column] = []
        func names(_ name: String, _ chinese: String, _ names: [String?]) {
            guard !layout.isForPeople || names.contains(where: { $0 != nil }) else { return }
            columns.append(Table.Column(name, heading: language.say(name, chinese), .factor(Factor(names))))
        }
        names("stage", "阶段", heats.map(\.stage))
        names("heat", "场次", heats.map(\.name))
        names("entry", "项目", entries)
        names("judge", "评委", scores.map { sheet.judges[Int(sheet.judgeCodes[$0.row])] })
        let decimals = sheet.calibratedDecimals
        func numbers(_ name: String, _ chinese: String, _ decimals: Int, _ value: (OutlyingScores.Score) -> Double) {
            columns.append(Table.Column(name, heading: language.say(name, chinese), .values(scores.map(value), decimals: decimals)))
        }
        numbers("score", "分数", decimals - 1) { sheet.score(at: $0.row) }
        numbers("expected", "预期", decimals, \.expected)
        numbers("residual", "残差", decimals, \.residual)
        numbers("z", "z", 1, \.z)
        columns.append(
            Table.Column("p_adjusted", heading: language.say("adjusted p", "校正 p"), .values(scores.map(\.adjustedP), decimals: 4)))
        return Table(name: "outlying", title: language.say("Scores far from what the others lead to expect", "远离预期的评分"), columns: columns)
    }
}
