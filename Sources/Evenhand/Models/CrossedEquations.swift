import LinearAlgebra

/// Henderson's mixed model equations of a crossed model at given variance ratios, with the larger factor eliminated.
///
/// With λ the variances over σ², T the square roots of the dense columns' ratios (1 for fixed effects), N the counts, m the sizes of the
/// eliminated levels and w = λ / (1 + λ m) of those, the equations of the dense columns are A = T (RᵀR − Nᵀ diag(w) N) T + D, where D is
/// 1 for random and 0 for fixed effects. |A| Π (1 + λ mᵢ) = |V/σ²|·|Xᵀ(V/σ²)⁻¹X|, and the part of |A| before the fixed effects belongs to |V/σ²|.
/// A ratio of 0 needs no case of its own.
struct CrossedEquations: Sendable {
    let design: CrossedDesign
    let estimation: CrossedEffects.Estimation
    /// The ratios of the eliminated factor, the smaller factor and the heats.
    let ratios: [Double]
    /// w of each eliminated level.
    let weights: [Double]
    /// B = A⁻¹.
    private(set) var inverse: CrossedInverse
    /// The effects.
    let effects: LevelValues
    /// Sums of residuals over the scores of each eliminated level and dense column: ZᵀP̃y.
    let residualSums: LevelValues
    /// yᵀP̃y as residual sum of squares plus penalty, which an error in the effects changes in second order only.
    let penalizedSquares: Double
    /// σ² at these ratios: yᵀP̃y over its degrees of freedom.
    let residualVariance: Double
    /// −2 log (restricted) likelihood, with its constant.
    let criterion: Double

    /// - Parameter storage: a matrix of the dense columns' size whose elements do not matter. A is inverted in it.
    init(
        _ design: CrossedDesign, ratios: [Double], by estimation: CrossedEffects.Estimation, in storage: consuming Matrix
    ) throws(FitError) {
        let weights = design.sizes.map { ratios[0] / (1 + ratios[0] * $0) }
        let inverse = try CrossedInverse(design, ratios, weights, in: consume storage)
        (self.design, self.ratios, self.estimation, self.weights, self.inverse) = (design, ratios, estimation, weights, inverse)
        effects = inverse.effects(design.sums, design, weights, isRefined: true)
        residualSums = design.sums.subtracting(design.sums(of: effects))

        var squares = design.residualSquares(effects)
        for (factor, ratio) in ratios.enumerated() where ratio > 0 {
            squares += effects.values(of: factor, design).reduce(0) { $0 + $1 * $1 } / ratio
        }
        penalizedSquares = squares
        // Below this what is left is the rounding of the scores.
        guard squares > 1e-22 * design.squares else { throw .noResidual }
        var logDeterminant = design.sizes.reduce(0) { $0 + naturalLogarithm(1 + ratios[0] * $1) }
        for pivot in estimation == .reml ? inverse.pivots[...] : inverse.pivots[..<design.fixed.lowerBound] {
            logDeterminant += naturalLogarithm(pivot)
        }
        let freedom = Double(design.scoreCount) - (estimation == .reml ? Double(design.fixed.count) : 0)
        residualVariance = squares / freedom
        criterion = logDeterminant + freedom * (1 + naturalLogarithm(2 * .pi * residualVariance))
    }

    /// Gives the matrix of the inverse up, so that the next equations can be solved in its memory.
    mutating func releaseStorage() -> Matrix { inverse.releaseStorage() }

    /// Fills the inverse's upper triangle in.
    mutating func mirror() { inverse.mirror() }
}

extension LevelValues {
    /// The values of a factor with random effects: 0 the eliminated one, then those of the dense columns.
    func values(of factor: Int, _ design: CrossedDesign) -> ArraySlice<Double> {
        factor == 0 ? eliminated[...] : columns[design.random[factor - 1]]
    }

    func subtracting(_ other: LevelValues) -> LevelValues {
        LevelValues(
            eliminated: zip(eliminated, other.eliminated).map { $0 - $1 }, columns: zip(columns, other.columns).map { $0 - $1 })
    }

    /// The values of one factor, and 0 for all others.
    func keeping(_ factor: Int, _ design: CrossedDesign) -> LevelValues {
        var kept = LevelValues(
            eliminated: [Double](repeating: 0, count: eliminated.count), columns: [Double](repeating: 0, count: columns.count))
        if factor == 0 {
            kept.eliminated = eliminated
        } else {
            for column in design.random[factor - 1] { kept.columns[column] = columns[column] }
        }
        return kept
    }
}
