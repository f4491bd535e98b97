/// Conditional formats of a sheet with a table.
struct ConditionXML {
    private let shown: ShownTable

    init(_ shown: ShownTable) { self.shown = shown }

    /// Bars come first, and a line has a format of its own for each colour, for programs that apply only the first condition that holds.
    var text: String {
        guard shown.table.rowCount > 0 else { return "" }
        let tints = shown.marks.compactMap(tint)
        let lines = shown.marks.compactMap(line)
        let both = lines.flatMap { line in tints.map { ("AND(\(line),\($0.formula))", WorkbookStyles.lineAbove($0.tint)) } }
        let rules = both + tints.map { ($0.formula, WorkbookStyles.tint($0.tint)) } + lines.map { ($0, WorkbookStyles.lineAbove(nil)) }
        let bars = shown.marks.compactMap(bar)
        let rows = rules.enumerated().map { index, rule in
            "<cfRule type=\"expression\" dxfId=\"\(rule.1)\" priority=\"\(bars.count + index + 1)\"><formula>\(WorkbookText.escaped(rule.0))"
                + "</formula></cfRule>"
        }
        return bars.enumerated().map { format($1.range, bar(to: $1.most, priority: $0 + 1)) }.joined()
            + (rows.isEmpty ? "" : format(shown.body, rows.joined()))
    }

    private func format(_ range: String, _ rules: String) -> String {
        "<conditionalFormatting sqref=\"\(range)\">\(rules)</conditionalFormatting>"
    }

    /// Without the two lengths a bar of 0 would be a tenth of the cell long.
    private func bar(to most: Double, priority: Int) -> String {
        "<cfRule type=\"dataBar\" priority=\"\(priority)\"><dataBar minLength=\"0\" maxLength=\"100\"><cfvo type=\"num\" val=\"0\"/>"
            + "<cfvo type=\"num\" val=\"\(NumberFormat.shortest(most))\"/><color rgb=\"\(WorkbookStyles.barColor)\"/></dataBar></cfRule>"
    }

    // MARK: - Marks

    /// The column of a mark with `$` before it, if the table has it.
    private func letters(_ column: String) -> String? { shown.index(of: column).map { "$" + ShownTable.letters($0) } }

    private func bar(_ mark: OfficeWorkbook.Mark) -> (range: String, most: Double)? {
        guard case .bars(let column, let most) = mark, let index = shown.index(of: column) else { return nil }
        let letters = ShownTable.letters(index)
        return ("\(letters)2:\(letters)\(shown.lastRow)", most)
    }

    /// The formulas are those of the first row below the header.
    private func tint(_ mark: OfficeWorkbook.Mark) -> (formula: String, tint: OfficeWorkbook.Tint)? {
        guard case .rows(let column, let text, let tint) = mark, let letters = letters(column) else { return nil }
        return ("\(letters)2=\(ConditionXML.literal(text))", tint)
    }

    private func line(_ mark: OfficeWorkbook.Mark) -> String? {
        switch mark {
        case .line(let column, let above, let below):
            letters(column).map { "AND(\($0)1=\(ConditionXML.literal(above)),\($0)2=\(ConditionXML.literal(below)))" }
        case .lineAtZero(let column): letters(column).map { "AND(N(\($0)1)>0,ISNUMBER(\($0)2),\($0)2<0)" }
        case .bars, .rows: nil
        }
    }

    /// A text in a formula.
    private static func literal(_ text: String) -> String {
        "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
