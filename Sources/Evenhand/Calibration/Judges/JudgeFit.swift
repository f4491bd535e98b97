/// How far a judge's scores lie from what entries and severity lead to expect: infit and outfit.
///
/// With e the rest that the crossed model leaves of a score and h its leverage, z = e / √(σ²(1 − h)) has variance 1 under the model, with
/// one σ for all judges. Outfit is the mean of a judge's z², infit Σe² / Σσ²(1 − h). Both are 1 on average; 2 is a judge with twice the
/// variance that the panel has. With each judge's own σ they would be 1 by construction.
///
/// Limits and p-values are those of the model itself: other contests of the same design are drawn from it (parametric bootstrap), each with
/// its own estimate of σ², and the cube roots of a judge's outfits, nearly normal, are held against the judge's own by Student's t.
///
/// Sources: Wright and Masters, *Rating Scale Analysis* (1982), chapter 5; Wilson and Hilferty, *The distribution of chi-square* (1931).
public struct JudgeFit: Sendable {
    /// One judge's fit.
    public struct Statistics: Sendable, Equatable {
        /// Squared residuals weighted by their information.
        public let infit: Double
        /// The mean squared standardized residual.
        public let outfit: Double
        /// Where the outfit of a judge of this panel lies with probability 0.95; `nil` of fewer than `leastScores` scores.
        public let limits: ClosedRange<Double>?
        /// Two-sided, of the hypothesis that the judge is as noisy as the panel.
        public let p: Double?
    }

    /// For each judge; `nil` when every score of the judge is its own expectation.
    public let judges: [Statistics?]
    /// How many contests were drawn.
    public let replicates: Int

    /// Fewer scores say nothing about a judge's noise.
    public static let leastScores = 5
    private static let level = 0.95

    /// As many replicates as are quick to draw: the cube root needs few.
    static func replicates(for scores: Int) -> Int { max(30, min(400, 4_000_000 / max(1, scores))) }

    /// The fit of the judges of a crossed model.
    init(of residuals: CrossedResiduals, replicates: Int? = nil, seed: UInt64 = 1) {
        let fit = residuals.fit
        let number = replicates ?? JudgeFit.replicates(for: fit.sheet.count)
        let sums = JudgeSums(fit.sheet, residuals.leverages)
        let found = sums.statistics(residuals.values, variance: fit.residualVariance)
        let drawn = Parallel.map(number, size: number * fit.sheet.count) { replicate in
            var stream = RandomStream(seed: seed, stream: UInt64(replicate))
            let (values, variance) = residuals.simulated(&stream)
            return sums.statistics(values, variance: variance).map { cubeRoot($0?.outfit ?? 0) }
        }
        let reach = StudentT(degreesOfFreedom: Double(number - 1)).upperTailQuantile((1 - JudgeFit.level) / 2)
        judges = found.enumerated().map { judge, statistics in
            guard let statistics else { return nil }
            guard sums.counts[judge] >= Double(JudgeFit.leastScores), number > 1 else {
                return Statistics(infit: statistics.infit, outfit: statistics.outfit, limits: nil, p: nil)
            }
            let roots = drawn.map { $0[judge] }
            let mean = roots.reduce(0, +) / Double(number)
            let variance = roots.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(number - 1)
            // The judge's own root is one more draw about a mean that is estimated.
            let deviation = (variance * (1 + 1 / Double(number))).squareRoot()
            let (low, high) = (max(0, mean - reach * deviation), mean + reach * deviation)
            let test = Estimate(
                value: cubeRoot(statistics.outfit) - mean, standardError: deviation, degreesOfFreedom: Double(number - 1))
            return Statistics(
                infit: statistics.infit, outfit: statistics.outfit, limits: low * low * low...high * high * high, p: test.p)
        }
        self.replicates = number
    }
}

/// What the scores of each judge add up to.
private struct JudgeSums: Sendable {
    let codes: [Int32]
    /// 1 / (1 − h), 0 for a score that is its own expectation.
    let inflations: [Double]
    /// Scores and Σ(1 − h) of each judge.
    let counts: [Double]
    let information: [Double]

    /// 1 − h below this is rounding.
    private static let leastFreedom = 1e-9

    init(_ sheet: ScoreSheet, _ leverages: [Double]) {
        codes = sheet.judgeCodes
        inflations = leverages.map { 1 - $0 > JudgeSums.leastFreedom ? 1 / (1 - $0) : 0 }
        var (counts, information) = ([Double](repeating: 0, count: sheet.judges.count), [Double](repeating: 0, count: sheet.judges.count))
        for (code, inflation) in zip(codes, inflations) where inflation > 0 {
            counts[Int(code)] += 1
            information[Int(code)] += 1 / inflation
        }
        (self.counts, self.information) = (counts, information)
    }

    func statistics(_ residuals: [Double], variance: Double) -> [(infit: Double, outfit: Double)?] {
        var (plain, standardized) = ([Double](repeating: 0, count: counts.count), [Double](repeating: 0, count: counts.count))
        for row in residuals.indices where inflations[row] > 0 {
            let (judge, square) = (Int(codes[row]), residuals[row] * residuals[row])
            plain[judge] += square
            standardized[judge] += square * inflations[row]
        }
        return counts.indices.map { judge in
            guard counts[judge] > 0 else { return nil }
            return (plain[judge] / (variance * information[judge]), standardized[judge] / (variance * counts[judge]))
        }
    }
}
