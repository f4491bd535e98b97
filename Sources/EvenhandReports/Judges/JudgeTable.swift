import Evenhand
import EvenhandIO

/// The table `judges`: one row for each judge, the most severe first, group by group where judges of different groups cannot be compared.
struct JudgeTable {
    let calibration: JudgeCalibration
    let layout: JudgesLayout
    let language: Language
    let order: [Int]

    init(_ calibration: JudgeCalibration, _ layout: JudgesLayout, _ language: Language) {
        (self.calibration, self.layout, self.language) = (calibration, layout, language)
        let judges = calibration.sheet.judges.indices
        let sizes = calibration.severity?.judges.map { $0?.value } ?? judges.map { _ in nil }
        let most = sizes.reduce(0) { max($0, $1?.magnitude ?? 0) }
        let bySize = Ranks.ascending(sizes.map { $0.map { -$0 } ?? .greatestFiniteMagnitude }, rounding: 1e-10 * most)
        let groups = calibration.severity?.isComparable == false ? calibration.panels.subsetOfJudge : judges.map { _ in 0 }
        order = bySize.indices.sorted { (groups[bySize[$0]], $0) < (groups[bySize[$1]], $1) }.map { bySize[$0] }
    }

    func table(flags: JudgeFlags) throws(FitError) -> Table {
        let sheet = calibration.sheet
        let moments = try moments(of: sheet)
        let judges = Factor(levels: sheet.judges, codes: order.map { Int32($0) })
        var columns = [Table.Column("judge", heading: language.say("judge", "评委"), .factor(judges))]
        let hasGroups = layout.isForPeople && calibration.panels.subsetCount > 1
        if hasGroups { columns.append(group) }
        let counts = order.map { moments[$0].count }
        columns.append(Table.Column("scores", heading: language.say("scores", "评分数"), .integers(counts), isDetail: hasGroups))
        columns += [
            numbers("mean", "mean", "平均分") { moments[$0].mean.map(sheet.direction.turned) },
            numbers("sd", "SD", "标准差") { moments[$0].standardDeviation },
        ]
        columns += severityColumns + fitColumns
        columns.append(
            Table.Column("flags", heading: language.say("flags", "标记"), .texts(order.map { words(flags.judges[$0]) }), isWhole: true)
                .coloured(order.map { flags.judges[$0].isEmpty ? nil : .yellow }))
        return Table(name: "judges", columns: layout.isForPeople ? columns : columns + furtherColumns)
    }

    private var severityColumns: [Table.Column] {
        let sizes = calibration.severity?.judges ?? []
        return [
            numbers("severity", "severity", "宽严") { sizes[$0]?.value },
            numbers("severity_se", "SE", "标准误", isDetail: true) { sizes[$0]?.standardError },
            numbers("severity_low", "low", "下限") { sizes[$0]?.interval().lowerBound },
            numbers("severity_high", "high", "上限") { sizes[$0]?.interval().upperBound },
        ]
    }

    private var fitColumns: [Table.Column] {
        let (fit, consistency, scales) = (calibration.fit?.judges, calibration.consistency?.judges, calibration.calibrated)
        let infit = numbers("infit", "infit", "加权波动", 2, isDetail: true) { fit?[$0]?.infit }
        return [
            numbers("scale", "scale", "尺度", 2, isDetail: true) { scales?.scale(of: $0) },
            numbers("noise", "noise", "误差") { scales?.noise(of: $0) },
            numbers("consistency", "r with others", "一致性", 2) { consistency?[$0] },
        ] + (layout.isForPeople && calibration.infitIsOutfit ? [] : [infit]) + [
            numbers("outfit", "outfit", "异常波动", 2, isDetail: true) { fit?[$0]?.outfit }
        ]
    }

    /// Further columns for programs.
    private var furtherColumns: [Table.Column] {
        let (shrunken, others) = (calibration.severity?.shrunken, calibration.comparison?.judges)
        return [
            group, numbers("severity_shrunken", "shrunken", "收缩后宽严") { shrunken?[$0] },
            numbers("outfit_low", "outfit low", "波动下限", 2) { others?[$0]?.outfitLimits.lowerBound },
            numbers("outfit_high", "outfit high", "波动上限", 2) { others?[$0]?.outfitLimits.upperBound },
            numbers("noise_ratio", "noise ratio", "误差方差比", 2) { others?[$0]?.noiseRatio },
        ]
    }

    private var group: Table.Column {
        Table.Column("subset", heading: language.say("group", "组"), .integers(order.map { Int(calibration.panels.subsetOfJudge[$0]) + 1 }))
    }

    private func numbers(
        _ name: String, _ english: String, _ chinese: String, _ decimals: Int? = nil, isDetail: Bool = false, _ value: (Int) -> Double?
    ) -> Table.Column {
        let places = decimals ?? calibration.sheet.calibratedDecimals
        return Table.Column(
            name, heading: language.say(english, chinese), .numbers(order.map(value), decimals: places), isDetail: isDetail)
    }

    private func words(_ flags: [JudgeFlags.Flag]) -> String {
        layout.isForPeople
            ? flags.map { language.name(of: $0) }.joined(separator: language.say(", ", "、")) : flags.map(\.rawValue).joined(separator: " ")
    }

    private func moments(of sheet: ScoreSheet) throws(FitError) -> [Moments] {
        var units = [[Double]](repeating: [], count: sheet.judges.count)
        for (judge, unit) in zip(sheet.judgeCodes, sheet.units) { units[Int(judge)].append(unit) }
        var moments: [Moments] = []
        for own in units { moments.append(try Moments(ofUnits: own, unitsPerPoint: sheet.unitsPerPoint)) }
        return moments
    }
}

extension JudgeCalibration {
    /// Whether infit and outfit are the same numbers to the digits shown, as they are when all scores have the same error.
    var infitIsOutfit: Bool {
        func shown(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 2) }
        return (fit?.judges ?? []).allSatisfy { $0.map { shown($0.infit) == shown($0.outfit) } ?? true }
    }
}

extension Language {
    /// A flag in a word.
    func name(of flag: JudgeFlags.Flag) -> String {
        guard self == .zh else { return flag.rawValue }
        return switch flag {
        case .severe: "偏严"
        case .lenient: "偏宽"
        case .erratic: "波动过大"
        case .predictable: "波动过小"
        case .opposed: "与众相反"
        case .unrelated: "与项目无关"
        case .compressed: "分差过小"
        case .flat: "分数全同"
        case .copies: "疑似照抄"
        case .halo: "光环效应"
        case .home: "偏向同源"
        case .drift: "随出场漂移"
        }
    }
}
