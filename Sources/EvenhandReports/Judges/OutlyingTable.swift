import Evenhand
import EvenhandIO

/// The table `outlying`: scores that the other scores do not predict, and judges' favourites among the entries that they scored several
/// times, the furthest first.
struct OutlyingTable {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
    }

    /// One score, or the mean of several.
    private struct Line {
        let heat: Heat?
        let entry: String
        let judge: String
        let score, expected, residual, z, p: Double
        let count: Int
    }

    private var lines: [Line] {
        let sheet = calibration.sheet
        let single = (calibration.outlying?.scores ?? []).map { score in
            let performance = sheet.performances[sheet.performance(ofRow: score.row)]
            return Line(
                heat: sheet.heats[Int(performance.heat)],
                entry: layout.isByPerformance ? sheet.entryName(of: performance) : sheet.entries[Int(performance.entry)],
                judge: sheet.judges[Int(sheet.judgeCodes[score.row])], score: sheet.score(at: score.row), expected: score.expected,
                residual: score.residual, z: score.z, p: score.adjustedP, count: 1)
        }
        let several = (calibration.favourites?.pairs ?? []).map { pair in
            Line(
                heat: nil, entry: sheet.entries[pair.entry], judge: sheet.judges[pair.judge], score: pair.mean, expected: pair.expected,
                residual: pair.residual, z: pair.z, p: pair.adjustedP, count: pair.count)
        }
        let all = single + several
        return all.indices.sorted { (-all[$0].z.magnitude, $0) < (-all[$1].z.magnitude, $1) }.map { all[$0] }
    }

    var table: Table {
        let (sheet, lines) = (calibration.sheet, lines)
        var columns: [Table.Column] = []
        func names(_ name: String, _ chinese: String, _ names: [String?]) {
            guard !layout.isForPeople || names.contains(where: { $0 != nil }) else { return }
            columns.append(Table.Column(name, heading: language.say(name, chinese), .factor(Factor(names))))
        }
        names("stage", "阶段", lines.map { $0.heat?.stage })
        names("heat", "场次", lines.map { $0.heat?.name })
        names("entry", "项目", lines.map(\.entry))
        names("judge", "评委", lines.map(\.judge))
        let decimals = sheet.calibratedDecimals
        func numbers(_ name: String, _ chinese: String, _ decimals: Int, _ value: (Line) -> Double) {
            columns.append(Table.Column(name, heading: language.say(name, chinese), .values(lines.map(value), decimals: decimals)))
        }
        let hasMeans = lines.contains { $0.count > 1 }
        numbers("score", "分数", hasMeans ? decimals : decimals - 1, \.score)
        numbers("expected", "预期", decimals, \.expected)
        numbers("residual", "残差", decimals, \.residual)
        numbers("z", "z", 1, \.z)
        columns.append(Table.Column("p_adjusted", heading: language.say("adjusted p", "校正 p"), .values(lines.map(\.p), decimals: 4)))
        if !layout.isForPeople || hasMeans {
            columns.append(Table.Column("scores", heading: language.say("scores", "评分数"), .integers(lines.map(\.count))))
        }
        return Table(name: "outlying", title: language.say("Scores far from what the other scores predict", "远离预期的评分"), columns: columns)
    }
}
