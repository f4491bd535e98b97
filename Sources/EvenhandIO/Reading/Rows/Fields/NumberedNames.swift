import Evenhand

/// Names that are a number behind the same letters, all of one length (E0000001, J042): found by their number.
///
/// Large contests number what they judge. A table by number is several times smaller than one by hash, and it holds the names in order.
struct NumberedNames: ~Copyable {
    private let codes: UnsafeMutablePointer<Int32>
    /// Numbers from here on are no names of the table.
    private let capacity: Int
    private let length: Int
    /// The bytes that are no digits: where they stand, and what they are.
    private let letterMask: UInt64
    private let letters: UInt64
    /// Brings the digits to the end of a word.
    private let shift: UInt64
    private let digitMask: UInt64

    /// A table for names like the one in this word, with numbers below `limit`; for none if it has no number.
    init(like word: UInt64 = 0, limit: Int = 0) {
        length = 8 - word.leadingZeroBitCount / 8
        let digits = (0..<length).reversed().prefix {
            (0x30...0x39).contains(UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)))
        }.count
        shift = UInt64(8 * (8 - length)) & 63
        digitMask = digits == 0 ? 0 : ~0 << UInt64(8 * (8 - digits))
        letterMask = ~(digitMask >> shift)
        letters = word & letterMask
        capacity = digits == 0 ? 0 : min(limit, (0..<digits).reduce(1) { power, _ in power * 10 })
        codes = .allocate(capacity: max(1, capacity))
        LargeMemory.prefer(codes, byteCount: capacity * MemoryLayout<Int32>.stride)
        codes.initialize(repeating: -1, count: capacity)
    }

    /// Gives names, in words, the codes from 0 on; false when one has no place in the table.
    func take(_ words: [UInt64]) -> Bool {
        for (code, word) in words.enumerated() {
            guard let number = number(word, 8 - word.leadingZeroBitCount / 8) else { return false }
            codes[number] = Int32(code)
        }
        return true
    }

    deinit { codes.deallocate() }

    var isEmpty: Bool { capacity == 0 }

    /// The place of a name in the table; `nil` of another kind of name.
    @inline(__always)
    func number(_ word: UInt64, _ length: Int) -> Int? {
        guard length == self.length, word & letterMask == letters,
            let number = EightDigits.value((word &<< shift) & digitMask | EightDigits.zeros & ~digitMask), number < capacity
        else { return nil }
        return number
    }

    /// The code of the name with this number, negative as long as there is none.
    subscript(number: Int) -> Int32 {
        @inline(__always) get { codes[number] }
        nonmutating set { codes[number] = newValue }
    }

    /// The codes in the order of the names.
    var ordered: [Int32] { UnsafeBufferPointer(start: codes, count: capacity).filter { $0 >= 0 } }
}
