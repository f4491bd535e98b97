/// The model of judges and entries behind the probabilities of a list: one for each stage that counts.
public struct MeritModel: Sendable {
    /// The model of a stage, and what the stage counts.
    public struct Part: Sendable {
        /// The name, when stages are combined.
        public let stage: String?
        /// What its merits are multiplied by.
        public let weight: Double
        /// The fit to its totals.
        public let fit: CrossedEffects
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
    public init(of list: OfficialList, heatMeans: CrossedEffects.HeatMeans? = nil) throws {
        entries = list.entries
        self.heatMeans = heatMeans ?? .strength
        let weights = MeritModel.weights(of: list)
        guard !weights.isEmpty else {
            let fit = try MeritModel.fit(list.totals.sheet, heatMeans)
            parts = [Part(stage: nil, weight: 1, fit: fit, places: Array(entries.indices))]
            return
        }
        let stages = try StageParts(of: list.contest, weights: weights, criteria: list.recipe.criteria)
        let places = try stages.places(of: entries)
        parts = try stages.parts.enumerated().map { index, part in
            Part(stage: part.name, weight: part.weight.value, fit: try MeritModel.fit(part.sheet, heatMeans), places: places[index])
        }
    }

    private static func fit(_ sheet: ScoreSheet, _ heatMeans: CrossedEffects.HeatMeans?) throws -> CrossedEffects {
        let hasHeats = sheet.heats.count > 1 && (heatMeans != nil || PanelDesign(of: sheet).subsetCount > 1)
        return try CrossedEffects(of: sheet, heats: hasHeats)
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
        let averages = parts.map { $0.fit.fairAverages(heatMeans: heatMeans) }
        return entries.indices.map { entry in
            zip(parts, averages).reduce(0.0) { $0 + $1.0.weight * $1.1[$1.0.places[entry]] }
        }
    }

    /// Draws of Σ weight · merit of each stage, from the posteriors of all stages.
    public func draws(_ count: Int, of subject: DrawSubject = .merit, seed: UInt64) throws(FitError) -> PosteriorDraws {
        var stages: [PosteriorDraws] = []
        for (index, part) in parts.enumerated() {
            // Stages draw from unrelated streams.
            let own = index == 0 ? seed : RandomStream(seed: seed, stream: UInt64.max - UInt64(index)).first
            stages.append(try part.fit.draws(count, of: subject, seed: own, heatMeans: heatMeans))
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

extension RandomStream {
    /// The first number of the stream.
    fileprivate var first: UInt64 {
        var stream = self
        return stream.next()
    }
}
