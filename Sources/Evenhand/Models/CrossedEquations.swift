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
    /// T.
    let scales: [Double]
    let cholesky: Cholesky
    let solution: Solution
    /// σ² at these ratios: yᵀP̃y over its degrees of freedom.
    let residualVariance: Double
    /// −2 log (restricted) likelihood, with its constant.
    let criterion: Double

    /// The effects that fit values, and what they leave.
    struct Solution: Sendable {
        var eliminated: [Double]
        var columns: [Double]
        /// Sums of residuals over the scores of each eliminated level and dense column: ZᵀP̃y.
        var residualSums: (eliminated: [Double], columns: [Double])
        /// yᵀP̃y as residual sum of squares plus penalty, which an error in the effects changes in second order only.
        var penalizedSquares: Double
    }

    init(_ design: CrossedDesign, ratios: [Double], by estimation: CrossedEffects.Estimation) throws(FitError) {
        let (weights, scales) = CrossedEquations.weightsAndScales(design, ratios)
        let cholesky = try CrossedEquations.factored(design, weights, scales)
        (self.design, self.ratios, self.estimation) = (design, ratios, estimation)
        (self.weights, self.scales, self.cholesky) = (weights, scales, cholesky)
        solution = CrossedEquations.solve(design, ratios, weights, scales, cholesky, values: design.values)

        let (count, fixedCount) = (Double(design.scoreCount), Double(design.fixed.count))
        var logDeterminant = design.sizes.reduce(0) { $0 + naturalLogarithm(1 + ratios[0] * $1) }
        let counted = estimation == .reml ? design.columnCount : design.fixed.lowerBound
        for column in 0..<counted { logDeterminant += 2 * naturalLogarithm(cholesky.lower[column, column]) }
        let freedom = estimation == .reml ? count - fixedCount : count
        // Below this what is left is the rounding of the scores.
        guard solution.penalizedSquares > 1e-22 * design.values.reduce(0, { $0 + $1 * $1 }) else { throw .noResidual }
        residualVariance = solution.penalizedSquares / freedom
        criterion = logDeterminant + freedom * (1 + naturalLogarithm(2 * .pi * residualVariance))
    }

    private static func weightsAndScales(_ design: CrossedDesign, _ ratios: [Double]) -> ([Double], [Double]) {
        var scales = [Double](repeating: 1, count: design.columnCount)
        for (factor, columns) in design.random.enumerated() {
            for column in columns { scales[column] = ratios[factor + 1].squareRoot() }
        }
        return (design.sizes.map { ratios[0] / (1 + ratios[0] * $0) }, scales)
    }

    private static func factored(_ design: CrossedDesign, _ weights: [Double], _ scales: [Double]) throws(FitError) -> Cholesky {
        var matrix = design.gram()
        matrix.subtractGram(of: design.counts, weights: weights)
        matrix.scaleSymmetrically(by: scales)
        for column in 0..<design.fixed.lowerBound { matrix[column, column] += 1 }
        do { return try Cholesky(matrix) } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw .notPositiveDefinite(minor: 0) }
            throw .notPositiveDefinite(minor: minor)
        }
    }

    /// The solution for values, one for each score.
    func solve(_ values: [Double]) -> Solution {
        CrossedEquations.solve(design, ratios, weights, scales, cholesky, values: values)
    }

    private static func solve(
        _ design: CrossedDesign, _ ratios: [Double], _ weights: [Double], _ scales: [Double], _ cholesky: Cholesky, values: [Double]
    ) -> Solution {
        let sums = design.sums(values)
        let eliminatedPart = design.counts.transposedTimes(zip(weights, sums.eliminated).map { $0 * $1 })
        let right = scales.indices.map { scales[$0] * (sums.columns[$0] - eliminatedPart[$0]) }
        let scaled = cholesky.solve(right)
        let columns = zip(scaled, scales).map { $0 * $1 }
        let expected = design.counts * columns
        let eliminated = weights.indices.map { weights[$0] * (sums.eliminated[$0] - expected[$0]) }
        var residuals = values
        var squares = 0.0
        for row in residuals.indices {
            var residual = residuals[row] - eliminated[Int(design.eliminatedCodes[row])]
            for codes in design.columnCodes { residual -= columns[Int(codes[row])] }
            residuals[row] = residual
            squares += residual * residual
        }
        if ratios[0] > 0 { squares += eliminated.reduce(0) { $0 + $1 * $1 } / ratios[0] }
        for column in 0..<design.fixed.lowerBound { squares += scaled[column] * scaled[column] }
        return Solution(
            eliminated: eliminated, columns: columns, residualSums: design.sums(residuals), penalizedSquares: squares)
    }
}

extension CrossedEquations {
    /// How the criterion changes with the ratios.
    struct Slope: Sendable {
        /// Its derivatives, exact.
        let gradient: [Double]
        /// The average of its observed and expected second derivatives (Gilmour, Thompson and Cullis 1995), σ² profiled out.
        let information: Matrix
    }

    /// The residual sums of a factor: 0 the eliminated one, then those of the dense columns.
    private func sums(_ factor: Int, _ sums: (eliminated: [Double], columns: [Double])) -> ArraySlice<Double> {
        factor == 0 ? sums.eliminated[...] : sums.columns[design.random[factor - 1]]
    }

    /// Gradient tr(ZᵀP̃Z) − |ZᵀP̃y|²/σ² and average information Fₖₗ/σ² − SₖSₗ/(f σ⁴), with fₖ = ZₖZₖᵀP̃y, Fₖₗ = fₖᵀP̃fₗ and Sₖ = |ZₖᵀP̃y|².
    func slope(_ inverse: CrossedInverse) -> Slope {
        let factors = 0...design.random.count
        let squares = factors.map { sums($0, solution.residualSums).reduce(0) { $0 + $1 * $1 } }
        let gradient = factors.map { inverse.trace($0, of: self) - squares[$0] / residualVariance }
        var information = Matrix(rows: ratios.count, columns: ratios.count)
        let freedom = solution.penalizedSquares / residualVariance
        for k in factors {
            let working = workingValues(k)
            let left = solve(working).residualSums
            for l in factors {
                let product = zip(sums(l, solution.residualSums), sums(l, left)).reduce(0) { $0 + $1.0 * $1.1 }
                let profiled = squares[k] / residualVariance * (squares[l] / residualVariance) / freedom
                information[l, k] = product / residualVariance - profiled
            }
        }
        return Slope(gradient: gradient, information: information)
    }

    /// ZZᵀP̃y of a factor, one value for each score.
    private func workingValues(_ factor: Int) -> [Double] {
        if factor == 0 { return design.eliminatedCodes.map { solution.residualSums.eliminated[Int($0)] } }
        return design.columnCodes[factor - 1].map { solution.residualSums.columns[Int($0)] }
    }
}
