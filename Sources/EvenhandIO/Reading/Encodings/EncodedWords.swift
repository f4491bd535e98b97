/// The different words of a text that have bytes beyond ASCII, and its first lines: what can tell an encoding.
///
/// A name that appears in every other row says no more than once.
struct EncodedWords {
    /// More words say nothing new.
    private static let mostBytes = 8192
    /// How far words are looked for, once there are some.
    private static let farthest = 4 << 20
    private static let longestHead = 2048

    /// The words, each after a line end.
    private(set) var joined: [UInt8] = []
    /// Where the field of each word is in the text.
    private(set) var fields: [Range<Int>] = []
    /// The first lines whole, which have the headers.
    let head: [UInt8]
    private(set) var highBytes = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let first = bytes.prefix(EncodedWords.longestHead)
        let end = first.count == bytes.count ? first.endIndex : first.lastIndex(of: 0x0A) ?? first.endIndex
        head = Array(first[..<end])
        var known: Set<[UInt8]> = []
        var position = 0
        while position < bytes.count, joined.count < EncodedWords.mostBytes, joined.isEmpty || position < EncodedWords.farthest {
            guard bytes[position] >= 0x80 else {
                position += 1
                continue
            }
            let range = EncodedWords.extent(around: position, in: bytes, EncodedWords.endsWord)
            let word = Array(bytes[range].prefix(256))
            if known.insert(word).inserted {
                joined += word + [0x0A]
                fields.append(EncodedWords.extent(around: position, in: bytes, EncodedWords.endsField))
                highBytes += word.count { $0 >= 0x80 }
            }
            position = max(range.upperBound, position + 1)
        }
    }

    /// No encoding has these bytes inside a character.
    private static func endsWord(_ byte: UInt8) -> Bool { byte < 0x30 || (0x3A...0x3F).contains(byte) }
    private static func endsField(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x2C || byte == 0x3B }

    private static func extent(
        around position: Int, in bytes: UnsafeBufferPointer<UInt8>, _ isEnd: (UInt8) -> Bool
    ) -> Range<Int> {
        var (start, end) = (position, position)
        while start > 0, position - start < 256, !isEnd(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, end - start < 512, !isEnd(bytes[end]) { end += 1 }
        return start..<end
    }
}
