public import Evenhand
import EvenhandIO

extension Report {
    /// What each score is worth once judges' scales are taken out.
    ///
    /// - Parameters:
    ///   - parts: one normalization for each criterion, or one of the judges' totals with `criterion` nil.
    ///   - totals: the totals that were normalized; they know the ballots that were left out.
    ///   - selection: the part of the contest.
    ///   - top: the number of rows that are printed; all when `nil`.
    ///   - language: the language of words.
    public init(
        _ parts: [(criterion: String?, sheet: ScoreSheet, normalization: Normalization)], totals: Totals?, selection: Selection, top: Int?,
        in language: Language
    ) {
        let table = NormalizedTable(parts, language: language).table
        let first = parts[0]
        let words = NormalizationText(normalization: first.normalization, sheet: first.sheet, language: language)
        let design = PanelDesign(of: first.sheet)
        let ranking = totals.map { RankingText.ballots($0, language) } ?? []
        self.init(verdict: words.verdict(design), tables: [top.map { table.prefix($0) } ?? table], notes: words.notes + ranking)
    }
}

/// The rows of `normalized`: one for each score.
private struct NormalizedTable {
    let parts: [(criterion: String?, sheet: ScoreSheet, normalization: Normalization)]
    let language: Language

    init(_ parts: [(criterion: String?, sheet: ScoreSheet, normalization: Normalization)], language: Language) {
        self.parts = parts
        self.language = language
    }

    var table: Table {
        var columns: [Table.Column] = []
        let heats = parts.flatMap(\.sheet.heats)
        if heats.contains(where: { $0.stage != nil }) {
            columns.append(column("stage", "阶段") { perRow($0, $0.heats.map { $0.stage ?? "" }, \.heat) })
        }
        if heats.contains(where: { $0.name != nil }) {
            columns.append(column("heat", "场次") { perRow($0, $0.heats.map { $0.name ?? "" }, \.heat) })
        }
        columns.append(column("entry", "项目") { perRow($0, $0.entries, \.entry) })
        columns.append(column("judge", "评委") { Factor(levels: $0.judges, codes: $0.judgeCodes) })
        if parts.contains(where: { $0.criterion != nil }) {
            let criteria = parts.flatMap { part in [String](repeating: part.criterion ?? "", count: part.sheet.count) }
            columns.append(Table.Column("criterion", heading: language.say("criterion", "指标"), .texts(criteria)))
        }
        let scores = parts.flatMap { part in part.sheet.units.indices.map { part.sheet.score(at: $0) } }
        columns.append(Table.Column("score", heading: language.say("score", "分数"), .values(scores, decimals: 2)))
        let values = parts.flatMap { part in
            let (values, direction) = (part.normalization.values, part.normalization.direction)
            return direction == .higherIsBetter ? values : values.map { direction.turned($0) }
        }
        columns.append(Table.Column("normalized", heading: language.say("normalized", "标准化"), .values(values, decimals: 3)))
        return Table(name: NormalizationTable.normalized.rawValue, columns: columns)
    }

    /// A name for each score from the performance that it belongs to.
    private func perRow(_ sheet: ScoreSheet, _ levels: [String], _ code: (Performance) -> Int32) -> Factor {
        Factor(levels: levels, codes: sheet.performances.flatMap { [Int32](repeating: code($0), count: $0.rows.count) })
    }

    /// Codes when there is one part; the parts of several have levels of their own.
    private func column(_ name: String, _ chinese: String, _ factor: (ScoreSheet) -> Factor) -> Table.Column {
        let factors = parts.map { factor($0.sheet) }
        let cells: Table.Cells =
            factors.count == 1 ? .factor(factors[0]) : .texts(factors.flatMap { factor in factor.codes.map { factor.levels[Int($0)] } })
        return Table.Column(name, heading: language.say(name, chinese), cells)
    }
}

/// The sentences around a normalization.
struct NormalizationText {
    let normalization: Normalization
    let sheet: ScoreSheet
    let language: Language

    func verdict(_ design: PanelDesign) -> String {
        let method = language.say(normalization.method.rawValue, language.name(ofMethod: normalization.method.rawValue))
        if design.isComplete {
            return language.say(
                "\(method): every judge saw the same entries, so scales can be compared without an assumption.",
                "\(method)：每位评委都评了相同的项目，尺度可以直接比较。")
        }
        if design.subsetCount > 1 {
            return language.say(
                "\(method): the panels fall into \(design.subsetCount) groups that share no judge; what is taken out includes real differences between their entries.",
                "\(method)：评委分为 \(design.subsetCount) 个互不重叠的组；被消除的也包括各组项目之间的真实差异。")
        }
        return language.say(
            "\(method): judges saw different entries; this assumes that every judge saw entries of the same average quality.",
            "\(method)：评委所评项目不同；这里假设每位评委所见项目的平均水平相同。")
    }

    /// The convention, and who was treated specially.
    var notes: [String] { [MethodText.normalized(normalization.method, language)] + treatments }

    /// The judges with constant or few scores, and what was done about it.
    var treatments: [String] {
        TreatmentText(rules: normalization.rules, method: normalization.method, language: language, names: names).notes
    }

    private func names(_ treatment: Normalization.Treatment) -> [String] {
        normalization.groups.filter { $0.treatment == treatment && $0.count > 0 }.map { group in
            [group.judge.map { sheet.judges[Int($0)] }, group.heat.flatMap { sheet.heats[Int($0)].name }].compactMap(\.self).joined(
                separator: " / ")
        }
    }
}

/// Who was treated specially by a normalization.
struct TreatmentText {
    let rules: NormalizationRules
    let method: NormalizationMethod
    let language: Language
    /// The judges, or other groups, of a treatment.
    let names: (Normalization.Treatment) -> [String]

    var notes: [String] {
        var notes: [String] = []
        notes += named(.constant, "gave all entries the same score: z = 0", "对所有项目打分相同：z = 0", if: method.isStandardized)
        notes += named(
            .shrunk, "fewer than \(rules.minimumScores) scores: mean and SD shrunk toward the pool (weight n / (n + 4) on their own)",
            "评分少于 \(rules.minimumScores) 个：均值和标准差向总体收缩（自身权重 n /（n + 4））")
        notes += named(
            .pooled, "fewer than \(rules.minimumScores) scores: mean and SD of the pool", "评分少于 \(rules.minimumScores) 个：使用总体均值和标准差")
        notes += named(
            .few, "fewer than \(rules.minimumScores) scores, used as they are", "评分少于 \(rules.minimumScores) 个，直接使用",
            if: method != .coefficient)
        return notes
    }

    private func named(_ treatment: Normalization.Treatment, _ english: String, _ chinese: String, if applies: Bool = true) -> [String] {
        let names = names(treatment)
        guard applies, !names.isEmpty else { return [] }
        return [language.say("\(english): \(language.list(names)).", "\(chinese)：\(language.list(names))。")]
    }
}

/// The tables of `normalize`.
public enum NormalizationTable: String, Sendable, CaseIterable {
    /// What each score is worth.
    case normalized
    /// From exact sums: what each judge's scores are measured by.
    case scales
}
