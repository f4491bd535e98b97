/// How a number is cut to some decimals.
public struct Rounding: Sendable, Equatable {
    /// What happens to a number between two neighbours.
    public enum Mode: String, Sendable, CaseIterable {
        /// To the nearest, and to the larger one from the middle: 0.125 becomes 0.13, −0.125 becomes −0.12.
        case halfUp = "half-up"
        /// To the nearest, and to the even digit from the middle: 0.125 becomes 0.12, 0.135 becomes 0.14.
        case halfEven = "half-even"
        /// To the smaller one: 0.129 becomes 0.12.
        case down
    }

    /// The number of decimals that are kept.
    public let decimals: Int
    /// What happens in between.
    public let mode: Mode

    /// A rounding to at most `mostDecimals`.
    public init(decimals: Int, mode: Mode = .halfUp) {
        precondition((0...Rounding.mostDecimals).contains(decimals), "between 0 and \(Rounding.mostDecimals) decimals, not \(decimals)")
        self.decimals = decimals
        self.mode = mode
    }

    /// More decimals than any list is written with.
    public static let mostDecimals = 12
}

extension Fraction {
    /// The sum, exactly; `FitError.overflow` when its parts pass 2¹²⁷ in lowest terms.
    public static func + (a: Fraction, b: Fraction) throws(FitError) -> Fraction {
        if a.denominator == b.denominator {
            let (sum, over) = a.numerator.addingReportingOverflow(b.numerator)
            if !over { return Fraction(sum, over: a.denominator) }
        }
        if let sum = Fraction.sum(a, b) ?? Fraction.sum(a.reduced, b.reduced) { return sum }
        throw .overflow(of: "parts of an exact fraction")
    }

    /// The difference, exactly.
    public static func - (a: Fraction, b: Fraction) throws(FitError) -> Fraction {
        guard b.numerator != .min else { throw .overflow(of: "parts of an exact fraction") }
        return try a + Fraction(-b.numerator, over: b.denominator)
    }

    /// The product, exactly.
    public static func * (a: Fraction, b: Fraction) throws(FitError) -> Fraction {
        if let product = Fraction.product(a, b) { return product }
        // Each numerator shares what it can with the other denominator first.
        let (x, y) = (a.reduced, b.reduced)
        let (p, q) = (Fraction(x.numerator, over: y.denominator).reduced, Fraction(y.numerator, over: x.denominator).reduced)
        if let product = Fraction.product(p, q) { return product }
        throw .overflow(of: "parts of an exact fraction")
    }

    /// The quotient, exactly; the divisor must not be 0.
    public static func / (a: Fraction, b: Fraction) throws(FitError) -> Fraction {
        precondition(b.numerator != 0, "a fraction cannot be divided by 0")
        guard b.numerator != .min else { throw .overflow(of: "parts of an exact fraction") }
        let inverse = Fraction(b.numerator < 0 ? -b.denominator : b.denominator, over: Int128(b.numerator.magnitude))
        return try a * inverse
    }

    /// The sum of some numbers; 0 for none.
    static func sum(_ numbers: some Sequence<Fraction>) throws(FitError) -> Fraction {
        var sum = Fraction(0)
        for number in numbers { sum = sum.numerator == 0 ? number : try sum + number }
        return sum
    }

    /// The number cut to some decimals.
    public func rounded(_ rounding: Rounding) throws(FitError) -> Fraction {
        guard let near = reducedIfLarge.rounded(toDecimals: rounding.decimals) else { throw .overflow(of: "digits in a rounded result") }
        switch rounding.mode {
        case .halfUp: return near
        case .halfEven:
            // Half up went to the upper neighbour; from the middle an odd one gives way.
            let isMiddle = try (near - self) * Fraction(2) == Fraction(1, over: near.denominator)
            return isMiddle && near.numerator % 2 != 0 ? Fraction(near.numerator - 1, over: near.denominator) : near
        case .down: return self < near ? Fraction(near.numerator - 1, over: near.denominator) : near
        }
    }

    private var reducedIfLarge: Fraction { isSmall ? self : reduced }

    private static func sum(_ a: Fraction, _ b: Fraction) -> Fraction? {
        // Over the least common denominator, so that adding many does not let it grow.
        let shared = Fraction(a.denominator, over: b.denominator).reduced
        let (left, over1) = a.numerator.multipliedReportingOverflow(by: shared.denominator)
        let (right, over2) = b.numerator.multipliedReportingOverflow(by: shared.numerator)
        let (sum, over3) = left.addingReportingOverflow(right)
        let (denominator, over4) = a.denominator.multipliedReportingOverflow(by: shared.denominator)
        return over1 || over2 || over3 || over4 ? nil : Fraction(sum, over: denominator)
    }

    private static func product(_ a: Fraction, _ b: Fraction) -> Fraction? {
        let (numerator, over1) = a.numerator.multipliedReportingOverflow(by: b.numerator)
        let (denominator, over2) = a.denominator.multipliedReportingOverflow(by: b.denominator)
        return over1 || over2 ? nil : Fraction(numerator, over: denominator)
    }
}
