/// How much an effect contributes to the variance of scores, and the mean square that shows it.
public struct VarianceComponent: Sendable, Equatable {
    /// The facets whose interaction (or main effect) it is.
    public let facets: Facets
    /// The estimate in squared points; from an analysis of variance it may be negative, which means 0.
    public let variance: Double
    /// The mean square of the effect: in an incomplete design what it would be in a complete one with the same information.
    public let meanSquare: Double
    /// The degrees of freedom of the mean square.
    public let degreesOfFreedom: Double
    /// What each mean square, this one and those after it, adds to the estimate.
    let coefficients: [Double]
    /// The standard error under normality, √Σ c² · 2 MS² / (df + 2), the unbiased form of Brennan (2001), equation 6.1.
    public let standardError: Double

    /// The sum of squares of the effect.
    public var sumOfSquares: Double { meanSquare * degreesOfFreedom }

    /// What an effect is before its variance is known.
    struct MeanSquare {
        let facets: Facets
        let value: Double
        let degreesOfFreedom: Double
        /// How often the variance of each component is in the expectation of this mean square; 0 for those before it.
        let expected: [Double]
        /// The estimate, where it is known otherwise.
        var variance: Double?
    }

    /// Components from mean squares whose expectations hold only their own variance and those of components after them.
    static func all(_ squares: [MeanSquare]) -> [VarianceComponent] {
        var rows = [[Double]](repeating: [Double](repeating: 0, count: squares.count), count: squares.count)
        for position in squares.indices.reversed() {
            let expected = squares[position].expected
            rows[position][position] = 1
            for later in squares.indices where later > position && expected[later] != 0 {
                for column in squares.indices { rows[position][column] -= expected[later] * rows[later][column] }
            }
            for column in squares.indices { rows[position][column] /= expected[position] }
        }
        return squares.indices.map { position in
            let (mine, coefficients) = (squares[position], rows[position])
            let estimate = zip(coefficients, squares).reduce(0) { $0 + $1.0 * $1.1.value }
            let error = zip(coefficients, squares).reduce(0) { sum, part in
                let term = part.0 * part.1.value
                return sum + 2 * term * term / (part.1.degreesOfFreedom + 2)
            }
            return VarianceComponent(
                facets: mine.facets, variance: mine.variance ?? estimate, meanSquare: mine.value, degreesOfFreedom: mine.degreesOfFreedom,
                coefficients: coefficients, standardError: error.squareRoot())
        }
    }
}
