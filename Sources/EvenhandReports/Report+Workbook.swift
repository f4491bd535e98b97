import Evenhand
public import EvenhandIO

extension Report {
    /// The report as an `.xlsx` workbook: the verdict and the notes on the first sheet, then charts where intervals are known, and a sheet
    /// for each table.
    ///
    /// Texts are never formulas, and numbers keep all their digits. The same report gives the same bytes.
    ///
    /// - Parameter language: that of the names of sheets; the words are those of the report.
    /// - Throws: `OutputError.exceedsWorkbook` for a table that no sheet can hold.
    public func workbook(in language: Language) throws(OutputError) -> [UInt8] {
        let tables = printed
        let words = SheetWords(language)
        let sheets = tables.map { OfficeWorkbook.Sheet(name: words.name(of: $0), table: $0, marks: words.marks(of: $0)) }
        let charts = tables.enumerated().compactMap { words.chart(of: $1, on: $0) }
        let front = OfficeWorkbook.Front(
            name: language.say("Result", "结论"),
            answer: (language.say("Result", "结论"), verdict.split(separator: "\n").map(String.init)),
            contents: language.say("Sheets", "工作表"),
            notes: (language.say("Notes", "说明"), notes + words.cutTexts(of: tables)))
        return try OfficeWorkbook(
            front: front, sheets: sheets, charts: charts, chartsName: language.say("Charts", "图表"),
            font: language.say("Calibri", "等线")
        ).bytes()
    }
}

/// What a workbook says besides the report, and what stands out in it.
private struct SheetWords {
    private let language: Language

    init(_ language: Language) { self.language = language }

    // MARK: - Names

    /// What the sheet of a table is called: one of several of a kind goes by what tells it apart.
    func name(of table: Table) -> String {
        let parts = table.name.split(separator: "/", maxSplits: 1).map(String.init)
        guard let kind = parts.first else { return table.title }
        let name = SheetWords.names[kind].map(language.say) ?? kind
        guard parts.count > 1 else { return name }
        return kind == "ranking" ? parts[1] : "\(name) \(parts[1])"
    }

    private static let names: [String: (String, String)] = [
        "agreement": ("Agreement", "评委一致性"), "bias": ("Biases", "评分影响因素"), "changes": ("Changes", "读取时的更改"),
        "columns": ("Columns", "各列"), "coverage": ("Coverage", "覆盖率"), "cut": ("Cut", "入围线"), "design": ("Design", "评分设计"),
        "enough": ("Numbers of judges", "评委人数与信度"), "explain": ("Explanation", "计算过程"), "groups": ("Groups", "各组"),
        "heats": ("Heats", "场次"), "influence": ("What if", "若改变"), "judges": ("Judges", "评委"), "lottery": ("Lottery", "抽签"),
        "methods": ("Methods", "各方法名次"), "normalized": ("Normalized", "标准化"), "outlying": ("Outlying scores", "远离预期的评分"),
        "pairs": ("Pairs", "两两比较"), "panel": ("Panel size", "所需评委数"), "problems": ("Problems", "问题"),
        "ranking": ("Ranking", "排名"), "readings": ("Assumptions", "各种假设"), "reliability": ("Reliability", "区分程度"),
        "review": ("Review", "建议复议"), "rows_left_out": ("Rows left out", "不计入的行"), "subsets": ("Groups of judges", "评委组"),
        "tau": ("Methods compared", "方法一致性"), "tests": ("Tests", "检验"), "understood": ("Understood", "读取结果"),
        "verification": ("Verification", "核对"),
    ]

    // MARK: - Marks

    /// The cut, who is in, and probabilities as bars. Words in the rows say the same as the colours.
    func marks(of table: Table) -> [OfficeWorkbook.Mark] {
        let (yes, no) = (language.say("in", "入围"), language.say("out", "未入围"))
        return switch table.name.prefix(while: { $0 != "/" }) {
        case "ranking": [.line(column: "in", above: yes, below: no), .rows(column: "in", text: yes, .green)]
        case "cut":
            (hasEqualsAtCut(table) ? [] : [.lineAtZero(column: "gap")]) + [
                .rows(column: "band", text: language.band(.inside), .green), .rows(column: "band", text: language.band(.open), .amber),
                .bars(column: "p_top", most: 1),
            ]
        default: []
        }
    }

    /// Whether a tie-break decided who is in: the sign of the gap does not tell then.
    private func hasEqualsAtCut(_ table: Table) -> Bool {
        guard case .numbers(let gaps, _)? = table.columns.first(where: { $0.name == "gap" })?.cells else { return true }
        return gaps.contains(0)
    }

    // MARK: - Charts

    func chart(of table: Table, on sheet: Int) -> OfficeWorkbook.Chart? {
        guard table.rowCount > 1 else { return nil }
        let most = OfficeWorkbook.mostPoints
        let part = table.rowCount > most ? language.say(" (the first \(most))", "（前 \(most) 个）") : ""
        switch table.name.prefix(while: { $0 != "/" }) {
        case "cut":
            return OfficeWorkbook.Chart(
                title: language.say("Where each true rank lies: expected rank and 90 % interval", "各项目真实名次所在：期望名次与 90% 区间") + part,
                sheet: sheet, columns: ("expected_rank", "low90", "high90"), isReversed: true)
        case "judges":
            return OfficeWorkbook.Chart(
                title: language.say("Severity of the judges with 95 % intervals", "各评委的宽严与 95% 区间") + part, sheet: sheet,
                columns: ("severity", "severity_low", "severity_high"))
        case "groups":
            return OfficeWorkbook.Chart(
                title: "\(table.title): " + language.say("fair means with 95 % intervals", "公平均值与 95% 区间") + part, sheet: sheet,
                columns: ("fair_mean", "low", "high"))
        default: return nil
        }
    }

    // MARK: - Limits

    /// The note that texts were cut, where a cell cannot hold them.
    func cutTexts(of tables: [Table]) -> [String] {
        let most = OfficeWorkbook.longestText
        func isLong(_ text: String) -> Bool { text.utf8.count > most && text.utf16.count > most }
        let names = tables.filter { table in
            table.columns.contains { column in
                switch column.cells {
                case .factor(let factor): factor.levels.contains(where: isLong)
                case .texts(let texts): texts.contains(where: isLong)
                case .integers, .numbers, .values: false
                }
            }
        }.map { name(of: $0) }
        guard !names.isEmpty else { return [] }
        return [
            language.say(
                "Texts of more than \(most) characters are cut, since a cell of a workbook holds no more (\(language.list(names))); --format csv has all of them.",
                "超过 \(most) 个字符的文本已截断，因为工作簿的单元格容纳不下（\(language.list(names))）；全文见 --format csv。")
        ]
    }
}
