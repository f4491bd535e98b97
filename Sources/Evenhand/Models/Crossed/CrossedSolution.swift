/// The effects that fit the scores at given ratios, and what they leave.
struct CrossedSolution: Sendable {
    let effects: LevelValues
    /// yᵀP̃y as residual sum of squares plus penalty, which an error in the effects changes in second order only.
    let penalizedSquares: Double
    /// The degrees of freedom of σ².
    let freedom: Double

    /// σ²: yᵀP̃y over its degrees of freedom.
    var residualVariance: Double { penalizedSquares / freedom }

    /// - Parameter solver: solves A·x = b; see `CrossedScaling.effects`.
    init(
        _ design: CrossedDesign, _ scaling: CrossedScaling, by estimation: CrossedEffects.Estimation, refinements: Int,
        solver: ([Double]) -> [Double]
    ) {
        effects = scaling.effects(design.sums, design, refinements: refinements, solver: solver)
        var squares = design.levels.residualSquares(effects, center: design.center)
        for (factor, ratio) in scaling.ratios.enumerated() where ratio > 0 {
            squares += effects.values(of: factor, design).reduce(0) { $0 + $1 * $1 } / ratio
        }
        penalizedSquares = squares
        freedom = Double(design.scoreCount) - (estimation == .reml ? Double(design.fixed.count) : 0)
    }

    /// −2 log (restricted) likelihood, with its constant.
    ///
    /// - Parameter pivots: those of A, the squares of its Cholesky factor's diagonal.
    func criterion(
        _ design: CrossedDesign, _ scaling: CrossedScaling, by estimation: CrossedEffects.Estimation, pivots: [Double]
    ) -> Double {
        var logDeterminant = design.sizes.reduce(0) { $0 + naturalLogarithm(1 + scaling.ratios[0] * $1) }
        for pivot in estimation == .reml ? pivots[...] : pivots[..<design.fixed.lowerBound] { logDeterminant += naturalLogarithm(pivot) }
        return logDeterminant + freedom * (1 + naturalLogarithm(2 * .pi * residualVariance))
    }
}
