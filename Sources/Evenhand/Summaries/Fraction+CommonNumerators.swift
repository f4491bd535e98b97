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
            for place in range {
                if fractions[place].denominator != last {
                    last = fractions[place].denominator
                    factor = common / Int64(last)
                }
                numerators[place] = Int64(fractions[place].numerator) * factor
            }
        }
    }
}
