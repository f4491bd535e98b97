import LinearAlgebra

/// `CrossedEquations` with the inverse in place of the factor: what a step of the search for variances needs.
struct InvertedEquations: Sendable {
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

    /// The ratios of the eliminated factor, the smaller factor and the heats.
    var ratios: [Double] { scaling.ratios }

    /// - Parameter storage: a matrix of the dense columns' size whose elements do not matter. A is inverted in it.
    init(
        _ design: CrossedDesign, ratios: [Double], by estimation: CrossedEffects.Estimation, in storage: consuming Matrix
    ) throws(FitError) {
        let scaling = CrossedScaling(design, ratios)
        let inverse = try CrossedInverse(design, scaling, in: consume storage)
        let solution = CrossedSolution(design, scaling, by: estimation, refinements: 1) { inverse.matrix.symmetricTimes($0) }
        residualSums = design.sums.subtracting(design.sums(of: solution.effects))
        forms = inverse.quadraticForms(design.counts)
        criterion = solution.criterion(design, scaling, by: estimation, pivots: inverse.pivots)
        (self.design, self.estimation, self.scaling, self.inverse, self.solution) = (design, estimation, scaling, inverse, solution)
    }

    /// The solution at ratios so near that this inverse refines it.
    func solution(at ratios: [Double]) -> CrossedSolution {
        let near = CrossedScaling(design, ratios)
        return CrossedSolution(design, near, by: estimation, refinements: 3) { inverse.matrix.symmetricTimes($0) }
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
