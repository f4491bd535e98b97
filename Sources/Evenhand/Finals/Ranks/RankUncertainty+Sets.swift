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
            self = probability >= Band.certain ? .inside : probability <= 1 - Band.certain ? .outside : .open
        }
    }

    /// Whether each entry is truly among the best `places`, as far as that is certain.
    public var bands: [Band] { topProbabilities.map { Band($0) } }

    /// The entries that cannot be excluded from the best `places`: the smallest set that contains all of the true best with probability `level`, filled in the
    /// order of `topProbabilities`. As indices, ascending.
    ///
    /// The name τ-best set is that of Mogstad, Romano, Shaikh and Wilhelm, *Inference for ranks*, Review of Economic Studies 91 (2024), who bound it by tests; here it
    /// is a posterior set.
    public func bestSet(level: Double) -> [Int] {
        let inside = min(places, entryCount)
        let order = (0..<entryCount).sorted { a, b in
            (topProbabilities[a], -expectedRanks[a], -a) > (topProbabilities[b], -expectedRanks[b], -b)
        }
        var position = [UInt16](repeating: 0, count: entryCount)
        for (place, entry) in order.enumerated() { position[entry] = UInt16(place) }
        // How many of the order would have been enough in each draw, less one.
        let (top, positions) = (UInt16(inside), position)
        let last = forEachDraw { places in
            positions.withUnsafeBufferPointer { positions in
                var last: UInt16 = 0
                // Without a branch: the best of a draw may be any.
                for entry in places.indices { last = max(last, places[entry] < top ? positions[entry] : 0) }
                return Int(last)
            }
        }
        var enough = [Int](repeating: 0, count: entryCount)
        for last in last { enough[last] += 1 }
        var (sum, size) = (0, 0)
        while size < entryCount, Double(sum) < level * Double(drawCount) {
            sum += enough[size]
            size += 1
        }
        return order.prefix(size).sorted()
    }

    /// A whole number made from the places of all entries in each draw.
    private func forEachDraw(_ number: @Sendable (UnsafeBufferPointer<UInt16>) -> Int) -> [Int] {
        Parallel.map(drawnPlaces.count, size: drawCount * entryCount) { part in
            drawnPlaces[part].withUnsafeBufferPointer { places in
                stride(from: 0, to: places.count, by: entryCount).map {
                    number(UnsafeBufferPointer(rebasing: places[$0..<$0 + entryCount]))
                }
            }
        }.flatMap(\.self)
    }

    /// Rank intervals of all entries that hold together: with probability `level` no true rank lies outside its interval.
    ///
    /// Each interval leaves out the ranks whose one-sided probability is below a common bound, the largest for which the draws keep all of them, and none that makes an interval narrower than
    /// `interval(of:level:)`: where few ranks are open, cutting a tail of one entry alone would.
    public func simultaneousIntervals(level: Double) -> [ClosedRange<Int>] {
        let size = entryCount
        // How often an entry came to this place or a better one, and to this or a worse one.
        var (upTo, from) = (counts.map { Int($0) }, counts.map { Int($0) })
        for entry in 0..<size {
            for place in 1..<max(1, size) {
                upTo[entry * size + place] += upTo[entry * size + place - 1]
                from[entry * size + size - 1 - place] += from[entry * size + size - place]
            }
        }
        let tails = zip(upTo, from).map { min($0, $1) }
        let narrowTails = tails.map { UInt32($0) }
        let rarest = forEachDraw { places in
            narrowTails.withUnsafeBufferPointer { tails in
                var (least, row) = (UInt32.max, 0)
                for entry in places.indices {
                    least = min(least, tails[row &+ Int(places[entry])])
                    row &+= size
                }
                return Int(least)
            }
        }
        // The tail that a share of 1 − level of the draws is below: tails are whole numbers up to the number of draws.
        var drawsWith = [Int](repeating: 0, count: drawCount + 1)
        for tail in rarest { drawsWith[min(tail, drawCount)] += 1 }
        let below = min(drawCount - 1, Int((1 - level) * Double(drawCount)))
        var (bound, sum) = (0, drawsWith[0])
        while sum <= below { (bound, sum) = (bound + 1, sum + drawsWith[bound + 1]) }
        bound = min(bound, Int(tail(level)) + 1)
        return (0..<size).map { entry in
            let kept = (0..<size).filter { tails[entry * size + $0] >= bound }
            return (kept.first ?? 0) + 1...(kept.last ?? size - 1) + 1
        }
    }
}
