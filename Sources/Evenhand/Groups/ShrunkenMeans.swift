import LinearAlgebra

/// Means of groups drawn toward their common mean by what is known about the variance between groups.
///
/// The means m have errors of covariance V, and the groups' true means are taken as drawn from a population of variance τ² around a common
/// mean. With K the orthonormal contrasts, τ² solves |Km|² weighted by (τ² + KVKᵀ)⁻¹ = number of contrasts, or is 0 when even τ² = 0 gives
/// less; with W = (τ² + V)⁻¹ the common mean is c = 1ᵀWm / 1ᵀW1 and each group gets c + τ² W (m − c). What all means share, such as the
/// severity of the same judges, is in no contrast and shrinks nothing.
///
/// Sources: Paule and Mandel, *Consensus values and weighting factors*, Journal of Research of the National Bureau of Standards 87 (1982);
/// Henderson, *Applications of Linear Models in Animal Breeding* (1984), for the conditional means.
public struct ShrunkenMeans: Sendable, Equatable {
    /// The conditional mean of each group.
    public let values: [Double]
    /// τ².
    public let betweenVariance: Double
    /// c.
    public let center: Double

    /// Means whose errors are independent of each other.
    ///
    /// - Precondition: as many variances as means, none negative.
    public init(_ means: [Double], variances: [Double]) {
        precondition(means.count == variances.count, "\(variances.count) variances for \(means.count) means")
        func weights(_ between: Double) -> [Double] { variances.map { 1 / max($0 + between, .leastNormalMagnitude) } }
        func center(_ weights: [Double]) -> Double { zip(means, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +) }
        let between = ShrunkenMeans.root(contrasts: means.count - 1) { between in
            let weights = weights(between)
            let center = center(weights)
            return zip(means, weights).reduce(0) { $0 + $1.1 * ($1.0 - center) * ($1.0 - center) }
        }
        let final = weights(between)
        let common = means.isEmpty ? 0 : center(final)
        values = zip(means, final).map { common + between * $1 * ($0 - common) }
        (betweenVariance, self.center) = (between, common)
    }

    /// Means whose errors are correlated.
    ///
    /// - Parameters:
    ///   - means: one for each group.
    ///   - covariance: symmetric and positive definite, a row for each mean.
    /// - Throws: `FitError.notPositiveDefinite` when the covariance is not.
    public init(_ means: [Double], covariance: [[Double]]) throws(FitError) {
        let count = means.count
        let matrix = Matrix(rows: count, columns: count) { covariance[$0][$1] }
        let contrasts = ShrunkenMeans.contrasts(count)
        let eigen: SymmetricEigen
        do { eigen = try SymmetricEigen(contrasts.transposedTimes(matrix * contrasts)) } catch { throw .notPositiveDefinite(minor: count) }
        let along = eigen.vectors.transposedTimes(contrasts.transposedTimes(means))
        let between = ShrunkenMeans.root(contrasts: count - 1) { between in
            zip(along, eigen.values).reduce(0) { $0 + $1.0 * $1.0 / max(between + max(0, $1.1), .leastNormalMagnitude) }
        }
        var sum = matrix
        for group in 0..<count { sum[group, group] += between }
        let factor: Cholesky
        do { factor = try Cholesky(sum) } catch { throw .notPositiveDefinite(minor: count) }
        let weights = factor.solve([Double](repeating: 1, count: count))
        let center = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        values = factor.solve(means.map { $0 - center }).map { center + between * $0 }
        (betweenVariance, self.center) = (between, center)
    }

    /// Helmert's contrasts, orthonormal columns that are each orthogonal to the constant.
    private static func contrasts(_ count: Int) -> Matrix {
        Matrix(rows: count, columns: max(0, count - 1)) { row, column in
            let before = Double(column + 1)
            let length = (before * (before + 1)).squareRoot()
            return row <= column ? 1 / length : row == column + 1 ? -before / length : 0
        }
    }

    /// Where a falling function of τ² meets the number of contrasts; 0 when it starts below.
    private static func root(contrasts: Int, _ squares: (Double) -> Double) -> Double {
        let target = Double(contrasts)
        guard contrasts > 0, squares(0) > target else { return 0 }
        var (low, high) = (0.0, 1.0)
        while squares(high) > target, high < 1e300 { (low, high) = (high, high * 4) }
        // Halving as far as Doubles go.
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            if squares(middle) > target { low = middle } else { high = middle }
        }
    }
}
