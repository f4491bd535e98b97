/// How sure each entry's place is, by draws from the joint posterior of all entries.
///
/// Probabilities are shares of draws; the error of one near p is √(p (1 − p) / draws), 0.003 near 0.9 with 10,000. Ranks of a draw have no ties.
///
/// Sources: Goldstein and Spiegelhalter, *League tables and their limitations*, Journal of the Royal Statistical Society A 159 (1996); Laird and Louis, *Empirical
/// Bayes ranking methods*, Journal of Educational Statistics 14 (1989).
public struct RankUncertainty: Sendable {
    /// How many places there are.
    public let places: Int
    /// How many draws the shares are of.
    public let drawCount: Int
    /// The number of entries.
    public let entryCount: Int
    /// How often each entry came to each place (`probability(of:rank:)` is the share).
    let counts: [UInt32]
    /// The places of all entries in each draw, from 0, in parts; the draws in no order.
    let drawnPlaces: [[UInt16]]

    /// The mean rank of each entry over the draws: 1 + Σ P(j above i).
    public let expectedRanks: [Double]
    /// The probability of each entry to be the best.
    public let winProbabilities: [Double]
    /// The probability of each entry to be among the best `places`.
    public let topProbabilities: [Double]

    /// More entries than this would need tables of counts, two by two, that memory has no room for; or places of more than 16 bits.
    public static let mostEntries: Int = {
        // A table for each worker, and the tails of both sides.
        let bytes = Double(Parallel.width * MemoryLayout<UInt32>.size + 3 * MemoryLayout<Int>.size + MemoryLayout<UInt32>.size)
        return min(Int(UInt16.max), Int((Double(TableMemory.limit) / bytes).squareRoot()))
    }()

    /// Refuses more entries than can be ranked.
    ///
    /// - Throws: `DesignError.tooMany`.
    public static func require(entries count: Int) throws(DesignError) {
        if count > mostEntries { throw .tooMany(of: "entries", found: count, limit: mostEntries) }
    }

    /// Ranks draws.
    ///
    /// - Parameters:
    ///   - draws: of at most `mostEntries` entries.
    ///   - places: how many places there are, at least 1.
    /// - Throws: `DesignError.tooMany`.
    public init(of draws: PosteriorDraws, places: Int) throws(DesignError) {
        precondition(places >= 1 && draws.count >= 1, "ranks need at least one place and one draw")
        let size = draws.entryCount
        try RankUncertainty.require(entries: size)
        let tallies = Parallel.workers(draws.blocks.count, size: draws.count * size) { next in
            var tally = RankTally(entryCount: size, draws: draws.count / Parallel.width)
            while let block = next() { tally.add(draws.block(block)) }
            return tally
        }
        var sums = tallies.first?.counts ?? []
        for tally in tallies.dropFirst() {
            for place in sums.indices { sums[place] += tally.counts[place] }
        }
        let (counts, total) = (sums, Double(draws.count))
        self.places = places
        (entryCount, drawCount, self.counts, drawnPlaces) = (size, draws.count, counts, tallies.map(\.places))
        let inside = min(places, size)
        expectedRanks = (0..<size).map { entry in
            (0..<size).reduce(0.0) { $0 + Double($1 + 1) * Double(counts[entry * size + $1]) } / total
        }
        winProbabilities = (0..<size).map { Double(counts[$0 * size]) / total }
        topProbabilities = (0..<size).map { entry in
            Double(counts[entry * size..<entry * size + inside].reduce(0) { $0 + Int($1) }) / total
        }
    }

    /// The draws that an interval leaves out on one side.
    func tail(_ level: Double) -> Double { (1 - level) / 2 * Double(drawCount) }

    /// The probability that an entry's rank is `rank`, counted from 1.
    public func probability(of entry: Int, rank: Int) -> Double { Double(counts[entry * entryCount + rank - 1]) / Double(drawCount) }

    /// The ranks that hold the middle `level` of an entry's probability: at most half of the rest lies below, and at most half above.
    ///
    /// Ranks are whole numbers, so the interval holds more than its level: a right one of 90 % covers 93–94 % of true ranks.
    public func interval(of entry: Int, level: Double) -> ClosedRange<Int> {
        let tail = tail(level)
        var (sum, low, high) = (0.0, 0, entryCount)
        for rank in 1...entryCount {
            sum += Double(counts[entry * entryCount + rank - 1])
            if low == 0, sum > tail { low = rank }
            if sum >= Double(drawCount) - tail {
                high = rank
                break
            }
        }
        return max(1, min(low, high))...high
    }

    /// The probability that entry `a` is better than entry `b`.
    public func probability(of a: Int, above b: Int) -> Double {
        let above = drawnPlaces.reduce(0) { sum, places in
            stride(from: 0, to: places.count, by: entryCount).reduce(sum) { $0 + (places[$1 + a] < places[$1 + b] ? 1 : 0) }
        }
        return Double(above) / Double(drawCount)
    }
}
