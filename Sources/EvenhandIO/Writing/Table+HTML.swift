extension Table {
    /// The most rows that a page shows of one table.
    package static let mostRowsOfPage = 1000

    /// The characters of a table that fit the width of a sheet of paper; wider ones are printed across.
    private static let widestOnPaper = 110
    /// The characters after which a text breaks.
    private static let widestText = 24

    /// The table as an element of a page: numbers to the right, a row's name as its header, a line at the cut.
    ///
    /// Undefined numbers are a dash; a column without a single number is left out, as it is from text.
    ///
    /// - Parameters:
    ///   - markup: where the table is written to.
    ///   - caption: what it shows, for those who meet the table by itself.
    ///   - isCaptionShown: whether those who see the page see it, too.
    ///   - rows: the most rows that are shown.
    package func write(to markup: inout Markup, caption: String, isCaptionShown: Bool = true, most rows: Int = Table.mostRowsOfPage) {
        let shown = prefix(rows)
        let columns = shown.columns.filter { !$0.isUndefined }.map { PrintedColumn($0) }
        let width = columns.reduce(0) { $0 + min($1.width, Table.widestText) + 2 }
        let kind = width > Table.widestOnPaper ? "scroll wide" : "scroll"
        markup.element("div", [("class", kind), ("tabindex", "0"), ("role", "group"), ("aria-label", caption)]) { markup in
            markup.element("table") { markup in
                markup.element("caption", isCaptionShown ? [] : [("class", "vh")], caption)
                markup.element("thead") { markup in
                    markup.element("tr") { markup in
                        for column in columns {
                            markup.element("th", [("scope", "col")] + Table.alignment(of: column), column.heading)
                        }
                    }
                }
                markup.element("tbody") { markup in
                    for row in 0..<shown.rowCount {
                        markup.newline()
                        markup.element("tr", row == rowsAboveCut && row > 0 ? [("class", "cut")] : []) { markup in
                            for (position, column) in columns.enumerated() {
                                let kind = Table.alignment(of: column)
                                if position == 0 {
                                    markup.element("th", [("scope", "row")] + kind, column.cells[row])
                                } else {
                                    markup.element("td", kind, column.cells[row])
                                }
                            }
                        }
                    }
                }
            }
        }
        markup.newline()
    }

    /// Texts to the left; long ones may break. Room for what is written by hand.
    private static func alignment(of column: PrintedColumn) -> [(String, String)] {
        if column.isToFill { return [("class", "f")] }
        return column.isNumeric ? [] : [("class", column.width > widestText ? "w" : "t")]
    }
}
