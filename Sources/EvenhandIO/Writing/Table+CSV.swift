import Evenhand

extension Table {
    /// Comma-separated values (RFC 4180): LF, quotes only where needed, the shortest decimal that reads back as the same Double.
    public var csv: [UInt8] { csvChunks.flatMap(\.self) }

    /// The same in pieces, to be written one after the other.
    public var csvChunks: CSVChunks { CSVChunks(self, lineEnd: [0x0A], guarded: false) }

    /// For spreadsheets: UTF-8 with a byte order mark, CR LF, and cells that a spreadsheet would take for a formula or a date guarded.
    public var excelCSV: [UInt8] { [0xEF, 0xBB, 0xBF] + CSVChunks(self, lineEnd: [0x0D, 0x0A], guarded: true).flatMap(\.self) }

    fileprivate func csvHeader(lineEnd: [UInt8], guarded: Bool) -> [UInt8] {
        var header = TextBuffer(capacity: 256)
        for (index, column) in columns.enumerated() {
            if index > 0 { header.append(0x2C) }
            header.appendCell(column.name, guarded: guarded)
        }
        return Array(header.bytes) + lineEnd
    }

    /// Some rows as text, a few at a time: formatted column by column, where each loop knows its type, and then woven.
    fileprivate func csvBody(_ rows: Range<Int>, lineEnd: [UInt8], guarded: Bool) -> [UInt8] {
        let batch = 1024
        var body = TextBuffer(capacity: rows.count * columns.count * 9)
        var cells = FormattedCells(capacity: min(batch, rows.count) * columns.count)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
            let part = start..<min(start + batch, rows.upperBound)
            cells.removeAll()
            for column in columns { cells.append(column.cells, part, guarded: guarded) }
            cells.weave(part.count, columns: columns.count, lineEnd: lineEnd, into: &body)
        }
        return Array(body.bytes)
    }
}

/// The header and then the rows of a table as separated values, formatted a few pieces ahead while others are written, so that a long
/// table is never in memory as a whole.
public struct CSVChunks: Sequence, IteratorProtocol {
    private let table: Table
    private let lineEnd: [UInt8]
    private let guarded: Bool
    private var hasBegun = false
    /// The first row that nothing was asked for yet.
    private var nextRow = 0
    /// Pieces that are ready, the next one last.
    private var ready: [[UInt8]] = []
    private var upcoming: Parallel.Pending<[[UInt8]]>?

    private static let rowsPerChunk = 8192

    init(_ table: Table, lineEnd: [UInt8], guarded: Bool) {
        (self.table, self.lineEnd, self.guarded) = (table, lineEnd, guarded)
    }

    /// The next piece; the first is the header.
    public mutating func next() -> [UInt8]? {
        guard hasBegun else {
            hasBegun = true
            return table.csvHeader(lineEnd: lineEnd, guarded: guarded)
        }
        if ready.isEmpty {
            ready = upcoming?.value ?? nextPieces()?() ?? []
            upcoming = nextPieces().map { Parallel.Pending($0) }
        }
        return ready.popLast()
    }

    /// What formats the next rows on all processors; `nil` after the last ones.
    private mutating func nextPieces() -> (@Sendable () -> [[UInt8]])? {
        let (first, table, lineEnd, guarded) = (nextRow, table, lineEnd, guarded)
        let rest = table.rowCount - first
        guard rest > 0 else { return nil }
        let number = Swift.min(8 * Parallel.width, (rest + CSVChunks.rowsPerChunk - 1) / CSVChunks.rowsPerChunk)
        nextRow += number * CSVChunks.rowsPerChunk
        return {
            Parallel.map(number, size: rest * table.columns.count) { index in
                let start = first + index * CSVChunks.rowsPerChunk
                return table.csvBody(start..<Swift.min(start + CSVChunks.rowsPerChunk, table.rowCount), lineEnd: lineEnd, guarded: guarded)
            }.reversed()
        }
    }
}

/// Cells as text, one after the other, column after column.
private struct FormattedCells: ~Copyable {
    private var text = TextBuffer(capacity: 1 << 16)
    /// Where each cell ends, after a first 0.
    private let ends: UnsafeMutablePointer<Int>
    /// Kept, so that touching is not optimised away.
    private var touched: UInt8 = 0
    private var count = 0

    init(capacity: Int) {
        ends = .allocate(capacity: capacity + 1)
        ends[0] = 0
    }

    deinit { ends.deallocate() }

    mutating func removeAll() {
        text.removeAll()
        count = 0
    }

    @inline(__always)
    private mutating func endCell() {
        count += 1
        ends[count] = text.count
    }

    mutating func append(_ cells: Table.Cells, _ rows: Range<Int>, guarded: Bool) {
        switch cells {
        case .factor(let factor):
            if 4 * factor.levels.count <= rows.count { return appendRepeated(factor, rows, guarded: guarded) }
            touch(factor, rows)
            for row in rows {
                let code = Int(factor.codes[row])
                if code >= 0 { text.appendCell(factor.levels[code], guarded: guarded) }
                endCell()
            }
        case .texts(let texts):
            for row in rows {
                text.appendCell(texts[row], guarded: guarded)
                endCell()
            }
        case .integers(let numbers):
            for row in rows {
                text.append(integer: numbers[row])
                endCell()
            }
        case .numbers(let numbers, _):
            for row in rows {
                if let number = numbers[row], number.isFinite { text.append(shortest: number) }
                endCell()
            }
        case .values(let values, _):
            for row in rows {
                if values[row].isFinite { text.append(shortest: values[row]) }
                endCell()
            }
        }
    }

    /// Brings names from all over memory near, all at once: while each is made to a cell the processor waits for one at a time.
    private mutating func touch(_ factor: Factor, _ rows: Range<Int>) {
        touched = factor.levels.withUnsafeBytes { levels in
            rows.reduce(touched) { $0 | levels[max(0, Int(factor.codes[$1])) * MemoryLayout<String>.stride] }
        }
    }

    /// Names that appear in many rows, each made to a cell once.
    private mutating func appendRepeated(_ factor: Factor, _ rows: Range<Int>, guarded: Bool) {
        var cells = FormattedCells(capacity: factor.levels.count)
        for level in factor.levels {
            cells.text.appendCell(level, guarded: guarded)
            cells.endCell()
        }
        for row in rows {
            let code = Int(factor.codes[row])
            if code >= 0 { text.append(cells.ends[code]..<cells.ends[code + 1], of: cells.text) }
            endCell()
        }
    }

    /// Appends the cells as rows.
    func weave(_ rowCount: Int, columns: Int, lineEnd: [UInt8], into rows: inout TextBuffer) {
        rows.reserve(text.count + rowCount * (columns + lineEnd.count))
        for row in 0..<rowCount {
            for column in 0..<columns {
                if column > 0 { rows.append(0x2C) }
                let cell = column * rowCount + row
                rows.append(ends[cell]..<ends[cell + 1], of: text)
            }
            for byte in lineEnd { rows.append(byte) }
        }
    }
}

extension TextBuffer {
    /// A cell with quotes where it needs them; guarded, with a tab before what a spreadsheet would take for a formula, a number or a date.
    @inline(__always)
    fileprivate mutating func appendCell(_ text: String, guarded: Bool) {
        var text = text
        let isPlain = !guarded && text.withUTF8 { append(plainCell: $0) }
        if !isPlain { appendQuoted(guarded && TextBuffer.isRisky(text) ? "\u{09}" + text : text) }
    }

    private static func isRisky(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) { return true }
        return (0x30...0x39).contains(first) && text.utf8.allSatisfy { (0x30...0x39).contains($0) || "-/:.eE ".utf8.contains($0) }
    }

    @inline(__always)
    private static func needsQuotes(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private mutating func appendQuoted(_ text: String) {
        let isQuoted = text.utf8.contains { TextBuffer.needsQuotes($0) } || text.utf8.first == 0x20 || text.utf8.last == 0x20
        guard isQuoted else { return append(text) }
        append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { append(0x22) }
            append(byte)
        }
        append(0x22)
    }
}
