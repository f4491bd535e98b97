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
        /// Heats have effects, which only the crossed model knows.
        case heats
        /// The scores do not allow it.
        case scores(FitObstacle)
    }

    /// The model of a stage, and what the stage counts.
    public struct Part: Sendable {
        /// The name, when stages are combined.
        public let stage: String?
        /// What its merits are multiplied by.
        public let weight: Double
        /// The crossed fit to its totals.
        public let fit: CrossedEffects
        /// The calibrated one, when merits are by that.
        public let calibrated: Calibrated?
        /// Why there is none although it was asked for.
        public let obstacle: Obstacle?
        /// Judges with equal scores beyond chance.
        public let copies: JudgeCopies
        /// The place in the fit of each entry of the list.
        public let places: [Int]
    }

    /// The entries of the list.
    public let entries: [String]
    /// The stages that count, the one that is ranked last when they are not combined.
    public let parts: [Part]
    /// What the effects of heats are taken for, where there are any.
    public let heatMeans: CrossedEffects.HeatMeans

    /// Fits the models of a list.
    ///
    /// Heats have effects where their panels share no judge, or when it is said what they mean.
    /// - Throws: `DesignError.tooFew` where entries have one score each, `FitError`.
    public init(of list: OfficialList, by kind: Kind = .calibrated, heatMeans: CrossedEffects.HeatMeans? = nil) throws {
        entries = list.entries
        self.heatMeans = heatMeans ?? .strength
        let weights = MeritModel.weights(of: list)
        guard !weights.isEmpty else {
            parts = [try Part(of: list.totals.sheet, places: Array(entries.indices), by: kind, heatMeans: heatMeans)]
            return
        }
        let stages = try StageParts(of: list.contest, weights: weights, criteria: list.recipe.criteria)
        let places = try stages.places(of: entries)
        parts = try stages.parts.enumerated().map { index, part in
            try Part(
                of: part.sheet, stage: part.name, weight: part.weight.value, places: places[index], by: kind, heatMeans: heatMeans)
        }
    }

    /// The models of a list, or what stands in the way of them.
    public static func result(
        of list: OfficialList, by kind: Kind = .calibrated, heatMeans: CrossedEffects.HeatMeans? = nil
    ) -> Result<MeritModel, FitObstacle> {
        FitObstacle.result { try MeritModel(of: list, by: kind, heatMeans: heatMeans) }
    }

    /// The weights of the stages that the result of the ranked stage is made of.
    private static func weights(of list: OfficialList) -> [OfficialList.StageWeight] {
        guard case .rule(let rule) = list.recipe.basis else { return list.recipe.stageWeights }
        guard let results = list.ranking.rule, let stage = try? results.stage(of: list.totals.sheet),
            rule.stages.indices.contains(stage)
        else { return [] }
        return rule.stages[stage].weights.filter { $0.weight.numerator != 0 }.map {
            OfficialList.StageWeight(stage: $0.stage, weight: $0.weight)
        }
    }

    /// Whether heats have effects in some stage.
    public var hasHeatEffects: Bool { parts.contains { $0.fit.heatVariance != nil } }

    /// What each entry is worth by the model: Σ weight · fair average.
    public var merits: [Double] {
        let averages = parts.map { $0.fairAverages(heatMeans) }
        return entries.indices.map { entry in
            zip(parts, averages).reduce(0.0) { $0 + $1.0.weight * $1.1[$1.0.places[entry]] }
        }
    }

    /// Draws of Σ weight · merit of each stage, from the posteriors of all stages; of results that judges would give, always by the crossed model.
    public func draws(_ count: Int, of subject: DrawSubject = .merit, seed: UInt64) throws(FitError) -> PosteriorDraws {
        var stages: [PosteriorDraws] = []
        for (index, part) in parts.enumerated() {
            // Stages draw from unrelated streams.
            let own = index == 0 ? seed : RandomStream(seed: seed, stream: UInt64.max - UInt64(index)).first
            stages.append(try part.draws(count, of: subject, seed: own, heatMeans: heatMeans))
        }
        guard parts.count > 1 || parts.contains(where: { $0.weight != 1 }) else { return stages[0] }
        // Draws stand in the order of the variances they were made with, which stages do not share.
        let all = stages.enumerated().map { index, stage in
            var stream = RandomStream(seed: seed, stream: UInt64.max / 2 - UInt64(index))
            return index == 0 ? stage.all : stream.shuffled(stage.all)
        }
        return PosteriorDraws(
            (0..<count).map { draw in
                entries.indices.map { entry in
                    parts.indices.reduce(0.0) { $0 + parts[$1].weight * all[$1][draw][parts[$1].places[entry]] }
                }
            })
    }
}

extension MeritModel.Part {
    fileprivate init(
        of sheet: ScoreSheet, stage: String? = nil, weight: Double = 1, places: [Int], by kind: MeritModel.Kind,
        heatMeans: CrossedEffects.HeatMeans?
    ) throws {
        let hasHeats = sheet.heats.count > 1 && (heatMeans != nil || PanelDesign(of: sheet).subsetCount > 1)
        (self.stage, self.weight, self.places) = (stage, weight, places)
        fit = try CrossedEffects(of: sheet, heats: hasHeats)
        // Draws of entries that are known to be equal would put them in the order of their names.
        guard fit.entryVariance > 0 || fit.residualVariance > 0 else { throw FitError.noDifferences }
        let fitted = kind == .calibrated && !hasHeats ? FitObstacle.result { try Calibrated(of: sheet) } : nil
        calibrated = fitted?.fit
        copies = JudgeCopies(of: sheet)
        obstacle = kind == .crossed ? nil : hasHeats ? .heats : fitted?.obstacle.map { .scores($0) }
    }

    /// The same model of other scores of the same design.
    func refitted(to sheet: ScoreSheet) throws -> MeritModel.Part {
        let kind: MeritModel.Kind = calibrated == nil ? .crossed : .calibrated
        return try MeritModel.Part(
            of: sheet, stage: stage, weight: weight, places: places, by: kind, heatMeans: fit.heatVariance == nil ? nil : .strength)
    }

    /// The fair average of each entry of the stage.
    func fairAverages(_ heatMeans: CrossedEffects.HeatMeans) -> [Double] {
        calibrated?.fairAverages ?? fit.fairAverages(heatMeans: heatMeans)
    }

    func draws(
        _ count: Int, of subject: DrawSubject, seed: UInt64, heatMeans: CrossedEffects.HeatMeans
    ) throws(FitError) -> PosteriorDraws {
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
