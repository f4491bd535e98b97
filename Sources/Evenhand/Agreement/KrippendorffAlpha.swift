/// Krippendorff's α: how much less scores of the same performance differ than scores taken at random, with scores missing in any pattern.
///
/// α = 1 − D_o / D_e. With P(S) = Σ δ² over the pairs of a set of scores, D_o is Σ_u P(u) / (m_u − 1) over the performances u with m_u ≥ 2
/// scores, and D_e is P(all of these) / (n − 1); performances with one score count nowhere. Undefined when D_e is 0: without differences
/// there is nothing to agree about. Below 0, scores of one performance differ more than chance would make them differ.
///
/// Source: Krippendorff, *Computing Krippendorff's alpha-reliability* (2011); *Content Analysis* (2004), section 11.3.
public struct KrippendorffAlpha: Sendable, Equatable {
    /// How far two scores are apart.
    public enum Metric: String, Sendable, CaseIterable {
        /// δ² = 1 when they differ.
        case nominal
        /// δ = the scores between them, and half of those at both ends: Krippendorff's metric of ranks, not Gwet's ordinal weights.
        case ordinal
        /// δ = a − b.
        case interval
        /// δ = (a − b) / (a + b), 0 for two zeros; of scores that are not negative.
        case ratio
    }

    /// How far two scores are apart.
    public let metric: Metric
    /// α, at most 1; `nil` when it is undefined (or, for `ratio`, when there are negative scores or too many different ones).
    public let value: Double?
    /// D_o and D_e up to the same factor, so that α = 1 − observed / expected; `nil` where the metric does not apply.
    public let observed, expected: Double?
    /// The performances with at least two scores.
    public let unitCount: Int
    /// Their scores.
    public let valueCount: Int
    /// Where α lies in a population of judges and entries; for these judges only when there are but two.
    public let interval: JudgedInterval?

    /// The ratio metric needs all pairs of different scores; of more than these it is not computed.
    static let mostRatioValues = 20_000

    /// α of a sheet of totals.
    public init(of sheet: ScoreSheet, metric: Metric, level: Double = 0.95) {
        self.init(of: PairableScores(of: sheet), in: sheet, metric: metric, level: level)
    }

    init(of scores: PairableScores, in sheet: ScoreSheet, metric: Metric, level: Double) {
        self.metric = metric
        (unitCount, valueCount) = (scores.unitCount, scores.valueCount)
        guard metric != .ratio || scores.isRatioScale else {
            (value, observed, expected, interval) = (nil, nil, nil, nil)
            return
        }
        let found = scores.disagreement(metric, without: .nothing)
        (observed, expected, value) = (found.observed, found.expected, found.alpha)
        guard value != nil else {
            interval = nil
            return
        }
        interval = TwoWayJackknife(of: sheet).interval(
            level: level, scale: { $0 < 1 ? naturalLogarithm(1 - $0) : nil }, back: { max(-1, 1 - exponential($0)) }
        ) { scores.disagreement(metric, without: $0).alpha }
    }
}
