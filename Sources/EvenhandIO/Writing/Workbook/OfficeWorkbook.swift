/// A workbook for an office to go on working with, as `.xlsx`: a first sheet of sentences, a sheet for each table, and charts.
package struct OfficeWorkbook: Sendable {
    /// The first sheet: a label and then a sentence in each row.
    package struct Front: Sendable {
        /// The name of the sheet.
        package var name: String
        /// What comes before the list of sheets.
        package var answer: (label: String, lines: [String])
        /// The label of the list of sheets.
        package var contents: String
        /// What comes after it.
        package var notes: (label: String, lines: [String])

        package init(name: String, answer: (label: String, lines: [String]), contents: String, notes: (label: String, lines: [String])) {
            (self.name, self.answer, self.contents, self.notes) = (name, answer, contents, notes)
        }
    }

    /// A sheet with a table.
    package struct Sheet: Sendable {
        /// The name that is wanted; it is made valid and unique.
        package var name: String
        /// The rows.
        package var table: Table
        /// What stands out.
        package var marks: [Mark]

        package init(name: String, table: Table, marks: [Mark] = []) {
            (self.name, self.table, self.marks) = (name, table, marks)
        }
    }

    /// What stands out in a table, by conditions that hold as well after the rows have been sorted or changed. Columns go by their name; a
    /// mark on one that the table does not have is left out.
    package enum Mark: Sendable, Equatable {
        /// A bar in each cell, from 0 to the given number.
        case bars(column: String, most: Double)
        /// Rows with this text in a column are coloured.
        case rows(column: String, text: String, Tint)
        /// A line between a row with the first text and a row with the second.
        case line(column: String, above: String, below: String)
        /// A line between a row with a number above 0 and one with a number below.
        case lineAtZero(column: String)
    }

    /// The colour of a row.
    package enum Tint: Int, Sendable, CaseIterable {
        case green, amber
    }

    /// Points with intervals, one for each of the first rows of a sheet.
    package struct Chart: Sendable {
        /// What it shows.
        package var title: String
        /// The sheet of its numbers, counted from 0.
        package var sheet: Int
        /// The names of the columns with the points and the ends of the intervals.
        package var columns: (point: String, low: String, high: String)
        /// Whether small numbers are above, as for ranks.
        package var isReversed: Bool

        package init(title: String, sheet: Int, columns: (point: String, low: String, high: String), isReversed: Bool = false) {
            (self.title, self.sheet, self.columns, self.isReversed) = (title, sheet, columns, isReversed)
        }
    }

    /// The first sheet; `nil` for a workbook of tables alone.
    package var front: Front?
    /// A sheet for each table.
    package var sheets: [Sheet]
    /// The charts, below each other on a sheet of their own.
    package var charts: [Chart]
    /// The name of the sheet of charts.
    package var chartsName: String
    /// The typeface of all cells.
    package var font: String

    package init(front: Front?, sheets: [Sheet], charts: [Chart] = [], chartsName: String = "Charts", font: String = "Calibri") {
        (self.front, self.sheets, self.charts, self.chartsName, self.font) = (front, sheets, charts, chartsName, font)
    }

    /// The most rows of a sheet, and so one more than a table may have.
    package static let mostRows = 1_048_576
    /// The most columns of a sheet.
    package static let mostColumns = 16_384
    /// The most characters of a cell, counted in UTF-16; a longer text is cut.
    package static let longestText = 32_767
    /// The most rows that a chart shows.
    package static let mostPoints = 60

    /// The file.
    ///
    /// - Throws: `OutputError.exceedsWorkbook` for a table that no sheet can hold.
    package func bytes() throws(OutputError) -> [UInt8] {
        for sheet in sheets {
            let table = sheet.table
            if table.rowCount >= OfficeWorkbook.mostRows || table.columns.count > OfficeWorkbook.mostColumns {
                throw .exceedsWorkbook(table: table.name, rows: table.rowCount, columns: table.columns.count)
            }
        }
        let archive = WorkbookPackage(self).archive()
        guard archive.isValid else {
            let largest = sheets.map(\.table).max { $0.rowCount * $0.columns.count < $1.rowCount * $1.columns.count }
            throw .exceedsWorkbook(table: largest?.name ?? "", rows: largest?.rowCount ?? 0, columns: largest?.columns.count ?? 0)
        }
        return archive.bytes
    }
}
