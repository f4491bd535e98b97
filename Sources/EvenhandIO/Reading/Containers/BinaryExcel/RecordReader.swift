/// One record of a workbook's stream with what continues it: its bytes, read one after the other.
///
/// A record that is shorter than what it says it has is damaged.
struct RecordReader {
    private let bytes: [UInt8]
    private var position: Int
    private var end: Int
    /// The records that continue this one.
    private var rest: [Range<Int>]

    init(_ bytes: [UInt8], _ pieces: [Range<Int>]) {
        self.bytes = bytes
        (position, end) = pieces.first.map { ($0.lowerBound, $0.upperBound) } ?? (0, 0)
        rest = Array(pieces.dropFirst().reversed())
    }

    var isAtEnd: Bool { position >= end && rest.isEmpty }
    /// What is left of the record without those that continue it.
    var left: Int { end - position }

    private mutating func goOn() throws(WorkbookError) {
        guard let next = rest.popLast() else { throw .broken(.part("Workbook")) }
        (position, end) = (next.lowerBound, next.upperBound)
    }

    mutating func byte() throws(WorkbookError) -> UInt8 {
        while position >= end { try goOn() }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func word() throws(WorkbookError) -> Int { Int(try byte()) | Int(try byte()) << 8 }

    mutating func double() throws(WorkbookError) -> UInt32 { UInt32(try word()) | UInt32(try word()) << 16 }

    /// The number of eight bytes.
    mutating func float() throws(WorkbookError) -> Double { Double(bitPattern: UInt64(try double()) | UInt64(try double()) << 32) }

    mutating func skip(_ count: Int) throws(WorkbookError) {
        var count = count
        while count > end - position {
            count -= end - position
            try goOn()
        }
        position += count
    }

    /// A text of `count` UTF-16 units, of one byte each where all upper bytes are zero; `flags` say which, and again where it is continued.
    mutating func characters(_ count: Int, flags: UInt8) throws(WorkbookError) -> [UInt16] {
        var (units, isWide) = ([UInt16](), flags & 1 != 0)
        while units.count < count {
            if position >= end {
                try goOn()
                isWide = try byte() & 1 != 0
                continue
            }
            units.append(isWide ? UInt16(try word()) : UInt16(try byte()))
        }
        return units
    }

    /// A text with its length, in one byte or two, its flags, and what belongs to its looks and its pronunciation.
    mutating func text(hasShortLength: Bool = false) throws(WorkbookError) -> String {
        let count = hasShortLength ? Int(try byte()) : try word()
        let flags = try byte()
        let runs = flags & 8 != 0 ? try word() : 0
        let aid = flags & 4 != 0 ? Int(try double()) : 0
        let units = try characters(count, flags: flags)
        try skip(runs * 4 + aid)
        return String(decoding: units, as: UTF16.self)
    }
}
