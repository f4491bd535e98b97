import Evenhand
import EvenhandIO

/// The table `pairs`: judges two by two; for people, those that agree least come first.
struct PairsTable {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
    }

    var table: Table {
        let all = calibration.pairs?.pairs ?? []
        let pairs = layout.isForPeople ? Ranks.ascending(all.map { $0.correlation ?? 2 }).map { all[$0] } : all
        let judges = calibration.sheet.judges
        let (places, direction) = (calibration.sheet.calibratedDecimals, calibration.sheet.direction)
        return Table(
            name: "pairs", title: language.say("Judges two by two", "评委两两比较"),
            columns: [
                Table.Column(
                    "a", heading: language.say("judge a", "评委 a"), .factor(Factor(levels: judges, codes: pairs.map { Int32($0.a) }))),
                Table.Column(
                    "b", heading: language.say("judge b", "评委 b"), .factor(Factor(levels: judges, codes: pairs.map { Int32($0.b) }))),
                Table.Column("common", heading: language.say("common", "共同评分"), .integers(pairs.map(\.common))),
                Table.Column(
                    "mean_difference", heading: language.say("a − b", "平均差 a − b"),
                    .values(pairs.map { direction.turned($0.meanDifference) }, decimals: places)),
                Table.Column(
                    "correlation", heading: language.say("correlation", "相关"), .numbers(pairs.map(\.correlation), decimals: 2)),
            ])
    }
}

/// The table `reliability`: how well entries, and judges, can be separated from each other.
struct ReliabilityTable {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
    }

    var table: Table {
        let rows = [calibration.entrySeparation, calibration.judgeSeparation]
        let names = layout.isForPeople ? [language.say("entries", "项目"), language.say("judges", "评委")] : ["entries", "judges"]
        func numbers(_ name: String, _ chinese: String, _ value: (SeparationReliability) -> Double) -> Table.Column {
            Table.Column(name, heading: language.say(name, chinese), .numbers(rows.map { $0.map(value) }, decimals: 2))
        }
        return Table(
            name: "reliability", title: language.say("How well they can be told apart", "区分程度"),
            columns: [
                Table.Column("facet", heading: language.say("of", "对象"), .texts(names)), numbers("separation", "分离度", \.separation),
                numbers("reliability", "信度", \.reliability), numbers("strata", "层数", \.strata),
            ])
    }
}
