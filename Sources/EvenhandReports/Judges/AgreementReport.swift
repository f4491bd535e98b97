public import Evenhand
public import EvenhandIO

/// Do the judges agree, and how many are enough: a sentence, the tables `agreement`, `enough` and `panel`, and notes.
public struct AgreementReport: Sendable {
    /// How much judges agree, how far their list would repeat, and the panel that it takes.
    public let sentence: String
    /// `agreement` (statistic, value, low, high, n, population), `enough` (judges, reliability, dependability, with intervals) and `panel`
    /// (measure, target, judges, low, high).
    public let tables: [Table]
    /// Population, conventions, intervals, and what is undefined and why.
    public let notes: [String]

    /// The agreement in words and tables.
    ///
    /// - Parameters:
    ///   - agreement: what was found.
    ///   - contest: all scores of the contest, which show whether the entries were chosen in an earlier stage.
    ///   - selection: the part that the agreement is about.
    ///   - reliability: what the panel should reach, above 0 and below 1.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    public init(
        _ agreement: Agreement, contest: ScoreSheet, selection: Selection, reliability: Double, in language: Language,
        cells: Language? = nil
    ) {
        let population = Population(agreement.sheet, contest: contest, selection: selection, language: language)
        let words = AgreementText(
            agreement: agreement, population: population, target: reliability,
            average: AgreementText.Average(of: selection.sheet), language: language)
        sentence = words.sentence
        notes = words.notes
        let cells = cells ?? language
        let shown = Population(agreement.sheet, contest: contest, selection: selection, language: cells)
        tables = [
            AgreementTable(agreement, shown.name, cells).table, words.panelSizes.isEmpty ? nil : words.enoughTable,
            words.panelSizes.isEmpty ? nil : words.panelTable(in: cells),
        ].compactMap(\.self)
    }
}

/// The entries that the statistics are about.
struct Population {
    /// "24 entries of 决赛"
    let name: String
    let entryCount: Int
    /// The entries of the contest among which these were chosen; `nil` when all take part.
    let chosenFrom: Int?

    init(_ sheet: ScoreSheet, contest: ScoreSheet, selection: Selection, language: Language) {
        entryCount = sheet.entries.count
        let heat = sheet.heats.count == 1 ? sheet.heats[0].name : nil
        let part = [selection.stage.map(language.stageName), heat == selection.stage ? nil : heat].compactMap(\.self).joined(separator: " ")
        let isPerformances = sheet.entries.count != selection.sheet.entries.count
        let count = language.count(entryCount, isPerformances ? "performance" : "entry", isPerformances ? "次出场" : "个项目")
        name = part.isEmpty ? count : language.say("\(count) of \(part)", "\(part)的 \(count)")
        let chosen = Set(selection.sheet.entries)
        var elsewhere: Set<Int32> = []
        let heats = Set(selection.sheet.heats)
        for performance in contest.performances where !heats.contains(contest.heats[Int(performance.heat)]) {
            elsewhere.insert(performance.entry)
        }
        let areChosen =
            contest.entries.count > chosen.count
            && contest.entries.indices.allSatisfy { !chosen.contains(contest.entries[$0]) || elsewhere.contains(Int32($0)) }
        chosenFrom = areChosen ? contest.entries.count : nil
    }
}

/// The rows of `agreement`.
struct AgreementTable {
    struct Row {
        let statistic: String
        var value: Double?
        var range: ClosedRange<Double>?
        var count: Int
    }

    let rows: [Row]
    private let population: String
    private let language: Language

    init(_ agreement: Agreement, _ population: String, _ language: Language) {
        (self.population, self.language) = (population, language)
        let entries = agreement.sheet.entries.count
        var rows = (agreement.correlations?.all ?? []).map { Row(statistic: $0.name, value: $0.value, range: $0.interval, count: entries) }
        if agreement.correlations == nil {
            rows = ["ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)"].map { Row(statistic: $0, count: entries) }
        }
        rows += agreement.alphas.map {
            Row(statistic: AgreementTable.name($0.metric, language), value: $0.value, range: $0.interval?.range, count: $0.unitCount)
        }
        let (w, pairs) = (agreement.concordance, agreement.rankCorrelations)
        rows.append(Row(statistic: AgreementTable.w(language), value: w.value, range: w.interval?.range, count: entries))
        rows.append(Row(statistic: AgreementTable.spearman(language), value: pairs.mean, range: pairs.interval?.range, count: entries))
        if let alpha = agreement.cronbach {
            rows.append(
                Row(statistic: language.say("Cronbach alpha", "Cronbach α"), value: alpha.value, range: alpha.interval, count: entries))
        }
        rows += (agreement.categories?.coefficients ?? []).map { coefficient in
            Row(
                statistic: AgreementTable.name(coefficient, judges: agreement.sheet.judges.count, language), value: coefficient.value,
                range: coefficient.interval?.range, count: agreement.categories?.unitCount ?? entries)
        }
        if let matches = agreement.matches {
            let units = agreement.alphas.first?.unitCount ?? entries
            rows.append(Row(statistic: language.say("exact agreement", "完全一致的比例"), value: matches.exact, count: units))
            rows.append(Row(statistic: language.say("adjacent agreement", "相差至多一档的比例"), value: matches.adjacent, count: units))
            if let expected = agreement.expectedMatches {
                let (exact, adjacent) = (
                    language.say("exact agreement expected", "完全一致的期望比例"), language.say("adjacent agreement expected", "相差至多一档的期望比例")
                )
                rows.append(Row(statistic: exact, value: expected.exact, count: units))
                rows.append(Row(statistic: adjacent, value: expected.adjacent, count: units))
            }
        }
        self.rows = rows
    }

    // The English names are codes that programs read.
    static func w(_ language: Language) -> String { language.say("Kendall W", "Kendall 和谐系数 W") }
    static func spearman(_ language: Language) -> String { language.say("mean Spearman", "平均 Spearman 相关") }
    static func alpha(_ language: Language) -> String { language.say("Krippendorff alpha", "Krippendorff α") }
    static func name(_ coefficient: CategoryAgreement.Coefficient, judges: Int, _ language: Language) -> String {
        let isWeighted = coefficient.weights != .identity
        let weights =
            isWeighted ? language.say(" (\(coefficient.weights.rawValue))", coefficient.weights == .linear ? "（线性加权）" : "（平方加权）") : ""
        switch coefficient.kind {
        case .cohen:
            return (judges > 2 ? language.say("mean Cohen kappa", "平均 Cohen κ") : language.say("Cohen kappa", "Cohen κ")) + weights
        case .fleiss: return language.say("Fleiss kappa", "Fleiss κ") + weights
        case .gwet: return (isWeighted ? "Gwet AC2" : "Gwet AC1") + weights
        }
    }
    static func name(_ metric: KrippendorffAlpha.Metric, _ language: Language) -> String {
        guard language == .zh else { return "Krippendorff alpha (\(metric.rawValue))" }
        return switch metric {
        case .nominal: "Krippendorff α（名义）"
        case .ordinal: "Krippendorff α（顺序）"
        case .interval: "Krippendorff α（等距）"
        case .ratio: "Krippendorff α（等比）"
        }
    }

    var table: Table {
        Table(
            name: "agreement", title: language.say("Agreement", "评委一致性"),
            columns: [
                Table.Column("statistic", heading: language.say("statistic", "统计量"), .texts(rows.map(\.statistic)), isWhole: true),
                Table.Column("value", heading: language.say("value", "值"), .numbers(rows.map(\.value), decimals: 3)),
                Table.Column("low", heading: language.say("low", "下限"), .numbers(rows.map { $0.range?.lowerBound }, decimals: 3)),
                Table.Column("high", heading: language.say("high", "上限"), .numbers(rows.map { $0.range?.upperBound }, decimals: 3)),
                Table.Column("n", heading: "n", .integers(rows.map(\.count))),
                Table.Column(
                    "population", heading: language.say("population", "总体"), .texts(rows.map { _ in population }), isWhole: true),
            ])
    }
}
