import CByteMask

/// The fields of some rows, column by column: what a reader looks at next to each other lies next to each other.
///
/// Rows are scanned in batches small enough to stay in the nearest cache; then each column is taken in a loop of its own, in which the
/// processor waits for many look-ups at once.
struct FieldBatch: ~Copyable {
    /// A column of the batch.
    struct Column {
        /// The first eight bytes of each field, zero behind its end.
        let words: UnsafePointer<UInt64>
        /// Where each field begins in the input.
        let starts: UnsafePointer<Int>
        /// The length of each field in bytes; of one with doubled quotes the complement (−1 − length).
        let lengths: UnsafePointer<Int32>
    }

    private let scanner: FieldScanner
    private let columnCount: Int
    private let capacity: Int
    private let words: UnsafeMutablePointer<UInt64>
    private let starts: UnsafeMutablePointer<Int>
    private let lengths: UnsafeMutablePointer<Int32>
    private let lines: UnsafeMutablePointer<Int>

    /// The number of complete rows.
    private(set) var count = 0

    init(_ scanner: FieldScanner, columnCount: Int) {
        self.scanner = scanner
        self.columnCount = columnCount
        capacity = max(1, min(256, 65_536 / max(1, columnCount)))
        words = .allocate(capacity: capacity * columnCount)
        starts = .allocate(capacity: capacity * columnCount)
        lengths = .allocate(capacity: capacity * columnCount)
        lines = .allocate(capacity: capacity)
    }

    deinit {
        words.deallocate()
        starts.deallocate()
        lengths.deallocate()
        lines.deallocate()
    }

    func column(_ index: Int) -> Column {
        let first = index * capacity
        return Column(words: UnsafePointer(words + first), starts: UnsafePointer(starts + first), lengths: UnsafePointer(lengths + first))
    }

    /// The line on which a row begins.
    func line(of row: Int) -> Int { lines[row] }

    /// Scans rows that begin before `limit`, as many as fit.
    ///
    /// - Parameters:
    ///   - position: where the next row begins; moved behind the last row.
    ///   - line: the line of the next row; moved likewise.
    ///   - report: called for rows that are no rows: what is wrong, the line, and the last field.
    mutating func scan(
        _ position: inout Int, line: inout Int, to limit: Int, report: (ScoreSheetError.Kind, Int, Field) -> Void
    ) {
        var ends = FieldEnds(scanner, from: position)
        var (row, place) = (0, position)
        while row < capacity, place < limit {
            lines[row] = line
            let rowStart = place
            if scanRow(row, &place, &ends) {
                line += 1
                // Spreadsheets leave rows of separators behind their last row.
                if lengths[row] != 0 || !isBlank(row) { row += 1 }
            } else {
                place = rowStart
                if storesSpecialRow(row, &place, line: &line, report) { row += 1 }
                ends = FieldEnds(scanner, from: place)
            }
        }
        position = place
        count = row
    }

    /// Stores the fields of a row without quotes; false when it has some, or another number of fields than the header.
    @inline(__always)
    private func scanRow(_ row: Int, _ place: inout Int, _ ends: inout FieldEnds) -> Bool {
        let (base, words, starts, lengths) = (scanner.base, words, starts, lengths)
        let last = (columnCount &- 1) &* capacity &+ row
        var (index, start) = (row, place)
        while true {
            let first = scanner.load(start)
            if first & 0xFF == 0x22 { return false }
            let stop = ends.next()
            var length = stop &- start
            let endsRow = base[stop] != scanner.separator
            if endsRow, length > 0, base[stop &- 1] == 0x0D { length &-= 1 }
            words[index] = Field.masked(first, to: length)
            starts[index] = start
            lengths[index] = Int32(truncatingIfNeeded: length)
            start = stop &+ 1
            if endsRow || index == last {
                place = min(start, scanner.end)
                return endsRow && index == last
            }
            index &+= capacity
        }
    }

    @inline(never)
    private func isBlank(_ row: Int) -> Bool { (0..<columnCount).allSatisfy { lengths[$0 * capacity + row] == 0 } }

    /// Looks at a row with quotes or with another number of fields than the header; a blank row is passed over.
    @inline(never)
    private func storesSpecialRow(
        _ row: Int, _ place: inout Int, line: inout Int, _ report: (ScoreSheetError.Kind, Int, Field) -> Void
    ) -> Bool {
        let start = place
        let (fields, next) = scanner.row(at: start)
        let first = line
        line += max(1, scanner.lineCount(from: start, to: next))
        place = next
        if let broken = fields.first(where: \.isBroken) {
            report(.brokenQuote, first, broken)
            return false
        }
        guard fields.count == columnCount else {
            let isBlank = fields.count == 1 && fields[0].length == 0
            if fields.count < columnCount, !isBlank {
                report(.missingField(found: fields.count, expected: columnCount), first, fields[fields.count - 1])
            } else if fields.count > columnCount {
                report(.extraField(found: fields.count, expected: columnCount), first, fields[fields.count - 1])
            }
            return false
        }
        for (column, field) in fields.enumerated() {
            let index = column * capacity + row
            (words[index], starts[index]) = (field.word, field.start)
            lengths[index] = Int32(truncatingIfNeeded: field.hasEscapes ? ~field.length : field.length)
        }
        return true
    }
}

/// The places of separators and line feeds, found 64 bytes at a time; behind the last one, the end of the input.
private struct FieldEnds {
    private let base: UnsafePointer<UInt8>
    private let end: Int
    private let separator: UInt8
    private var block: Int
    private var mask: UInt64

    init(_ scanner: FieldScanner, from position: Int) {
        (base, end, separator) = (scanner.base, scanner.end, scanner.separator)
        block = position
        mask = evenhand_byte_mask(base + position, separator, 0x0A)
    }

    @inline(__always)
    mutating func next() -> Int {
        while mask == 0 {
            block &+= 64
            if block >= end { return end }
            mask = evenhand_byte_mask(base + block, separator, 0x0A)
        }
        let place = block &+ mask.trailingZeroBitCount
        mask &= mask &- 1
        return place
    }
}
