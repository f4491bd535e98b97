/// How reliable results would be with so many judges, and how many judges it takes.
///
/// With σ²(u) the universe-score variance, that of entries and of their interaction with fixed facets, every other component counts as
/// error, divided by how often it is sampled. Relative error is what changes the order of entries: the components that hold the entry, and
/// σ²_j where entries met different judges (`Generalizability.judgeShare`). Absolute error is everything. Then Eρ² = σ²(u) / (σ²(u) +
/// σ²(δ)) and Φ = σ²(u) / (σ²(u) + σ²(Δ)). Negative variances count as 0.
///
/// Sources: Cronbach, Gleser, Nanda and Rajaratnam, *The Dependability of Behavioral Measurements* (1972); Brennan, *Generalizability
/// Theory* (2001), chapters 2 to 4; Putka, Le, McCloy and Diaz (2008) for incomplete designs.
public struct DecisionStudy: Sendable {
    /// What so many judges and criteria give.
    public struct Row: Sendable, Equatable {
        /// The judges of an entry (of each criterion, when criteria have judges of their own).
        public let judges: Double
        /// The criteria, 1 for totals.
        public let criteria: Int
        /// The variance of what is to be measured, in squared points.
        public let universeVariance: Double
        /// The variance of what changes the order, in squared points.
        public let relativeErrorVariance: Double
        /// The variance of what changes the results, in squared points.
        public let absoluteErrorVariance: Double
        /// Where Eρ² lies in the population of judges and entries.
        public internal(set) var reliabilityInterval: ClosedRange<Double>?
        /// Where Φ lies there.
        public internal(set) var dependabilityInterval: ClosedRange<Double>?

        /// Eρ²: would the order repeat with other judges? `nil` without any variance.
        public var reliability: Double? { DecisionStudy.share(universeVariance, relativeErrorVariance) }
        /// Φ: would the results repeat? `nil` without any variance.
        public var dependability: Double? { DecisionStudy.share(universeVariance, absoluteErrorVariance) }
    }

    /// The number of judges that reach a reliability.
    public struct PanelSize: Sendable, Equatable {
        /// The reliability asked for.
        public let target: Double
        /// The smallest panel that reaches it; `nil` when no number does.
        public let judges: Int?
        /// The smallest panel by the most and the least favourable variances of the interval; `nil` when no number is enough.
        public let fewest, most: Int?
    }

    /// The variances.
    public let generalizability: Generalizability
    /// Facets that would be the same in every repetition: criteria that the rulebook lists.
    public let fixed: Facets
    /// The level of the intervals.
    public let level: Double
    private let intervals: DecisionIntervals

    /// A study of variances.
    public init(
        of generalizability: Generalizability, fixed: Facets = [], level: Double = 0.95, draws: Generalizability.Draws = .init()
    ) {
        self.init(of: generalizability, fixed: fixed, level: level, draws: draws, jackknife: nil)
    }

    /// A study whose intervals leave judges and entries out, where that is possible.
    init(
        of generalizability: Generalizability, fixed: Facets = [], level: Double, draws: Generalizability.Draws,
        jackknife: JackknifedVariances?
    ) {
        (self.generalizability, self.fixed, self.level) = (generalizability, fixed, level)
        intervals = DecisionIntervals(generalizability, fixed: fixed, level: level, draws: draws, jackknife: jackknife)
    }

    /// What a number of judges (and criteria) gives.
    public func row(judges: Double, criteria: Int = 1) -> Row {
        let sizes = DecisionErrors(generalizability, generalizability.components.map { max(0, $0.variance) }, fixed, judges, criteria)
        var row = Row(
            judges: judges, criteria: criteria, universeVariance: sizes.universe, relativeErrorVariance: sizes.relative,
            absoluteErrorVariance: sizes.absolute)
        (row.reliabilityInterval, row.dependabilityInterval) = intervals.row(judges: judges, criteria: criteria)
        return row
    }

    /// The smallest panel whose order (or results) would be so reliable, from above 0 to below 1.
    public func panelSize(reaching target: Double, ofResults: Bool = false, criteria: Int = 1) -> PanelSize {
        precondition(0 < target && target < 1, "a reliability of \(target) is never or always reached")
        let sizes = DecisionErrors(generalizability, generalizability.components.map { max(0, $0.variance) }, fixed, 1, criteria)
        let needed = sizes.judges(reaching: target, ofResults: ofResults)
        let interval = intervals.judges(reaching: target, ofResults: ofResults, criteria: criteria)
        return PanelSize(
            target: target, judges: DecisionStudy.whole(needed), fewest: interval.flatMap { DecisionStudy.whole($0.lowerBound) },
            most: interval.flatMap { DecisionStudy.whole($0.upperBound) })
    }

    static func share(_ universe: Double, _ error: Double) -> Double? { universe + error > 0 ? universe / (universe + error) : nil }

    /// The next whole number of judges, at least one, unless rounding alone made it larger.
    private static func whole(_ judges: Double) -> Int? {
        guard judges < 1e6 else { return nil }
        return max(1, Int((judges * (1 - 1e-12)).rounded(.up)))
    }
}

/// Universe score and errors of variances in so many judges and criteria.
struct DecisionErrors {
    private(set) var universe = 0.0
    private(set) var relative = 0.0
    private(set) var absolute = 0.0
    /// The parts of the errors that more judges do not lessen.
    private var lasting = (relative: 0.0, absolute: 0.0)
    private let judgeCount: Double

    init(_ study: Generalizability, _ variances: [Double], _ fixed: Facets, _ judges: Double, _ criteria: Int) {
        judgeCount = judges
        for (component, variance) in zip(study.components, variances) {
            let facets = component.facets
            let size = (facets.contains(.judge) ? judges : 1) * (facets.contains(.criterion) ? Double(criteria) : 1)
            let random = facets.subtracting(fixed)
            if random == .entry {
                universe += variance / size
            } else if !random.isEmpty {
                let order = facets.contains(.entry) ? 1 : facets == .judge ? study.judgeShare : 0
                relative += order * variance / size
                absolute += variance / size
                if !facets.contains(.judge) { lasting = (lasting.relative + order * variance / size, lasting.absolute + variance / size) }
            }
        }
    }

    /// The number of judges, a fraction, from errors of one judge: error(n) = lasting + rest / n.
    func judges(reaching target: Double, ofResults: Bool) -> Double {
        let (all, stays) = ofResults ? (absolute, lasting.absolute) : (relative, lasting.relative)
        let allowed = universe * (1 - target) / target - stays
        return allowed > 0 ? judgeCount * (all - stays) / allowed : .infinity
    }
}
