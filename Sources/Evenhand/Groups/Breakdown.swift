/// How groups of entries did: by the results of their entries, and by what the average judge would have given.
public struct Breakdown: Sendable {
    /// One group, or a margin over several.
    public struct Row: Sendable, Equatable {
        /// The value of each attribute of the breakdown; `nil` where the row is about all values.
        public let values: [String?]
        /// The number of entries.
        public let entries: Int
        /// The number of their scores.
        public let scores: Int
        /// The mean of the entries' results, as people read them.
        public let mean: Double
        /// Their sample standard deviation (n − 1); `nil` for one entry.
        public let deviation: Double?
        /// Their median.
        public let median: Double
        /// The fair mean of the model; without a model the mean with the error that the
        /// spread of results gives it, `nil` for one entry; `nil` as well where the model cannot be fitted with so many groups.
        public let fair: Estimate?
        /// The 95 % interval of the fair mean.
        public let interval: ClosedRange<Double>?
        /// The fair mean drawn toward that of all groups by the variance between groups; `nil` where that is not known.
        public let shrunken: Double?

        /// Whether the row has fewer entries than a statement about a group needs.
        public var isSmall: Bool { entries < Breakdown.fewest }
    }

    /// Groups of fewer entries are marked and not tested.
    public static let fewest = 5

    /// The groups.
    public let grouping: Grouping
    /// The groups, then with several attributes those of each attribute, then all entries.
    public let rows: [Row]
    /// For each of the groupings in `rows` what its entries' results look like.
    public let summaries: [GroupSummary]
    /// Their models, `nil` without the crossed model or where it cannot be fitted with so many groups.
    public let models: [FairMeans?]

    /// The breakdown of the entries' results.
    ///
    /// - Parameters:
    ///   - results: the results that describe the groups.
    ///   - grouping: the groups of the entries.
    public init(of results: GroupResults, _ grouping: Grouping) {
        self.init(
            of: results.shown, scores: results.sheet.scoreCounts, grouping, direction: results.direction, model: results.model)
    }

    /// The breakdown of one result for each entry.
    ///
    /// - Parameters:
    ///   - results: results of which more is better.
    ///   - counts: the number of scores of each entry.
    ///   - grouping: the groups of the entries.
    ///   - direction: which results are the best for people.
    ///   - model: the model that results come from.
    package init(
        of results: [Double], scores counts: [Int], _ grouping: Grouping, direction: Direction, model whole: CrossedEffects? = nil
    ) {
        let groupings = [grouping] + grouping.margins
        self.grouping = grouping
        summaries = groupings.map { GroupSummary(of: results, $0) }
        models = groupings.map { part in whole.flatMap { try? FairMeans(part, without: $0) } }
        let usesModel = whole != nil
        var intervals = Intervals()
        rows = zip(summaries, models).flatMap { summary, model in
            let part = summary.grouping
            var scores = [Int](repeating: 0, count: part.count)
            for (code, count) in zip(part.codes, counts) where code != Factor.missing { scores[Int(code)] += count }
            let shrunken = usesModel ? model?.shrunken.values : Breakdown.shrunken(summary)
            return (0..<part.count).map { group in
                let names = zip(part.attributes, part.values[group]).reduce(into: [String: String]()) { $0[$1.0] = $1.1 }
                let fair = (usesModel ? model?.estimates[group] : summary.estimate(of: group)).map(direction.turned)
                return Row(
                    values: grouping.attributes.map { names[$0] }, entries: part.sizes[group], scores: scores[group],
                    mean: direction.turned(summary.means[group]), deviation: summary.deviations[group],
                    median: direction.turned(summary.medians[group]),
                    fair: fair, interval: fair.map { intervals.interval($0) }, shrunken: (shrunken?[group]).map(direction.turned))
            }
        }
    }

    /// By the pooled variance within groups, which a group of one entry has, too.
    private static func shrunken(_ summary: GroupSummary) -> [Double]? {
        guard let variance = summary.withinVariance else { return nil }
        return ShrunkenMeans(summary.means, variances: summary.grouping.sizes.map { variance / Double($0) }).values
    }
}

/// 95 % intervals of many estimates: few degrees of freedom occur, and their quantiles take long.
private struct Intervals {
    private var units: [Double: ClosedRange<Double>] = [:]

    mutating func interval(_ estimate: Estimate) -> ClosedRange<Double> {
        let freedom = estimate.degreesOfFreedom
        let unit = units[freedom] ?? Estimate(value: 0, standardError: 1, degreesOfFreedom: freedom).interval()
        units[freedom] = unit
        return estimate.value + unit.lowerBound * estimate.standardError...estimate.value + unit.upperBound * estimate.standardError
    }
}
