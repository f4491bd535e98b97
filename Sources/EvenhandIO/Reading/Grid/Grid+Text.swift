extension Grid {
    /// The rows of a text file.
    init(_ input: InputBytes, from start: Int, separator: UInt8) throws(ScoreSheetError) {
        let scanner = FieldScanner(input, separator: separator)
        var (rows, lines) = ([[String]](), [Int]())
        var (position, line) = (start, 1)
        while position < input.count {
            let (fields, next) = scanner.row(at: position)
            if let broken = fields.first(where: \.isBroken) {
                throw ScoreSheetError(.brokenQuote, file: input.path, line: line, text: String(scanner.text(of: broken).prefix(60)))
            }
            var row: [String] = []
            row.reserveCapacity(fields.count)
            for field in fields {
                guard let text = String(validating: scanner.rawBytes(of: field), as: UTF8.self) else {
                    throw ScoreSheetError(.invalidUTF8, file: input.path, line: line, text: String(scanner.text(of: field).prefix(60)))
                }
                row.append(text)
            }
            rows.append(row)
            lines.append(line)
            line += max(1, scanner.lineCount(from: position, to: next))
            position = next
        }
        self.init(sheet: nil, rows: rows, lines: lines)
    }

    /// The grid with the text of merged cells in each of them.
    var filled: Grid {
        var grid = self
        for merge in merges where merge.rows.lowerBound < rows.count {
            guard let text = rows[merge.rows.lowerBound].dropFirst(merge.columns.lowerBound).first, !text.isEmpty else { continue }
            for row in merge.rows where row < rows.count {
                let missing = merge.columns.upperBound + 1 - grid.rows[row].count
                if missing > 0 { grid.rows[row].append(contentsOf: repeatElement("", count: missing)) }
                for column in merge.columns { grid.rows[row][column] = text }
            }
        }
        return grid
    }

    /// The text of a cell; empty where the row ends before.
    func cell(_ row: Int, _ column: Int) -> String { column < rows[row].count ? rows[row][column] : "" }

    /// The most cells of a row.
    var width: Int { rows.lazy.map(\.count).max() ?? 0 }

    /// The name of a column in a workbook: A, B, … Z, AA.
    static func columnName(_ column: Int) -> String {
        var (name, rest) = ("", column + 1)
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}
