/// The cells of one sheet as text, as they are written: what a workbook's sheet and a text file have in common.
///
/// The form of a text shows its type: a date is `2026-05-09`, a percentage `85.5%`; `Cell` reads it.
struct Grid: Sendable, Equatable {
    /// A rectangle of merged cells; its text is in the first one. Rows and columns count from 0; the ends are included.
    struct Merge: Sendable, Equatable {
        let rows: ClosedRange<Int>
        let columns: ClosedRange<Int>
    }

    /// The name of the workbook's sheet; `nil` for a text file.
    let sheet: String?
    /// The cells row by row; a row may end early, and an empty cell is an empty text.
    var rows: [[String]]
    /// For each row the line (or the row number of the sheet) that it begins on, counted from 1.
    var lines: [Int]
    var merges: [Merge] = []
    /// The rows that a workbook hides or filters out, by their index in `rows`.
    var hiddenRows: Set<Int> = []
    /// The columns that a workbook hides.
    var hiddenColumns: Set<Int> = []
    /// For each row how many columns to the right it is in the sheet; empty when no row is shifted.
    var offsets: [Int] = []

    /// The column of the sheet that a cell is in.
    func sourceColumn(_ row: Int, _ column: Int) -> Int { column + (offsets.isEmpty ? 0 : offsets[row]) }

    /// Some of the rows, in their order.
    func part(_ range: Range<Int>) -> Grid {
        var part = Grid(sheet: sheet, rows: Array(rows[range]), lines: Array(lines[range]))
        part.hiddenColumns = hiddenColumns
        part.hiddenRows = Set(hiddenRows.filter(range.contains).map { $0 - range.lowerBound })
        if !offsets.isEmpty { part.offsets = Array(offsets[range]) }
        return part
    }

    /// Without the rows and columns that the workbook hides; the columns stay where they are and are empty.
    var withoutHidden: Grid {
        guard !hiddenRows.isEmpty || !hiddenColumns.isEmpty else { return self }
        let kept = rows.indices.filter { !hiddenRows.contains($0) }
        var grid = Grid(sheet: sheet, rows: kept.map { rows[$0] }, lines: kept.map { lines[$0] })
        for row in grid.rows.indices {
            for column in hiddenColumns where column < grid.rows[row].count { grid.rows[row][column] = "" }
        }
        return grid
    }

    func isBlank(_ row: Int) -> Bool { rows[row].allSatisfy(\.isEmpty) }

    /// The texts of a row, each once.
    func texts(_ row: Int) -> Set<String> { Set(rows[row].lazy.filter { !$0.isEmpty }) }

    /// Whether a row has one text only, which may reach over several cells: a title, a section, a remark.
    func isLone(_ row: Int) -> Bool {
        guard let first = rows[row].first(where: { !$0.isEmpty }) else { return false }
        return rows[row].allSatisfy { $0.isEmpty || $0 == first }
    }
}
