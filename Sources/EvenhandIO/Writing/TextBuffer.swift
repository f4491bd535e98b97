import Evenhand

/// Bytes being written: an array that is grown once for many cells and then written to without further checks.
struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// No finite number takes more bytes.
    static let longestNumber = 32
    /// Short pieces are copied as whole blocks; every buffer has room for one after its end.
    private typealias Block = SIMD16<UInt8>
    private static let slack = MemoryLayout<Block>.size

    init(capacity: Int) {
        self.capacity = max(64, capacity)
        base = .allocate(capacity: self.capacity + TextBuffer.slack)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    mutating func removeAll() { count = 0 }

    /// Makes room for `more` bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let old = base
        capacity = max(2 * capacity, count + more)
        base = .allocate(capacity: capacity + TextBuffer.slack)
        base.update(from: old, count: count)
        old.deallocate()
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        reserve(more.count)
        // Cells are short: a loop beats a call.
        for (position, byte) in more.enumerated() { base[count + position] = byte }
        count += more.count
    }

    /// Adds a part of another buffer.
    @inline(__always)
    mutating func append(_ part: Range<Int>, of other: borrowing TextBuffer) {
        reserve(part.count)
        let (from, to) = (UnsafeRawPointer(other.base + part.lowerBound), UnsafeMutableRawPointer(base + count))
        for position in stride(from: 0, to: part.count, by: TextBuffer.slack) {
            to.storeBytes(of: from.loadUnaligned(fromByteOffset: position, as: Block.self), toByteOffset: position, as: Block.self)
        }
        count += part.count
    }

    @inline(__always)
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// The shortest decimal that reads back as the same Double: 7 rather than 7.0; an exponent only from 2⁵³ on and below 10⁻⁴.
    mutating func append(shortest value: Double) {
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
            append(integer: Int(value))
        } else if appendDecimal(value) {
            return
        } else if let decimal = ShortestDecimal(value.magnitude) {
            if value < 0 { append(0x2D) }
            append(decimal)
        } else {
            append(value.description)
        }
    }

    private mutating func append(_ decimal: ShortestDecimal) {
        let (whole, rest) = decimal.digits.quotientAndRemainder(dividingBy: ShortestDecimal.power(decimal.places))
        append(integer: Int(whole))
        append(0x2E)
        var (digits, places) = (rest, decimal.places)
        while digits % 10 == 0, places > 1 { (digits, places) = (digits / 10, places - 1) }
        // Eight digits at a time, the odd ones first.
        var part = (places - 1) % 8 + 1
        while places > 0 {
            places -= part
            let (first, others) = digits.quotientAndRemainder(dividingBy: ShortestDecimal.power(places))
            append(digits: EightDigits.digits(of: first) >> UInt64(8 * (8 - part)), part)
            (digits, part) = (others, 8)
        }
    }

    /// A number of at most five places, if it is one: among decimals of fifteen digits no other one reads back as the same Double, so its
    /// own digits are the shortest, without a search.
    @inline(__always)
    private mutating func appendDecimal(_ value: Double) -> Bool {
        let units = (value.magnitude * 1e5).rounded()
        guard value.magnitude >= 1e-4, units < 1e14, units / 1e5 == value.magnitude else { return false }
        if value < 0 { append(0x2D) }
        let (whole, rest) = UInt64(units).quotientAndRemainder(dividingBy: 100_000)
        append(integer: Int(whole))
        append(0x2E)
        let digits = EightDigits.digits(of: rest * 1000)
        append(digits: digits, 8 - digits.leadingZeroBitCount / 8)
        return true
    }

    /// A whole number in decimal.
    @inline(__always)
    mutating func append(integer value: Int) {
        if value < 0 { append(0x2D) }
        if value.magnitude < 100_000_000 {
            let digits = EightDigits.digits(of: UInt64(value.magnitude))
            let zeros = min(7, digits.trailingZeroBitCount / 8)
            append(digits: digits >> UInt64(8 * zeros), 8 - zeros)
        } else {
            append(large: UInt64(value.magnitude))
        }
    }

    private mutating func append(large value: UInt64) {
        let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
        append(integer: Int(high))
        append(digits: EightDigits.digits(of: low), 8)
    }

    /// The first `number` of eight digits, which are numbers below ten, the first in the lowest byte.
    @inline(__always)
    private mutating func append(digits: UInt64, _ number: Int) {
        reserve(number)
        UnsafeMutableRawPointer(base + count).storeBytes(of: (digits | EightDigits.zeros).littleEndian, as: UInt64.self)
        count += number
    }

    /// Adds a text that needs no quotes as a cell; false, and adds nothing, if it may need some.
    @inline(__always)
    mutating func append(plainCell text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = count
        append(text)
        // A block of bytes after the text belongs to the buffer too.
        for position in stride(from: 0, to: text.count, by: 8) {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + start + position).loadUnaligned(as: UInt64.self))
            if TextBuffer.hasSpecial(text.count - position >= 8 ? word : word | ~0 << UInt64(8 * (text.count - position))) {
                count = start
                return false
            }
        }
        guard text.first != 0x20, text.last != 0x20 else {
            count = start
            return false
        }
        return true
    }

    /// Whether a byte of the word is a control character, a quote or a comma.
    @inline(__always)
    private static func hasSpecial(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (quotes, commas) = (word ^ ones &* 0x22, word ^ ones &* 0x2C)
        let marks = (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (commas &- ones) & ~commas
        return marks & (ones &* 0x80) != 0
    }
}
