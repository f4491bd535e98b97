/// A number before the last division: an exact fraction of whole numbers.
///
/// Means of decimals are fractions, so two results tie exactly when their fractions are equal, whatever their rounded Doubles say.
public struct Fraction: Sendable, Comparable {
    /// The whole number above the line.
    public let numerator: Int128
    /// The whole number below the line, positive; the fraction need not be in lowest terms.
    public let denominator: Int128

    /// A fraction; the denominator is positive.
    public init(_ numerator: Int128, over denominator: Int128 = 1) {
        precondition(denominator > 0, "a fraction needs a positive denominator, not \(denominator)")
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The same number with the smallest whole numbers.
    public var reduced: Fraction {
        var (x, y) = (numerator.magnitude, denominator.magnitude)
        while y != 0 { (x, y) = (y, x % y) }
        return x > 1 ? Fraction(numerator / Int128(x), over: denominator / Int128(x)) : self
    }

    /// Whether both parts are Doubles without rounding, so that their quotient is rounded once.
    var isSmall: Bool { numerator.magnitude < 1 << 53 && denominator < 1 << 53 }

    /// The nearest Double, up to one unit in its last place when a part of the reduced fraction passes 2⁵³; equal fractions give equal
    /// Doubles.
    public var value: Double {
        if isSmall { return Double(Int64(truncatingIfNeeded: numerator)) / Double(Int64(truncatingIfNeeded: denominator)) }
        let lowest = reduced
        if lowest.isSmall { return lowest.value }
        let (whole, rest) = lowest.numerator.quotientAndRemainder(dividingBy: lowest.denominator)
        return Double(whole) + Double(rest) / Double(lowest.denominator)
    }

    /// By value: 1/2 equals 2/4.
    public static func == (a: Fraction, b: Fraction) -> Bool {
        a.denominator == b.denominator ? a.numerator == b.numerator : !(a < b) && !(b < a)
    }

    /// By value, exactly; two fractions whose cross-products pass 2¹²⁷ are compared in full width.
    public static func < (a: Fraction, b: Fraction) -> Bool {
        let (left, leftOver) = a.numerator.multipliedReportingOverflow(by: b.denominator)
        let (right, rightOver) = b.numerator.multipliedReportingOverflow(by: a.denominator)
        if !leftOver && !rightOver { return left < right }
        let (p, q) = (a.numerator.multipliedFullWidth(by: b.denominator), b.numerator.multipliedFullWidth(by: a.denominator))
        return p.high != q.high ? p.high < q.high : p.low < q.low
    }

    /// Rounded to `decimals` places, half up: −0.125 to two places is −0.12. `nil` when the digits pass 2¹²⁷.
    public func rounded(toDecimals decimals: Int) -> Fraction? {
        var scale: Int128 = 1
        for _ in 0..<decimals {
            let (next, over) = scale.multipliedReportingOverflow(by: 10)
            if over { return nil }
            scale = next
        }
        let (product, over) = numerator.multipliedReportingOverflow(by: scale)
        let (doubled, over2) = product.multipliedReportingOverflow(by: 2)
        let (divisor, over3) = denominator.multipliedReportingOverflow(by: 2)
        let (sum, over4) = doubled.addingReportingOverflow(denominator)
        guard !over, !over2, !over3, !over4 else { return nil }
        let (quotient, rest) = sum.quotientAndRemainder(dividingBy: divisor)
        return Fraction(rest < 0 ? quotient - 1 : quotient, over: scale)
    }
}

extension Double {
    /// The nearest Double; quick for the many that fit 64 bits, where the general conversion is a hundred times slower.
    init(nearest value: Int128) {
        if let short = Int64(exactly: value) { self.init(short) } else { self.init(value) }
    }
}

extension Fraction {
    /// The numerators of fractions over a common denominator: whole numbers in the order of the fractions, equal where those are.
    ///
    /// `nil` when they do not fit 62 bits.
    static func commonNumerators(_ fractions: [Fraction]) -> [Int64]? {
        let limit: Int128 = 1 << 62
        var (common, last, most) = (Int64(1), Int128(1), Int128.Magnitude(0))
        for fraction in fractions {
            most = max(most, fraction.numerator.magnitude)
            guard fraction.denominator != last else { continue }
            last = fraction.denominator
            guard last < limit else { return nil }
            let divisor = Int64(last)
            guard common % divisor != 0 else { continue }
            let shared = Fraction(Int128(common), over: last).reduced
            let (product, over) = shared.numerator.multipliedReportingOverflow(by: last)
            guard !over, product < limit else { return nil }
            common = Int64(product)
        }
        guard most < Int128.Magnitude(limit), most * Int128.Magnitude(common) < Int128.Magnitude(limit) else { return nil }
        return Parallel.array(count: fractions.count) { [common] range, numerators in
            var (last, factor) = (Int128(0), Int64(0))
            for position in range {
                if fractions[position].denominator != last {
                    last = fractions[position].denominator
                    factor = common / Int64(last)
                }
                numerators[position] = Int64(fractions[position].numerator) * factor
            }
        }
    }
}

extension Fraction {
    /// The value of a decimal text, exactly: "0.35" is 35/100. `nil` when it is not a decimal of at most 15 digits.
    public init?(decimal text: String) {
        var (numerator, denominator, digits) = (Int128(0), Int128(1), 0)
        var (seenPoint, hasDigits) = (false, false)
        var body = text.utf8[...]
        let isNegative = body.first == 0x2D
        if isNegative || body.first == 0x2B { body = body.dropFirst() }
        for byte in body {
            if byte == 0x2E, !seenPoint {
                seenPoint = true
            } else if (0x30...0x39).contains(byte), digits < 15 {
                if numerator > 0 || byte != 0x30 || denominator > 1 { digits += 1 }
                hasDigits = true
                numerator = numerator * 10 + Int128(byte - 0x30)
                if seenPoint { denominator *= 10 }
            } else {
                return nil
            }
        }
        guard hasDigits else { return nil }
        self.init(isNegative ? -numerator : numerator, over: denominator)
    }
}
