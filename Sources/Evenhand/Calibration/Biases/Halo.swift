/// Whether a judge lets one impression decide all criteria.
///
/// Performances and judges are taken out of each criterion (least squares). The residuals of two criteria on the ballots of one judge are
/// correlated when the judge scored by an impression of the entry as a whole. A judge's halo is the mean of those correlations over pairs
/// of criteria, less the mean of the other judges': every panel has some, since criteria share something that only some judges see. Its
/// standard error comes from drawing performances with replacement (bootstrap).
///
/// Source: Murphy, Jako and Anhalt, *Nature and consequences of halo error*, Journal of Applied Psychology 78 (1993); Engelhard, *Examining
/// rater errors in the assessment of written composition with a many-faceted Rasch model*, Journal of Educational Measurement 31 (1994).
public struct Halo: Sendable {
    /// One judge's.
    public struct Judge: Sendable, Equatable {
        /// The index of the judge.
        public let judge: Int
        /// The mean correlation of the criteria's rests on the judge's ballots.
        public let correlation: Double?
        /// That less the mean of the other judges; `nil` for fewer than `leastBallots` ballots.
        public let excess: Estimate?
        /// The number of ballots.
        public let ballots: Int
    }

    /// The judges, in the order of names.
    public let judges: [Judge]

    /// Correlations of fewer ballots say nothing.
    public static let leastBallots = 8
    /// The most replicates; fewer of large contests.
    private static let mostReplicates = 200

    /// The halo in complete ballots; `nil` when fewer than two criteria are on all of them, or no two judges have enough.
    init?(of ballots: CriterionBallots, _ fit: Additive, seed: UInt64 = 1) {
        guard ballots.criteria.count > 1 else { return nil }
        let rests = ballots.values.map { fit.design.fit($0).residuals }
        let products = HaloProducts(rests, fit.sheet)
        let entryCount = fit.sheet.entries.count
        let counts = fit.sheet.judgeScoreCounts
        let isEnough = counts.map { $0 >= Halo.leastBallots }
        let found = products.correlations(weights: [Double](repeating: 1, count: entryCount), isEnough)
        guard found.count(where: { $0 != nil }) > 1 else { return nil }
        let work = max(1, fit.sheet.count * ballots.criteria.count * ballots.criteria.count)
        let number = max(50, min(Halo.mostReplicates, 40_000_000 / work))
        let drawn = Parallel.map(number, size: number * work) { replicate in
            var stream = RandomStream(seed: seed, stream: UInt64(replicate))
            var weights = [Double](repeating: 0, count: entryCount)
            for _ in 0..<entryCount { weights[stream.index(below: entryCount)] += 1 }
            return Halo.excesses(products.correlations(weights: weights, isEnough))
        }
        let excesses = Halo.excesses(found)
        judges = counts.indices.map { judge in
            let replicates = drawn.compactMap { $0[judge] }
            let size = excesses[judge].flatMap { excess -> Estimate? in
                guard replicates.count > number / 2 else { return nil }
                let mean = replicates.reduce(0, +) / Double(replicates.count)
                let variance = replicates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(replicates.count - 1)
                return Estimate(value: excess, standardError: variance.squareRoot(), degreesOfFreedom: Double(counts[judge] - 1))
            }
            return Judge(judge: judge, correlation: found[judge], excess: size, ballots: counts[judge])
        }
    }

    /// Each judge's correlation less the mean of the others'.
    private static func excesses(_ correlations: [Double?]) -> [Double?] {
        let known = correlations.compactMap(\.self)
        guard known.count > 1 else { return correlations.map { _ in nil } }
        let sum = known.reduce(0, +)
        return correlations.map { own in own.map { $0 - (sum - $0) / Double(known.count - 1) } }
    }
}

/// The rests of each ballot, judge by judge, for correlations with any weights of the entries.
private struct HaloProducts: Sendable {
    let criteria: Int
    /// For each judge the entries of the ballots.
    let entries: [[Int32]]
    /// For each judge the rests, ballot by ballot.
    let rests: [[Double]]

    init(_ columns: [[Double]], _ sheet: ScoreSheet) {
        criteria = columns.count
        var (entries, rests) = ([[Int32]](repeating: [], count: sheet.judges.count), [[Double]](repeating: [], count: sheet.judges.count))
        for performance in sheet.performances {
            for row in performance.rows {
                entries[Int(sheet.judgeCodes[row])].append(performance.entry)
                for column in columns { rests[Int(sheet.judgeCodes[row])].append(column[row]) }
            }
        }
        (self.entries, self.rests) = (entries, rests)
    }

    /// The mean correlation over pairs of criteria for each judge with enough ballots, each ballot as often as its entry weighs.
    func correlations(weights: [Double], _ isEnough: [Bool]) -> [Double?] {
        entries.indices.map { isEnough[$0] ? correlation(of: $0, weights) : nil }
    }

    private func correlation(of judge: Int, _ weights: [Double]) -> Double? {
        var (total, sums, products) = (0.0, [Double](repeating: 0, count: criteria), [Double](repeating: 0, count: criteria * criteria))
        for (ballot, entry) in entries[judge].enumerated() where weights[Int(entry)] > 0 {
            let weight = weights[Int(entry)]
            total += weight
            for a in 0..<criteria {
                let value = weight * rests[judge][ballot * criteria + a]
                sums[a] += value
                for b in a..<criteria { products[a * criteria + b] += value * rests[judge][ballot * criteria + b] }
            }
        }
        guard total > 2 else { return nil }
        var (sum, count) = (0.0, 0.0)
        for a in 0..<criteria {
            for b in a + 1..<max(criteria, a + 1) {
                let own = products[a * criteria + a] - sums[a] * sums[a] / total
                let other = products[b * criteria + b] - sums[b] * sums[b] / total
                guard own > 1e-12 * products[a * criteria + a], other > 1e-12 * products[b * criteria + b] else { return nil }
                sum += (products[a * criteria + b] - sums[a] * sums[b] / total) / (own.squareRoot() * other.squareRoot())
                count += 1
            }
        }
        return sum / count
    }
}
