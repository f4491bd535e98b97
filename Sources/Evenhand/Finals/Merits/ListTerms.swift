/// The results of a list as sums over stages of factor · mean of judges' totals, plus a fixed offset: what a model can be fitted to, and
/// what it must not see.
///
/// A list by a method has the factor 1, times the weight of the stage. A rule's criterion weights go into the totals; its factors by entry
/// (a difficulty), deductions and panel coefficients are fixed parts that are applied to merits afterwards. Where a rule or method leaves
/// scores out or moves them, or weights judges differently, the totals are `WorkingScores`. Rounding is left out.
struct ListTerms: Sendable {
    /// One stage, or the criteria of a stage that have judges of their own.
    struct Term: Sendable {
        /// The name, when stages are combined.
        var stage: String?
        /// Judges' totals.
        var totals: ScoreSheet
        /// The position in the totals of each entry of the list.
        var positions: [Int]
        /// What a point of its total adds to the result of each entry of the list.
        var factors: [Double]
        /// Whether results are means of the totals as they are.
        var isLinear = true
    }

    let terms: [Term]
    /// What is added to the result of each entry of the list, in points of which more is better.
    let offsets: [Double]
    /// How terms become runs, and runs a result, where results are not sums of the terms.
    let runs: RunTerms?

    /// Takes a list apart.
    ///
    /// - Throws: `DesignError`, `FitError`: what making the list may throw, and `DesignError.noStageResult` for an entry without a total.
    init(of list: OfficialList) throws {
        switch list.recipe.basis {
        case .method(let method):
            runs = nil
            offsets = [Double](repeating: 0, count: list.entries.count)
            guard !list.recipe.stageWeights.isEmpty else {
                terms = [try Term(of: list.totals.sheet, by: method, entries: list.entries)]
                return
            }
            let stages = try WeightedStages(of: list.contest, weights: list.recipe.stageWeights, criteria: list.recipe.criteria)
            terms = try stages.stages.map {
                try Term(of: $0.sheet, by: method, entries: list.entries, stage: $0.name, weight: $0.weight.value)
            }
        case .rule(let rule):
            guard let results = list.ranking.rule else { throw DesignError.noCompleteBallot }
            let stage = try results.stage(of: list.totals.sheet)
            let weights = rule.stages.indices.contains(stage) ? rule.stages[stage].weights.filter { $0.weight.numerator != 0 } : []
            var (terms, offsets) = ([Term](), [Double](repeating: 0, count: list.entries.count))
            func add(_ index: Int?, named name: String?, weight: Double) throws {
                let stage = try RuleStage(LinearRule(of: results, stage: index), entries: list.entries, name: name)
                terms += stage.terms(weight: weight)
                for entry in offsets.indices { offsets[entry] += weight * stage.offsets[entry] }
            }
            for weight in weights {
                try add(rule.stages.firstIndex { $0.name == weight.stage }, named: weight.stage, weight: weight.weight.value)
            }
            guard weights.isEmpty else {
                (self.terms, self.offsets, runs) = (terms, offsets, nil)
                return
            }
            let own = rule.stages.isEmpty ? nil : stage
            do {
                try add(own, named: nil, weight: 1)
                (self.terms, self.offsets, runs) = (terms, offsets, nil)
            } catch FitObstacle.rule {
                let runs = try RunTerms(RunRule(of: results, stage: own), entries: list.entries)
                (self.terms, self.offsets, self.runs) = (runs.terms, offsets, runs)
            }
        }
    }
}

extension ListTerms.Term {
    /// The term that a method makes a result of.
    fileprivate init(of totals: ScoreSheet, by method: ScoringMethod, entries: [String], stage: String? = nil, weight: Double = 1) throws {
        let factors = [Double](repeating: weight, count: entries.count)
        self.init(stage: stage, totals: totals, positions: try totals.positions(of: entries, stage: stage), factors: factors)
        guard method.selectsScores else { return }
        func results(_ sheet: ScoreSheet) throws -> [Double] { try EntryResults(of: sheet, by: method).values }
        func means(_ sheet: ScoreSheet) throws -> [Double] { try EntryResults(of: sheet, by: .mean).values }
        let shifts = zip(try results(totals), try means(totals)).map { $0 - $1 }
        guard shifts.contains(where: { $0.magnitude > ListTerms.rounding }) else { return }
        isLinear = false
        let ratio = try WorkingScores.noiseRatio(of: totals, seed: ListTerms.seed, results: results, means: means)
        self.totals = try WorkingScores.sheet(totals, shifts: shifts, noise: ratio)
    }
}

extension ListTerms {
    /// Results and means that differ by less are the same.
    static let rounding = 1e-9
    /// Of the permutations of residuals: one ratio for each list, whatever the seed of its draws.
    static let seed: UInt64 = 1
}

extension ScoringMethod {
    /// Whether the result depends on which scores are the highest and lowest.
    var selectsScores: Bool {
        switch self {
        case .median, .trimmed, .winsorized, .clipped, .huber: true
        case .mean, .normalized, .additive, .crossed, .calibrated: false
        }
    }
}

extension ScoreSheet {
    /// The index of each of some entries.
    ///
    /// - Throws: `DesignError.noStageResult` for one that is not here.
    func positions(of names: [String], stage: String?) throws(DesignError) -> [Int] {
        let known = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1, $0) })
        var positions: [Int] = []
        for name in names {
            guard let position = known[name] else { throw .noStageResult(entry: name, stage: stage ?? heats.first?.stage ?? "") }
            positions.append(position)
        }
        return positions
    }
}
