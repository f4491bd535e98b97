import LinearAlgebra

/// What entries and judges contribute to scores: x = μ + θ_entry + β_judge (+ γ_heat) + ε, with θ, β, γ and ε independent normals.
///
/// Variances maximise the restricted (or full) likelihood for any design, complete or not; effects are their conditional means (BLUPs). A
/// variance of 0 is an answer: the data show no such differences beyond the noise. All numbers are in points.
///
/// Sources: Henderson, *Applications of Linear Models in Animal Breeding* (1984); Searle, Casella and McCulloch, *Variance Components*
/// (1992); Bates, Mächler, Bolker and Walker, *Fitting linear mixed-effects models using lme4*, Journal of Statistical Software 67 (2015);
/// Gilmour, Thompson and Cullis, *Average information REML*, Biometrics 51 (1995).
public struct CrossedEffects: Sendable {
    /// What the variances maximise.
    public enum Estimation: String, Sendable, CaseIterable {
        /// The restricted likelihood, which counts the fixed effects as lost degrees of freedom.
        case reml
        /// The likelihood.
        case ml
    }

    /// Whether a heat's effect is part of what its entries are worth.
    public enum HeatMeans: String, Sendable, CaseIterable {
        /// Entries of a high heat are better.
        case strength
        /// A high heat was judged more kindly.
        case leniency
    }

    /// The names of entries, judges and heats, and who met whom.
    public let sheet: ScoreSheet
    /// What the variances maximise.
    public let estimation: Estimation
    /// Var(θ).
    public let entryVariance: Double
    /// Var(β).
    public let judgeVariance: Double
    /// Var(γ), when heats have effects.
    public let heatVariance: Double?
    /// Var(ε); 0 when entries and judges (and heats) explain every score.
    public let residualVariance: Double
    /// −2 log likelihood, restricted when `estimation` is, constants included: what lme4 prints. −∞ when scores with degrees of freedom to
    /// spare are explained exactly.
    public let criterion: Double
    /// How many times the equations were factored on the way.
    public let factorizations: Int
    /// The largest relative change of a ratio of variances in the last step.
    public let change: Double

    /// The groups of the fixed effects; one without a name when there are none.
    public let groups: [String]
    /// The mean of each group by generalized least squares: never the mean of its shrunken entries.
    public let groupMeans: [Double]
    /// θ̂ of each entry.
    public let entryEffects: [Double]
    /// β̂ of each judge, positive for a lenient one.
    public let judgeEffects: [Double]
    /// γ̂ of each heat; empty without heat effects.
    public let heatEffects: [Double]

    let design: CrossedDesign
    /// σ² of `inverse`: the residual variance, or what replaces it where that is 0.
    let workingVariance: Double
    /// The ratios for which `inverse` was made: those of the variances, but for the last step.
    let scaling: CrossedScaling
    let inverse: CrossedInverse
    /// The quadratic forms of the counts of each eliminated level in `inverse`.
    let forms: [Double]

    /// w of each eliminated level.
    var weights: [Double] { scaling.weights }

    /// The (restricted) log likelihood.
    public var logLikelihood: Double { -criterion / 2 }

    /// Fits the model to a sheet of totals.
    ///
    /// - Parameters:
    ///   - sheet: one score for each judge of a performance, as `Totals` makes them.
    ///   - estimation: restricted or full maximum likelihood.
    ///   - heats: whether heats have (random) effects; with one heat there are none.
    ///   - groups: the fixed group of each entry, parallel to `sheet.entries`; entries without one make a last group of their own.
    /// - Throws: `DesignError.tooFew` when entries have one score each (or judges), so that noise and differences cannot be told apart;
    ///   `FitError.tooLarge` where memory has no room for tables of the smaller side; `FitError.notPositiveDefinite`, never seen.
    public init(of sheet: ScoreSheet, by estimation: Estimation = .reml, heats: Bool = false, groups: Factor? = nil) throws {
        precondition(sheet.criteria.isEmpty, "a model is made of judges' totals: pass Totals(of: sheet).sheet")
        precondition(groups.map { $0.codes.count == sheet.entries.count } ?? true, "groups must run parallel to the entries")
        let (names, codes) = CrossedEffects.groups(groups, entryCount: sheet.entries.count)
        let most = max(sheet.entries.count, sheet.judges.count, names.count)
        guard sheet.count > most else { throw DesignError.tooFew(of: "scores", found: sheet.count, needed: most + 1) }
        let hasHeats = heats && sheet.heats.count > 1
        // The equations of the smaller side, their factor and their inverse.
        let isOfJudges = sheet.entries.count >= sheet.judges.count
        let size = min(sheet.entries.count, sheet.judges.count) + (hasHeats ? sheet.heats.count : 0)
        try TableMemory.require(squares: 3, of: size, isOfJudges ? "judges" : "entries")
        let design = CrossedDesign(of: sheet, heats: hasHeats, groups: codes, groupCount: names.count)
        let found = try VarianceEstimates(design, by: estimation)

        let (equations, effects, variances) = (found.equations, found.effects, found.variances)
        (self.sheet, self.estimation, self.design) = (sheet, estimation, design)
        (scaling, inverse, forms) = (equations.scaling, equations.inverse, equations.forms)
        (criterion, factorizations, change) = (found.criterion, found.factorizations, found.change)
        (residualVariance, workingVariance) = (found.residualVariance, found.workingVariance)
        (entryVariance, judgeVariance) = design.isEntryEliminated ? (variances[0], variances[1]) : (variances[1], variances[0])
        heatVariance = hasHeats ? variances[2] : nil
        let dense = Array(effects.columns[design.random[0]])
        (entryEffects, judgeEffects) = design.isEntryEliminated ? (effects.eliminated, dense) : (dense, effects.eliminated)
        heatEffects = hasHeats ? Array(effects.columns[design.random[1]]) : []
        self.groups = names
        groupMeans = design.fixed.map { effects.columns[$0] + design.center }
    }

    private static func groups(_ groups: Factor?, entryCount: Int) -> (names: [String], codes: [Int32]) {
        guard let groups else { return ([""], [Int32](repeating: 0, count: entryCount)) }
        let used = groups.selecting(Array(0..<entryCount))
        let lacksSome = used.codes.contains(Factor.missing)
        let last = Int32(used.levels.count)
        return (used.levels + (lacksSome ? [""] : []), used.codes.map { $0 == Factor.missing ? last : $0 })
    }
}
