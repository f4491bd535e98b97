/// Intervals of anything that is made of variances.
extension Generalizability {
    /// What a Monte-Carlo interval is made of.
    public struct Draws: Sendable, Equatable {
        /// How many, at least 1.
        public var count = 10_000
        /// Where they come from: the same seed, the same interval.
        public var seed: UInt64 = 1

        /// Ten thousand draws from seed 1.
        public init() {}
    }

    /// Variances that the mean squares leave possible: each true mean square is its estimate times df / χ²(df), independently, and
    /// variances follow from them; negative ones are 0. An interval of a function of these is a generalized confidence interval. It treats
    /// judges as drawn from a population, as it does entries.
    ///
    /// Sources: Weerahandi, *Generalized confidence intervals*, Journal of the American Statistical Association 88 (1993), 899–905;
    /// Burdick, Borror and Montgomery, *Design and Analysis of Gauge R&R Studies* (2005), chapter 6.
    func possibleVariances(_ draws: Draws) -> [[Double]] {
        (0..<draws.count).map { draw in
            var stream = RandomStream(seed: draws.seed, stream: UInt64(draw))
            let squares = components.map { component in
                component.meanSquare * component.degreesOfFreedom / stream.chiSquared(component.degreesOfFreedom)
            }
            return components.map { component in max(0, zip(component.coefficients, squares).reduce(0) { $0 + $1.0 * $1.1 }) }
        }
    }

    /// The variance of a component among possible ones.
    func variance(_ facets: Facets, in variances: [Double]) -> Double {
        zip(components, variances).first { $0.0.facets == facets }?.1 ?? 0
    }

    /// The middle part of values, which may be infinite; `nil` when one of them is undefined.
    static func interval(_ values: [Double], level: Double) -> ClosedRange<Double>? {
        guard values.allSatisfy({ !$0.isNaN }), !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let cut = Int(((1 - level) / 2 * Double(sorted.count - 1)).rounded())
        return sorted[cut]...sorted[sorted.count - 1 - cut]
    }
}
