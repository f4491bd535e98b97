/// Components of entries and judges when entries met different judges.
extension Generalizability {
    /// The variances of a model by restricted likelihood, with the mean squares that a complete table of the same information would have.
    ///
    /// With n entries, J judges, S subsets and N scores, an entry counts as λ = H(mᵢ) (1 − J/N) n / (n − S) scores and a judge as
    /// μ = H(nⱼ) (1 − n/N) J / (J − S), H the harmonic mean: J and n in a complete table. The degrees of freedom are those of least
    /// squares.
    init(incomplete sheet: ScoreSheet, fit: CrossedEffects) {
        let panels = PanelDesign(of: sheet)
        let (entries, judges) = (Double(sheet.entries.count), Double(sheet.judges.count))
        let (count, subsets) = (Double(sheet.count), Double(panels.subsetCount))
        let entrySize = Generalizability.harmonicMean(sheet.scoreCounts)
        let judgeSize = Generalizability.harmonicMean(sheet.judgeScoreCounts)
        let entryFreedom = max(1, entries - subsets)
        let judgeFreedom = max(1, judges - subsets)
        let noise = fit.residualVariance
        let entryScores = entrySize * max(1 - judges / count, 1 / count) * entries / entryFreedom
        let judgeScores = judgeSize * max(1 - entries / count, 1 / count) * judges / judgeFreedom
        let squares = [
            VarianceComponent.MeanSquare(
                facets: .entry, value: noise + entryScores * fit.entryVariance, degreesOfFreedom: entryFreedom,
                expected: [entryScores, 0, 1],
                variance: fit.entryVariance),
            VarianceComponent.MeanSquare(
                facets: .judge, value: noise + judgeScores * fit.judgeVariance, degreesOfFreedom: judgeFreedom,
                expected: [0, judgeScores, 1],
                variance: fit.judgeVariance),
            VarianceComponent.MeanSquare(
                facets: [.entry, .judge], value: noise, degreesOfFreedom: max(1, count - entries - judges + subsets), expected: [0, 0, 1],
                variance: noise),
        ]
        self.init(
            design: .incomplete, components: VarianceComponent.all(squares), mean: fit.groupMeans[0], entryCount: sheet.entries.count,
            judgesPerEntry: entrySize, judgeShare: panels.subsetCount > 1 ? 1 : Generalizability.judgeShare(sheet), fit: fit)
    }

    private static func harmonicMean(_ counts: [Int]) -> Double {
        Double(counts.count) / counts.reduce(0) { $0 + 1 / Double($1) }
    }

    /// Putka's multiplier times the harmonic mean of scores for each entry: which part of σ²_j / k lies between two entries, on average
    /// over all pairs of entries.
    ///
    /// Two entries with cᵢₕ judges in common out of kᵢ and kₕ differ by judges' severities with variance σ²_j (1/kᵢ + 1/kₕ − 2 cᵢₕ / (kᵢ
    /// kₕ)). Σ cᵢₕ / (kᵢ kₕ) over pairs follows from the judges' sums of 1/kᵢ, without going through the pairs.
    ///
    /// Source: Putka, Le, McCloy and Diaz, *Ill-structured measurement designs in organizational research*, Journal of Applied Psychology
    /// 93 (2008), equation 5.
    private static func judgeShare(_ sheet: ScoreSheet) -> Double {
        let counts = sheet.scoreCounts.map(Double.init)
        var sums = [Double](repeating: 0, count: sheet.judges.count)
        var own = [Double](repeating: 0, count: sheet.judges.count)
        for performance in sheet.performances {
            let share = 1 / counts[Int(performance.entry)]
            for row in performance.rows {
                sums[Int(sheet.judgeCodes[row])] += share
                own[Int(sheet.judgeCodes[row])] += share * share
            }
        }
        let entries = Double(counts.count)
        let shared = zip(sums, own).reduce(0) { $0 + $1.0 * $1.0 - $1.1 } / (entries * (entries - 1))
        let mean = counts.reduce(0) { $0 + 1 / $1 } / entries
        return min(1, max(0, 1 - shared / mean))
    }
}
