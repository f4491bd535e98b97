import Evenhand

/// Bytes being written: an array that is grown once for many cells and then written to without further checks.
struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// No finite number takes more bytes.
    static let longestNumber = 32

    init(capacity: Int) {
        self.capacity = max(64, capacity)
        base = .allocate(capacity: self.capacity)
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
        base = .allocate(capacity: capacity)
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

    @inline(__always)
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// The shortest decimal that reads back as the same Double: 7 rather than 7.0; an exponent only from 2⁵³ on and below 10⁻⁴.
    mutating func append(shortest value: Double) {
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) { append(integer: Int(value)) } else { append(value.description) }
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
