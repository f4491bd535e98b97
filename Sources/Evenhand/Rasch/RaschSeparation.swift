/// How well the measures of a facet can be told apart, and whether they differ at all.
///
/// The variance of the measures less the mean square of their standard errors (RMSE²) is the true variance; separation is G = true SD /
/// RMSE, reliability G² / (1 + G²), and (4G + 1) / 3 the number of strata. Extreme elements are left out. The fixed χ² = Σ w m² − (Σ w
/// m)² / Σ w with w = 1 / error² has n − 1 degrees of freedom when all measures are truly equal.
///
/// Source: Wright and Masters, *Rating Scale Analysis* (1982), chapter 5; Linacre, *Many-Facet Rasch Measurement* (1989).
public struct RaschSeparation: Sendable, Equatable {
    /// The facet.
    public let facet: RaschModel.Facet
    /// How many elements have a measure.
    public let count: Int
    /// The mean of the measures.
    public let mean: Double
    /// The root mean square of the standard errors.
    public let error: Double
    /// Σ (measure − mean)².
    private let squares: Double
    /// The fixed χ².
    public let chiSquared: Double

    /// What the elements are taken for, which decides the divisor of their variance.
    public enum Basis: String, Sendable, CaseIterable {
        /// All that there are: divided by n.
        case population
        /// Some of many: divided by n − 1.
        case sample
    }

    /// The separation of a facet; `nil` of fewer than two elements with a measure.
    public init?(of model: RaschModel, facet: RaschModel.Facet) {
        let known = model.elements(of: facet).filter { $0.standing == .measured }.compactMap { element in
            element.measure.flatMap { measure in element.standardError.map { (measure: measure, error: $0) } }
        }
        guard known.count > 1 else { return nil }
        let number = Double(known.count)
        let mean = known.reduce(0) { $0 + $1.measure } / number
        (self.facet, count, self.mean) = (facet, known.count, mean)
        squares = known.reduce(0) { $0 + ($1.measure - mean) * ($1.measure - mean) }
        error = (known.reduce(0) { $0 + $1.error * $1.error } / number).squareRoot()
        let weights = known.map { 1 / ($0.error * $0.error) }
        let all = weights.reduce(0, +)
        let centre = zip(weights, known).reduce(0) { $0 + $1.0 * $1.1.measure } / all
        chiSquared = zip(weights, known).reduce(0) { $0 + $1.0 * ($1.1.measure - centre) * ($1.1.measure - centre) }
    }

    /// The degrees of freedom of the fixed χ².
    public var degreesOfFreedom: Int { count - 1 }

    /// The probability of so large a χ² when all measures are equal.
    public var p: Double { ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(chiSquared) }

    /// The true standard deviation; 0 when the measures differ no more than their errors make them.
    public func trueDeviation(_ basis: Basis) -> Double {
        max(0, squares / Double(basis == .population ? count : count - 1) - error * error).squareRoot()
    }

    /// G.
    public func separation(_ basis: Basis) -> Double { trueDeviation(basis) / error }

    /// G² / (1 + G²).
    public func reliability(_ basis: Basis) -> Double {
        let square = separation(basis) * separation(basis)
        return square / (1 + square)
    }

    /// (4G + 1) / 3.
    public func strata(_ basis: Basis) -> Double { (4 * separation(basis) + 1) / 3 }
}
