/// The order of many 64-bit keys in linear time: a least-significant-digit radix sort that skips digits on which all keys agree.
///
/// On a million keys it takes about a quarter of the time of the standard library's comparison sort; the order is stable.
package enum RadixOrder {
    /// The places of `keys` in ascending order of key, equal keys in the order of their places; and the keys in that order.
    package static func ascending(_ keys: [UInt64]) -> (order: [Int32], keys: [UInt64]) {
        ascending(count: keys.count) { keys[$0] }
    }

    /// The same for keys that are made when they are asked for.
    @inline(__always)
    package static func ascending(count: Int, key: (Int) -> UInt64) -> (order: [Int32], keys: [UInt64]) {
        if count < 256 {
            let order = (0..<Int32(count)).sorted { (key(Int($0)), $0) < (key(Int($1)), $1) }
            return (order, order.map { key(Int($0)) })
        }
        // The bits in which any key differs from the first; what all have in common is put back at the end.
        let first = key(0)
        let differing = (0..<count).reduce(UInt64(0)) { $0 | (key($1) ^ first) }
        if differing < 1 << 32 {
            let sorted = pairs(count, differing) { UInt32(truncatingIfNeeded: key($0)) }
            defer { sorted.deallocate() }
            return (sorted.map(\.place), sorted.map { first & ~0xFFFF_FFFF | UInt64($0.key) })
        }
        let sorted = pairs(count, differing, key)
        defer { sorted.deallocate() }
        return (sorted.map(\.place), sorted.map(\.key))
    }

    private struct Pair<Key: FixedWidthInteger & UnsignedInteger> {
        var key: Key
        var place: Int32
    }

    /// Eleven bits: six passes over a Double, with counters that stay in the nearest cache.
    private static let digitBits = 11
    private static let digitMask = 1 << digitBits - 1

    /// Keys and places, sorted; to be deallocated.
    private static func pairs<Key: FixedWidthInteger & UnsignedInteger>(
        _ count: Int, _ differing: UInt64, _ key: (Int) -> Key
    ) -> UnsafeMutableBufferPointer<Pair<Key>> {
        var (from, to) = (
            UnsafeMutableBufferPointer<Pair<Key>>.allocate(capacity: count), UnsafeMutableBufferPointer<Pair<Key>>.allocate(capacity: count)
        )
        for place in 0..<count { from.initializeElement(at: place, to: Pair(key: key(place), place: Int32(place))) }
        for shift in stride(from: 0, to: Key.bitWidth, by: digitBits)
        where Int(truncatingIfNeeded: differing >> UInt64(shift)) & digitMask != 0 {
            pass(from, to, Key(shift))
            swap(&from, &to)
        }
        to.deallocate()
        return from
    }

    private static func pass<Key: FixedWidthInteger & UnsignedInteger>(
        _ from: UnsafeMutableBufferPointer<Pair<Key>>, _ to: UnsafeMutableBufferPointer<Pair<Key>>, _ shift: Key
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digitBits) { next in
            next.initialize(repeating: 0)
            for pair in from { next[Int(truncatingIfNeeded: pair.key &>> shift) & digitMask] += 1 }
            var start = 0
            for digit in next.indices { (start, next[digit]) = (start + next[digit], start) }
            for pair in from {
                let digit = Int(truncatingIfNeeded: pair.key &>> shift) & digitMask
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
