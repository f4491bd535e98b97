/// How noisy each judge is compared with the panel, for the standard error of the judge's severity.
///
/// With e what entries and judges leave of a score and h its leverage, s² = Σe² / Σ(1 − h) over the scores of a judge is the variance of
/// the judge's own noise, on ν = Σ(1 − h) / mean(1 − 1/m) degrees of freedom: in a complete table n − 1, and an interval of severity by s²
/// alone is exact there. A judge with few scores is drawn toward the panel's σ̂², which counts like one degree of freedom: s̃² = (ν s² +
/// σ̂²) / (ν + 1), with as many degrees, but no more than all scores have.
///
/// Source: Smyth, *Linear models and empirical Bayes methods for assessing differential expression*, Statistical Applications in Genetics
/// and Molecular Biology 3 (2004), section 3, for the moderated variance and its t; here the weight is given, since few judges cannot
/// determine it.
struct JudgeNoise {
    /// s̃² / σ̂² of each judge.
    let ratios: [Double]
    /// The degrees of freedom of each s̃².
    let freedoms: [Double]

    /// The degrees of freedom that the panel's variance counts for.
    static let weight = 1.0
    /// 1 − h below this is rounding.
    private static let leastFreedom = 1e-9

    /// The noise of the judges of a fit; each is the panel's where the scores leave no residuals.
    init(of fit: Additive) {
        let (codes, sizes) = (fit.sheet.judgeCodes, fit.design.sizes)
        let zeros = [Double](repeating: 0, count: fit.sheet.judges.count)
        var (squares, information, others, counts) = (zeros, zeros, zeros, zeros)
        for (row, freedom) in fit.design.freedoms.enumerated() {
            let judge = Int(codes[row])
            squares[judge] += fit.residuals[row] * fit.residuals[row]
            information[judge] += freedom
            others[judge] += 1 - 1 / sizes[Int(fit.design.entryCodes[row])]
            counts[judge] += 1
        }
        let (variance, most, weight) = (fit.residualVariance ?? 0, Double(fit.degreesOfFreedom), JudgeNoise.weight)
        let own = zeros.indices.map { judge in
            information[judge] > JudgeNoise.leastFreedom ? information[judge] * counts[judge] / others[judge] : 0
        }
        ratios = own.indices.map { judge in
            guard own[judge] > 0, variance > 0 else { return 1 }
            return (own[judge] * squares[judge] / (variance * information[judge]) + weight) / (own[judge] + weight)
        }
        freedoms = own.map { max(1, min($0 + weight, most)) }
    }
}
