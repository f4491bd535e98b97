import LinearAlgebra

/// The variances of a crossed model that minimise its criterion, with the effects there and the equations that posteriors are made of.
///
/// Small models are searched on all sides (`BoundedSearch`). Large ones determine their variances well, and each step costs a factorisation
/// of the whole: for them steps from a good start do (`VarianceSearch`), and only where these fail are they searched like small ones.
struct VarianceEstimates: Sendable {
    /// Those of the eliminated factor, the smaller one and the heats.
    let variances: [Double]
    /// σ²; 0 when the model explains the scores exactly.
    let residualVariance: Double
    /// σ² of the equations, which are over it: that of the residual, or a share of the largest variance so small that no posterior shows
    /// it.
    let workingVariance: Double
    /// At ratios to the working variance that are those of the estimates, but for the last step of the search.
    let equations: InvertedEquations
    let effects: LevelValues
    /// −2 log (restricted) likelihood; −∞ when scores are explained exactly that had degrees of freedom.
    let criterion: Double
    /// How many times equations were factored.
    let factorizations: Int
    /// The largest relative change of a variance in the last step.
    let change: Double

    /// Entries, judges and heats of a small model.
    private static let small = 80
    /// The noise that replaces anything smaller, as a share of the largest variance: what it adds to a standard error is a 10⁻⁵th of the
    /// largest deviation.
    private static let leastNoise = 1e-10

    init(_ design: CrossedDesign, by estimation: CrossedEffects.Estimation) throws(FitError) {
        let start = StartingRatios(design)
        if start.scatter > 0, design.sizes.count + design.fixed.lowerBound > VarianceEstimates.small,
            let search = try? VarianceSearch(design, from: start.ratios, isFree: start.isFree, by: estimation)
        {
            self.init(search)
        } else if start.scatter > 0 {
            let contrasts = try ErrorContrasts(design)
            try self.init(design, BoundedSearch(contrasts, isFree: start.isFree, by: estimation), by: estimation)
        } else {
            try self.init(constant: design, by: estimation)
        }
    }

    private init(_ search: VarianceSearch) {
        let noise = search.solution.residualVariance
        variances = search.ratios.map { $0 * noise }
        (residualVariance, workingVariance) = (noise, noise)
        (equations, effects, criterion) = (search.equations, search.solution.effects, search.criterion)
        (factorizations, change) = (search.factorizations, search.change)
    }

    private init(_ design: CrossedDesign, _ search: BoundedSearch, by estimation: CrossedEffects.Estimation) throws(FitError) {
        let (found, best) = (search.variances, search.best)
        let noise = found[found.count - 1]
        variances = Array(found.dropLast())
        residualVariance = noise
        criterion = noise > 0 || best.contrasts.restCount == 0 ? best.criterion : -.infinity
        (factorizations, change) = (search.factorizations, search.change)
        let effects = variances.indices.map { best.effects(of: $0) }
        self.effects = LevelValues(eliminated: effects[0], columns: effects[1...].flatMap(\.self) + best.fixedEffects)
        var share = VarianceEstimates.leastNoise
        while true {
            let working = max(noise, share * (variances.max() ?? 0))
            do {
                equations = try VarianceEstimates.equations(design, variances.map { $0 / working }, by: estimation)
                workingVariance = working
                return
            } catch {
                guard share < 1e-4 else { throw error }
                share *= 10
            }
        }
    }

    /// Scores that are all equal: no variance, and every effect 0.
    private init(constant design: CrossedDesign, by estimation: CrossedEffects.Estimation) throws(FitError) {
        variances = design.random.map { _ in 0 } + [0]
        (residualVariance, workingVariance, criterion) = (0, 0, -.infinity)
        equations = try VarianceEstimates.equations(design, variances, by: estimation)
        effects = equations.solution.effects
        (factorizations, change) = (1, 0)
    }

    private static func equations(
        _ design: CrossedDesign, _ ratios: [Double], by estimation: CrossedEffects.Estimation
    ) throws(FitError) -> InvertedEquations {
        let storage = Matrix(rows: design.columnCount, columns: design.columnCount)
        var equations = try InvertedEquations(design, ratios: ratios, by: estimation, in: consume storage)
        equations.mirror()
        return equations
    }
}
