import LinearAlgebra

/// What entries and judges contribute to scores: x = μ + θ_entry + β_judge (+ γ_heat) + ε, with θ, β, γ and ε independent normals.
///
/// Variances maximise the restricted (or full) likelihood for any design, complete or not; effects are their conditional means (BLUPs). A
/// variance of 0 is an answer: the data show no such differences beyond the noise. All numbers are in points.
///
/// Sources: Henderson, *Applications of Linear Models in Animal Breeding* (1984); Searle, Casella and McCulloch, *Variance Components* (1992);
/// Bates, Mächler, Bolker and Walker, *Fitting linear mixed-effects models using lme4*, Journal of Statistical Software 67 (2015); Gilmour,
/// Thompson and Cullis, *Average information REML*, Biometrics 51 (1995).
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
    /// Var(ε).
    public let residualVariance: Double
    /// −2 log likelihood, restricted when `estimation` is, constants included: what lme4 prints.
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
    ///   `FitError.tooLarge` where memory has no room for tables of the smaller side; `FitError.noResidual` when the model explains the scores without a rest; `FitError.notConverged`.
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
        let start = StartingRatios(design)
        guard start.scatter > 0 else { throw FitError.noResidual }
        let search = try VarianceSearch(design, from: start.ratios, isFree: start.isFree, by: estimation)

        let (equations, effects) = (search.equations, search.solution.effects)
        (self.sheet, self.estimation, self.design) = (sheet, estimation, design)
        (scaling, inverse, forms) = (equations.scaling, equations.inverse, equations.forms)
        (criterion, factorizations, change) = (search.criterion, search.factorizations, search.change)
        residualVariance = search.solution.residualVariance
        let variances = search.ratios.map { $0 * search.solution.residualVariance }
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

/// Where the search for variance ratios begins: estimates from sums of squares (Henderson's method 1), which need one pass and are
/// unbiased when no judge scored an entry twice.
private struct StartingRatios {
    let ratios: [Double]
    /// A factor with one level cannot be told from the mean.
    let isFree: [Bool]
    /// The sum of squares of the scores about their mean.
    let scatter: Double

    init(_ design: CrossedDesign) {
        let count = Double(design.scoreCount)
        let columns = design.random[0]
        let square = design.sums.eliminated.reduce(0, +) * design.sums.eliminated.reduce(0, +) / count
        let scatter = design.squares - square
        let between = [
            StartingRatios.squares(design.sums.eliminated, over: design.sizes) - square,
            StartingRatios.squares(Array(design.sums.columns[columns]), over: design.denseSizes) - square,
        ]
        let levels = [Double(design.sizes.count), Double(columns.count)]
        let squares = [design.sizes, design.denseSizes].map { sizes in sizes.reduce(0.0) { $0 + $1 * $1 } / count }
        // Expected sums of squares about the mean: the coefficients of the eliminated variance, the other one and the noise.
        let total = [count - squares[0], count - squares[1], count - 1]
        let first = [count - squares[0], levels[0] - squares[1], levels[0] - 1]
        let second = [levels[1] - squares[0], count - squares[1], levels[1] - 1]
        let variances = StartingRatios.solution([total, first, second], [scatter, between[0], between[1]])
        let noise = variances.map { max($0[2], 0.05 * scatter / count) } ?? scatter / count
        var ratios = (0..<2).map { (factor: Int) -> Double in min(100, max(0.02, (variances?[factor] ?? noise) / noise)) }
        if design.random.count > 1 { ratios.append(0.2 * max(ratios[0], ratios[1])) }
        let isFree = levels.map { $0 > 1 } + design.random.dropFirst().map { $0.count > 1 }
        self.ratios = ratios.indices.map { isFree[$0] ? ratios[$0] : 0 }
        (self.isFree, self.scatter) = (isFree, scatter)
    }

    private static func squares(_ sums: [Double], over sizes: [Double]) -> Double {
        zip(sums, sizes).reduce(0.0) { $0 + $1.0 * $1.0 / $1.1 }
    }

    /// The solution of three equations by Cramer's rule; `nil` when they hang together.
    private static func solution(_ rows: [[Double]], _ right: [Double]) -> [Double]? {
        func determinant(_ m: [[Double]]) -> Double {
            m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
        }
        let whole = determinant(rows)
        let size = rows.reduce(1.0) { size, row in size * (row.map(\.magnitude).max() ?? 0) }
        guard whole.magnitude > 1e-12 * size else { return nil }
        return (0..<3).map { column in
            determinant(rows.enumerated().map { place, row in row.indices.map { $0 == column ? right[place] : row[$0] } }) / whole
        }
    }
}
