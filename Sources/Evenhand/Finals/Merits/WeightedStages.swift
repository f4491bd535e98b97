/// The stages whose results are combined, each with its judges' totals.
public struct WeightedStages: Sendable {
    /// One stage.
    public struct Stage: Sendable {
        /// The name.
        public let name: String
        /// What its result counts.
        public let weight: Fraction
        /// Its totals.
        public let sheet: ScoreSheet
    }

    /// In the order of the weights.
    public let stages: [Stage]

    /// The stages of a contest that have weights.
    ///
    /// - Throws: `DesignError.unknownStage`, and what `Totals` throws.
    public init(of contest: ScoreSheet, weights: [OfficialList.StageWeight], criteria: CriterionRule) throws(DesignError) {
        var stages: [Stage] = []
        for weight in weights {
            let heats = try contest.heats(ofStage: weight.stage).heats
            let sheet = try Totals(of: contest.selecting(heats: heats), by: criteria).sheet
            stages.append(Stage(name: weight.stage, weight: weight.weight, sheet: sheet))
        }
        self.stages = stages
    }

    /// The position of each entry in each stage.
    ///
    /// - Throws: `DesignError.noStageResult` for an entry that a stage lacks.
    func positions(of entries: [String]) throws(DesignError) -> [[Int]] {
        var all: [[Int]] = []
        for part in stages { all.append(try part.sheet.positions(of: entries, stage: part.name)) }
        return all
    }

    /// Σ weight · result of the stage, exact where the results are.
    func results(for entries: [String], by method: ScoringMethod) throws -> EntryResults {
        let positions = try positions(of: entries)
        let results = try stages.map { try EntryResults(of: $0.sheet, by: method) }
        let (fractions, direction) = (results.compactMap(\.fractions), results.first?.direction ?? .higherIsBetter)
        if fractions.count == stages.count {
            let sums = try entries.indices.map { entry in
                try Fraction.sum(stages.indices.map { try stages[$0].weight * fractions[$0][positions[$0][entry]] }).reduced
            }
            return EntryResults(exactly: sums, direction: direction)
        }
        let values = entries.indices.map { entry in
            stages.indices.reduce(0.0) { $0 + stages[$1].weight.value * results[$1].values[positions[$1][entry]] }
        }
        return EntryResults(combined: values, direction: direction, tieGrid: results.map(\.tieGrid).max() ?? 0)
    }
}
