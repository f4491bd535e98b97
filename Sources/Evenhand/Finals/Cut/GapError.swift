/// The standard error of the difference of two results of a list, for the same judges' scores given anew or, by the jackknife, for other judges.
struct GapError: Sendable {
    let source: CutReport.GapErrors
    private let list: OfficialList
    private let fit: CrossedEffects?
    private let calibrated: Calibrated?
    private let runs: [[Double?]]
    /// For each entry the share of each judge in its scores, where panels differ.
    private let shares: [[Int32: Double]]

    init(_ list: OfficialList, model: MeritModel?, influence: Influence?) {
        self.list = list
        let part = model.flatMap { $0.parts.count == 1 && GapError.isOnScale(list) ? $0.parts[0] : nil }
        let fit = part?.fit
        self.fit = fit
        calibrated = part?.calibrated
        source = fit == nil ? .jackknife : .variances
        runs =
            fit == nil
            ? (influence?.effects ?? []).compactMap { effect in
                guard case .judge = effect.change else { return nil }
                return effect.results
            } : []
        let sheet = list.totals.sheet
        var shares = [[Int32: Double]](repeating: [:], count: fit == nil || list.ranking.design.isComplete ? 0 : sheet.entries.count)
        if !shares.isEmpty {
            let counts = sheet.scoreCounts
            for performance in sheet.performances {
                let entry = Int(performance.entry)
                for row in performance.rows { shares[entry][sheet.judgeCodes[row], default: 0] += 1 / Double(counts[entry]) }
            }
        }
        self.shares = shares
    }

    /// Whether results are averages of scores in points.
    private static func isOnScale(_ list: OfficialList) -> Bool {
        guard case .method(let method) = list.recipe.basis, list.recipe.stageWeights.isEmpty else { return false }
        switch method {
        case .mean, .median, .trimmed, .winsorized, .clipped, .huber, .normalized(.centered, _), .additive, .crossed, .calibrated:
            return true
        default: return false
        }
    }

    func error(_ a: Int, _ b: Int) -> Double? {
        guard let fit else { return jackknife(a, b) }
        if case .method(.crossed(_, let means)) = list.recipe.basis { return fit.errorOfDifference(a, b, heatMeans: means ?? .leniency) }
        if case .method(.calibrated) = list.recipe.basis, let calibrated { return calibrated.errorOfDifference(a, b) }
        let counts = list.totals.sheet.scoreCounts
        let noise = fit.residualVariance * (1 / Double(counts[a]) + 1 / Double(counts[b]))
        guard !shares.isEmpty else { return noise.squareRoot() }
        let judges = Set(shares[a].keys).union(shares[b].keys).sorted()
        let severity = judges.reduce(0.0) { sum, judge in
            let difference = shares[a][judge, default: 0] - shares[b][judge, default: 0]
            return sum + difference * difference
        }
        return (noise + fit.judgeVariance * severity).squareRoot()
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
