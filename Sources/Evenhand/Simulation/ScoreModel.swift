/// How made scores come about: x = a + b θ + h + ε, rounded half up to `decimals` and kept within 0 … 100.
///
/// θ is the entry's quality, a, b and ε are the judge's location, scale and noise, h is the difference of the heat. In points:
///
/// - θ ~ N(0, `entrySD`²), a ~ N(`mean`, `judgeSD`²), h ~ N(0, `heatSD`²)
/// - ln b ~ N(0, `scaleSD`²), without unit
/// - ε ~ N(0, σ²) with the judge's own σ: ln σ ~ N(ln `noiseSD`, `noiseSpread`²)
public struct ScoreModel: Sendable, Equatable {
    /// What the average judge gives the average entry, in points.
    public var mean = 80.0
    /// Standard deviation of the entries' quality, in points.
    public var entrySD = 5.0
    /// Standard deviation of the judges' locations, in points.
    public var judgeSD = 4.0
    /// Standard deviation of the logarithm of the judges' scales.
    public var scaleSD = 0.2
    /// Noise of the median judge, in points.
    public var noiseSD = 3.0
    /// Standard deviation of the logarithm of the judges' noises.
    public var noiseSpread = 0.0
    /// Standard deviation of the differences between heats, in points.
    public var heatSD = 0.0
    /// Digits after the decimal point of a score, 0 … 6.
    public var decimals = 1

    /// The usual contest: mean 80, entries 5, judges 4 and noise 3 points, scales 0.2, one decimal.
    public init() {}
}

extension ScoreModel {
    /// Highest total that a judge can give, in points.
    static let highestScore = 100

    /// Units of the last decimal in one point: a power of ten.
    var unitsPerPoint: Double { (0..<decimals).reduce(1) { product, _ in product * 10 } }

    func validate() throws(ContestDesignError) {
        try Self.require(mean, "mean", in: 0...Double(Self.highestScore))
        // Wider than the range of scores would only pile them up at its ends.
        let points = [(entrySD, "entrySD"), (judgeSD, "judgeSD"), (noiseSD, "noiseSD"), (heatSD, "heatSD")]
        for (value, name) in points { try Self.require(value, name, in: 0...Double(Self.highestScore)) }
        for (value, name) in [(scaleSD, "scaleSD"), (noiseSpread, "noiseSpread")] { try Self.require(value, name, in: 0...3) }
        try Self.require(Double(decimals), "decimals", in: 0...6)
    }

    private static func require(_ value: Double, _ name: String, in range: ClosedRange<Double>) throws(ContestDesignError) {
        guard range.contains(value) else { throw .outOfRange(name, value: value, range) }
    }
}
