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
    /// The position in the fit of each judge of the sheet that was given; `nil` for one who left.
    public let positions: [Int?]
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

    /// How it was computed: directly up to 400 judges, iteratively beyond.
    public let computation: Computation
    /// The root mean square, over entries, of the relative error that the random vectors of an iterative computation leave in
    /// `fairAverageErrors`; 0 for a direct one.
    public let errorAccuracy: Double

    /// The joint posterior of judges and entries.
    let posterior: CalibratedPosterior

    /// How the equations of the judges are solved.
    public enum Computation: String, Sendable, CaseIterable {
        /// A matrix of all judges' parameters is formed and factored: exact, with work that grows with the cube of the judges.
        case direct
        /// Equations are solved by conjugate gradients, volumes come from blocks of judges, and standard errors from blocks, modes and
        /// random vectors with a fixed seed: work that grows with the scores.
        case iterative
    }

    /// Scores less entries and judges for each judge: with fewer, scales and noises say nothing.
    static let leastFreedomPerJudge = 2
    /// Judges of a subset: with two, a scale cannot be separated from a noise.
    static let leastJudges = 3
    /// The work of a direct step grows with the cube of three times the number of judges: beyond so many it is done iteratively.
    public static let mostDirectJudges = 400

    /// Fits the model to a sheet of totals.
    ///
    /// - Throws: `DesignError.tooFew` of `judges` when no three of them are connected, of `scores` when there are too few for scales and
    ///   noises; `FitError.noDifferences` when entries do not differ beyond noise, so there is nothing to
    ///   scale; `FitError.noResidual` when entries and judges explain every score; `FitError.notConverged` when the search converges from
    ///   none of its starts.
    public init(of sheet: ScoreSheet) throws {
        try self.init(of: sheet, start: nil)
    }

    /// - Parameters:
    ///   - start: where the search begins; by default at what `CrossedEffects` finds, with moderate differences in scale and noise.
    ///   - isFree: which of log σ, β², τ_a², τ_b² and τ_s² are estimated; the others stay as they start.
    ///   - computation: how; by default as the number of judges suggests.
    ///   - mostInBlock: judges of a block in an iterative computation.
    init(
        of sheet: ScoreSheet, start: JudgePopulation?, isFree: [Bool] = [true, true, true, true, true], by computation: Computation? = nil,
        mostInBlock: Int = JudgeBlocks.mostJudges
    ) throws {
        precondition(sheet.criteria.isEmpty, "a model is made of judges' totals: pass Totals(of: sheet).sheet")
        let constant = sheet.constantJudges
        let used = sheet.leavingOut(judges: constant)
        let panels = PanelDesign(of: used)
        try Calibrated.requireSupport(used, panels, entryCount: sheet.entries.count)
        let leaves = Set(constant)
        var (position, positions) = (0, [Int?](repeating: nil, count: sheet.judges.count))
        for judge in sheet.judges.indices where !leaves.contains(judge) { (positions[judge], position) = (position, position + 1) }
        let context = Context(sheet: used, constantJudges: constant.map { sheet.judges[$0] }, positions: positions, panels: panels)
        let isDirect = (computation ?? (used.judges.count <= Calibrated.mostDirectJudges ? .direct : .iterative)) == .direct
        let scores = CalibratedScores(of: used, panels)
        let starts =
            try start.map { [$0.measured(from: scores.center, in: scores.unit)] }
            ?? (isDirect ? Calibrated.starts(used, scores) : Calibrated.starts(scores))
        let design = CalibratedDesign(scores, mostInBlock: isDirect ? used.judges.count : mostInBlock)
        let search = try Calibrated.first(starts) { start throws(FitError) in
            try PopulationSearch(design, from: start, isFree: isFree)
        }
        try self.init(context, search, isDirect ? .direct : .iterative)
    }

    /// The search that converges, of several if it must be; what prevented the first one when none does.
    private static func first(
        _ starts: [JudgePopulation], _ search: (JudgePopulation) throws(FitError) -> PopulationSearch
    ) throws(FitError) -> PopulationSearch {
        var obstacle = FitError.noResidual
        for (index, start) in starts.enumerated() {
            do throws(FitError) { return try search(start) } catch {
                if index == 0 { obstacle = error }
            }
        }
        throw obstacle
    }

    /// What a fit is about.
    private struct Context {
        let sheet: ScoreSheet
        let constantJudges: [String]
        let positions: [Int?]
        let panels: PanelDesign
    }

    private init(_ context: Context, _ search: PopulationSearch, _ computation: Computation) throws(FitError) {
        (sheet, constantJudges, positions, panels) = (context.sheet, context.constantJudges, context.positions, context.panels)
        (iterations, change) = (search.steps, search.change)
        let posterior = try CalibratedPosterior(search.mode, hasMatrix: computation == .direct)
        let terms = search.mode.terms
        let (design, point, unit) = (terms.design.scores, terms.point, terms.design.scores.unit)
        var found = terms.population
        found.location = point.location
        population = found.measured(from: -design.center / unit, in: 1 / unit)
        logLikelihood = search.mode.logLikelihood - Double(design.scoreCount) * naturalLogarithm(unit)

        func errors(_ kind: Int) -> [Double] {
            (0..<design.judgeCount).map { terms.deviations[kind] * max(0, posterior.diagonal[3 * $0 + kind]).squareRoot() }
        }
        judgeLocations = (0..<design.judgeCount).map {
            design.center + unit * (point.location + terms.deviations[0] * point.values[3 * $0])
        }
        judgeLocationErrors = errors(0).map { unit * $0 }
        (judgeScales, judgeScaleErrors) = (terms.scales, errors(1))
        (judgeNoises, judgeNoiseErrors) = (terms.precisions.map { unit / $0.squareRoot() }, errors(2))
        (fairAverages, fairAverageErrors) = (posterior.means, posterior.deviations)
        (self.computation, errorAccuracy, self.posterior) = (computation, posterior.accuracy, posterior)
    }

    /// - Parameter entries: all that need scores, those of judges who left the model among them.
    private static func requireSupport(_ sheet: ScoreSheet, _ panels: PanelDesign, entryCount entries: Int) throws(DesignError) {
        let judges = sheet.judges.count
        var sizes = [Int](repeating: 0, count: panels.subsetCount)
        for subset in panels.subsetOfJudge { sizes[Int(subset)] += 1 }
        let largest = sizes.max() ?? 0
        guard largest >= leastJudges else { throw .tooFew(of: "connected judges", found: largest, needed: leastJudges) }
        let needed = entries + (1 + leastFreedomPerJudge) * judges - panels.subsetCount
        guard sheet.count >= needed else { throw .tooFew(of: "scores", found: sheet.count, needed: needed) }
        guard sheet.entries.count == entries else { throw .tooFew(of: "scored entries", found: sheet.entries.count, needed: entries) }
    }

    /// Where to look for the population: at what `CrossedEffects` finds, with moderate differences in scale and noise, then with others.
    private static func starts(_ sheet: ScoreSheet, _ design: CalibratedScores) throws -> [JudgePopulation] {
        let crossed = try CrossedEffects(of: sheet, by: .ml)
        guard crossed.entryVariance > 0 else { throw FitError.noDifferences }
        guard crossed.residualVariance > 0 else { throw FitError.noResidual }
        let deviation = max(crossed.judgeVariance, 1e-3 * crossed.residualVariance).squareRoot()
        return differing(
            JudgePopulation(
                location: 0, scale: crossed.entryVariance.squareRoot(), noise: crossed.residualVariance.squareRoot(),
                locationDeviation: deviation, scaleDeviation: 0, noiseDeviation: 0
            ).measured(from: design.center, in: design.unit))
    }

    /// The same where the crossed model would take a matrix of all judges: variances from those between and within entries and judges, as
    /// if entries met judges at random.
    private static func starts(_ design: CalibratedScores) -> [JudgePopulation] {
        let total = Double(design.scoreCount)
        let scatter = design.scatters.reduce(0, +)
        func within(_ groups: [Int], _ count: Int) -> Double {
            var (numbers, sums) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
            for (meeting, group) in groups.enumerated() {
                numbers[group] += design.counts[meeting]
                sums[group] += design.counts[meeting] * design.means[meeting]
            }
            var squares = scatter
            for (meeting, group) in groups.enumerated() {
                let distance = design.means[meeting] - sums[group] / numbers[group]
                squares += design.counts[meeting] * distance * distance
            }
            return squares / max(1, total - Double(count))
        }
        let entries = (0..<design.entryCount).flatMap { [Int](repeating: $0, count: design.starts[$0 + 1] - design.starts[$0]) }
        let (ofEntries, ofJudges) = (within(entries, design.entryCount), within(design.judges, design.judgeCount))
        let least = 0.05
        return differing(
            JudgePopulation(
                location: 0, scale: max(least, 1 - ofEntries).squareRoot(), noise: max(least, ofEntries + ofJudges - 1).squareRoot(),
                locationDeviation: max(least, 1 - ofJudges).squareRoot(), scaleDeviation: 0, noiseDeviation: 0))
    }

    /// Populations with moderate differences in scale and noise, then with others.
    private static func differing(_ population: JudgePopulation) -> [JudgePopulation] {
        [(0.2, 0.2), (0.05, 0.05), (0.1, 0.6), (0.6, 0.1)].map { scale, noise in
            var own = population
            (own.scaleDeviation, own.noiseDeviation) = (scale, noise)
            return own.rounded
        }
    }
}
