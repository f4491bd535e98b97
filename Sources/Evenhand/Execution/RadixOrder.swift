/// The order of many 64-bit keys in linear time: a least-significant-digit radix sort that skips digits on which all keys agree.
///
/// On a million keys it takes about a quarter of the time of the standard library's comparison sort; the order is stable.
package enum RadixOrder {
    /// The places of `keys` in ascending order of key, equal keys in the order of their places; and the keys in that order.
    package static func ascending(_ keys: [UInt64]) -> (order: [Int32], keys: [UInt64]) {
        if keys.count < 256 {
            let order = keys.indices.map { Int32($0) }.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
            return (order, order.map { keys[Int($0)] })
        }
        var (from, to) = (Pairs.allocate(capacity: keys.count), Pairs.allocate(capacity: keys.count))
        defer {
            from.deallocate()
            to.deallocate()
        }
        // The bits in which any key differs from the first.
        var differing: UInt64 = 0
        for (place, key) in keys.enumerated() {
            from.initializeElement(at: place, to: Pair(key: key, place: Int32(place)))
            differing |= key ^ keys[0]
        }
        for shift in stride(from: UInt64(0), to: 64, by: digitBits) where (differing >> shift) & digitMask != 0 {
            pass(from, to, shift)
            swap(&from, &to)
        }
        return (from.map(\.place), from.map(\.key))
    }

    private typealias Pairs = UnsafeMutableBufferPointer<Pair>

    private struct Pair {
        var key: UInt64
        var place: Int32
    }

    /// Eleven bits: six passes over a Double, with counters that stay in the nearest cache.
    private static let digitBits = 11
    private static let digitMask: UInt64 = 1 << UInt64(digitBits) - 1

    private static func pass(_ from: Pairs, _ to: Pairs, _ shift: UInt64) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digitBits) { next in
            next.initialize(repeating: 0)
            for pair in from { next[Int(truncatingIfNeeded: (pair.key >> shift) & digitMask)] += 1 }
            var start = 0
            for digit in next.indices { (start, next[digit]) = (start + next[digit], start) }
            for pair in from {
                let digit = Int(truncatingIfNeeded: (pair.key >> shift) & digitMask)
                to[next[digit]] = pair
                next[digit] += 1
            }
        }
    }

    /// A key that orders Doubles (no NaN) from small to large; −0 and 0 are one key.
    package static func key(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    /// A key that orders whole numbers.
    package static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }
}
