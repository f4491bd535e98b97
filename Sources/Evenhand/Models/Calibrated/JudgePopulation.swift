/// Whom a contest's judges are drawn from: the median judge, and how much judges differ.
///
/// A judge's location is normal, scale and noise are lognormal: aⱼ ~ N(α, τ_a²), log bⱼ ~ N(log β, τ_b²), log σⱼ ~ N(log σ, τ_s²). Scales
/// and noises are positive, and half and twice are equally far from the median.
public struct JudgePopulation: Sendable, Equatable {
    /// α: what the median judge gives the average entry, in points.
    public var location: Double
    /// β: how far apart, in points, the median judge puts two entries that differ by one standard deviation.
    public var scale: Double
    /// σ: the standard deviation of the median judge's noise, in points.
    public var noise: Double
    /// τ_a: the standard deviation of locations (severities), in points.
    public var locationDeviation: Double
    /// τ_b: the standard deviation of log scales; 0 when all judges have one scale.
    public var scaleDeviation: Double
    /// τ_s: the standard deviation of log noises; 0 when all judges are equally noisy.
    public var noiseDeviation: Double

    /// A population of judges.
    public init(
        location: Double, scale: Double, noise: Double, locationDeviation: Double, scaleDeviation: Double, noiseDeviation: Double
    ) {
        (self.location, self.scale, self.noise) = (location, scale, noise)
        (self.locationDeviation, self.scaleDeviation, self.noiseDeviation) = (locationDeviation, scaleDeviation, noiseDeviation)
    }

    /// The same where 0 and 1 are `center` and `center + unit` points.
    func measured(from center: Double, in unit: Double) -> JudgePopulation {
        JudgePopulation(
            location: (location - center) / unit, scale: scale / unit, noise: noise / unit, locationDeviation: locationDeviation / unit,
            scaleDeviation: scaleDeviation, noiseDeviation: noiseDeviation)
    }

    /// The same to 64 steps for each factor of e: a start in which the unit of the scores leaves no digit.
    var rounded: JudgePopulation {
        func rounded(_ x: Double) -> Double { x > 0 ? exponential((64 * naturalLogarithm(x)).rounded() / 64) : x }
        return JudgePopulation(
            location: location, scale: rounded(scale), noise: rounded(noise), locationDeviation: rounded(locationDeviation),
            scaleDeviation: rounded(scaleDeviation), noiseDeviation: rounded(noiseDeviation))
    }
}
