/// How much of the variance of −log(1 − ρ) is the noise of single scores, ρ the part of entries in a score.
///
/// By the delta method from the mean squares of normal scores: a mean square M of f degrees of freedom has the variance 2 M² / f. With
/// noise E in it, M² − (M − E)² of that is due to scores, the rest to the entries, or judges, themselves. Noise with heavy tails does more.
struct NoiseOfCorrelation: Sendable {
    private let variances: JackknifedVariances.Variances
    /// For each mean square its variance that is due to scores, and what it adds to the variances of entries, judges and noise.
    private let squares: [(ofScores: Double, entry: Double, judge: Double, noise: Double)]

    init(_ study: Generalizability) {
        let noise = study.component([.entry, .judge])?.meanSquare ?? 0
        func coefficients(_ facets: Facets) -> [Double] { study.component(facets)?.coefficients ?? [] }
        let (entry, judge, own) = (coefficients(.entry), coefficients(.judge), coefficients([.entry, .judge]))
        variances = JackknifedVariances.Variances(study)
        squares = study.components.indices.map { place in
            let square = study.components[place]
            let rest = max(0, square.facets == [.entry, .judge] ? 0 : square.meanSquare - noise)
            func part(_ coefficients: [Double]) -> Double { coefficients.isEmpty ? 0 : coefficients[place] }
            return (
                2 * (square.meanSquare * square.meanSquare - rest * rest) / square.degreesOfFreedom, part(entry), part(judge), part(own)
            )
        }
    }

    /// The variance that single scores give to −log(1 − ρ), with so much of the judges' variance in the error.
    func variance(judgeShare: Double) -> Double {
        let error = variances.noise + judgeShare * variances.judge
        let total = variances.entry + error
        guard error > 0, total > 0 else { return 0 }
        return squares.reduce(0) { sum, square in
            let ofError = square.noise + judgeShare * square.judge
            let slope = (square.entry + ofError) / total - ofError / error
            return sum + slope * slope * max(0, square.ofScores)
        }
    }
}
