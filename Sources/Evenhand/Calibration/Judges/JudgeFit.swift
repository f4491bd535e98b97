/// How far a judge's scores lie from what entries and severity predict: infit and outfit.
///
/// With e the rest that the crossed model leaves of a score and h its leverage, z = e / √(σ²(1 − h)) has variance 1 under the model, with
/// one σ for all judges. Outfit is the mean of a judge's z², infit Σe² / Σσ²(1 − h). Both are 1 on average; 2 is a judge with twice the
/// variance that the panel has. With each judge's own σ they would be 1 by construction. `JudgeComparison` says whether it is chance.
///
/// Source: Wright and Masters, *Rating Scale Analysis* (1982), chapter 5.
public struct JudgeFit: Sendable {
    /// One judge's fit.
    public struct Statistics: Sendable, Equatable {
        /// Squared residuals weighted by their information.
        public let infit: Double
        /// The mean squared standardized residual.
        public let outfit: Double
    }

    /// For each judge; `nil` when every score of the judge is its own expectation.
    public let judges: [Statistics?]

    /// 1 − h below this is rounding.
    private static let leastFreedom = 1e-9

    /// The fit of the judges of a crossed model.
    init(of residuals: CrossedResiduals) {
        let (sheet, variance) = (residuals.fit.sheet, residuals.fit.residualVariance)
        var sums = [(count: Double, information: Double, plain: Double, standardized: Double)](
            repeating: (0, 0, 0, 0), count: sheet.judges.count)
        for (row, code) in sheet.judgeCodes.enumerated() {
            let (freedom, square) = (1 - residuals.leverages[row], residuals.values[row] * residuals.values[row])
            guard freedom > JudgeFit.leastFreedom else { continue }
            sums[Int(code)].count += 1
            sums[Int(code)].information += freedom
            sums[Int(code)].plain += square
            sums[Int(code)].standardized += square / freedom
        }
        judges = sums.map { own in
            guard own.count > 0 else { return nil }
            return Statistics(infit: own.plain / (variance * own.information), outfit: own.standardized / (variance * own.count))
        }
    }
}
