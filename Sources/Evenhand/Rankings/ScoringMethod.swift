/// How an entry's scores make one result.
public enum ScoringMethod: Sendable, Equatable {
    /// How many scores a trimmed or winsorized mean drops or replaces at each end.
    public enum Trim: Sendable, Equatable {
        /// This many highest and lowest.
        case scores(Int)
        /// This share of the scores, rounded down, from each side.
        case share(Fraction)

        /// The number of scores at each end of `count` scores.
        public func dropped(of count: Int) -> Int {
            switch self {
            case .scores(let number): number
            case .share(let share): Int(share.numerator * Int128(count) / share.denominator)
            }
        }
    }

    /// The mean of the scores.
    case mean
    /// The median of the scores; of an even number, the mean of the middle two.
    case median
    /// The mean without the highest and lowest scores (高低分).
    case trimmed(Trim)
    /// The mean with the highest and lowest scores moved to the next ones inside.
    case winsorized(Trim)
    /// The mean with scores further than this distance, in points, from the entry's mean moved to that distance.
    case clipped(Fraction)
    /// `HuberLocation`.
    case huber
    /// The mean of normalized scores; `within` says whose scores share a scale when the rules are not to say it.
    case normalized(NormalizationMethod, within: NormalizationRules.Within? = nil)
    /// The fair average of `Additive`.
    case additive
    /// The fair average of `CrossedEffects`; with heat effects when it is said what those mean.
    case crossed(CrossedEffects.Estimation = .reml, heatMeans: CrossedEffects.HeatMeans? = nil)
    /// The fair average of `Calibrated`; of `CrossedEffects` where the scores cannot support judges' scales.
    case calibrated

    /// The name in commands and columns.
    public var name: String {
        switch self {
        case .mean: "mean"
        case .median: "median"
        case .trimmed: "trimmed"
        case .winsorized: "winsorized"
        case .clipped: "clipped"
        case .huber: "huber"
        case .normalized(let method, _): method.rawValue
        case .additive: "additive"
        case .crossed: "crossed"
        case .calibrated: "calibrated"
        }
    }
}
