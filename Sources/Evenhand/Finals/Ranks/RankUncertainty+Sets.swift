extension RankUncertainty {
    /// Where a probability puts an entry: it is at least 0.9, at most 0.1, or in between.
    public enum Band: String, Sendable, CaseIterable {
        case inside = "in"
        case open
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
        var position = [Int](repeating: 0, count: entryCount)
        for (place, entry) in order.enumerated() { position[entry] = place }
        // How often the first m of the order would have been enough.
        var enough = [Int](repeating: 0, count: entryCount)
        for places in drawnPlaces {
            for first in stride(from: 0, to: places.count, by: entryCount) {
                var last = 0
                for entry in 0..<entryCount where Int(places[first + entry]) < inside { last = max(last, position[entry]) }
                enough[last] += 1
            }
        }
        var (sum, size) = (0, 0)
        while size < entryCount, Double(sum) < level * Double(drawCount) {
            sum += enough[size]
            size += 1
        }
        return order.prefix(size).sorted()
    }

    /// Rank intervals of all entries that hold together: with probability `level` no true rank lies outside its interval.
    ///
    /// Each interval leaves out the ranks whose one-sided probability is below a common bound, the largest for which the draws keep all of them.
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
        var rarest: [Int] = []
        rarest.reserveCapacity(drawCount)
        for places in drawnPlaces {
            for first in stride(from: 0, to: places.count, by: size) {
                var least = Int.max
                for entry in 0..<size { least = min(least, tails[entry * size + Int(places[first + entry])]) }
                rarest.append(least)
            }
        }
        rarest.sort()
        let bound = rarest[min(drawCount - 1, Int((1 - level) * Double(drawCount)))]
        return (0..<size).map { entry in
            let kept = (0..<size).filter { tails[entry * size + $0] >= bound }
            return (kept.first ?? 0) + 1...(kept.last ?? size - 1) + 1
        }
    }
}
