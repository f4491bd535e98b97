import Evenhand

/// Bytes being written: an array that is grown once for many cells and then written to without further checks.
struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// No finite number takes more bytes.
    static let longestNumber = 32
    /// Short pieces are copied as whole blocks; every buffer has room for one behind its end.
    private typealias Block = SIMD16<UInt8>
    private static let slack = MemoryLayout<Block>.size

    init(capacity: Int) {
        self.capacity = max(64, capacity)
        base = .allocate(capacity: self.capacity + TextBuffer.slack)
        LargeMemory.prefer(base, byteCount: self.capacity)
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
        LargeMemory.prefer(base, byteCount: capacity)
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
        for (place, byte) in more.enumerated() { base[count + place] = byte }
        count += more.count
    }

    /// Adds a part of another buffer.
    @inline(__always)
    mutating func append(_ part: Range<Int>, of other: borrowing TextBuffer) {
        reserve(part.count)
        let (from, to) = (UnsafeRawPointer(other.base + part.lowerBound), UnsafeMutableRawPointer(base + count))
        for place in stride(from: 0, to: part.count, by: TextBuffer.slack) {
            to.storeBytes(of: from.loadUnaligned(fromByteOffset: place, as: Block.self), toByteOffset: place, as: Block.self)
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
        } else if !appendDecimal(value) {
            append(value.description)
        }
    }

    /// A number of at most five places, if it is one: among decimals of fifteen digits no other one reads back as the same Double, so its own
    /// digits are the shortest, without a search.
    @inline(__always)
    private mutating func appendDecimal(_ value: Double) -> Bool {
        let units = (value.magnitude * 1e5).rounded()
        guard value.magnitude >= 1e-4, units < 1e14, units / 1e5 == value.magnitude else { return false }
        if value < 0 { append(0x2D) }
        append(integer: Int(units) / 100_000)
        append(0x2E)
        var (rest, places) = (Int(units) % 100_000, 5)
        while rest % 10 == 0, places > 1 { (rest, places) = (rest / 10, places - 1) }
        reserve(places)
        for place in stride(from: places - 1, through: 0, by: -1) {
            base[count + place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += places
        return true
    }

    /// A whole number in decimal.
    @inline(__always)
    mutating func append(integer value: Int) {
        reserve(TextBuffer.longestNumber)
        if value < 0 { append(0x2D) }
        var (rest, digits) = (value.magnitude, 1)
        var power: UInt = 10
        while digits < 20, rest >= power {
            digits += 1
            power = power &* 10
        }
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let tens = rest / 10
            base[count + place] = 0x30 + UInt8(truncatingIfNeeded: rest &- tens &* 10)
            rest = tens
        }
        count += digits
    }
}
