import LinearAlgebra

/// Henderson's mixed model equations of a crossed model at given variance ratios, with the larger factor eliminated.
///
/// With λ the variances over σ², T the square roots of the dense columns' ratios (1 for fixed effects), N the counts, m the sizes of the
/// eliminated levels and w = λ / (1 + λ m) of those, the equations of the dense columns are A = T (RᵀR − Nᵀ diag(w) N) T + D, where D is
/// 1 for random and 0 for fixed effects. |A| Π (1 + λ mᵢ) = |V/σ²|·|Xᵀ(V/σ²)⁻¹X|, and the part of |A| before the fixed effects belongs to
/// |V/σ²|. A ratio of 0 needs no case of its own.
struct CrossedEquations: Sendable {
    let design: CrossedDesign
    let scaling: CrossedScaling
    let cholesky: Cholesky
    let solution: CrossedSolution
    /// −2 log (restricted) likelihood, with its constant.
    let criterion: Double

    /// The ratios of the eliminated factor, the smaller factor and the heats.
    var ratios: [Double] { scaling.ratios }
    /// w of each eliminated level.
    var weights: [Double] { scaling.weights }
    /// T.
    var scales: [Double] { scaling.scales }

    init(_ design: CrossedDesign, ratios: [Double], by estimation: CrossedEffects.Estimation) throws(FitError) {
        let scaling = CrossedScaling(design, ratios)
        let cholesky: Cholesky
        do {
            cholesky = try Cholesky(scaling.equations(design, in: Matrix(rows: design.columnCount, columns: design.columnCount)))
        } catch { throw FitError(error, size: design.columnCount) }
        let solution = CrossedSolution(design, scaling, by: estimation, refinements: 0) { cholesky.solve($0) }
        let pivots = (0..<design.columnCount).map { cholesky.lower[$0, $0] * cholesky.lower[$0, $0] }
        criterion = solution.criterion(design, scaling, by: estimation, pivots: pivots)
        (self.design, self.scaling, self.cholesky, self.solution) = (design, scaling, cholesky, solution)
    }
}

extension FitError {
    /// Why equations of this size have no solution.
    init(_ error: FactorizationError, size: Int) {
        guard case .notPositiveDefinite(let minor) = error else { self = .notPositiveDefinite(minor: size); return }
        self = .notPositiveDefinite(minor: minor)
    }
}

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
