import CFields
import Evenhand

/// Names that are a number after the same letters, all of one length (E0000001, J042): found by their number.
///
/// Large contests number what they judge. A table by number is several times smaller than one by hash, and it holds the names in order.
struct NumberedNames: ~Copyable {
    private let codes: UnsafeMutablePointer<Int32>
    /// Numbers from here on are not names of the table.
    private let capacity: Int
    private let length: Int
    /// The bytes that are not digits: where they are, and what they are.
    private let letterMask: UInt64
    private let letters: UInt64
    /// Brings the digits to the end of a word.
    private let shift: UInt64
    private let digitMask: UInt64

    /// No names.
    init() {
        (capacity, length, letterMask, letters, shift, digitMask) = (0, 0, ~0, 0, 0, 0)
        codes = .allocate(capacity: 1)
    }

    /// A table of the names in some words, whose positions are their codes, with room for larger numbers; without any if a name is not like
    /// the first, or has a number that is not below `limit`.
    init(_ words: [UInt64], limit: Int) {
        let first = words.first ?? 0
        let length = 8 - first.leadingZeroBitCount / 8
        let digits = (0..<length).reversed().prefix { (0x30...0x39).contains(UInt8(truncatingIfNeeded: first >> UInt64(8 * $0))) }.count
        let shift = UInt64(8 * (8 - length)) & 63
        let digitMask: UInt64 = digits == 0 ? 0 : ~0 << UInt64(8 * (8 - digits))
        let letterMask = ~(digitMask >> shift)
        var most = digits == 0 ? Int.max : 0
        for word in words {
            let isAlike = 8 - word.leadingZeroBitCount / 8 == length && word & letterMask == first & letterMask
            most = max(most, isAlike ? NumberedNames.number(word, shift, digitMask) ?? .max : .max)
        }
        capacity = most < limit ? min(limit, most + most / 4 + 16) : 0
        (self.length, self.shift, self.digitMask, self.letterMask, letters) = (length, shift, digitMask, letterMask, first & letterMask)
        codes = .allocate(capacity: max(1, capacity))
        LargeMemory.prefer(codes, byteCount: capacity * MemoryLayout<Int32>.stride)
        codes.initialize(repeating: -1, count: capacity)
        guard capacity > 0 else { return }
        for (code, word) in words.enumerated() { codes[NumberedNames.number(word, shift, digitMask) ?? 0] = Int32(code) }
    }

    deinit { codes.deallocate() }

    var isEmpty: Bool { capacity == 0 }

    /// The position of a name in the table; `nil` of another kind of name.
    @inline(__always)
    func number(_ word: UInt64, _ length: Int) -> Int? {
        guard length == self.length, word & letterMask == letters,
            let number = NumberedNames.number(word, shift, digitMask), number < capacity
        else { return nil }
        return number
    }

    /// The codes of the first fields of a column; −1 for names that are not in the table.
    func codes(of column: FieldBatch.Column, count: Int, into found: UnsafeMutablePointer<Int32>) {
        var pointers = column.pointers
        var kind = EvenhandNumbering(
            length: Int64(length), letterMask: letterMask, letters: letters, shift: shift, digitMask: digitMask, capacity: UInt64(capacity))
        evenhand_numbered_codes(&pointers, count, &kind, codes, found)
    }

    /// The number that the digits of a word make.
    @inline(__always)
    private static func number(_ word: UInt64, _ shift: UInt64, _ digitMask: UInt64) -> Int? {
        EightDigits.value((word &<< shift) & digitMask | EightDigits.zeros & ~digitMask)
    }

    /// The code of the name with this number, negative as long as there is none.
    subscript(number: Int) -> Int32 {
        @inline(__always) get { codes[number] }
        nonmutating set { codes[number] = newValue }
    }

    /// The codes in the order of the names.
    var ordered: [Int32] { UnsafeBufferPointer(start: codes, count: capacity).filter { $0 >= 0 } }
}
