import Evenhand

extension Table {
    /// Comma-separated values (RFC 4180): LF, quotes only where needed, the shortest decimal that reads back as the same Double.
    public var csv: [UInt8] { separatedValues(lineEnd: [0x0A], guarded: false) }

    /// For spreadsheets: UTF-8 with a byte order mark, CR LF, and cells that a spreadsheet would take for a formula or a date guarded.
    public var excelCSV: [UInt8] { [0xEF, 0xBB, 0xBF] + separatedValues(lineEnd: [0x0D, 0x0A], guarded: true) }

    private func separatedValues(lineEnd: [UInt8], guarded: Bool) -> [UInt8] {
        var header: [UInt8] = []
        for (index, column) in columns.enumerated() {
            if index > 0 { header.append(0x2C) }
            header += CSVCell.bytes(of: column.name, guarded: guarded)
        }
        let pieces = Parallel.pieces(of: rowCount, grain: 8192)
        let parts = Parallel.map(pieces.count) { piece in body(pieces[piece], lineEnd: lineEnd, guarded: guarded) }
        var bytes = header + lineEnd
        bytes.reserveCapacity(parts.reduce(bytes.count) { $0 + $1.count })
        for part in parts { bytes += part }
        return bytes
    }
}

extension Table {
    /// Some rows as text, a few at a time.
    private func body(_ rows: Range<Int>, lineEnd: [UInt8], guarded: Bool) -> [UInt8] {
        let batch = 1024
        var body: [UInt8] = []
        body.reserveLarge(rows.count * columns.count * 9)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
            var formatted = FormattedRows(start..<min(start + batch, rows.upperBound), guarded: guarded)
            for column in columns { formatted.append(column.cells) }
            body += formatted.woven(lineEnd: lineEnd)
        }
        return body
    }
}

/// Cells as text, formatted column by column, where each loop knows its type, and then woven to rows.
private struct FormattedRows {
    private let rows: Range<Int>
    private let guarded: Bool
    /// All cells one behind the other, column after column, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]

    init(_ rows: Range<Int>, guarded: Bool) {
        self.rows = rows
        self.guarded = guarded
    }

    mutating func append(_ cells: Table.Cells) {
        let guarded = guarded
        switch cells {
        case .factor(let factor):
            format { row, bytes in
                let code = Int(factor.codes[row])
                if code >= 0 { CSVCell.append(factor.levels[code], guarded: guarded, to: &bytes) }
            }
        case .texts(let texts): format { CSVCell.append(texts[$0], guarded: guarded, to: &$1) }
        case .integers(let numbers): format { $1.append(integer: numbers[$0]) }
        case .numbers(let numbers, _): format { if let number = numbers[$0], number.isFinite { $1.append(shortest: number) } }
        case .values(let values, _): format { if values[$0].isFinite { $1.append(shortest: values[$0]) } }
        }
    }

    @inline(__always)
    private mutating func format(_ cell: (Int, inout [UInt8]) -> Void) {
        for row in rows {
            cell(row, &bytes)
            ends.append(bytes.count)
        }
    }

    func woven(lineEnd: [UInt8]) -> [UInt8] {
        let columnCount = (ends.count - 1) / max(1, rows.count)
        let length = bytes.count + rows.count * (max(1, columnCount) - 1 + lineEnd.count)
        return [UInt8](unsafeUninitializedCapacity: length) { woven, count in
            bytes.withUnsafeBufferPointer { bytes in
                ends.withUnsafeBufferPointer { ends in
                    for row in 0..<rows.count {
                        for column in 0..<columnCount {
                            let cell = column * rows.count + row
                            if column > 0 {
                                woven[count] = 0x2C
                                count += 1
                            }
                            for place in ends[cell]..<ends[cell + 1] { woven[count + place - ends[cell]] = bytes[place] }
                            count += ends[cell + 1] - ends[cell]
                        }
                        for byte in lineEnd {
                            woven[count] = byte
                            count += 1
                        }
                    }
                }
            }
        }
    }
}

private enum CSVCell {
    static func bytes(of text: String, guarded: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, guarded: guarded, to: &bytes)
        return bytes
    }

    @inline(__always)
    static func append(_ text: String, guarded: Bool, to bytes: inout [UInt8]) {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            let plain =
                !guarded && !utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D } && utf8.first != 0x20
                && utf8.last != 0x20
            if plain { bytes.append(contentsOf: utf8) }
            return plain
        }
        if !isPlain { appendQuoted(guarded && isRisky(text) ? "\u{09}" + text : text, to: &bytes) }
    }

    /// Whether a spreadsheet would take the text for a formula, a number or a date.
    private static func isRisky(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) { return true }
        return (0x30...0x39).contains(first) && text.utf8.allSatisfy { (0x30...0x39).contains($0) || "-/:.eE ".utf8.contains($0) }
    }

    private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        guard needsQuotes || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
