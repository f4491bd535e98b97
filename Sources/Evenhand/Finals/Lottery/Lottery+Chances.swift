extension Lottery {
    /// The chances by a funding line: entries whose interval lies wholly above the line are in, those whose interval contains it share the
    /// places left equally, the others are out.
    ///
    /// The line is the estimate of the last entry for which there is a place. Of skewed distributions an estimate can lie outside its
    /// interval, which the source leaves open; the interval is then taken up to the estimate, so that fewer entries than there are places
    /// lie above the line, and chances always add up to `places`, or to the entries if these are fewer.
    ///
    /// Source: Heyard, Ott, Salanti and Egger, *Rethinking the funding line at the Swiss National Science Foundation: Bayesian ranking and
    /// lottery*, Statistics and Public Policy 9 (2022), 110–121.
    ///
    /// - Parameters:
    ///   - intervals: of the quality of each entry; more is better.
    ///   - estimates: the quality of each entry.
    ///   - places: how many places there are, at least 1.
    public static func lineChances(of intervals: [ClosedRange<Double>], estimates: [Double], places: Int) -> [Double] {
        guard !intervals.isEmpty else { return [] }
        let line = fundingLine(of: estimates, places: places)
        let isAbove = zip(intervals, estimates).map { min($0.lowerBound, $1) > line }
        let isBelow = zip(intervals, estimates).map { max($0.upperBound, $1) < line }
        let left = places - isAbove.count(where: \.self)
        let crossing = zip(isAbove, isBelow).count { !$0 && !$1 }
        let chance = min(1, Double(left) / Double(crossing))
        return zip(isAbove, isBelow).map { $0 ? 1 : $1 ? 0 : chance }
    }

    /// The estimate of the last entry for which there is a place.
    static func fundingLine(of estimates: [Double], places: Int) -> Double { estimates.sorted(by: >)[min(places, estimates.count) - 1] }

    /// The chances by a linear rule: p = ½ (c(low) + c(high)), where c(x) = (x − t) / h, at least 0 and at most 1.
    ///
    /// So an interval above the zone from t to t + h has the chance 1, one below it 0, one that spans it ½, and there is no jump between
    /// them. h is half the median width of the intervals; t is where the chances add up to `places`. With h given, moving one interval by d
    /// changes its chance by at most d/h, and those of all entries together by at most 2d/h. Where at least half of the intervals have no
    /// width, h is 0: c is then 1 above t and 0 below, and ends equal to t share what is left.
    ///
    /// Source: the Clipped Linear Lottery, p = w v + b cut to [0, 1] with b such that Σ p is the number of places, of Goldberg, Fanti and
    /// Shah, *Smooth partial lotteries for stable randomized selection*, arXiv 2605.20069 (2026). They draw on one estimate v of each entry
    /// and leave the slope w to the user. The mean over both ends of an interval and the slope 1/h are this library's. In the first two
    /// examples of its tests the chances are those of the same authors' maximin rule as well, *A principled approach to randomized
    /// selection under uncertainty*, arXiv 2506.19083 (2025); in general they are not.
    ///
    /// - Parameters:
    ///   - intervals: of the quality of each entry, finite; more is better.
    ///   - places: how many places there are, at least 1.
    public static func linearChances(of intervals: [ClosedRange<Double>], places: Int) -> [Double] {
        guard !intervals.isEmpty else { return [] }
        let total = Double(min(places, intervals.count))
        let zone = Quantiles.median(ofSorted: intervals.map { $0.upperBound - $0.lowerBound }.sorted()) / 2
        func share(_ end: Double, above t: Double) -> Double {
            zone > 0 ? min(1, max(0, (end - t) / zone)) : end > t ? 1 : 0
        }
        func chances(_ t: Double) -> [Double] {
            intervals.map { (share($0.lowerBound, above: t) + share($0.upperBound, above: t)) / 2 }
        }
        // Between two of these, chances are linear in t: none has a chance at the first, and all are sure at the last.
        let ends = intervals.flatMap { [$0.lowerBound, $0.upperBound] }
        let bends = Set(ends + ends.map { $0 - zone } + [-.infinity]).sorted(by: >)
        var (above, below) = (0, bends.count - 1)
        while below - above > 1 {
            let middle = (above + below) / 2
            if chances(bends[middle]).reduce(0, +) < total { above = middle } else { below = middle }
        }
        let (few, many) = (chances(bends[above]), chances(bends[below]))
        let fewest = few.reduce(0, +)
        let step = (total - fewest) / (many.reduce(0, +) - fewest)
        // Twelve decimals, so that what rounding leaves of 0 and 1 is none.
        return zip(few, many).map { ((($0 + step * ($1 - $0)) * 1e12).rounded()) / 1e12 }
    }
}
