/// What follows from the joint posterior of entries and judges.
extension Calibrated {
    /// The scale of a judge of the sheet that was given; `nil` for one who left the model.
    public func scale(of judge: Int) -> Double? { positions[judge].map { judgeScales[$0] } }

    /// The noise of a judge of the sheet that was given, in points; `nil` for one who left the model.
    public func noise(of judge: Int) -> Double? { positions[judge].map { judgeNoises[$0] } }

    /// The standard error of the difference of two entries' fair averages: not the root of summed variances, since the same judges are in
    /// both.
    public func errorOfDifference(_ a: Int, _ b: Int) -> Double {
        posterior.deviationOfDifference(a, b)
    }

    /// How far each judge's scale is drawn toward the panel's: the remaining variance of log bⱼ over the population's τ_b². 0 for a judge
    /// whose scores alone decide, 1 for one about whose scale the scores say nothing, and for all when the population does not differ.
    public var scaleShrinkage: [Double] {
        judgeScaleErrors.map {
            population.scaleDeviation > 0 ? min(1, ($0 / population.scaleDeviation) * ($0 / population.scaleDeviation)) : 1
        }
    }

    /// The interval of the scale of a judge of the sheet that was given; `nil` for one who left the model.
    public func scaleInterval(of judge: Int, level: Double = 0.95) -> ClosedRange<Double>? {
        positions[judge].map { Calibrated.interval(judgeScales[$0], logError: judgeScaleErrors[$0], level) }
    }

    /// The interval of the noise of a judge of the sheet that was given, in points; `nil` for one who left the model.
    public func noiseInterval(of judge: Int, level: Double = 0.95) -> ClosedRange<Double>? {
        positions[judge].map { Calibrated.interval(judgeNoises[$0], logError: judgeNoiseErrors[$0], level) }
    }

    private static func interval(_ value: Double, logError: Double, _ level: Double) -> ClosedRange<Double> {
        let factor = exponential(NormalDistribution.standard.quantile((1 + level) / 2) * logError)
        return value / factor...value * factor
    }

    /// What a further score of an entry by a judge would be, in points: aⱼ + bⱼ θ̂ᵢ, with the standard deviation of its posterior and of
    /// the judge's noise together.
    public func prediction(entry: Int, judge: Int) -> (mean: Double, deviation: Double) {
        let (curvature, unit) = (posterior.curvature, posterior.unit)
        let terms = curvature.terms
        let (scale, merit) = (terms.scales[judge], terms.kept.merits[entry])
        var combination = [Double](repeating: 0, count: curvature.design.columnCount)
        curvature.addEffects(of: entry, times: scale, to: &combination)
        // The effects are those of a fair average, with the common location in them once; a score has it once, too.
        combination[combination.count - 1] += 1 - scale
        combination[3 * judge] += terms.deviations[0]
        combination[3 * judge + 1] += terms.deviations[1] * scale * merit
        let variance =
            scale * scale * terms.kept.variances[entry] + max(0, posterior.variance(of: combination)) + 1 / terms.precisions[judge]
        return (judgeLocations[judge] + unit * scale * merit, unit * variance.squareRoot())
    }
}
