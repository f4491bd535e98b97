/// How well the scores separate entries (or judges) from each other.
///
/// The variance of the least-squares estimates less the mean square of their standard errors (RMSE²) is the true variance; separation is
/// G = true SD / RMSE, reliability G² / (1 + G²) the share of the estimates' variance that is true, and (4G + 1) / 3 the number of strata,
/// levels that lie three errors apart. Variances are taken within subsets, with divisor n − subsets.
///
/// Near 1 *for entries* means that the list would repeat. Near 1 *for judges* means that judges reliably differ in severity, which is not
/// praise.
///
/// Source: Wright and Masters, *Rating Scale Analysis* (1982), chapter 5; Linacre, *Many-Facet Rasch Measurement* (1989).
public struct SeparationReliability: Sendable, Equatable {
    /// The true standard deviation, in points; 0 when the estimates differ no more than their errors make them.
    public let trueDeviation: Double
    /// The root mean square of the standard errors.
    public let error: Double
    /// G.
    public var separation: Double { trueDeviation / error }
    /// G² / (1 + G²).
    public var reliability: Double {
        let square = separation * separation
        return square / (1 + square)
    }
    /// (4G + 1) / 3.
    public var strata: Double { (4 * separation + 1) / 3 }

    /// The separation of values with standard errors; `nil` for fewer than two in a subset, or when the errors are 0.
    ///
    /// - Parameters:
    ///   - values: the estimates.
    ///   - errors: their standard errors, in the same unit.
    ///   - subsets: the subset of each value.
    public init?(of values: [Double], errors: [Double], subsets: [Int32]) {
        var moments: [Int32: (count: Double, sum: Double)] = [:]
        for (value, subset) in zip(values, subsets) {
            let known = moments[subset] ?? (0, 0)
            moments[subset] = (known.count + 1, known.sum + value)
        }
        let freedom = Double(values.count - moments.count)
        guard freedom > 0 else { return nil }
        var (squares, errorSquares) = (0.0, 0.0)
        for (position, value) in values.enumerated() {
            guard let known = moments[subsets[position]] else { continue }
            let deviation = value - known.sum / known.count
            squares += deviation * deviation
            errorSquares += errors[position] * errors[position]
        }
        let mean = errorSquares / Double(values.count)
        guard mean > 0 else { return nil }
        trueDeviation = max(0, squares / freedom - mean).squareRoot()
        error = mean.squareRoot()
    }

    /// The separation of the entries.
    static func entries(_ fit: Additive) -> SeparationReliability? {
        guard let errors = fit.fairAverageErrors else { return nil }
        return SeparationReliability(of: fit.fairAverages, errors: errors, subsets: fit.design.subsetOfEntry)
    }

    /// The separation of the judges.
    static func judges(_ fit: Additive) -> SeparationReliability? {
        guard let errors = fit.judgeErrors else { return nil }
        return SeparationReliability(of: fit.judgeEffects, errors: errors, subsets: fit.panels.subsetOfJudge)
    }
}
