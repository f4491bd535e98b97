/// How sure each entry's place is, by draws from the joint posterior of all entries.
///
/// Probabilities are shares of draws; the error of one near p is √(p (1 − p) / draws), 0.003 near 0.9 with 10,000. Ranks of a draw have no
/// ties.
///
/// Sources: Goldstein and Spiegelhalter, *League tables and their limitations*, Journal of the Royal Statistical Society A 159 (1996);
/// Laird and Louis, *Empirical Bayes ranking methods*, Journal of Educational Statistics 14 (1989).
public struct RankUncertainty: Sendable {
    /// How many places there are.
    public let places: Int
    /// How many draws the shares are of.
    public let drawCount: Int
    /// The number of entries.
    public let entryCount: Int
    /// The places of all entries, block by block of draws.
    let drawnRanks: [DrawnRanks]
    /// How often each entry came to each place; empty where the table would be larger than the places, and each tally is made when it is
    /// asked for.
    let keptTallies: [RankTally]

    /// The mean rank of each entry over the draws: 1 + Σ P(j above i).
    public let expectedRanks: [Double]
    /// The probability of each entry to be the best.
    public let winProbabilities: [Double]
    /// The probability of each entry to be among the best `places`.
    public let topProbabilities: [Double]

    /// The most entries that memory has room for: every draw keeps the place of each.
    public static func mostEntries(draws: Int) -> Int {
        min(Int(UInt32.max), TableMemory.limit / (max(1, draws) * MemoryLayout<UInt32>.size))
    }

    /// Refuses more entries than can be ranked.
    ///
    /// - Throws: `DesignError.tooMany`.
    public static func require(entries count: Int, draws: Int) throws(DesignError) {
        let limit = mostEntries(draws: draws)
        if count > limit { throw .tooMany(of: "entries", found: count, limit: limit) }
    }

    /// Ranks draws.
    ///
    /// - Parameters:
    ///   - draws: of at most `mostEntries(draws:)` entries.
    ///   - places: how many places there are, at least 1.
    ///   - progress: called with the number of further draws that are ranked.
    /// - Throws: `DesignError.tooMany`.
    public init(of draws: PosteriorDraws, places: Int, progress: @Sendable (Int) -> Void = { _ in }) throws(DesignError) {
        precondition(places >= 1 && draws.count >= 1, "ranks need at least one place and one draw")
        let size = draws.entryCount
        try RankUncertainty.require(entries: size, draws: draws.count)
        self.places = places
        (entryCount, drawCount) = (size, draws.count)
        drawnRanks = Parallel.map(draws.blocks.count, size: draws.count * size) { block in
            defer { progress(draws.blocks[block].count) }
            return DrawnRanks(of: draws.block(block), entryCount: size)
        }
        let total = Double(draws.count)
        keptTallies = size <= draws.count ? RankUncertainty.tallies(drawnRanks, entryCount: size, drawCount: draws.count) { $0 } : []
        @Sendable func shares(_ tally: RankTally) -> (rank: Double, first: Double, top: Double) {
            let sum = tally.range.reduce(0) { $0 + ($1 + 1) * Int(tally.counts[$1]) }
            let top = tally.range.prefix { $0 < places }.reduce(0) { $0 + Int(tally.counts[$1]) }
            return (rank: Double(sum) / total, first: Double(tally.counts[0]) / total, top: Double(top) / total)
        }
        let shares =
            keptTallies.isEmpty
            ? RankUncertainty.tallies(drawnRanks, entryCount: size, drawCount: draws.count, shares) : keptTallies.map(shares)
        expectedRanks = shares.map(\.rank)
        winProbabilities = shares.map(\.first)
        topProbabilities = shares.map(\.top)
    }

    /// Something made of how often each entry came to each place.
    func tallies<Value: Sendable>(_ value: @Sendable (RankTally) -> Value) -> [Value] {
        keptTallies.isEmpty
            ? RankUncertainty.tallies(drawnRanks, entryCount: entryCount, drawCount: drawCount, value) : keptTallies.map(value)
    }

    private static func tallies<Value: Sendable>(
        _ blocks: [DrawnRanks], entryCount: Int, drawCount: Int, _ value: @Sendable (RankTally) -> Value
    ) -> [Value] {
        let pieces = Parallel.pieces(of: entryCount, grain: max(1, Parallel.grain / drawCount))
        return Parallel.map(pieces.count, size: entryCount * drawCount) { piece in
            var tally = RankTally(entryCount: entryCount)
            return pieces[piece].map { entry in
                tally.count(blocks, of: entry)
                return value(tally)
            }
        }.flatMap(\.self)
    }

    /// The draws that an interval leaves out on one side.
    func tail(_ level: Double) -> Double { (Double(drawCount) - level * Double(drawCount)) / 2 }

    /// The probability that an entry's rank is `rank`, counted from 1.
    public func probability(of entry: Int, rank: Int) -> Double {
        let place = UInt32(rank - 1)
        let count = drawnRanks.reduce(0) { sum, block in sum + block.withRanks(of: entry) { $0.count { $0 == place } } }
        return Double(count) / Double(drawCount)
    }

    /// The ranks that hold the middle `level` of each entry's probability: at most half of the rest lies below, and at most half above.
    ///
    /// Ranks are whole numbers, so the interval holds more than its level: a right one of 90 % covers 93–94 % of true ranks.
    public func intervals(level: Double) -> [ClosedRange<Int>] {
        let (tail, draws) = (tail(level), drawCount)
        return tallies { tally in
            let places = tally.interval(leaving: tail, of: draws)
            return places.lowerBound + 1...places.upperBound + 1
        }
    }

    /// The probability that entry `a` is better than entry `b`.
    public func probability(of a: Int, above b: Int) -> Double {
        let above = drawnRanks.reduce(0) { sum, block in
            block.withRanks(of: a) { first in
                block.withRanks(of: b) { second in first.indices.reduce(sum) { $0 + (first[$1] < second[$1] ? 1 : 0) } }
            }
        }
        return Double(above) / Double(drawCount)
    }
}
