/// One field of a row of separated values.
struct Field {
    var start: Int
    var length: Int
    /// The first eight bytes (zero after the field's end), in the order of memory on a little-endian machine.
    var word: UInt64
    /// Where the next field begins.
    var next: Int
    var endsRow: Bool
    var isQuoted = false
    /// Whether doubled quotes stand for single ones.
    var hasEscapes = false
    /// Whether its closing quote is missing, or text follows it.
    var isBroken = false

    /// The word without the bytes after `length`.
    @inline(__always)
    static func masked(_ word: UInt64, to length: Int) -> UInt64 {
        length >= 8 ? word : word & ((1 &<< (8 &* UInt64(truncatingIfNeeded: max(0, length)))) &- 1)
    }
}

/// Finds the fields of separated values (RFC 4180), eight bytes at a time.
///
/// A field that begins with a quote ends with one and may hold separators, line ends and doubled quotes; elsewhere a quote is a character
/// like others. A row ends with LF or CR LF. It only reads, from bytes that its input keeps, so it may cross threads.
struct FieldScanner: @unchecked Sendable {
    let separator: UInt8
    let base: UnsafePointer<UInt8>
    let end: Int
    private let separators: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lineFeeds: UInt64 = ones &* 0x0A

    init(_ input: InputBytes, separator: UInt8) {
        base = input.base
        end = input.count
        self.separator = separator
        separators = FieldScanner.ones &* UInt64(separator)
    }

    @inline(__always)
    func load(_ position: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
    }

    /// Where the unquoted field that begins at `start` with the bytes `first` ends: at a separator, a line feed or the end of the input.
    private func endOfField(at start: Int, first: UInt64) -> Int {
        var (word, offset) = (first, start)
        while true {
            // Marks the high bit of each byte that is zero after the exclusive or; marks above the lowest one may be false.
            let (a, b) = (word ^ separators, word ^ FieldScanner.lineFeeds)
            let marks = (((a &- FieldScanner.ones) & ~a) | ((b &- FieldScanner.ones) & ~b)) & (FieldScanner.ones << 7)
            if marks != 0 { return min(offset &+ marks.trailingZeroBitCount >> 3, end) }
            offset &+= 8
            if offset >= end { return end }
            word = load(offset)
        }
    }

    /// The field that begins at `position`, which is at most `end`.
    func field(at position: Int) -> Field {
        let first = load(position)
        if first & 0xFF == 0x22, position < end { return quotedField(at: position) }
        let stop = endOfField(at: position, first: first)
        let endsRow = stop == end || base[stop] == 0x0A
        var length = stop - position
        if endsRow, length > 0, base[stop - 1] == 0x0D { length -= 1 }
        return Field(start: position, length: length, word: Field.masked(first, to: length), next: min(stop + 1, end), endsRow: endsRow)
    }

    @inline(never)
    private func quotedField(at position: Int) -> Field {
        var offset = position + 1
        var hasEscapes = false
        while offset < end {
            if base[offset] == 0x22 {
                guard offset + 1 < end, base[offset + 1] == 0x22 else { break }
                hasEscapes = true
                offset += 1
            }
            offset += 1
        }
        let length = min(offset, end) - position - 1
        var field = Field(
            start: position + 1, length: length, word: Field.masked(load(position + 1), to: length), next: end, endsRow: true,
            isQuoted: true,
            hasEscapes: hasEscapes, isBroken: offset >= end)
        guard offset < end else { return field }
        let rest = self.field(at: offset + 1)
        field.next = rest.next
        field.endsRow = rest.endsRow
        field.isBroken = rest.length > 0
        return field
    }

    /// The bytes of a field, with doubled quotes undone and white space around them removed.
    func bytes(of field: Field) -> [UInt8] {
        FieldScanner.trimmed(UnsafeBufferPointer(start: base + field.start, count: field.length), unescaping: field.hasEscapes)
    }

    /// The bytes of a field, with doubled quotes undone and white space kept; of one that is blank, none.
    func rawBytes(of field: Field) -> [UInt8] {
        var (text, index) = ([UInt8](), 0)
        while index < field.length {
            text.append(base[field.start + index])
            index += field.hasEscapes && base[field.start + index] == 0x22 ? 2 : 1
        }
        return text.allSatisfy(FieldScanner.isSpace) ? [] : text
    }

    /// The bytes with doubled quotes undone, if there are any, and without white space around them.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, unescaping: Bool) -> [UInt8] {
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            text.append(bytes[index])
            index += unescaping && bytes[index] == 0x22 ? 2 : 1
        }
        while let last = text.last, isSpace(last) { text.removeLast() }
        let spaces = text.prefix(while: isSpace).count
        return spaces == 0 ? text : Array(text.dropFirst(spaces))
    }

    /// Space, tab and the ends of lines.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// The text of a field; invalid bytes appear as the replacement character.
    func text(of field: Field) -> String { String(decoding: bytes(of: field), as: UTF8.self) }

    /// The fields of the row at `position`, where the next row begins, and whether a quote is left open.
    func row(at position: Int) -> (fields: [Field], next: Int) {
        var fields: [Field] = []
        var offset = position
        while true {
            let field = field(at: offset)
            fields.append(field)
            offset = field.next
            if field.endsRow { return (fields, offset) }
        }
    }

    /// The number of line feeds between two positions.
    func lineCount(from start: Int, to stop: Int) -> Int {
        var count = 0
        for offset in start..<max(start, stop) where base[offset] == 0x0A { count += 1 }
        return count
    }
}
