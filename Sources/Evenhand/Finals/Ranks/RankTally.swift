import CPlaces

/// Ranks of draws, counted: how often each entry came to each place.
///
/// Eight draws are put in order side by side. Of many entries, and where two are too near for that, a draw is put in order by itself, in linear time: its numbers go to
/// about as many buckets as there are entries, and what is out of order inside a bucket is mended by insertion.
struct RankTally: Sendable {
    let entryCount: Int
    /// How often entry e came to place r: `counts[e · n + r]`, places counted from 0.
    private(set) var counts: [UInt32]
    /// For each draw, one after the other, the place of each entry, from 0.
    private(set) var places: [UInt16]

    /// - Parameter draws: about how many will be added.
    init(entryCount: Int, draws: Int) {
        self.entryCount = entryCount
        (counts, places) = ([UInt32](repeating: 0, count: entryCount * entryCount), [])
        places.reserveCapacity(entryCount * draws)
    }

    /// Counts draws, given one after the other with the numbers of all entries; the highest number comes to place 0, of equal ones the first.
    mutating func add(_ draws: [Double]) {
        let (size, count) = (entryCount, draws.count / max(1, entryCount))
        guard count > 0 else { return }
        let atOnce = Int(EVENHAND_DRAWS_AT_ONCE)
        let (low, high) = draws.withUnsafeBufferPointer { DrawOrder.range($0) }
        // A little below 2²³, so that rounding stays below it.
        let perPoint = 0x1.fffff0p22 / (high - low)
        let isSortable = size <= Int(EVENHAND_MOST_SORTED) && high > low && perPoint.isFinite
        var order = DrawOrder(entryCount: size)
        draws.withUnsafeBufferPointer { draws in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: atOnce * size) { keys in
                withUnsafeTemporaryAllocation(of: UInt16.self, capacity: atOnce * size) { found in
                    keys.initialize(repeating: 0)
                    found.initialize(repeating: 0)
                    for first in stride(from: 0, to: count, by: atOnce) {
                        let some = UnsafeBufferPointer(rebasing: draws[first * size..<min(first + atOnce, count) * size])
                        var open: UInt32 = .max
                        if isSortable, some.count == atOnce * size {
                            open = evenhand_places(some.baseAddress, size, low, perPoint, keys.baseAddress, found.baseAddress)
                        }
                        for draw in 0..<some.count / size {
                            let here = draw * size..<(draw + 1) * size
                            if open >> UInt32(draw) & 1 == 1 {
                                order.sort(UnsafeBufferPointer(rebasing: some[here]))
                                for (place, entry) in order.entries.enumerated() {
                                    found[here.lowerBound + Int(entry)] = UInt16(truncatingIfNeeded: place)
                                }
                            }
                            record(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(found)[here]))
                        }
                    }
                }
            }
        }
    }

    private mutating func record(_ found: UnsafeBufferPointer<UInt16>) {
        let size = entryCount
        places.append(contentsOf: found)
        counts.withUnsafeMutableBufferPointer { counts in
            for entry in 0..<size { counts[entry * size + Int(found[entry])] += 1 }
        }
    }
}

/// The entries of one draw in descending order, with the room that finding it takes.
private struct DrawOrder {
    /// The order found last.
    private(set) var entries: [UInt16]
    private var values: [Double]
    private var starts: [UInt16]
    private var buckets: [UInt16]

    init(entryCount: Int) {
        entries = [UInt16](repeating: 0, count: entryCount)
        values = [Double](repeating: 0, count: entryCount)
        starts = [UInt16](repeating: 0, count: entryCount + 2)
        buckets = [UInt16](repeating: 0, count: entryCount)
    }

    mutating func sort(_ draw: UnsafeBufferPointer<Double>) {
        distribute(draw)
        entries.withUnsafeMutableBufferPointer { entries in
            values.withUnsafeMutableBufferPointer { values in
                for place in 1..<max(1, values.count) where values[place] > values[place - 1] {
                    let (value, entry) = (values[place], entries[place])
                    var hole = place
                    while hole > 0, values[hole - 1] < value {
                        (values[hole], entries[hole]) = (values[hole - 1], entries[hole - 1])
                        hole -= 1
                    }
                    (values[hole], entries[hole]) = (value, entry)
                }
            }
        }
    }

    /// Puts numbers into buckets of equal width from the highest to the lowest, those of one bucket in the order of the entries.
    private mutating func distribute(_ draw: UnsafeBufferPointer<Double>) {
        guard !draw.isEmpty else { return }
        let (low, high) = DrawOrder.range(draw)
        let perPoint = high > low ? Double(draw.count) / (high - low) : 0
        let last = UInt64(draw.count)
        starts.withUnsafeMutableBufferPointer { starts in
            buckets.withUnsafeMutableBufferPointer { buckets in
                starts.update(repeating: 0)
                for entry in draw.indices {
                    // Added to 2⁵², a number leaves its nearest integer in the low bits: a conversion that needs no check.
                    let nearest = ((high - draw[entry]) * perPoint + 0x1p52).bitPattern & 0xFFFF_FFFF
                    buckets[entry] = UInt16(truncatingIfNeeded: min(nearest, last))
                }
                for bucket in buckets { starts[Int(bucket) + 1] &+= 1 }
                for bucket in 1..<starts.count { starts[bucket] &+= starts[bucket - 1] }
                for entry in draw.indices {
                    let bucket = Int(buckets[entry])
                    let place = Int(starts[bucket])
                    starts[bucket] &+= 1
                    entries[place] = UInt16(truncatingIfNeeded: entry)
                    values[place] = draw[entry]
                }
            }
        }
    }

    /// The lowest and the highest number, four at a time.
    static func range(_ draw: UnsafeBufferPointer<Double>) -> (low: Double, high: Double) {
        var (low, high) = (SIMD4(repeating: draw[0]), SIMD4(repeating: draw[0]))
        let whole = draw.count & ~3
        for first in stride(from: 0, to: whole, by: 4) {
            let four = SIMD4(draw[first], draw[first + 1], draw[first + 2], draw[first + 3])
            low.replace(with: four, where: four .< low)
            high.replace(with: four, where: four .> high)
        }
        return draw[whole...].reduce((low.min(), high.max())) { (Swift.min($0.0, $1), Swift.max($0.1, $1)) }
    }
}
