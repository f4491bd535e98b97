/// Which end of a scale is the best.
///
/// Everything is computed with scores of which more is better. Where the lowest is the best, as with places and faults, a sheet holds its
/// scores with the sign turned; what is said about them in points is turned back. Results on a scale of their own, such as z-scores, stay
/// turned.
public enum Direction: Sendable, Equatable {
    /// Points: more is better.
    case higherIsBetter
    /// Places or faults.
    case lowerIsBetter

    /// A number in points, from the scale that is computed with to that of the judges or back.
    public func turned(_ points: Double) -> Double {
        // 0 − 0 is 0 where −0 would be printed with its sign.
        self == .higherIsBetter ? points : 0 - points
    }

    /// The same of an exact number.
    public func turned(_ points: Fraction) -> Fraction {
        self == .higherIsBetter ? points : Fraction(0 - points.numerator, over: points.denominator)
    }

    /// The same of an interval.
    public func turned(_ interval: ClosedRange<Double>) -> ClosedRange<Double> {
        self == .higherIsBetter ? interval : turned(interval.upperBound)...turned(interval.lowerBound)
    }

    /// The same of an estimate.
    public func turned(_ estimate: Estimate) -> Estimate {
        Estimate(
            value: turned(estimate.value), standardError: estimate.standardError, degreesOfFreedom: estimate.degreesOfFreedom)
    }
}

extension ScoreSheet {
    /// The same scores read as places or faults: the lowest is the best.
    public var lowestFirst: ScoreSheet {
        guard direction == .higherIsBetter else { return self }
        return replacing(units: units.map { Direction.lowerIsBetter.turned($0) }, direction: .lowerIsBetter)
    }
}
