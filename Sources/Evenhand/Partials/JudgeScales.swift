/// What turns a judge's scores into z-scores, as whole numbers: 2ᵏ z = aⱼ s − bⱼ, so that sums of z-scores are exact anywhere.
///
/// With location Lⱼ and scale Sⱼ as a normalization has them (`Normalization`, with its rules for few scores and for no spread):
/// aⱼ = round(2ᵏ / Sⱼ) and bⱼ = round(aⱼ Lⱼ), both 0 where z is 0 throughout. k is the largest number up to 80 for which neither a product
/// nor the sum of any entry reaches 10³⁸, so that 128 bits and the decimals of databases hold them.
/// A z-score is then off by at most (|s − Lⱼ| + 1) / 2ᵏ⁺¹, less than 10⁻¹³.
public struct JudgeScales: Sendable, Equatable {
    /// The factor of one judge's scores, and what is subtracted.
    public struct Line: Sendable, Equatable {
        /// aⱼ.
        public let factor: Int128
        /// bⱼ.
        public let offset: Int128

        /// A line.
        public init(factor: Int128, offset: Int128) { (self.factor, self.offset) = (factor, offset) }

        /// 2ᵏ z of a score, and whether it passes 128 bits.
        func value(at units: Int64) -> (value: Int128, isTooLarge: Bool) {
            let (product, over) = factor.multipliedReportingOverflow(by: Int128(units))
            let (value, over1) = product.subtractingReportingOverflow(offset)
            return (value, over || over1)
        }
    }

    /// k.
    public let bits: Int
    /// The unit of the scores.
    public let scale: ScoreScale
    /// The judges in canonical order.
    public let judges: [String]
    /// The line of each judge.
    public let lines: [Line]
    /// The number of scores of each judge.
    public let counts: [Int]
    /// What was done to each judge's own location and scale.
    public let treatments: [Normalization.Treatment]
    /// The mean of each judge, in points.
    public let means: [Double]
    /// The sample SD of each judge, in points; `nil` of one score.
    public let deviations: [Double?]
    /// Lⱼ in points.
    public let locations: [Double]
    /// Sⱼ in points, 0 where z is 0 throughout.
    public let spreads: [Double]
    /// The mean of all scores, in points of which more is better.
    public let grandMean: Double
    /// The SD (n − 1) of all scores, in points.
    public let grandDeviation: Double

    /// The scales of the judges of a whole contest.
    ///
    /// - Throws: `FitError.overflow` where scores lie so far apart that no k of at least 50 leaves them room.
    public init(of sums: PartialSums, rules: NormalizationRules = NormalizationRules()) throws(FitError) {
        let direction = sums.terms.direction
        let turned = sums.judgeSums.map { $0.turned(direction) }
        let moments = try GroupMoments(of: turned)
        let table = ScaleTable(moments, rules: rules)
        let unit = Double(sums.terms.scale.unitsPerPoint)
        let location = table.offsets.map { $0 + moments.pivot }
        let mostScores = sums.entrySums.reduce(1) { max($0, $1.count) }
        let bits = try JudgeScales.bits(turned, location, table.scales, mostScores: Double(mostScores))
        let sign: Int128 = direction == .higherIsBetter ? 1 : -1
        lines = zip(table.offsets, table.scales).map { offset, scale in
            guard scale > 0 else { return Line(factor: 0, offset: 0) }
            let factor = (Double(sign: .plus, exponent: bits, significand: 1) / scale).rounded()
            // The offset as it is, since a product of Doubles would lose digits of a judge far from the others.
            let offset = Int128(factor) * Int128(moments.pivot) + Int128(rounding: factor, times: offset)
            return Line(factor: sign * Int128(factor), offset: offset)
        }
        (self.bits, scale, judges, treatments) = (bits, sums.terms.scale, sums.judges, table.treatments)
        counts = turned.map(\.count)
        means = moments.offsets.map { direction.turned(($0 + moments.pivot) / unit) }
        deviations = moments.deviations.map { $0.map { $0 / unit } }
        locations = location.map { direction.turned($0 / unit) }
        spreads = table.scales.map { $0 / unit }
        grandMean = (moments.pivot + moments.grandOffset) / unit
        grandDeviation = moments.grandDeviation / unit
    }

    /// The largest k for which everything stays below 10³⁸ (more than 2¹²⁶).
    private static func bits(_ sums: [ExactSum], _ locations: [Double], _ scales: [Double], mostScores: Double) throws(FitError) -> Int {
        var (reach, distance) = (1.0, 1.0)
        for (sum, (location, scale)) in zip(sums, zip(locations, scales)) where scale > 0 {
            let (low, high) = (Double(sum.least), Double(sum.most))
            reach = max(reach, (max(low.magnitude, high.magnitude) + location.magnitude + 1) / scale)
            distance = max(distance, max((low - location).magnitude, (high - location).magnitude))
        }
        let bits = min(80, 124 - Int((reach * mostScores).exponent))
        guard bits >= 50, (distance + 1) * Double(sign: .plus, exponent: -bits - 1, significand: 1) < 1e-13 else {
            throw .overflow(of: "z-scores")
        }
        return bits
    }
}

extension Int128 {
    /// The product of two finite Doubles, half up; it has to fit.
    fileprivate init(rounding a: Double, times b: Double) {
        func parts(_ value: Double) -> (significand: Int128, exponent: Int) {
            guard value != 0 else { return (0, 0) }
            let whole = Int128(value.significand * 0x1p52)
            return (value < 0 ? 0 - whole : whole, Int(value.exponent) - 52)
        }
        let (x, y) = (parts(a), parts(b))
        let (product, shift) = (x.significand * y.significand, x.exponent + y.exponent)
        // 106 bits, of which more than 126 places to the right leave nothing.
        if shift >= 0 {
            self = product << Int128(shift)
        } else if shift < -126 {
            self = 0
        } else {
            self = (product + (1 << Int128(-shift - 1))) >> Int128(-shift)
        }
    }
}
