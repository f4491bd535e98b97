/// Whether group means differ by more than the spread within groups explains, when all groups have the same spread (Fisher).
public struct AnalysisOfVariance: Sendable, Equatable {
    /// The groups less one.
    public let degreesOfFreedomBetween: Int
    /// The results less the groups.
    public let degreesOfFreedomWithin: Int
    /// Σ n_g (m_g − m)².
    public let between: Double
    /// Σ (x − m_g)².
    public let within: Double

    /// The analysis of the results of at least two groups, none of them empty.
    public init(_ groups: [[Double]]) {
        let moments = groups.map { Moments(of: $0) }
        let count = groups.reduce(0) { $0 + $1.count }
        let grand = Moments(of: groups.flatMap(\.self)).mean ?? 0
        degreesOfFreedomBetween = groups.count - 1
        degreesOfFreedomWithin = count - groups.count
        between = moments.reduce(0) { $0 + Double($1.count) * (($1.mean ?? grand) - grand) * (($1.mean ?? grand) - grand) }
        within = moments.reduce(0) { $0 + $1.sumOfSquares }
    }

    /// The mean square between groups over that within; `nil` without spread or degrees of freedom within.
    public var fRatio: Double? {
        guard degreesOfFreedomBetween > 0, degreesOfFreedomWithin > 0, within > 0 else { return nil }
        return (between / Double(degreesOfFreedomBetween)) / (within / Double(degreesOfFreedomWithin))
    }

    /// P(F or more) without differences between the groups.
    public var p: Double? {
        fRatio.map {
            FDistribution(
                numeratorDegreesOfFreedom: Double(degreesOfFreedomBetween), denominatorDegreesOfFreedom: Double(degreesOfFreedomWithin)
            ).upperTail($0)
        }
    }

    /// η²: the share of the sum of squares that lies between groups.
    public var etaSquared: Double? { between + within > 0 ? between / (between + within) : nil }

    /// ω² (Hays): an estimate of the population's share; negative when F < 1.
    public var omegaSquared: Double? { corrected(dividingBy: between + within + (meanSquareWithin ?? 0)) }

    /// ε² (Kelley): the same with the total sum of squares below the line.
    public var epsilonSquared: Double? { corrected(dividingBy: between + within) }

    private var meanSquareWithin: Double? { degreesOfFreedomWithin > 0 ? within / Double(degreesOfFreedomWithin) : nil }

    private func corrected(dividingBy total: Double) -> Double? {
        guard let noise = meanSquareWithin, total > 0 else { return nil }
        return (between - Double(degreesOfFreedomBetween) * noise) / total
    }
}
