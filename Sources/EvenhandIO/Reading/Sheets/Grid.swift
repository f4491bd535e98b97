/// The cells of one sheet as text, as they stand there: what a workbook's sheet and a text file have in common.
struct Grid: Sendable, Equatable {
    /// A rectangle of merged cells; its text stands in the first one. Rows and columns count from 0; the ends are included.
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
}
