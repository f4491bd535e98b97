import CFields

/// The fields of some rows, column by column.
///
/// Rows are scanned in batches small enough to stay in the nearest cache: first the ends of all fields, which is all that a plain row
/// needs, then each column in a loop of its own, in which the processor waits for many look-ups at once.
struct FieldBatch: ~Copyable {
    /// A field of a column.
    struct Cell {
        /// Where it begins in the input.
        let start: Int
        /// Its length in bytes; of a field with doubled quotes the complement (−1 − length).
        let length: Int
        /// Its first eight bytes, zero after its end.
        let word: UInt64
    }

    /// A column of the batch.
    struct Column {
        fileprivate let scanner: FieldScanner
        /// The offsets before each field and after it, from row to row `stride` apart; complements for a field with doubled quotes.
        fileprivate let before: UnsafePointer<Int>
        fileprivate let ends: UnsafePointer<Int>
        fileprivate let stride: Int
        /// Whether a carriage return before the end belongs to it.
        fileprivate let endsRow: Bool

        /// The column for the loops in C.
        var pointers: EvenhandColumn {
            EvenhandColumn(bytes: scanner.base, before: before, ends: ends, stride: stride, mayEndInReturn: endsRow ? 1 : 0)
        }

        @inline(__always)
        subscript(row: Int) -> Cell {
            let (start, end) = (before[row &* stride] &+ 1, ends[row &* stride])
            // Of an end below zero the complement counts, and so does that of the length.
            var length = end < 0 ? end &+ start : end &- start
            if endsRow, length > 0, scanner.base[start &+ length &- 1] == 0x0D { length &-= 1 }
            return Cell(start: start, length: length, word: Field.masked(scanner.load(start), to: length))
        }
    }

    private let scanner: FieldScanner
    private let columnCount: Int
    private let capacity: Int
    /// The offset before the first row, and then the ends of all fields of plain rows.
    private let ends: UnsafeMutablePointer<Int>
    /// Rows with quotes and others that have to be looked at: where fields begin, less one, and where they end.
    private let special: UnsafeMutablePointer<Int>
    private let specialEnds: UnsafeMutablePointer<Int>
    private var specialLines: [Int] = []
    /// Whether all rows of the batch are plain.
    private(set) var isPlain = true
    private var firstLine = 0

    /// The number of complete rows.
    private(set) var count = 0

    /// The most rows of a batch.
    static let mostRows = 256
    /// The most rows that are looked at one by one before plain ones are expected again.
    private static let mostSpecialRows = 32
    /// How far a batch looks for its rows, plus a little for each column.
    private static let reach = 1 << 20

    init(_ scanner: FieldScanner, columnCount: Int) {
        self.scanner = scanner
        self.columnCount = columnCount
        capacity = max(1, min(FieldBatch.mostRows, 65_536 / max(1, columnCount)))
        ends = .allocate(capacity: 1 + capacity * columnCount + 64)
        special = .allocate(capacity: FieldBatch.mostSpecialRows * columnCount)
        specialEnds = .allocate(capacity: FieldBatch.mostSpecialRows * columnCount)
    }

    deinit {
        ends.deallocate()
        special.deallocate()
        specialEnds.deallocate()
    }

    func column(_ index: Int) -> Column {
        isPlain
            ? Column(
                scanner: scanner, before: ends + index, ends: ends + index + 1, stride: columnCount, endsRow: index == columnCount - 1)
            : Column(scanner: scanner, before: special + index, ends: specialEnds + index, stride: columnCount, endsRow: false)
    }

    /// The line on which a row begins.
    func line(of row: Int) -> Int { isPlain ? firstLine + row : specialLines[row] }

    /// Marks the plain rows in which some neighbouring columns do not have the bytes of the row before.
    func markChanges(in columns: ClosedRange<Int>, _ marks: UnsafeMutablePointer<Int>) {
        evenhand_mark_changes(scanner.base, ends, count, columnCount, columns.lowerBound, columns.upperBound, marks)
    }

    /// Scans rows that begin before `limit`, as many as fit.
    ///
    /// - Parameters:
    ///   - position: where the next row begins; moved past the last row.
    ///   - line: the line of the next row; moved likewise.
    ///   - report: called for malformed rows: what is wrong, the line, and the last field.
    mutating func scan(
        _ position: inout Int, line: inout Int, to limit: Int, report: (ScoreSheetError.Kind, Int, Field) -> Void
    ) {
        count = plainRows(from: position, to: limit)
        isPlain = count > 0
        if isPlain {
            firstLine = line
            line += count
            position = ends[count * columnCount] + 1
        } else {
            scanSpecialRows(&position, line: &line, to: limit, report)
        }
    }

    /// The number of rows from `position` on that have no quotes and as many fields as the header, with the ends of their fields.
    private func plainRows(from position: Int, to limit: Int) -> Int {
        var lineFeeds = 0
        let reach = min(scanner.end, position + FieldBatch.reach + 64 * columnCount)
        ends[0] = position - 1
        let found = evenhand_field_ends(
            scanner.base, position, reach, scanner.separator, ends + 1, capacity * columnCount, &lineFeeds)
        var rows = min(capacity, found / columnCount)
        for end in rows * columnCount..<found where isLineFeed(end + 1) { lineFeeds -= 1 }
        // As many line feeds as rows, each where a row ends: then none is anywhere else.
        if lineFeeds != rows || !(0..<rows).allSatisfy({ endsPlainly($0) }) {
            rows =
                (0..<rows).first { row in
                    !endsPlainly(row) || (1..<columnCount).contains { isLineFeed(row * columnCount + $0) }
                } ?? rows
        }
        while rows > 0, ends[(rows - 1) * columnCount] + 1 >= limit { rows -= 1 }
        return rows
    }

    @inline(__always)
    private func isLineFeed(_ index: Int) -> Bool { scanner.base[ends[index]] == 0x0A }

    /// Whether a row ends with the last of its fields, and begins with one that is not empty: spreadsheets leave rows of separators.
    @inline(__always)
    private func endsPlainly(_ row: Int) -> Bool {
        isLineFeed((row + 1) * columnCount) && ends[row * columnCount + 1] > ends[row * columnCount] + 1
    }

    private mutating func scanSpecialRows(
        _ position: inout Int, line: inout Int, to limit: Int, _ report: (ScoreSheetError.Kind, Int, Field) -> Void
    ) {
        specialLines = []
        while count < FieldBatch.mostSpecialRows, position < limit {
            specialLines.append(line)
            if storesSpecialRow(&position, line: &line, report) { count += 1 } else { specialLines.removeLast() }
        }
    }

    /// Looks at a row with quotes or with another number of fields than the header; a blank row is passed over.
    private func storesSpecialRow(
        _ position: inout Int, line: inout Int, _ report: (ScoreSheetError.Kind, Int, Field) -> Void
    ) -> Bool {
        let start = position
        let (fields, next) = scanner.row(at: start)
        let first = line
        line += max(1, scanner.lineCount(from: start, to: next))
        position = next
        if let broken = fields.first(where: \.isBroken) {
            report(.brokenQuote, first, broken)
            return false
        }
        let isBlank = fields.allSatisfy { $0.length == 0 && !$0.isQuoted }
        guard fields.count == columnCount else {
            if fields.count == 1, fields[0].length == 0 { return false }
            let isShort = fields.count < columnCount
            report(
                isShort
                    ? .missingField(found: fields.count, expected: columnCount) : .extraField(found: fields.count, expected: columnCount),
                first, fields[fields.count - 1])
            return false
        }
        for (column, field) in fields.enumerated() {
            let (index, end) = (count * columnCount + column, field.start + field.length)
            special[index] = field.start - 1
            specialEnds[index] = field.hasEscapes ? ~end : end
        }
        return !isBlank
    }
}
