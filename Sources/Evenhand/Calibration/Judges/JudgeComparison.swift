/// Each judge's noise, and how far the judge follows the entries, against the *other* judges, with limits that the scores themselves give.
///
/// Severities are subtracted (`Additive`). With d a score less the mean of the other scores of its performance, the noise is measured by
/// log Σ|d|/n, the following by Fisher's z of the correlation of the scores with those means. Both are relative to the median of the other
/// judges, which one unusual judge hardly moves.
///
/// If no judge differed, the scores of a performance could have come from its judges in any order. So they are reassigned at random among
/// them, up to 400 times. What is found is compared with the largest distance on its side that any *other* judge has in such a contest,
/// each times √n of the judge's scores (Westfall and Young); an erratic judge's own scores, reassigned to the same entries, are not a
/// yardstick for that judge. With fewer than 200 contests, of many scores, the limit is that of the normal distribution, times the number
/// of judges. Heavy tails, a ceiling and a coarse scale are in the permuted scores as they are in the given ones. Judges with one score for
/// every entry, and the second of two who agree like copies, take no part.
///
/// Sources: Pitman, *Significance tests which may be applied to samples from any populations*, Supplement to the Journal of the Royal
/// Statistical Society 4 (1937); Levene, *Robust tests for equality of variances* (1960), for mean |d|; Grubbs, *On estimating precision of
/// measuring instruments and product variability*, Journal of the American Statistical Association 43 (1948), for the ratio of noises;
/// Westfall and Young, *Resampling-Based Multiple Testing* (1993), section 2.3.
public struct JudgeComparison: Sendable {
    /// One judge compared with the others.
    public struct Judge: Sendable, Equatable {
        /// The variance of the judge's noise over that of the other judges, at least 0; `nil` where the others have none among them.
        public let noiseRatio: Double?
        /// Two-sided, of the hypothesis that the judge is as noisy as the others; adjusted for the number of judges.
        public let noiseP: Double?
        /// Whether the judge is noisier than the median of the others.
        public let isNoisier: Bool
        /// The correlation with the mean of the others on the same performances, all severities subtracted.
        public let correlation: Double
        /// One-sided, of the hypothesis that the judge follows the entries as the others do; small for one who does less. Adjusted
        /// likewise.
        public let followingP: Double?
        /// The same of this judge alone.
        let ownFollowingP: Double?
        /// Where the outfit of such a judge lies with probability 0.95 when no judge differs.
        public let outfitLimits: ClosedRange<Double>
        /// The scores that could be compared.
        public let scores: Int

        /// The correlation over its standard error, by Fisher's z.
        var followingScore: Double { JudgeComparison.fisher(correlation) * Double(max(1, scores - 3)).squareRoot() }
    }

    /// For each judge; `nil` for fewer than `leastScores` scores of performances with other judges.
    public let judges: [Judge?]
    /// How many permuted contests were made.
    public let replicates: Int

    /// Fewer scores say nothing about a judge's noise.
    public static let leastScores = 5
    private static let level = 0.95

    /// As many as are quick to permute: a mean and a deviation need few.
    static func replicates(for scores: Int) -> Int { max(30, min(400, 4_000_000 / max(1, scores))) }

    /// The comparison of the judges of a fit; `nil` when entries and judges explain the scores exactly, or no judge can be compared with
    /// another.
    ///
    /// - Parameter left: the judges who take no part.
    init?(of fit: Additive, leavingOut left: Set<Int>, replicates: Int? = nil, seed: UInt64 = 1) {
        guard (fit.residualVariance ?? 0) > 0 else { return nil }
        let permuted = PermutedScores(of: fit, leavingOut: left)
        let spreads = permuted.spreads(of: permuted.scores)
        let tested = spreads.indices.filter { spreads[$0].count >= Double(JudgeComparison.leastScores) }
        guard tested.count > 1 else { return nil }
        let number = replicates ?? JudgeComparison.replicates(for: permuted.scores.count)
        let drawn = Parallel.map(number, size: number * permuted.scores.count) { replicate in
            var stream = RandomStream(seed: seed, stream: UInt64(replicate))
            return Distances(permuted.spreads(of: permuted.permuted(&stream)), of: tested)
        }
        let found = Distances(spreads, of: tested)
        let noises = PermutedValues(drawn.map(\.noises), roots: tested.map { spreads[$0].count.squareRoot() }, isOfEntries: false)
        let followings = PermutedValues(
            drawn.map(\.followings), roots: tested.map { (spreads[$0].count - 3).squareRoot() }, isOfEntries: true)
        let ratios = JudgeComparison.noiseRatios(spreads, performances: permuted.performances.count)
        var judges = [Judge?](repeating: nil, count: spreads.count)
        for (position, judge) in tested.enumerated() {
            judges[judge] = Judge(
                noiseRatio: ratios[judge], noiseP: noises.p(found.noises[position], of: position), isNoisier: found.noises[position] > 0,
                correlation: spreads[judge].correlation, followingP: followings.lowerP(found.followings[position], of: position),
                ownFollowingP: followings.ownLowerP(found.followings[position], of: position),
                outfitLimits: JudgeComparison.outfitLimits(drawn.map { $0.outfits[position] }), scores: Int(spreads[judge].count))
        }
        (self.judges, self.replicates) = (judges, number)
    }

    private static func outfitLimits(_ roots: [Double]) -> ClosedRange<Double> {
        let number = Double(roots.count)
        let mean = roots.reduce(0, +) / number
        let variance = roots.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (number - 1)
        let reach = StudentT(degreesOfFreedom: number - 1).upperTailQuantile((1 - level) / 2) * (variance * (1 + 1 / number)).squareRoot()
        let (low, high) = (max(0, mean - reach), mean + reach)
        return low * low * low...high * high * high
    }

    /// The sums of squares without a judge's scores leave the others' variance, what is left of the judge's own the judge's.
    private static func noiseRatios(_ spreads: [PermutedScores.Spread], performances: Int) -> [Double?] {
        let total = spreads.reduce(0) { $0 + $1.squares }
        let scores = spreads.reduce(0) { $0 + $1.count }
        let judges = Double(spreads.count { $0.count > 0 })
        return spreads.map { own in
            let (squares, freedom) = (total - own.squares, scores - Double(performances) - own.count - judges + 2)
            // Below this what is left is the rounding of the arithmetic.
            guard own.count > 1, freedom > 0, squares > 1e-12 * total else { return nil }
            let share = own.othersShares / own.count
            return max(0, own.squares / (own.count - 1) * (1 + share) / (squares / freedom) - share)
        }
    }

    /// Fisher's z of a correlation, whose variance hardly depends on it.
    fileprivate static func fisher(_ correlation: Double) -> Double {
        let bounded = max(-0.999_999, min(0.999_999, correlation))
        return naturalLogarithm((1 + bounded) / (1 - bounded)) / 2
    }
}

/// How far each of some judges lies from the others in one contest.
private struct Distances: Sendable {
    /// Logarithms of the mean |d|, and Fisher's z, less the median of the others.
    let noises, followings: [Double]
    /// The cube roots of the judges' squares over the panel's, nearly normal (Wilson and Hilferty 1931).
    let outfits: [Double]

    init(_ spreads: [PermutedScores.Spread], of judges: [Int]) {
        let own = judges.map { spreads[$0] }
        let (squares, count) = own.reduce(into: (0.0, 0.0)) { $0 = ($0.0 + $1.squares, $0.1 + $1.count) }
        // Only equal scores leave a judge without any noise.
        let least = 1e-6 * (squares / count).squareRoot()
        noises = Quantiles.distancesFromMedianOfOthers(own.map { naturalLogarithm(max(least, $0.magnitudes / $0.count)) })
        followings = Quantiles.distancesFromMedianOfOthers(own.map { JudgeComparison.fisher($0.correlation) })
        outfits = own.map { cubeRoot($0.squares / $0.count / (squares / count)) }
    }
}

/// How far some judges lie from the others in permuted contests, in scores: distances times the root of the number of a judge's scores,
/// less what a judge of the same entries has on average where that differs.
private struct PermutedValues {
    /// The scores of the judges, contest by contest.
    private let scores: [[Double]]
    private let roots: [Double]
    /// What is subtracted from the scores of each judge.
    private let means: [Double]
    /// The usual size of a score.
    private let deviation: Double

    /// Fewer contests do not show what happens once in a hundred.
    private static let leastForTails = 200

    /// - Parameter isOfEntries: whether a distance depends on the entries that a judge met, so that the mean over permuted contests is
    ///   subtracted: whoever met entries that hardly differ follows them less, whoever it is. The noise of the scores that are reassigned
    ///   among a judge's performances is different: much of it is the judge's own.
    init(_ distances: [[Double]], roots: [Double], isOfEntries: Bool) {
        var means = [Double](repeating: 0, count: roots.count)
        for own in distances where isOfEntries {
            for judge in roots.indices { means[judge] += own[judge] * roots[judge] / Double(distances.count) }
        }
        scores = distances.map { own in roots.indices.map { own[$0] * roots[$0] - means[$0] } }
        (self.roots, self.means) = (roots, means)
        let squares = scores.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
        deviation = (squares / Double(max(1, scores.count * roots.count))).squareRoot()
    }

    private func score(_ distance: Double, of judge: Int) -> Double { distance * roots[judge] - means[judge] }

    /// The chance that another judge lies so far from the others, either way; `nil` when draws differ by rounding only, as those of two
    /// judges alone do, who are equally noisy whatever they give.
    ///
    /// Twice the smaller of both sides' chances: a logarithm of a small sample reaches further down than up, and one limit for both sides
    /// would hide a noisy judge.
    func p(_ distance: Double, of judge: Int) -> Double? {
        guard let lower = lowerP(distance, of: judge), let upper = upperP(distance, of: judge) else { return nil }
        return min(1, 2 * min(lower, upper))
    }

    /// The chance that another judge lies so far below.
    func lowerP(_ distance: Double, of judge: Int) -> Double? { p(-1, distance, of: judge) }

    private func upperP(_ distance: Double, of judge: Int) -> Double? { p(1, distance, of: judge) }

    /// - Parameter side: 1 for as far above or further, −1 for below.
    private func p(_ side: Double, _ distance: Double, of judge: Int) -> Double? {
        guard deviation > 1e-9 else { return nil }
        let found = side * score(distance, of: judge)
        guard scores.count >= PermutedValues.leastForTails else {
            return min(1, NormalDistribution.standard.upperTail(found / deviation) * Double(roots.count))
        }
        let beyond = scores.count { own in own.indices.contains { $0 != judge && side * own[$0] >= found } }
        return Double(1 + beyond) / Double(1 + scores.count)
    }

    /// The chance that this judge alone lies so far below.
    func ownLowerP(_ distance: Double, of judge: Int) -> Double? {
        let found = score(distance, of: judge)
        return deviation > 1e-9 && found < 0 ? NormalDistribution.standard.upperTail(-found / deviation) : nil
    }
}
