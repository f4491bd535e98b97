/// Which heats make up which stage.
struct RuleStages: Sendable {
    let names: [String?]
    let ofHeat: [Int]

    init(names: [String?], ofHeat: [Int]) { (self.names, self.ofHeat) = (names, ofHeat) }

    /// The stages of the rule, found as `ScoreSheet.heats(ofStage:)` finds them; without stages in the rule those of the column, or one
    /// alone when heats are combined: rounds of one performance each are heats too.
    init(of sheet: ScoreSheet, _ rule: ScoringRule) throws(DesignError) {
        let hasColumn = sheet.heats.contains { $0.stage != nil } && !(rule.stages.isEmpty && rule.combinesHeats)
        guard !rule.stages.isEmpty else {
            let factor = Factor(sheet.heats.map(\.stage))
            names = hasColumn ? factor.levels : [nil]
            ofHeat = hasColumn ? factor.codes.map { max(0, Int($0)) } : sheet.heats.map { _ in 0 }
            return
        }
        var found = [Int?](repeating: nil, count: sheet.heats.count)
        let known = rule.stages.map(\.name)
        for (stage, name) in known.enumerated() {
            guard let heats = try? sheet.heats(ofStage: name).heats else { continue }
            for heat in heats where found[heat] == nil { found[heat] = stage }
        }
        for (heat, stage) in zip(sheet.heats, found) where stage == nil {
            throw .stageNotInRule((hasColumn ? heat.stage : heat.name) ?? "", known: known)
        }
        (names, ofHeat) = (known, found.map { $0 ?? 0 })
    }
}
