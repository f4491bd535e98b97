/// Cronbach's α of a complete table, judges taken as the items of a test: the reliability of the mean of this panel as to order.
///
/// α = k / (k − 1) · (1 − Σ s²_j / s²_sum) = 1 − MS_noise / MS_entries (Hoyt 1941), which is ICC(C,k), with the same interval (of judges
/// who are alike the exact one of Feldt 1965). A judge whose scores are all equal stays in, as the formula has it.
///
/// Source: Cronbach, *Coefficient alpha and the internal structure of tests*, Psychometrika 16 (1951), 297–334.
public struct CronbachAlpha: Sendable, Equatable {
    /// α, at most 1, negative when judges contradict each other; `nil` when entries' sums are all equal.
    public let value: Double?
    /// Where it lies; `nil` without noise.
    public let interval: ClosedRange<Double>?
    /// The mean product-moment correlation r̄ of pairs of judges; `nil` with a judge whose scores are all equal.
    public let meanCorrelation: Double?
    /// α of scores brought to one standard deviation: k r̄ / (1 + (k − 1) r̄).
    public let standardized: Double?

    /// α of a complete table; `nil` of another.
    public init?(of sheet: ScoreSheet, _ correlations: IntraclassCorrelations) {
        let study = correlations.generalizability
        guard study.design == .crossed, let average = correlations.correlation(.consistency, isAverage: true) else { return nil }
        let (entries, noise) = (study.components[0].meanSquare, study.components[2].meanSquare)
        value = entries > 0 ? 1 - noise / entries : nil
        interval = average.interval
        meanCorrelation = JudgeCorrelations(of: sheet, kind: .scores).mean
        standardized = meanCorrelation.map { IntraclassCorrelation.stepUp($0, judges: study.judgesPerEntry) }
    }
}
