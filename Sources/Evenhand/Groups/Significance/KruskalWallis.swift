/// Whether the results of some groups tend to be higher than those of others: analysis of variance on ranks.
///
/// With average ranks for ties, H = (n − 1) Σ n_g (r̄_g − r̄)² / Σ (r − r̄)², which is the usual statistic over its correction for ties, on
/// k − 1 degrees of freedom of χ².
///
/// Source: Kruskal and Wallis, *Use of ranks in one-criterion variance analysis*, Journal of the American Statistical Association 47
/// (1952).
public struct KruskalWallis: Sendable, Equatable {
    /// H; `nil` when all results are equal.
    public let statistic: Double?
    /// The groups less one.
    public let degreesOfFreedom: Int
    /// The number of results.
    public let count: Int
    /// The mean rank of each group, 1 for the lowest result.
    public let meanRanks: [Double]

    /// The test of the results of at least two groups, none of them empty.
    ///
    /// - Parameters:
    ///   - groups: the results of each group.
    ///   - grid: results closer than this tie; 0 when only equal ones do.
    public init(_ groups: [[Double]], grid: Double = 0) {
        let all = groups.flatMap(\.self)
        let ranks = Ranks(of: all, closerThan: grid, ties: .average).ranks.map { Double(all.count + 1) - $0 }
        var (start, meanRanks) = (0, [Double]())
        for group in groups {
            meanRanks.append(ranks[start..<start + group.count].reduce(0, +) / Double(group.count))
            start += group.count
        }
        let middle = Double(all.count + 1) / 2
        let total = ranks.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        let between = zip(groups, meanRanks).reduce(0) { $0 + Double($1.0.count) * ($1.1 - middle) * ($1.1 - middle) }
        statistic = total > 0 && groups.count > 1 ? Double(all.count - 1) * between / total : nil
        (degreesOfFreedom, count, self.meanRanks) = (groups.count - 1, all.count, meanRanks)
    }

    /// P(H or more) without differences between the groups, by χ².
    public var p: Double? { statistic.map { ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail($0) } }

    /// ε² of ranks, H / (n − 1): the share of the ranks' variance that lies between groups.
    public var epsilonSquared: Double? { statistic.map { $0 / Double(count - 1) } }

    /// η² of ranks, (H − k + 1) / (n − k), corrected for chance; may be negative.
    public var etaSquared: Double? {
        guard let statistic, count > degreesOfFreedom + 1 else { return nil }
        return (statistic - Double(degreesOfFreedom)) / Double(count - degreesOfFreedom - 1)
    }
}
