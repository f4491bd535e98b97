/// The address of a cell, counted from 0.
struct CellReference: Equatable {
    let row: Int
    let column: Int

    init(row: Int, column: Int) { (self.row, self.column) = (row, column) }

    /// Reads `AB12`, with or without `$`; `nil` when it is not an address or lies outside what a sheet can have.
    init?(_ text: some Sequence<UInt8>) {
        var (row, column, seenDigit) = (0, 0, false)
        for byte in text where byte != 0x24 {
            let letter = (byte | 0x20) &- 0x60
            if byte &- 0x30 < 10, column > 0 {
                row = row * 10 + Int(byte &- 0x30)
                seenDigit = true
            } else if (1...26).contains(letter), byte >= 0x41, !seenDigit {
                column = column * 26 + Int(letter)
            } else {
                return nil
            }
            if row > WorkbookLimit.rows.most || column > WorkbookLimit.columns.most { return nil }
        }
        guard row > 0 else { return nil }
        (self.row, self.column) = (row - 1, column - 1)
    }

    /// The address as a spreadsheet program shows it.
    var text: String {
        var (letters, rest) = ("", column + 1)
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters + "\(row + 1)"
    }
}

extension Grid.Merge {
    /// Reads `A1:B2`, in rows of the sheet.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        let corners = text.split(separator: 0x3A, omittingEmptySubsequences: false).map { CellReference($0) }
        guard corners.count <= 2, let first = corners.first ?? nil, let last = corners.last ?? nil else { return nil }
        rows = min(first.row, last.row)...max(first.row, last.row)
        columns = min(first.column, last.column)...max(first.column, last.column)
    }

    init(rows: ClosedRange<Int>, of other: Grid.Merge) { (self.rows, columns) = (rows, other.columns) }
}

/// The text of a number in the form that its cell shows it in, which text files and workbooks have in common.
enum CellValue {
    /// 88.35, 90%, 2026-05-09 10:09:24, 10:15 or 26:03:00; the text itself when it is not a number.
    static func text(_ bytes: [UInt8], as form: ValueForm, epoch: SerialDate.Epoch) -> [UInt8] {
        switch form {
        case .number: break
        case .truth: return Array(TypedNumber.text(bytes) == [0x30] ? "FALSE".utf8 : "TRUE".utf8)
        case .percentage: if let share = TypedNumber.percentage(bytes) { return share }
        case .date, .time, .duration:
            if let text = SerialDate(bytes, epoch: epoch)?.text(as: form) { return Array(text.utf8) }
        }
        return TypedNumber.text(bytes)
    }
}
