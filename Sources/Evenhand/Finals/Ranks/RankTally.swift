/// Ranks of draws, counted: how often each entry came to each place.
///
/// Of few entries those above each are counted, many comparisons in one instruction. Of many a draw is put in order in linear time: its numbers go to about as many buckets
/// as there are entries, and what is out of order inside a bucket is mended by insertion.
struct RankTally: Sendable {
    let entryCount: Int
    /// How often entry e came to place r: `counts[e · n + r]`, places counted from 0.
    private(set) var counts: [UInt32]
    /// For each draw, one after the other, the place of each entry, from 0.
    private(set) var places: [UInt16]
    private var fours: [SIMD4<Double>]

    /// Up to here n² comparisons take less time than n look-ups.
    private static let few = 64

    /// - Parameter draws: how many will be added.
    init(entryCount: Int, draws: Int) {
        self.entryCount = entryCount
        (counts, places) = ([UInt32](repeating: 0, count: entryCount * entryCount), [])
        places.reserveCapacity(entryCount * draws)
        fours = [SIMD4](repeating: SIMD4(repeating: -.infinity), count: (entryCount + 3) / 4)
    }

    /// Counts draws, given one after the other with the numbers of all entries; the highest number comes to place 0, of equal ones the first.
    mutating func add(_ draws: [Double]) {
        let (count, first) = (draws.count / max(1, entryCount), places.count)
        places.append(contentsOf: repeatElement(0, count: draws.count))
        var order = DrawOrder(entryCount: entryCount)
        draws.withUnsafeBufferPointer { draws in
            for draw in 0..<count {
                let numbers = UnsafeBufferPointer(rebasing: draws[draw * entryCount..<(draw + 1) * entryCount])
                if entryCount <= RankTally.few, countedPlaces(numbers, from: first + draw * entryCount) { continue }
                order.sort(numbers)
                record(order.entries, from: first + draw * entryCount)
            }
        }
    }

    /// Counts a draw by the numbers above each; false, with nothing counted, when some are equal and share a place.
    private mutating func countedPlaces(_ draw: UnsafeBufferPointer<Double>, from first: Int) -> Bool {
        let (size, wide) = (entryCount, (entryCount + 3) / 4)
        // Four side by side; what fills the last four up is above nobody.
        for entry in draw.indices { fours[entry >> 2][entry & 3] = draw[entry] }
        return places.withUnsafeMutableBufferPointer { places in
            fours.withUnsafeBufferPointer { fours in
                var sum: Int64 = 0
                for entry in draw.indices {
                    let own = SIMD4(repeating: draw[entry])
                    var above = SIMD4<Int64>(repeating: 0)
                    // True is −1 in each place.
                    for four in 0..<wide { above &-= unsafeBitCast(fours[four] .> own, to: SIMD4<Int64>.self) }
                    let number = above.wrappedSum()
                    places[first + entry] = UInt16(truncatingIfNeeded: number)
                    sum &+= number
                }
                guard sum == size * (size - 1) / 2 else { return false }
                counts.withUnsafeMutableBufferPointer { counts in
                    for entry in 0..<size { counts[entry * size + Int(places[first + entry])] += 1 }
                }
                return true
            }
        }
    }

    private mutating func record(_ order: [UInt16], from first: Int) {
        let size = entryCount
        counts.withUnsafeMutableBufferPointer { counts in
            places.withUnsafeMutableBufferPointer { places in
                order.withUnsafeBufferPointer { order in
                    for place in 0..<size {
                        let entry = Int(order[place])
                        counts[entry * size + place] += 1
                        places[first + entry] = UInt16(truncatingIfNeeded: place)
                    }
                }
            }
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
    private static func range(_ draw: UnsafeBufferPointer<Double>) -> (low: Double, high: Double) {
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
