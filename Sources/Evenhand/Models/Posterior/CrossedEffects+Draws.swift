import LinearAlgebra

/// What draws are about; every probability belongs to one of these.
public enum DrawSubject: Sendable, Equatable {
    /// What the entries are truly worth.
    case merit
    /// The results that another panel of comparable judges would give.
    case newPanel
    /// The results that the same judges would give once more, when this share (0 … 1) of what a score lies off is a judge's lasting view of
    /// an entry and would repeat, and the rest the noise of the moment. One score for each judge and entry says nothing about the share.
    case sameJudges(repeatable: Double)
}

extension CrossedEffects {
    /// What draws make of the variances.
    public enum VarianceKnowledge: Sendable, Equatable {
        /// The variances are drawn, too, from what the scores say about them (`VariancePosterior`); held where the residual variance is 0,
        /// which says that nothing is left to draw it from.
        case estimated
        /// The estimates are taken as the truth.
        case held
    }

    /// Draws from the joint posterior of all entries, in points.
    ///
    /// θ is what `fairAverages(heatMeans:)` estimates. A new panel's result is θ plus new severities and new noise of the same design; the
    /// same judges' is (1 − s)(θ + their severities) + s · the mean they gave, with noise of variance (1 − s²) σ² / m.
    /// - Parameters:
    ///   - count: how many draws.
    ///   - subject: what they are about.
    ///   - seed: of the streams; the same seed gives the same draws.
    ///   - heatMeans: whether a heat's effect is part of θ.
    ///   - variances: whether they are drawn as well.
    /// - Throws: `FitError` when no variances near the estimates have a solution.
    public func draws(
        _ count: Int, of subject: DrawSubject = .merit, seed: UInt64, heatMeans: HeatMeans = .leniency,
        variances: VarianceKnowledge = .estimated
    ) throws(FitError) -> PosteriorDraws {
        let (ordered, combinations) = (ratios, EntryCombinations(self, subject: subject, heatMeans: heatMeans))
        guard variances == .estimated, residualVariance > 0,
            let posterior = try? VariancePosterior(design, from: ordered, isFree: design.levelCounts.map { $0 > 1 })
        else {
            let equations = try CrossedEquations(design, ratios: ordered, by: .reml)
            return CrossedEffects.draws(count, from: [(equations, 1)], combinations, variance: workingVariance, seed: seed)
        }
        return CrossedEffects.draws(
            count, from: posterior.points.map { ($0.equations, $0.weight) }, combinations, variance: nil, seed: seed)
    }

    /// The variances over that of the noise, in the order of the design's random factors.
    var ratios: [Double] {
        let variances = design.isEntryEliminated ? [entryVariance, judgeVariance] : [judgeVariance, entryVariance]
        return (variances + (heatVariance.map { [$0] } ?? [])).map { workingVariance > 0 ? $0 / workingVariance : 0 }
    }

    /// Draws when the ratios, and σ² if it is given, are known.
    static func draws(
        _ count: Int, from points: [(equations: CrossedEquations, weight: Double)], _ combinations: EntryCombinations, variance: Double?,
        seed: UInt64
    ) -> PosteriorDraws {
        let plan = PosteriorDraws.plan(count, weights: points.map(\.weight))
        return PosteriorDraws(entryCount: combinations.entryCount, blockSizes: plan.map(\.size)) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return combinations.normal(at: points[plan[block].point].equations, variance: variance).draws(plan[block].size, from: &stream)
        }
    }
}
