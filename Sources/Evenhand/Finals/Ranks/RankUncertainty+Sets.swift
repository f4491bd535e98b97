extension RankUncertainty {
    /// Where a probability puts an entry: it is at least 0.9, at most 0.1, or in between.
    public enum Band: String, Sendable, CaseIterable {
        /// Certainly in: the probability is at least 0.9.
        case inside = "in"
        /// In neither set: the scores do not decide.
        case open
        /// Certainly out: the probability is at most 0.1.
        case outside = "out"

        /// The probability from which a place counts as certain.
        public static let certain = 0.9

        init(_ probability: Double) {
            // 1 − 0.9 is less than 0.1 in Doubles.
            self = probability >= Band.certain ? .inside : 1 - probability >= Band.certain ? .outside : .open
        }
    }

    /// Whether each entry is truly among the best `places`, as far as that is certain.
    public var bands: [Band] { topProbabilities.map { Band($0) } }

    /// The entries that cannot be excluded from the best `places`: the smallest set that contains all of the true best with probability
    /// `level`, filled in the order of `topProbabilities`. As indices, ascending.
    ///
    /// The name τ-best set is that of Mogstad, Romano, Shaikh and Wilhelm, *Inference for ranks*, Review of Economic Studies 91 (2024), who
    /// bound it by tests; here it is a posterior set.
    public func bestSet(level: Double) -> [Int] {
        let inside = min(places, entryCount)
        let order = (0..<entryCount).sorted { a, b in
            (topProbabilities[a], -expectedRanks[a], -a) > (topProbabilities[b], -expectedRanks[b], -b)
        }
        var position = [UInt32](repeating: 0, count: entryCount)
        for (place, entry) in order.enumerated() { position[entry] = UInt32(place) }
        // How many of the order would have been enough in each draw, less one.
        let (blocks, positions) = (drawnRanks, position)
        let lasts = Parallel.map(blocks.count, size: drawCount * entryCount) { block in
            var last = [UInt32](repeating: 0, count: blocks[block].drawCount)
            for (entry, position) in positions.enumerated() {
                blocks[block].withRanks(of: entry) { ranks in
                    // Without a branch: the best of a draw may be any.
                    for draw in ranks.indices { last[draw] = max(last[draw], ranks[draw] < inside ? position : 0) }
                }
            }
            return last
        }
        var enough = [Int](repeating: 0, count: entryCount)
        for last in lasts.joined() { enough[Int(last)] += 1 }
        var (sum, size) = (0, 0)
        while size < entryCount, Double(sum) < level * Double(drawCount) {
            sum += enough[size]
            size += 1
        }
        return order.prefix(size).sorted()
    }

    /// Rank intervals of all entries that hold together: with probability `level` no true rank lies outside its interval.
    ///
    /// Each interval leaves out the ranks whose one-sided probability is below a common bound, the largest for which the draws keep all of
    /// them, and none that makes an interval narrower than that of `intervals(level:)`: where few ranks are open, cutting a tail of one
    /// entry alone would.
    public func simultaneousIntervals(level: Double) -> [ClosedRange<Int>] {
        // The tail that a share of 1 − level of the draws is below: tails are whole numbers up to the number of draws.
        var drawsWith = [Int](repeating: 0, count: drawCount + 1)
        for tail in rarestTails() { drawsWith[min(Int(tail), drawCount)] += 1 }
        let below = min(drawCount - 1, Int(Double(drawCount) - level * Double(drawCount)))
        var (bound, sum) = (0, drawsWith[0])
        while sum <= below { (bound, sum) = (bound + 1, sum + drawsWith[bound + 1]) }
        let (kept, size) = (min(bound, Int(tail(level)) + 1), entryCount)
        return tallies { tally in
            guard kept > 0 else { return 1...size }
            var (low, high, sum) = (tally.range.lowerBound, tally.range.upperBound - 1, 0)
            for place in tally.range {
                sum += Int(tally.counts[place])
                if sum >= kept {
                    low = place
                    break
                }
            }
            sum = 0
            for place in tally.range.reversed() {
                sum += Int(tally.counts[place])
                if sum >= kept {
                    high = place
                    break
                }
            }
            // One tail alone may hold more than half of the draws, but then so does the place where both meet.
            return min(low, high) + 1...max(low, high) + 1
        }
    }

    /// In each draw the smallest number of draws in which some entry came as far from the middle of its places, on the same side.
    private func rarestTails() -> [UInt32] {
        let (blocks, draws, size, kept) = (drawnRanks, drawCount, entryCount, keptTallies)
        let pieces = Parallel.pieces(of: size, grain: max(1, Parallel.grain / draws))
        let found = Parallel.map(pieces.count, size: draws * size) { piece in
            var (tally, tails) = (RankTally(entryCount: size), [UInt32](repeating: 0, count: size))
            var rarest = [UInt32](repeating: .max, count: draws)
            for entry in pieces[piece] {
                if kept.isEmpty { tally.count(blocks, of: entry) } else { tally = kept[entry] }
                var sum: UInt32 = 0
                for place in tally.range {
                    sum += tally.counts[place]
                    tails[place] = min(sum, UInt32(draws) - sum + tally.counts[place])
                }
                var first = 0
                for block in blocks {
                    block.withRanks(of: entry) { ranks in
                        for draw in ranks.indices { rarest[first + draw] = min(rarest[first + draw], tails[Int(ranks[draw])]) }
                    }
                    first += block.drawCount
                }
            }
            return rarest
        }
        return (0..<draws).map { draw in found.reduce(.max) { min($0, $1[draw]) } }
    }
}
