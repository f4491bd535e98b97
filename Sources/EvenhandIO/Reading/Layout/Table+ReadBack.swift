import Evenhand

extension Table {
    /// Rows that are looked at: a column's use does not change with more.
    private static let mostRowsReadBack = 2000

    /// What the reader of score sheets would take for something else once the blanks are filled: a criterion that is called like a total,
    /// an entry that is called like an average.
    ///
    /// The blanks are filled with random scores, so that no column follows from others.
    ///
    /// - Parameter roles: what the other columns are, by their names.
    package func misreadNames(roles: [String: ColumnRole]) -> [String] {
        let shown = prefix(Table.mostRowsReadBack)
        var stream = RandomStream(seed: 1)
        let cells = shown.columns.map { column in
            (0..<shown.rowCount).map { row in
                guard let blanks = column.blanks else { return column.text(at: row) }
                return NumberFormat.fixed(blanks.most.value * (0.1 + 0.9 * stream.uniform()), decimals: 2)
            }
        }
        let rows = [shown.columns.map(\.heading)] + (0..<shown.rowCount).map { row in cells.map { $0[row] } }
        let grid = Grid(sheet: "", rows: rows, lines: Array(1...rows.count))
        let reader = SheetReader(grid, as: ReadingOptions(), file: "", hasDecimalComma: false)
        guard let layout = try? reader.layouts(isJudgeKnown: false).layouts, layout.count == 1, layout[0].headerRows == 0..<1 else {
            return shown.columns.filter { $0.blanks != nil }.map(\.heading)
        }
        let misread = shown.columns.enumerated().filter { position, column in
            guard column.blanks != nil else {
                return layout[0].uses[position] != roles[column.name].map(SheetLayout.Use.role) ?? .attribute
            }
            if case .score = layout[0].uses[position] { return false }
            return layout[0].uses[position] != .role(.score)
        }
        let notRows = (1..<rows.count).filter { layout[0].rowUses[$0] != .data }.flatMap { row in
            shown.columns.indices.filter { roles[shown.columns[$0].name] == .entry }.map { rows[row][$0] }
        }
        return misread.map(\.element.heading) + notRows
    }
}

extension Table.Column {
    /// The cell as a sheet shows it.
    fileprivate func text(at row: Int) -> String {
        if case .integers(let numbers) = cells { return String(numbers[row]) }
        return name(at: row)
    }
}
