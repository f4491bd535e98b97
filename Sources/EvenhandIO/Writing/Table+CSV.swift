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
        let writers = columns.map { CSVColumn($0.cells, guarded: guarded) }
        let pieces = Parallel.pieces(of: rowCount, grain: 8192)
        let parts = Parallel.map(pieces.count) { piece -> [UInt8] in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(pieces[piece].count * columns.count * 12)
            for row in pieces[piece] {
                for (index, writer) in writers.enumerated() {
                    if index > 0 { bytes.append(0x2C) }
                    writer.append(row, to: &bytes)
                }
                bytes.append(contentsOf: lineEnd)
            }
            return bytes
        }
        var bytes = header + lineEnd
        bytes.reserveCapacity(parts.reduce(bytes.count) { $0 + $1.count })
        for part in parts { bytes += part }
        return bytes
    }
}

/// A column ready to be written; the few levels of a factor are quoted once.
private struct CSVColumn: Sendable {
    let cells: Table.Cells
    let levels: [[UInt8]]
    let guarded: Bool

    init(_ cells: Table.Cells, guarded: Bool) {
        self.cells = cells
        self.guarded = guarded
        if case .factor(let factor) = cells, factor.levels.count < factor.codes.count {
            levels = factor.levels.map { CSVCell.bytes(of: $0, guarded: guarded) }
        } else {
            levels = []
        }
    }

    func append(_ row: Int, to bytes: inout [UInt8]) {
        switch cells {
        case .factor(let factor):
            let code = Int(factor.codes[row])
            if code < 0 { return }
            if levels.isEmpty {
                CSVCell.append(factor.levels[code], guarded: guarded, to: &bytes)
            } else {
                bytes.append(contentsOf: levels[code])
            }
        case .texts(let texts): CSVCell.append(texts[row], guarded: guarded, to: &bytes)
        case .integers(let numbers): bytes.append(integer: numbers[row])
        case .numbers(let numbers, _): if let number = numbers[row], number.isFinite { bytes.append(shortest: number) }
        case .values(let values, _): if values[row].isFinite { bytes.append(shortest: values[row]) }
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
