/// The standard error of the difference of two results of a list, for the same judges' scores given again or, by the jackknife, for other
/// judges.
struct GapError: Sendable {
    let source: CutReport.GapErrors
    private let list: OfficialList
    /// The model of the only stage; `nil` where results are not averages in points, or of several stages.
    private let term: MeritModel.Term?
    private let runs: [[Double?]]
    /// The shares of judges in the scores of each entry of the model.
    private let shares: LevelShares?
    private let counts: [Int]
    /// The errors of a model of items.
    private let errors: FacetModel.EntryErrors?

    init(_ list: OfficialList, model: MeritModel?, influence: Influence?) {
        self.list = list
        let term = model.flatMap { $0.terms.count == 1 && GapError.isOnScale(list) ? $0.terms[0] : nil }
        self.term = term
        source = term == nil ? .jackknife : .variances
        runs =
            term == nil
            ? (influence?.effects ?? []).compactMap { effect in
                guard case .judge = effect.change else { return nil }
                return effect.results
            } : []
        counts = term?.fit.sheet.scoreCounts ?? []
        errors = term.flatMap { $0.facets?.entryErrors(factors: $0.factors) }
        shares = errors == nil ? term.map { LevelShares(of: $0.fit.sheet, .judge) } : nil
    }

    /// Whether results are averages of scores in points.
    private static func isOnScale(_ list: OfficialList) -> Bool {
        guard case .method(let method) = list.recipe.basis else { return true }
        guard list.recipe.stageWeights.isEmpty else { return false }
        switch method {
        case .mean, .median, .trimmed, .winsorized, .clipped, .huber, .normalized(.centered, _), .additive, .crossed, .calibrated:
            return true
        default: return false
        }
    }

    /// √Var(f x̄ − f′ x̄′) for the panels of two entries and the factors of a rule, σ² (f²/m + f′²/m′) + σ_J² Σ (f share − f′ share′)² over
    /// judges; 1 without a rule.
    func error(_ a: Int, _ b: Int) -> Double? {
        guard let term else { return jackknife(a, b) }
        let (i, j) = (term.positions[a], term.positions[b])
        if case .method(.crossed(_, let means)) = list.recipe.basis {
            return term.fit.errorOfDifference(i, j, heatMeans: means ?? .leniency)
        }
        if case .method(.calibrated) = list.recipe.basis, let calibrated = term.calibrated { return calibrated.errorOfDifference(i, j) }
        let (f, g) = (term.factors[a], term.factors[b])
        if let errors { return errors.variance(ofDifference: i, j, factors: f, g).squareRoot() }
        let noise = term.fit.residualVariance * (f * f / Double(counts[i]) + g * g / Double(counts[j]))
        let severity = shares?.squaredDifference(i, j, factors: f, g) ?? 0
        return (noise + term.fit.judgeVariance * severity).squareRoot()
    }

    /// √((J − 1)/J Σ (d₍ⱼ₎ − d̄)²) over the lists without one judge (Quenouille 1956; Tukey 1958).
    private func jackknife(_ a: Int, _ b: Int) -> Double? {
        let differences = runs.compactMap { results in results[a].flatMap { x in results[b].map { x - $0 } } }
        guard differences.count > 1, differences.count == runs.count else { return nil }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ((count - 1) / count * squares).squareRoot()
    }
}
