import LinearAlgebra

/// What entries are worth when judges differ in severity, scale and noise: x = aⱼ + bⱼ θᵢ + ε, θ ~ N(0, 1), ε ~ N(0, σⱼ²).
///
/// The judges' parameters come from a population (`JudgePopulation`) that is estimated too, so that a judge with five scores is drawn
/// toward the panel and one with a hundred hardly at all. Without differences in scale and noise it is `CrossedEffects` by maximum
/// likelihood. The *fair average* of an entry is what the median judge would have given, α + β θ̂, in points.
///
/// Entries and locations are integrated out exactly, scales and noises by Laplace's approximation; the population maximises what remains.
/// Standard errors contain what is not known about the judges and α; the population's standard deviations are taken as known.
///
/// Sources: Jöreskog, *A general approach to confirmatory maximum likelihood factor analysis*, Psychometrika 34 (1969), for the congeneric
/// model; Tierney and Kadane, *Accurate approximations for posterior moments and marginal densities*, Journal of the American Statistical
/// Association 81 (1986).
public struct Calibrated: Sendable {
    /// The names of entries and judges, and who met whom; without `constantJudges`.
    public let sheet: ScoreSheet
    /// The names of the judges who gave every entry the same score: they do not separate entries, and leave the model.
    public let constantJudges: [String]
    /// The place in the fit of each judge of the sheet that was given; `nil` for one who left.
    public let places: [Int?]
    /// Which judges are connected. With several subsets, scales are measured against the mean of the judge's own subset.
    public let panels: PanelDesign
    /// Whom the judges are drawn from.
    public let population: JudgePopulation
    /// What the median judge would have given each entry, in points.
    public let fairAverages: [Double]
    /// Their standard errors, what is not known about the judges included.
    public let fairAverageErrors: [Double]
    /// aⱼ: what each judge gives the average entry, in points.
    public let judgeLocations: [Double]
    /// The standard errors of the locations against the median judge's, in points.
    public let judgeLocationErrors: [Double]
    /// bⱼ/β: how many points a judge makes of one point of the median judge. 1 is the median; below 1 the scale is compressed.
    public let judgeScales: [Double]
    /// The standard errors of the logarithms of the scales.
    public let judgeScaleErrors: [Double]
    /// σⱼ: the standard deviation of each judge's noise, in points.
    public let judgeNoises: [Double]
    /// The standard errors of the logarithms of the noises.
    public let judgeNoiseErrors: [Double]
    /// The log likelihood of the population for the scores in points, by Laplace's approximation.
    public let logLikelihood: Double
    /// Steps of the search for the population.
    public let iterations: Int
    /// The largest change of a parameter of the population (relative, for variances) that one more step would have made.
    public let change: Double

    let posterior: EntryPosterior
    let mode: JudgeMode
    /// The inverse of the curvature.
    let inverse: Matrix

    /// Scores less entries and judges for each judge: with fewer, scales and noises say nothing.
    static let leastFreedomPerJudge = 2
    /// Judges of a subset: with two, a scale cannot be separated from a noise.
    static let leastJudges = 3
    /// The work of a step grows with the cube of three times the number of judges.
    static let mostJudges = 400

    /// Fits the model to a sheet of totals.
    ///
    /// - Throws: `DesignError.tooFew` of `judges` when no three of them are connected, of `scores` when there are too few for scales and
    ///   noises; `DesignError.tooMany` judges; `FitError.noDifferences` when entries do not differ beyond noise, so there is nothing to
    ///   scale; `FitError.noResidual` when entries and judges explain every score; `FitError.notConverged` when the search converges from
    ///   none of its starts.
    public init(of sheet: ScoreSheet) throws {
        try self.init(of: sheet, start: nil)
    }

    /// - Parameters:
    ///   - start: where the search begins; by default at what `CrossedEffects` finds, with moderate differences in scale and noise.
    ///   - isFree: which of log σ, β², τ_a², τ_b² and τ_s² are estimated; the others stay as they start.
    init(of sheet: ScoreSheet, start: JudgePopulation?, isFree: [Bool] = [true, true, true, true, true]) throws {
        precondition(sheet.criteria.isEmpty, "a model is made of judges' totals: pass Totals(of: sheet).sheet")
        let constant = sheet.constantJudges
        let used = sheet.leavingOut(judges: constant)
        let panels = PanelDesign(of: used)
        try Calibrated.requireSupport(used, panels, entryCount: sheet.entries.count)
        let design = CalibratedDesign(of: used, panels)
        let starts = try start.map { [$0.measured(from: design.center, in: design.unit)] } ?? Calibrated.starts(used, design)
        let search = try Calibrated.search(design, from: starts, isFree: isFree)
        var (position, places) = (0, [Int?](repeating: nil, count: sheet.judges.count))
        for judge in sheet.judges.indices where !constant.contains(judge) { (places[judge], position) = (position, position + 1) }
        self.init(used, constant.map { sheet.judges[$0] }, places, panels, design, search)
    }

    /// The search that converges, of several if it must be; what prevented the first one when none does.
    private static func search(
        _ design: CalibratedDesign, from starts: [JudgePopulation], isFree: [Bool]
    ) throws(FitError) -> PopulationSearch {
        var obstacle = FitError.noResidual
        for (index, start) in starts.enumerated() {
            do throws(FitError) { return try PopulationSearch(design, from: start, isFree: isFree) } catch {
                if index == 0 { obstacle = error }
            }
        }
        throw obstacle
    }

    private init(
        _ sheet: ScoreSheet, _ constantJudges: [String], _ places: [Int?], _ panels: PanelDesign, _ design: CalibratedDesign,
        _ search: PopulationSearch
    ) {
        (self.sheet, self.constantJudges, self.places) = (sheet, constantJudges, places)
        (self.panels, mode) = (panels, search.mode)
        (iterations, change) = (search.steps, search.change)
        let (equations, curvature, unit) = (search.mode.equations, search.mode.curvature, design.unit)
        var found = equations.population
        found.location = equations.location
        population = found.measured(from: -design.center / unit, in: 1 / unit)
        logLikelihood = search.mode.logLikelihood - Double(design.scoreCount) * naturalLogarithm(unit)

        let inverse = curvature.cholesky.inverse
        self.inverse = inverse
        let errors = curvature.deviations.indices.map { curvature.deviations[$0] * max(0, inverse[$0, $0]).squareRoot() }
        let count = design.judgeCount
        judgeLocations = equations.severities.map { design.center + unit * (equations.location + $0) }
        judgeLocationErrors = errors[..<count].map { unit * $0 }
        (judgeScales, judgeScaleErrors) = (equations.scales, Array(errors[count..<2 * count]))
        (judgeNoises, judgeNoiseErrors) = (equations.precisions.map { unit / $0.squareRoot() }, Array(errors[2 * count..<3 * count]))

        let fair = equations.merits.map { design.center + unit * (equations.location + $0) }
        let rows = curvature.effects.addingToColumn(3 * count, 1).scalingColumns(by: curvature.deviations.map { unit * $0 })
        let own = equations.entryVariances.map { unit * unit * $0 }
        posterior = EntryPosterior(means: fair, own: own, rows: rows, covariance: inverse)
        (fairAverages, fairAverageErrors) = (fair, posterior.deviations)
    }

    /// - Parameter entries: all that need scores, those of judges who left the model among them.
    private static func requireSupport(_ sheet: ScoreSheet, _ panels: PanelDesign, entryCount entries: Int) throws(DesignError) {
        let judges = sheet.judges.count
        var sizes = [Int](repeating: 0, count: panels.subsetCount)
        for subset in panels.subsetOfJudge { sizes[Int(subset)] += 1 }
        let largest = sizes.max() ?? 0
        guard largest >= leastJudges else { throw .tooFew(of: "connected judges", found: largest, needed: leastJudges) }
        guard judges <= mostJudges else { throw .tooMany(of: "judges", found: judges, limit: mostJudges) }
        let needed = entries + (1 + leastFreedomPerJudge) * judges - panels.subsetCount
        guard sheet.count >= needed else { throw .tooFew(of: "scores", found: sheet.count, needed: needed) }
        guard sheet.entries.count == entries else { throw .tooFew(of: "scored entries", found: sheet.entries.count, needed: entries) }
    }

    /// Where to look for the population: at what `CrossedEffects` finds, with moderate differences in scale and noise, then with others.
    private static func starts(_ sheet: ScoreSheet, _ design: CalibratedDesign) throws -> [JudgePopulation] {
        let crossed = try CrossedEffects(of: sheet, by: .ml)
        guard crossed.entryVariance > 0 else { throw FitError.noDifferences }
        guard crossed.residualVariance > 0 else { throw FitError.noResidual }
        let deviation = max(crossed.judgeVariance, 1e-3 * crossed.residualVariance).squareRoot()
        return [(0.2, 0.2), (0.05, 0.05), (0.1, 0.6), (0.6, 0.1)].map { scale, noise in
            JudgePopulation(
                location: 0, scale: crossed.entryVariance.squareRoot(), noise: crossed.residualVariance.squareRoot(),
                locationDeviation: deviation, scaleDeviation: scale, noiseDeviation: noise
            ).measured(from: design.center, in: design.unit).rounded
        }
    }
}
