import CPlaces

/// The ranks that entries came to in some draws, entry by entry: nothing grows with the square of their number.
///
/// Eight draws are put in order side by side. Of many entries, and where two are too near for that, a draw is put in order by itself, in
/// linear time: its numbers go to about as many buckets as there are entries, and what is out of order inside a bucket is put right by
/// insertion.
struct DrawnRanks: Sendable {
    /// How many draws there are.
    let drawCount: Int
    /// The ranks of entry e, from 0, in one draw after the other: `ranks[e · drawCount ..< (e + 1) · drawCount]`.
    private let ranks: [UInt32]

    /// Ranks draws, given one after the other with the numbers of all entries; the highest number comes to rank 0, of equal ones the
    /// first.
    init(of draws: [Double], entryCount size: Int) {
        let (count, atOnce) = (draws.count / max(1, size), Int(EVENHAND_DRAWS_AT_ONCE))
        drawCount = count
        guard count > 0 else {
            ranks = []
            return
        }
        let (low, high) = draws.withUnsafeBufferPointer { DrawOrder.range($0) }
        // A little below 2²³, so that rounding stays below it.
        let perPoint = 0x1.fffff0p22 / (high - low)
        let isSortable = size <= Int(EVENHAND_MOST_SORTED) && high > low && perPoint.isFinite
        var order = DrawOrder(entryCount: size)
        ranks = [UInt32](unsafeUninitializedCapacity: count * size) { ranks, initialized in
            draws.withUnsafeBufferPointer { draws in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: isSortable ? atOnce * size : 1) { keys in
                    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: atOnce * size) { found in
                        for first in stride(from: 0, to: count, by: atOnce) {
                            let some = UnsafeBufferPointer(rebasing: draws[first * size..<min(first + atOnce, count) * size])
                            var open: UInt32 = .max
                            if isSortable, some.count == atOnce * size {
                                open = evenhand_places(some.baseAddress, size, low, perPoint, keys.baseAddress, found.baseAddress)
                            }
                            for draw in 0..<some.count / size where open >> UInt32(draw) & 1 == 1 {
                                let here = draw * size..<(draw + 1) * size
                                order.sort(UnsafeBufferPointer(rebasing: some[here]))
                                for (rank, entry) in order.entries.enumerated() {
                                    found[here.lowerBound + Int(entry)] = UInt32(truncatingIfNeeded: rank)
                                }
                            }
                            let ranked = some.count / size
                            for entry in 0..<size {
                                let target = entry &* count &+ first
                                for draw in 0..<ranked { ranks[target &+ draw] = found[draw &* size &+ entry] }
                            }
                        }
                    }
                }
            }
            initialized = count * size
        }
    }

    /// The ranks of an entry, from 0, in one draw after the other.
    func withRanks<Result>(of entry: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        ranks.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[entry * drawCount..<(entry + 1) * drawCount])) }
    }
}

/// How often an entry came to each rank, counted for one entry after the other in the same room.
struct RankTally {
    /// How often it came to each rank, from 0; 0 outside `range`.
    private(set) var counts: [UInt32]
    /// From the best rank to the worst.
    private(set) var range = 0..<0

    init(entryCount: Int) { counts = [UInt32](repeating: 0, count: entryCount) }

    /// Counts the ranks of another entry.
    mutating func count(_ blocks: [DrawnRanks], of entry: Int) {
        var (best, worst) = (UInt32.max, UInt32(0))
        counts.withUnsafeMutableBufferPointer { counts in
            for rank in range { counts[rank] = 0 }
            for block in blocks {
                block.withRanks(of: entry) { ranks in
                    for rank in ranks {
                        counts[Int(rank)] &+= 1
                        best = min(best, rank)
                        worst = max(worst, rank)
                    }
                }
            }
        }
        range = best <= worst ? Int(best)..<Int(worst) + 1 : 0..<0
    }

    /// The best rank that more than `tail` draws come to or surpass, and the worst that all but `tail` do, from 0.
    func interval(leaving tail: Double, of draws: Int) -> ClosedRange<Int> {
        var (sum, low) = (0.0, Int?.none)
        for rank in range {
            sum += Double(counts[rank])
            if low == nil, sum > tail { low = rank }
            if sum >= Double(draws) - tail { return min(low ?? rank, rank)...rank }
        }
        return (low ?? 0)...max(low ?? 0, counts.count - 1)
    }
}

/// The entries of one draw in descending order, with the room that finding it takes.
private struct DrawOrder {
    /// The order found last.
    private(set) var entries: [UInt32]
    private var values: [Double]
    private var starts: [UInt32]
    private var buckets: [UInt32]

    init(entryCount: Int) {
        entries = [UInt32](repeating: 0, count: entryCount)
        values = [Double](repeating: 0, count: entryCount)
        starts = [UInt32](repeating: 0, count: entryCount + 2)
        buckets = [UInt32](repeating: 0, count: entryCount)
    }

    mutating func sort(_ draw: UnsafeBufferPointer<Double>) {
        distribute(draw)
        entries.withUnsafeMutableBufferPointer { entries in
            values.withUnsafeMutableBufferPointer { values in
                for position in 1..<max(1, values.count) where values[position] > values[position - 1] {
                    let (value, entry) = (values[position], entries[position])
                    var hole = position
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
                    buckets[entry] = UInt32(truncatingIfNeeded: min(nearest, last))
                }
                for bucket in buckets { starts[Int(bucket) + 1] &+= 1 }
                for bucket in 1..<starts.count { starts[bucket] &+= starts[bucket - 1] }
                for entry in draw.indices {
                    let bucket = Int(buckets[entry])
                    let position = Int(starts[bucket])
                    starts[bucket] &+= 1
                    entries[position] = UInt32(truncatingIfNeeded: entry)
                    values[position] = draw[entry]
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
