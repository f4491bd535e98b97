import Evenhand
import EvenhandIO

/// The table `bias`: what scores depend on besides quality and severity. For each kind all judges together come first, then single judges,
/// the surest first.
struct BiasTable {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
    }

    /// One row.
    private struct Row {
        let kind: String
        var judge: Int?
        let level: String
        let size: Estimate?
        let count: Int
        var adjusted: Double?
    }

    var table: Table {
        let rows = families.flatMap(BiasTable.adjusted)
        let places = calibration.sheet.calibratedDecimals + 1
        func numbers(_ name: String, _ english: String, _ chinese: String, _ decimals: Int, _ value: (Row) -> Double?) -> Table.Column {
            Table.Column(name, heading: language.say(english, chinese), .numbers(rows.map(value), decimals: decimals))
        }
        let judges = rows.map { row in row.judge.map { calibration.sheet.judges[$0] } }
        return Table(
            name: "bias", title: language.say("What scores depend on besides quality and severity", "质量与宽严之外的影响"),
            columns: [
                Table.Column("kind", heading: language.say("kind", "类别"), .texts(rows.map { shown($0.kind) })),
                Table.Column("judge", heading: language.say("judge", "评委"), .factor(Factor(judges))),
                Table.Column("level", heading: language.say("of", "对象"), .texts(rows.map(\.level))),
                numbers("size", "size", "大小", places) { $0.size?.value },
                numbers("se", "SE", "标准误", places) { $0.size?.standardError },
                numbers("p", "p", "p", 4) { $0.size?.p },
                numbers("p_adjusted", "adjusted p", "校正 p", 4, \.adjusted),
                Table.Column("n", heading: "n", .integers(rows.map(\.count))),
            ])
    }

    /// The rows whose p-values are adjusted together.
    private var families: [[Row]] {
        let (biases, order) = (calibration.homeBiases, calibration.order)
        return [
            biases.map { Row(kind: "home", level: $0.attribute, size: $0.overall, count: $0.pairs) },
            biases.flatMap { bias in
                bias.judges.map {
                    Row(kind: "home", judge: $0.judge, level: "\(bias.attribute)=\($0.level)", size: $0.size, count: $0.pairs)
                }
            },
            (calibration.criteria?.effects ?? []).map {
                Row(kind: "criterion", judge: $0.judge, level: $0.criterion, size: $0.size, count: $0.ballots)
            },
            (calibration.halo?.judges ?? []).map { Row(kind: "halo", judge: $0.judge, level: "", size: $0.excess, count: $0.ballots) },
            order.map { [Row(kind: "order", level: "", size: $0.overall, count: $0.performances)] } ?? [],
            (order?.drifts ?? []).map { Row(kind: "drift", judge: $0.judge, level: "", size: $0.slope, count: $0.scores) },
        ]
    }

    /// The rows of a family with adjusted p-values, the smallest first; those that were not tested last.
    private static func adjusted(_ rows: [Row]) -> [Row] {
        let p = rows.map { $0.size?.p }
        let adjusted = zip(rows, PAdjustment.bh.adjusted(p)).map { row, p in
            var row = row
            row.adjusted = p
            return row
        }
        return Ranks.ascending(p.map { $0 ?? 2 }).map { adjusted[$0] }
    }

    private func shown(_ kind: String) -> String {
        guard layout.isForPeople, language == .zh else { return kind }
        return ["home": "同源", "criterion": "指标", "halo": "光环", "order": "出场顺序", "drift": "漂移"][kind] ?? kind
    }
}
