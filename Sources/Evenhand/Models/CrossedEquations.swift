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
    let scaling: CrossedScaling
    /// B = A⁻¹.
    private(set) var inverse: CrossedInverse
    let solution: CrossedSolution
    /// Sums of residuals over the scores of each eliminated level and dense column: ZᵀP̃y.
    let residualSums: LevelValues
    /// nᵢᵀ·TBT·nᵢ of the counts of each eliminated level.
    let forms: [Double]
    /// −2 log (restricted) likelihood, with its constant.
    let criterion: Double

    var ratios: [Double] { scaling.ratios }

    /// - Parameter storage: a matrix of the dense columns' size whose elements do not matter. A is inverted in it.
    init(
        _ design: CrossedDesign, ratios: [Double], by estimation: CrossedEffects.Estimation, in storage: consuming Matrix
    ) throws(FitError) {
        let scaling = CrossedScaling(design, ratios)
        let inverse = try CrossedInverse(design, scaling, in: consume storage)
        (self.design, self.estimation, self.scaling, self.inverse) = (design, estimation, scaling, inverse)
        let solution = try CrossedSolution(design, scaling, inverse, by: estimation, refinements: 1)
        self.solution = solution
        residualSums = design.sums.subtracting(design.sums(of: solution.effects))
        forms = inverse.quadraticForms(design.counts)

        var logDeterminant = design.sizes.reduce(0) { $0 + naturalLogarithm(1 + ratios[0] * $1) }
        for pivot in estimation == .reml ? inverse.pivots[...] : inverse.pivots[..<design.fixed.lowerBound] {
            logDeterminant += naturalLogarithm(pivot)
        }
        criterion = logDeterminant + solution.freedom * (1 + naturalLogarithm(2 * .pi * solution.residualVariance))
    }

    /// The solution at ratios so near that this inverse refines it.
    func solution(at ratios: [Double]) throws(FitError) -> CrossedSolution {
        try CrossedSolution(design, CrossedScaling(design, ratios), inverse, by: estimation, refinements: 3)
    }

    /// Gives the matrix of the inverse up, so that the next equations can be solved in its memory.
    mutating func releaseStorage() -> Matrix { inverse.releaseStorage() }

    /// Fills the inverse's upper triangle in.
    mutating func mirror() { inverse.mirror() }
}

/// Variance ratios, and what they make of the equations.
struct CrossedScaling: Sendable {
    /// The ratios of the eliminated factor, the smaller factor and the heats.
    let ratios: [Double]
    /// w of each eliminated level.
    let weights: [Double]
    /// T.
    let scales: [Double]

    init(_ design: CrossedDesign, _ ratios: [Double]) {
        var scales = [Double](repeating: 1, count: design.columnCount)
        for (factor, columns) in design.random.enumerated() {
            for column in columns { scales[column] = ratios[factor + 1].squareRoot() }
        }
        (self.ratios, self.scales) = (ratios, scales)
        weights = design.sizes.map { ratios[0] / (1 + ratios[0] * $0) }
    }

    /// T (columns − Nᵀ W eliminated).
    func complement(_ columns: [Double], _ eliminated: [Double], _ design: CrossedDesign, _ tasks: Tasks) -> [Double] {
        let part = design.counts.transposedTimes(weights.indices.map { weights[$0] * eliminated[$0] }, tasks: tasks)
        return columns.indices.map { scales[$0] * (columns[$0] - part[$0]) }
    }
}

/// The effects that fit the scores at given ratios, and what they leave.
struct CrossedSolution: Sendable {
    let effects: LevelValues
    /// The degrees of freedom of σ².
    let freedom: Double
    /// σ²: yᵀP̃y over its degrees of freedom, with yᵀP̃y as residual sum of squares plus penalty, which an error in the effects changes in second
    /// order only.
    let residualVariance: Double

    init(
        _ design: CrossedDesign, _ scaling: CrossedScaling, _ inverse: CrossedInverse, by estimation: CrossedEffects.Estimation,
        refinements: Int
    ) throws(FitError) {
        effects = inverse.effects(design.sums, design, scaling, refinements: refinements)
        var squares = design.levels.residualSquares(effects, center: design.center)
        for (factor, ratio) in scaling.ratios.enumerated() where ratio > 0 {
            squares += effects.values(of: factor, design).reduce(0) { $0 + $1 * $1 } / ratio
        }
        // Below this what is left is the rounding of the scores.
        guard squares > 1e-22 * design.squares else { throw .noResidual }
        freedom = Double(design.scoreCount) - (estimation == .reml ? Double(design.fixed.count) : 0)
        residualVariance = squares / freedom
    }
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
