import LinearAlgebra

/// The (restricted) likelihood of error contrasts at given variances.
struct ContrastLikelihood: Sendable {
    let contrasts: ErrorContrasts
    /// The variances of the random factors, then that of the noise.
    let variances: [Double]
    let estimation: CrossedEffects.Estimation
    /// −2 log (restricted) likelihood, with its constant.
    let criterion: Double
    /// yᵀPy and its degrees of freedom: their ratio is 1 where the scale of all variances is the best.
    let (squares, freedom): (Double, Double)
    private let cholesky: Cholesky
    private let fixedBlock: Cholesky
    /// The fixed effects and Py.
    let (fixedEffects, left): ([Double], [Double])

    /// The likelihood; `nil` where the covariance is singular.
    init?(_ contrasts: ErrorContrasts, _ variances: [Double], by estimation: CrossedEffects.Estimation) {
        let (size, noise) = (contrasts.values.count, variances[variances.count - 1])
        var covariance = Matrix(rows: size, columns: size)
        for (matrix, variance) in zip(contrasts.covariances, variances) where variance > 0 {
            for column in 0..<size { for row in column..<size { covariance[row, column] += variance * matrix[row, column] } }
        }
        for position in 0..<size { covariance[position, position] += noise }
        guard noise > 0 || contrasts.restCount == 0, let cholesky = try? Cholesky(covariance) else { return nil }
        let solved = cholesky.solve(contrasts.fixed)
        guard let fixedBlock = try? Cholesky(contrasts.fixed.transposedTimes(solved)) else { return nil }
        let effects = fixedBlock.solve(solved.transposedTimes(contrasts.values))
        let rest = zip(contrasts.values, contrasts.fixed * effects).map { $0 - $1 }
        let left = cholesky.solve(rest)
        let restCount = Double(contrasts.restCount)
        squares = zip(rest, left).reduce(noise > 0 ? contrasts.restSquares / noise : 0) { $0 + $1.0 * $1.1 }
        freedom = restCount + Double(size) - (estimation == .reml ? Double(contrasts.fixed.columns) : 0)
        let logs = cholesky.logDeterminant + (estimation == .reml ? fixedBlock.logDeterminant : 0)
        criterion =
            (contrasts.restCount > 0 ? restCount * naturalLogarithm(noise) : 0) + logs + squares + freedom * naturalLogarithm(2 * .pi)
        guard criterion.isFinite else { return nil }
        (self.contrasts, self.variances, self.estimation, self.cholesky, self.fixedBlock) =
            (contrasts, variances, estimation, cholesky, fixedBlock)
        (fixedEffects, self.left) = (effects, left)
    }

    /// The criterion at the best scale of all variances together, and that scale.
    var profiled: (criterion: Double, scale: Double) {
        let scale = squares / freedom
        return (criterion - squares + freedom * (1 + naturalLogarithm(max(scale, .leastNormalMagnitude))), scale)
    }

    /// The derivatives of the criterion by the logarithms of some variances: the first, the second, and the expected second ones.
    func derivatives(_ open: [Int]) -> (gradient: [Double], observed: Matrix, expected: Matrix) {
        let (size, count) = (left.count, contrasts.covariances.count)
        let inverse = cholesky.inverse
        let solved = cholesky.solve(contrasts.fixed)
        let shared = solved * fixedBlock.solve(solved.transposed)
        let projection = Matrix(rows: size, columns: size) { inverse[$0, $1] - shared[$0, $1] }
        let trace = estimation == .reml ? projection : inverse
        func covariance(_ k: Int) -> Matrix { k < count ? contrasts.covariances[k] : Matrix.identity(size) }
        let products = open.map { trace * covariance($0) }
        let working = open.map { covariance($0) * left }
        let projected = working.map { projection * $0 }
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

        var gradient = [Double](repeating: 0, count: open.count)
        var (observed, expected) = (Matrix(rows: open.count, columns: open.count), Matrix(rows: open.count, columns: open.count))
        for (k, own) in open.enumerated() {
            let variance = variances[own]
            gradient[k] = variance * ((0..<size).reduce(0) { $0 + products[k][$1, $1] } - dot(left, working[k]))
            for (l, other) in open.enumerated() {
                var sum = 0.0
                for column in 0..<size { for row in 0..<size { sum += products[k][row, column] * products[l][column, row] } }
                expected[k, l] = variance * variances[other] * sum
                observed[k, l] = variance * variances[other] * (2 * dot(working[k], projected[l]) - sum)
            }
            if own == count, variance > 0 {
                let (rest, relative) = (Double(contrasts.restCount), contrasts.restSquares / variance)
                gradient[k] += rest - relative
                observed[k, k] += 2 * relative - rest
                expected[k, k] += rest
            }
            observed[k, k] += gradient[k]
        }
        return (gradient, observed, expected)
    }

    /// The conditional means of a factor's effects.
    func effects(of factor: Int) -> [Double] {
        contrasts.loadings[factor].transposedTimes(left).map { variances[factor] * $0 }
    }
}
