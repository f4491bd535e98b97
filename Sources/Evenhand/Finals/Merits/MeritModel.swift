/// The model of judges and entries behind the probabilities of a list: one for each stage that counts.
public struct MeritModel: Sendable {
    /// Which model.
    public enum Kind: String, Sendable, CaseIterable {
        /// Judges differ in severity.
        case crossed
        /// Judges differ in severity, scale and noise; crossed where that cannot be estimated.
        case calibrated
    }

    /// Why judges' scales and noises are not estimated although they were to be.
    public enum Obstacle: Sendable, Equatable {
        /// Heats have effects, which only the crossed model includes.
        case heats
        /// The list leaves scores out or moves them by their size, and weights judges in its own way.
        case selection
        /// The scores do not allow it.
        case scores(FitObstacle)
    }

    /// The model of a stage, and what the stage counts.
    public struct Term: Sendable {
        /// The name, when stages are combined.
        public let stage: String?
        /// What a point of merit adds to the result of each entry of the list: the weight of the stage, times the factor of a rule.
        public let factors: [Double]
        /// Whether results are means of the scores as they are; otherwise the fits are to `WorkingScores`.
        public let isLinear: Bool
        /// The crossed fit to its totals, or to working scores.
        public let fit: CrossedEffects
        /// The calibrated one, when merits are by that.
        public let calibrated: Calibrated?
        /// The model of entries, judges and items, where scores are of items; merits are by that then.
        public let facets: FacetModel?
        /// Why there is none although it was requested.
        public let obstacle: Obstacle?
        /// Judges with equal scores beyond chance.
        public let copies: JudgeCopies
        /// The position in the fit of each entry of the list.
        public let positions: [Int]
    }

    /// The entries of the list.
    public let entries: [String]
    /// The stages that count; the ranked one alone when they are not combined.
    public let terms: [Term]
    /// What a rule adds to each entry whatever its scores are, in points of which more is better: its deductions, mostly.
    public let offsets: [Double]
    /// What the effects of heats are taken for, where there are any.
    public let heatMeans: CrossedEffects.HeatMeans
    /// How terms become a result where it is the best of several runs, and not a sum.
    private let runs: RunTerms?

    /// Fits the models of a list.
    ///
    /// Heats have effects where their panels share no judge, or when it is said what they mean.
    /// - Throws: `DesignError.tooFew` where entries have one score each, `FitError`.
    /// - Parameters:
    ///   - list: the official list.
    ///   - kind: which model.
    ///   - heatMeans: what the effects of heats are taken for.
    ///   - covariates: columns of numbers or groups that scores may depend on.
    public init(
        of list: OfficialList, by kind: Kind = .calibrated, heatMeans: CrossedEffects.HeatMeans? = nil, covariates: [String] = []
    ) throws {
        entries = list.entries
        self.heatMeans = heatMeans ?? .strength
        let apart = try ListTerms(of: list)
        (offsets, runs) = (apart.offsets, apart.runs)
        let judgements = MeritModel.judgements(of: list, hasCovariates: !covariates.isEmpty)
        terms = try apart.terms.map { term in
            try Term(of: term, by: kind, heatMeans: heatMeans, judgements: judgements, covariates: covariates)
        }
    }

    /// The scores of items behind a list of means; `nil` without items, and where results are not such means.
    private static func judgements(of list: OfficialList, hasCovariates: Bool) -> ScoreSheet? {
        guard list.totals.judgements.hasItems || hasCovariates, list.recipe.stageWeights.isEmpty,
            case .method(let method) = list.recipe.basis,
            !method.selectsScores
        else { return nil }
        return list.totals.judgements
    }

    /// The models of a list, or what stands in the way of them.
    public static func result(
        of list: OfficialList, by kind: Kind = .calibrated, heatMeans: CrossedEffects.HeatMeans? = nil, covariates: [String] = []
    ) -> Result<MeritModel, FitObstacle> {
        FitObstacle.result { try MeritModel(of: list, by: kind, heatMeans: heatMeans, covariates: covariates) }
    }

    /// Whether results are made of several runs, each with terms of its own.
    var isOfRuns: Bool { runs != nil }

    /// Whether heats have effects in some stage.
    public var hasHeatEffects: Bool { terms.contains { $0.fit.heatVariance != nil } }

    /// What each entry is worth by the model: Σ factor · fair average, and what the rule adds; of several runs what the rule makes of
    /// these.
    public var merits: [Double] {
        let averages = terms.map { $0.fairAverages(heatMeans) }
        return entries.indices.map { entry in result(of: entry) { averages[$0][terms[$0].positions[entry]] } }
    }

    /// The result of an entry from its value in each term.
    private func result(of entry: Int, _ value: (Int) -> Double) -> Double {
        func worth(_ term: Int) -> Double { terms[term].factors[entry] * value(term) }
        return runs?.result(of: entry, worth) ?? terms.indices.reduce(offsets[entry]) { $0 + worth($1) }
    }

    /// Draws of the results that merits lead to, from the posteriors of all stages; of results that judges would give, always by the
    /// crossed model.
    public func draws(_ count: Int, of subject: DrawSubject = .merit, seed: UInt64) throws(FitError) -> PosteriorDraws {
        var stages: [PosteriorDraws] = []
        for (index, term) in terms.enumerated() {
            // Stages draw from unrelated streams.
            let own = index == 0 ? seed : RandomStream(seed: seed, stream: UInt64.max - UInt64(index)).first
            stages.append(try term.draws(count, of: subject, seed: own, heatMeans: heatMeans))
        }
        guard stages.count > 1 || runs != nil else { return results(of: stages[0]) }
        // Draws are in the order of the variances they were made with, which stages do not share.
        let all = stages.enumerated().map { index, stage in
            var stream = RandomStream(seed: seed, stream: UInt64.max / 2 - UInt64(index))
            let draws = index == 0 ? stage.all : stream.shuffled(stage.all)
            return sharesLevel ? MeritModel.level(draws) : draws
        }
        return PosteriorDraws(
            (0..<count).map { draw in
                entries.indices.map { entry in result(of: entry) { all[$0][draw][terms[$0].positions[entry]] } }
            })
    }

    /// Whether all runs have the same judges: how severe these are on the whole moves every run alike.
    private var sharesLevel: Bool { runs != nil && terms.allSatisfy { $0.fit.sheet.judges == terms[0].fit.sheet.judges } }

    /// Draws that all have the mean over the entries that they have on average.
    private static func level(_ draws: [[Double]]) -> [[Double]] {
        let means = draws.map { $0.reduce(0, +) / Double($0.count) }
        let level = means.reduce(0, +) / Double(means.count)
        return zip(draws, means).map { own, mean in own.map { $0 + level - mean } }
    }

    /// The results of draws of the only stage.
    private func results(of draws: PosteriorDraws) -> PosteriorDraws {
        let (positions, factors, offsets) = (terms[0].positions, terms[0].factors, offsets)
        let isPlain = factors.allSatisfy { $0 == 1 } && offsets.allSatisfy { $0 == 0 } && positions.elementsEqual(0..<draws.entryCount)
        return isPlain ? draws : draws.transformed(positions: positions, factors: factors, offsets: offsets)
    }
}

extension MeritModel.Term {
    fileprivate init(
        of term: ListTerms.Term, by kind: MeritModel.Kind, heatMeans: CrossedEffects.HeatMeans?, judgements: ScoreSheet? = nil,
        covariates: [String] = []
    ) throws {
        // What a single judge says of each item stands for judges.
        let sheet = judgements.flatMap { term.totals.judges.count == 1 ? $0.itemsAsJudges : nil } ?? term.totals
        let hasHeats = sheet.heats.count > 1 && (heatMeans != nil || PanelDesign(of: sheet).subsetCount > 1)
        (stage, factors, positions, isLinear) = (term.stage, term.factors, term.positions, term.isLinear)
        fit = try CrossedEffects(of: sheet, heats: hasHeats)
        // Draws of entries that are known to be equal would put them in the order of their names.
        guard fit.entryVariance > 0 || fit.residualVariance > 0 else { throw FitError.noDifferences }
        let itemised = kind == .calibrated && !hasHeats ? judgements : nil
        facets = try itemised.map { sheet in try FacetModel(of: sheet, covariates: covariates.flatMap { try sheet.covariates($0) }) }
        let fitted = kind == .calibrated && !hasHeats && isLinear && facets == nil ? FitObstacle.result { try Calibrated(of: sheet) } : nil
        calibrated = fitted?.fit
        copies = JudgeCopies(of: sheet)
        obstacle =
            kind == .crossed || facets != nil ? nil : hasHeats ? .heats : isLinear ? fitted?.obstacle.map { .scores($0) } : .selection
    }

    /// The same model of other scores of the same design.
    func refitted(to sheet: ScoreSheet) throws -> MeritModel.Term {
        let kind: MeritModel.Kind = calibrated == nil ? .crossed : .calibrated
        let term = ListTerms.Term(stage: stage, totals: sheet, positions: positions, factors: factors, isLinear: isLinear)
        return try MeritModel.Term(of: term, by: kind, heatMeans: fit.heatVariance == nil ? nil : .strength)
    }

    /// The fair average of each entry of the stage.
    func fairAverages(_ heatMeans: CrossedEffects.HeatMeans) -> [Double] {
        facets?.fairAverages ?? calibrated?.fairAverages ?? fit.fairAverages(heatMeans: heatMeans)
    }

    func draws(
        _ count: Int, of subject: DrawSubject, seed: UInt64, heatMeans: CrossedEffects.HeatMeans
    ) throws(FitError) -> PosteriorDraws {
        if let facets, subject == .merit || subject == .newPanel { return try facets.draws(count, of: subject, seed: seed) }
        if let calibrated, subject == .merit { return try calibrated.draws(count, seed: seed) }
        return try fit.draws(count, of: subject, seed: seed, heatMeans: heatMeans)
    }
}

extension RandomStream {
    /// The first number of the stream.
    fileprivate var first: UInt64 {
        var stream = self
        return stream.next()
    }
}
