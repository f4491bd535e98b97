/// The variances of entries, judges and noise with some judges or entries left out: intervals of correlations that hold as well when judges
/// are unlike.
///
/// F distributions and draws of mean squares take every judge for a sample of one scale and one normal noise. Of judges who differ in
/// these, or of noise with heavy tails, a few judges say much less about other judges than that, and such intervals of 95 % cover the true
/// value in 55 to 90 % of contests. Leaving judges out shows how much a correlation depends on who sat, whatever the reason. The interval
/// of a correlation ρ is made on the scale −log(1 − ρ); in the population no correlation is negative.
///
/// Sources: as for `TwoWayJackknife`; Arvesen and Schmitz, *Robust procedures for variance component problems using the jackknife*,
/// Biometrics 26 (1970), for the logarithm.
struct JackknifedVariances: Sendable {
    private let jackknife: TwoWayJackknife
    /// The variances of each pass.
    private let passes: [Variances?]
    private let noise: NoiseOfCorrelation

    /// Variances, or their estimates, which may be negative.
    struct Variances: Sendable {
        let entry: Double
        let judge: Double
        let noise: Double
    }

    /// Scores, and levels of the smaller side, up to which an incomplete table is fitted once for each pass.
    private static let mostScores = 10_000
    private static let mostLevels = 100
    /// Scores of other tables up to which every pass makes one of its own.
    private static let mostCells = 1_000_000

    /// The passes of a sheet of totals; `nil` with two judges, who say nothing about others, and of tables too large for so many fits.
    init?(of sheet: ScoreSheet, _ study: Generalizability) {
        guard sheet.criteria.isEmpty, sheet.judges.count > 2 else { return nil }
        let isFitted = study.design == .incomplete
        guard sheet.count <= (isFitted ? JackknifedVariances.mostScores : JackknifedVariances.mostCells) else { return nil }
        guard !isFitted || min(sheet.entries.count, sheet.judges.count) <= JackknifedVariances.mostLevels else { return nil }
        jackknife = TwoWayJackknife(of: sheet, leavesJudges: study.design != .nestedJudges)
        noise = NoiseOfCorrelation(study)
        let whole = Variances(study)
        passes = jackknife.passes { omission in
            // All passes come from one search: the jackknife multiplies what two searches end apart by.
            guard isFitted || omission != .nothing else { return Variances(study) }
            let rest = omission == .nothing ? sheet : sheet.leaving(omission)
            return isFitted ? Variances(fittedTo: rest, near: whole) : (try? Generalizability(of: rest)).map { Variances($0) }
        }
    }

    /// The interval of the part of entries in a score whose error has so much of the judges' variance; `nil` where it is undefined, or 1,
    /// in some pass.
    func interval(level: Double, judgeShare: Double) -> ClosedRange<Double>? {
        let values = passes.map { variances in
            variances?.correlation(judgeShare: judgeShare).flatMap { $0 < 1 ? -naturalLogarithm(1 - $0) : nil }
        }
        let ofScores = noise.variance(judgeShare: judgeShare)
        return jackknife.interval(level: level, of: values, scores: ofScores) { max(0, 1 - exponential(-$0)) }?.range
    }
}

extension JackknifedVariances.Variances {
    init(_ study: Generalizability) {
        func variance(_ facets: Facets) -> Double { study.component(facets)?.variance ?? 0 }
        self.init(entry: variance(.entry), judge: variance(.judge), noise: variance([.entry, .judge]))
    }

    /// The jackknife multiplies what a pass is away from its optimum by the number of passes.
    private static let tolerance = 1e-5

    /// By restricted likelihood, from the variances of the whole sheet: a search on all sides, of small tables, would take longer than
    /// everything else that is asked of judges.
    fileprivate init?(fittedTo sheet: ScoreSheet, near whole: Self) {
        guard sheet.count > max(sheet.entries.count, sheet.judges.count) else { return nil }
        let design = CrossedDesign(of: sheet, heats: false, groups: [Int32](repeating: 0, count: sheet.entries.count), groupCount: 1)
        let start = StartingRatios(design)
        let ratios = (design.isEntryEliminated ? [whole.entry, whole.judge] : [whole.judge, whole.entry]).map { max(0, $0 / whole.noise) }
        let isUsable = whole.noise > 0 && ratios.allSatisfy { $0 > 0 }
        let near = isUsable ? ratios : start.ratios
        guard start.scatter > 0,
            let found = try? VarianceSearch(design, from: near, isFree: start.isFree, by: .reml, tolerance: Self.tolerance)
        else { return nil }
        let (noise, last) = (found.solution.residualVariance, found.ratios)
        let (entry, judge) = design.isEntryEliminated ? (last[0], last[1]) : (last[1], last[0])
        self.init(entry: noise * entry, judge: noise * judge, noise: noise)
    }

    /// The part of entries in a score whose error has so much of the judges' variance.
    func correlation(judgeShare: Double) -> Double? {
        let total = entry + noise + judgeShare * judge
        return total > 0 ? entry / total : nil
    }
}

extension ScoreSheet {
    /// The sheet without the scores that a pass leaves out.
    fileprivate func leaving(_ omission: TwoWayJackknife.Omission) -> ScoreSheet {
        selecting(performances: performances.indices.filter { !omission.omits(entry: performances[$0].entry) }) {
            !omission.omits(judge: judgeCodes[$0])
        }
    }
}

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
        squares = study.components.indices.map { position in
            let square = study.components[position]
            let rest = max(0, square.facets == [.entry, .judge] ? 0 : square.meanSquare - noise)
            func part(_ coefficients: [Double]) -> Double { coefficients.isEmpty ? 0 : coefficients[position] }
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
