public import Evenhand
public import EvenhandIO

extension Report {
    /// Whether scores can be ranked, what was understood, what looks wrong and who scored whom.
    ///
    /// - Parameters:
    ///   - reading: a thorough reading, so that all changes are known.
    ///   - shown: its sheet with the names that may be shown.
    ///   - part: the part of it whose design is asked for.
    ///   - top: the rows of each table that are printed; all when `nil`.
    ///   - language: the language of words.
    ///   - cells: that of texts in tables; English ones serve programs as codes.
    public init(checking reading: Reading, shown: ScoreSheet, part: ScoreSheet, top: Int?, in language: Language, cells: Language? = nil) {
        let cells = cells ?? language
        let hidesNames = ShownNames(shown, of: reading).areReplaced
        let review = DesignReview(of: part)
        let groups = reading.findings(naming: shown, in: cells, most: .max, searchesDuplicates: true)
        let findings = groups.flatMap(\.findings) + review.findings(in: cells)
        var understood = UnderstoodTable(cells, hidesNames: hidesNames)
        understood.add(reading.sources, inputs: reading.inputs, leftOutSheets: reading.leftOutSheets)
        understood.add(reading, shown: shown, stageCount: review.stages.count)
        let words = CheckText(language: language)
        let proof = ReadingTables(sources: reading.sources, language: cells, hidesNames: hidesNames)
        let tables = [
            understood.table, proof.columns, proof.rowsLeftOut, Report.problems(findings, cells),
            Report.changes(reading.changes, hidesNames: hidesNames, cells),
            DesignTable(review, missing: MissingScores(of: reading, shown: shown), in: cells).table, Report.subsets(review, cells),
        ]
        self.init(
            verdict: reading.understood(in: language, hidesNames: hidesNames) + "\n" + words.verdict(review, warnings: findings.count),
            tables: tables.map { table in top.map { table.prefix($0) } ?? table }, notes: words.notes)
    }

    /// Why scores cannot be read, and as much as was understood of them.
    public init(checking attempt: ReadingAttempt, hidesNames: Bool, top: Int?, in language: Language, cells: Language? = nil) {
        let cells = cells ?? language
        var understood = UnderstoodTable(cells, hidesNames: hidesNames)
        understood.add(attempt.sources, inputs: attempt.inputs, leftOutSheets: attempt.leftOutSheets)
        let proof = ReadingTables(sources: attempt.sources, language: cells, hidesNames: hidesNames)
        let start = attempt.sources.isEmpty ? "" : Reading.understood(attempt.sources, in: language, hidesNames: hidesNames) + "\n"
        let tables = [
            understood.table, proof.columns, proof.rowsLeftOut,
            Report.problems(attempt.error.findings(in: cells).map { hidesNames ? $0.withoutNames(cells) : $0 }, cells),
            Report.changes(attempt.changes, hidesNames: hidesNames, cells), DesignTable.empty(in: cells),
            Report.subsets(nil, cells),
        ]
        self.init(
            verdict: start + CheckText(language: language).verdict(attempt.error),
            tables: tables.map { table in top.map { table.prefix($0) } ?? table }, notes: [])
    }

    /// The table `problems`; with a column for the cells of workbooks if there are any.
    private static func problems(_ findings: [Finding], _ language: Language) -> Table {
        func texts(_ name: String, _ chinese: String, isWhole: Bool = false, isDetail: Bool = false, _ text: (Finding) -> String)
            -> Table.Column
        {
            Table.Column(name, heading: language.say(name, chinese), .texts(findings.map(text)), isWhole: isWhole, isDetail: isDetail)
        }
        let isOneFile = Set(findings.compactMap { $0.location?.file }).count < 2
        var columns = [
            texts("code", "代码") { $0.code }, texts("severity", "级别", isDetail: true) { language.name(of: $0.severity) },
            texts("file", "文件", isDetail: isOneFile) { $0.location.map { Reading.shownName(of: $0.file, in: language) } ?? "" },
            Table.Column(
                "line", heading: language.say("line", "行"), .numbers(findings.map { $0.location?.line.map(Double.init) }, decimals: 0)),
            texts("column", "列") { $0.location?.column ?? "" }, texts("value", "内容", isDetail: true) { $0.value },
            texts("message", "问题", isWhole: true) { $0.message }, texts("fix", "处理", isWhole: true) { $0.fix },
        ]
        if findings.contains(where: { $0.location?.cell != nil }) { columns.append(texts("cell", "单元格") { $0.location?.cell ?? "" }) }
        return Table(name: CheckTable.problems.rawValue, title: language.say("Problems", "问题"), columns: columns)
    }

    /// The table `changes`; texts that may be names are left out when names are hidden.
    private static func changes(_ changes: [Reading.Change], hidesNames: Bool, _ language: Language) -> Table {
        func texts(_ name: String, _ chinese: String, isWhole: Bool = false, _ text: (Reading.Change) -> String) -> Table.Column {
            Table.Column(name, heading: language.say(name, chinese), .texts(changes.map(text)), isWhole: isWhole)
        }
        func shown(_ text: String) -> String { hidesNames && !text.isEmpty ? "…" : text }
        return Table(
            name: CheckTable.changes.rawValue, title: language.say("Changes made in reading", "读取时的更改"),
            columns: [
                texts("place", "位置", isWhole: true) { change in
                    let location = hidesNames ? Reading.Location(file: change.location.file, line: change.location.line) : change.location
                    return location.shown(in: language, withColumn: true)
                },
                texts("before", "原文") { shown($0.before) }, texts("after", "改为") { shown($0.after) },
                texts("why", "原因", isWhole: true) { language.reason($0.reason) },
            ])
    }

    /// The table `subsets`: the parts of each stage, and of all together.
    private static func subsets(_ review: DesignReview?, _ language: Language) -> Table {
        var rows: [(subset: Int, stage: String, heats: String, judges: Int, entries: Int)] = []
        func add(_ stage: StageDesign, _ name: String) {
            for (index, subset) in stage.subsets.enumerated() {
                let heats = subset.heats.map { stage.scored.heats[$0].name ?? "" }.filter { !$0.isEmpty }
                rows.append((index + 1, name, language.list(heats, most: .max), subset.judges.count, subset.entries.count))
            }
        }
        for (index, stage) in (review?.stages ?? []).enumerated() {
            add(stage, review?.whole == nil ? stage.name.map(language.stageName) ?? "" : language.name(of: stage, index))
        }
        if let whole = review?.whole { add(whole, language.say("all", "全部")) }
        return Table(
            name: CheckTable.subsets.rawValue, title: language.say("Groups that share no judge", "互不重叠的评委组"),
            columns: [
                Table.Column("subset", heading: language.say("group", "组"), .integers(rows.map(\.subset))),
                Table.Column("stage", heading: language.say("stage", "阶段"), .texts(rows.map(\.stage))),
                Table.Column("heats", heading: language.say("heats", "场次"), .texts(rows.map(\.heats)), isWhole: true),
                Table.Column("judges", heading: language.say("judges", "评委"), .integers(rows.map(\.judges))),
                Table.Column("entries", heading: language.say("entries", "项目"), .integers(rows.map(\.entries))),
            ])
    }
}

extension DesignReview {
    /// What keeps the scores from being ranked without a choice.
    fileprivate func findings(in language: Language) -> [Finding] {
        let weak = stages.enumerated().compactMap { index, stage in
            stage.weakest.flatMap {
                WeakLinkText.finding($0, stage.scored, in: stages.count > 1 ? language.name(of: stage, index) : nil, language)
            }
        }
        let reviews = stages.enumerated().compactMap { index, stage in
            stage.judgesByCriterion.map { (stage: stages.count > 1 ? language.name(of: stage, index) : nil, judges: $0) }
        }
        return (openOrder.map { [Finding($0.code, $0.wording(language))] } ?? []) + weak
            + reviews.map { Finding.noTotals($0.judges, in: $0.stage, language) }
    }
}

extension Finding {
    /// No ballot has every criterion, so that only a rule that takes them one by one can rank.
    fileprivate static func noTotals(_ judges: [(criterion: String, judges: [String])], in stage: String?, _ language: Language) -> Finding
    {
        let who = judges.map { "\($0.criterion): \(language.list($0.judges, most: 4))" }.joined(separator: language.say("; ", "；"))
        return Finding(
            "W314",
            language.say(
                "\(stage.map { "In \($0) judges" } ?? "Judges") score different criteria (\(who)), so there are no totals; use rank --rule FILE with the steps {\"judges\": \"mean\"}, {\"criteria\": \"sum\"}, which take the criteria one by one.",
                "\(stage.map { "\($0)中" } ?? "")各评委评不同的指标（\(who)），因此没有总分；请用 rank --rule 文件，其步骤 {\"judges\": \"mean\"}、{\"criteria\": \"sum\"} 逐项处理指标。"
            ))
    }
}

extension Language {
    fileprivate func reason(_ reason: Reading.Change.Reason) -> String {
        switch reason {
        case .trimmed: say("spaces around it", "首尾空格")
        case .normalized: say("other forms of the same characters", "字符的兼容形式（全角等）")
        case .decimalComma: say("decimal comma", "逗号作小数点")
        case .filledFromAbove: say("empty: as in the row above", "空白：沿用上一行")
        case .namedAfterFile: say("no judge is named: called like the file", "未写评委：以文件名代替")
        case .leftOutRow: say("not an entry: left out", "不是参赛项目：未使用")
        }
    }
}

/// The tables of `check`.
public enum CheckTable: String, Sendable, CaseIterable {
    /// What the files were taken for, and what is in them.
    case understood
    /// What every column was read as.
    case columns
    /// Rows that are not entries.
    case rowsLeftOut = "rows_left_out"
    /// What is wrong or looks wrong.
    case problems
    /// Cells that were changed in reading.
    case changes
    /// Who scored whom.
    case design
    /// Groups that share no judge.
    case subsets
}

public import Evenhand

/// The warning that judges are connected by weak links.
enum WeakLinkText {
    /// The warning for a stage (or the whole sheet); `nil` when its judges are well connected.
    static func finding(_ link: WeakestLink, _ sheet: ScoreSheet, in stage: String?, _ language: Language) -> Finding? {
        guard link.isWeak else { return nil }
        let pair = link.judges.map { sheet.judges[$0] }
        let error = NumberFormat.fixed(link.standardError, decimals: 2)
        let eigenvalue = NumberFormat.fixed(link.smallestEigenvalue, decimals: 2)
        return Finding(
            "W402",
            language.say(
                "\(stage.map { "In \($0) judges" } ?? "Judges") are connected by weak links: the severities of \(pair[0]) and \(pair[1]) can be compared only to within ±\(error) noise SDs (smallest eigenvalue \(eigenvalue)). If strong entries met neighbouring judges, methods that correct for severity do harm; compare their order with that of --method mean.",
                "\(stage.map { "\($0)中" } ?? "")评委之间联系薄弱：\(pair[0])与\(pair[1])的宽严之差只能估计到 ±\(error) 个误差标准差（最小特征值 \(eigenvalue)）。若水平高的项目只由相邻的评委评分，修正宽严反而有害；请与 --method mean 的排序对照。"
            ))
    }
}

extension Ranking {
    /// The warning of a ranking whose models correct for severity although judges are connected by weak links.
    public func warnings(in language: Language) -> [String] {
        guard columns.contains(where: { $0.results.model != nil }), let link = WeakestLink(of: sheet, design) else { return [] }
        return [WeakLinkText.finding(link, sheet, in: nil, language)].compactMap { $0?.line(in: language) }
    }
}
