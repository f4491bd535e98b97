/// The order of many 64-bit keys in linear time: a least-significant-digit radix sort of the leading bits in which keys differ.
///
/// So many leading bits are sorted that few keys still agree on them; those are put in order by what is left. The order is stable. On a
/// million keys it takes about a quarter of the time of the standard library's comparison sort.
package enum RadixOrder {
    /// The positions of `keys` in ascending order of key, equal keys in the order of their positions; and the keys in that order.
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
        // The bits in which any key differs from the first. Of those from the highest on, 32 travel with the positions.
        let first = key(0)
        let differing = (0..<count).reduce(UInt64(0)) { $0 | (key($1) ^ first) }
        let width = 64 - differing.leadingZeroBitCount
        let dropped = max(0, width - 32)
        let unsorted = max(0, width - dropped - (count < 1 << 2 * digitBits ? 2 : 3) * digitBits)
        let pairs = sortedPairs(count, from: unsorted, UInt32(truncatingIfNeeded: differing >> UInt64(dropped))) {
            UInt32(truncatingIfNeeded: key($0) >> UInt64(dropped))
        }
        defer { pairs.deallocate() }
        var order = pairs.map(\.position)
        var keys = dropped == 0 ? pairs.map { first & ~0xFFFF_FFFF | UInt64($0.key) } : order.map { key(Int($0)) }
        if dropped + unsorted > 0 { sortRuns(&order, &keys, agreeingBehind: UInt64(dropped + unsorted)) }
        return (order, keys)
    }

    private struct Pair {
        var key: UInt32
        var position: Int32
    }

    /// Eleven bits: counters that stay in the nearest cache.
    private static let digitBits = 11
    private static let digitMask = 1 << digitBits - 1

    /// Keys and positions, sorted by the bits from `start` on, without digits on which all keys agree; to be deallocated.
    @inline(__always)
    private static func sortedPairs(
        _ count: Int, from start: Int, _ differing: UInt32, _ key: (Int) -> UInt32
    ) -> UnsafeMutableBufferPointer<Pair> {
        var from = UnsafeMutableBufferPointer<Pair>.allocate(capacity: count)
        var to = UnsafeMutableBufferPointer<Pair>.allocate(capacity: count)
        for position in 0..<count { from.initializeElement(at: position, to: Pair(key: key(position), position: Int32(position))) }
        for shift in stride(from: start, to: 32, by: digitBits) where Int(differing >> UInt32(shift)) & digitMask != 0 {
            pass(from, to, UInt32(shift))
            swap(&from, &to)
        }
        to.deallocate()
        return from
    }

    private static func pass(_ from: UnsafeMutableBufferPointer<Pair>, _ to: UnsafeMutableBufferPointer<Pair>, _ shift: UInt32) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digitBits) { next in
            next.initialize(repeating: 0)
            for pair in from { next[Int(pair.key &>> shift) & digitMask] += 1 }
            var start = 0
            for digit in next.indices { (start, next[digit]) = (start + next[digit], start) }
            for pair in from {
                let digit = Int(pair.key &>> shift) & digitMask
                to[next[digit]] = pair
                next[digit] += 1
            }
        }
    }

    /// Puts neighbours in order that agree on all but the last `bits`.
    private static func sortRuns(_ order: inout [Int32], _ keys: inout [UInt64], agreeingBehind bits: UInt64) {
        var start = 0
        while start < keys.count {
            var stop = start + 1
            while stop < keys.count, (keys[stop] ^ keys[start]) >> bits == 0 { stop += 1 }
            if stop - start > 16 {
                // They differ in fewer bits than all keys do: after three times at most none is left.
                let (positions, sorted) = ascending(Array(keys[start..<stop]))
                let run = Array(order[start..<stop])
                order.replaceSubrange(start..<stop, with: positions.map { run[Int($0)] })
                keys.replaceSubrange(start..<stop, with: sorted)
            } else {
                for index in start + 1..<max(start + 1, stop) { insert(index, from: start, &order, &keys) }
            }
            start = stop
        }
    }

    private static func insert(_ index: Int, from start: Int, _ order: inout [Int32], _ keys: inout [UInt64]) {
        let (position, key) = (order[index], keys[index])
        var hole = index
        while hole > start, keys[hole - 1] > key {
            (order[hole], keys[hole]) = (order[hole - 1], keys[hole - 1])
            hole -= 1
        }
        (order[hole], keys[hole]) = (position, key)
    }

    /// A key that orders Doubles (no NaN) from small to large; −0 and 0 are one key.
    package static func key(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    /// A key that orders whole numbers.
    package static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }
}
