/// How far each judge spreads entries, and how noisy the judge is, from a model with a scale and a noise for each judge.
public struct JudgeScales: Sendable {
    /// For each judge the spread that the judge gives the entries, over that of the panel's median judge: below 1 is compressed.
    public let scales: [Double]
    /// The standard errors of the logarithms of the scales, less the panel's mean.
    public let logErrors: [Double]
    /// For each judge the standard deviation of the noise, in points.
    public let noises: [Double]

    /// For each judge the two-sided p-value of the hypothesis that the scale is the panel's; `nil` when it has no error of its own.
    var p: [Double?] {
        zip(scales, logErrors).map { scale, error in
            guard scale > 0, error > 0 else { return nil }
            return Estimate(value: naturalLogarithm(scale), standardError: error).p
        }
    }
}
