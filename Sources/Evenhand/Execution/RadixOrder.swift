/// The order of many 64-bit keys in linear time: a least-significant-digit radix sort that skips digits on which all keys agree.
///
/// On a million keys it takes about a quarter of the time of the standard library's comparison sort; the order is stable.
package enum RadixOrder {
    /// The places of `keys` in ascending order of key, equal keys in the order of their places.
    package static func ascending(_ keys: [UInt64]) -> [Int32] {
        var order = keys.indices.map { Int32($0) }
        if keys.count < 256 {
            order.sort { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
            return order
        }
        var counts = [Int](repeating: 0, count: 8 * 256)
        for key in keys {
            for digit in 0..<8 { counts[digit << 8 | Int(truncatingIfNeeded: key >> (8 * UInt64(digit))) & 255] += 1 }
        }
        var (from, to) = (keys, keys)
        var orderTo = order
        for digit in 0..<8 {
            let row = digit << 8
            let shift = 8 * UInt64(digit)
            if counts[row | Int(truncatingIfNeeded: from[0] >> shift) & 255] == keys.count { continue }
            var start = 0
            for value in row..<row + 256 { (start, counts[value]) = (start + counts[value], start) }
            for place in from.indices {
                let key = from[place]
                let value = row | Int(truncatingIfNeeded: key >> shift) & 255
                let next = counts[value]
                counts[value] = next &+ 1
                to[next] = key
                orderTo[next] = order[place]
            }
            swap(&from, &to)
            swap(&order, &orderTo)
        }
        return order
    }

    /// A key that orders Doubles (no NaN) from small to large; −0 and 0 are one key.
    package static func key(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }
}
