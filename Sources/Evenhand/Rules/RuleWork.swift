/// What a step found that looks at all performances of a stage.
enum StageFinding: Sendable {
    case coefficients(RuleResults.Coefficients)
    case preferences(Preferences)
}

/// The numbers of each judge and criterion in each heat, in order.
struct Preferences: Sendable {
    private let sorted: [RuleStep.Cell.Location: [Fraction]]

    init(of cells: [RuleStep.Cell]) { sorted = Dictionary(grouping: cells, by: \.location).mapValues { $0.map(\.value).sorted() } }

    /// How many of the others of the same judge, criterion and heat lie below a number; equal ones count half.
    func number(below cell: RuleStep.Cell) -> Fraction {
        let values = sorted[cell.location] ?? []
        let (below, equal) = (values.count { $0 < cell.value }, values.count { $0 == cell.value })
        return Fraction(Int128(2 * below + equal - 1), over: 2).reduced
    }
}

/// A rule at work on a sheet.
struct RuleWork: Sendable {
    let sheet: ScoreSheet
    let rule: ScoringRule
    let stages: RuleStages
    /// For each stage what its steps found that look at the whole of it, in their order.
    private(set) var findings: [[StageFinding]]

    init(sheet: ScoreSheet, rule: ScoringRule, stages: RuleStages, findings: [[StageFinding]]) {
        (self.sheet, self.rule, self.stages, self.findings) = (sheet, rule, stages, findings)
    }

    /// Runs each stage up to its first step that looks at the whole of it, whose findings follow from the numbers so far, then on to the
    /// next.
    init(_ sheet: ScoreSheet, _ rule: ScoringRule, _ stages: RuleStages) throws {
        self.init(sheet: sheet, rule: rule, stages: stages, findings: stages.names.map { _ in [] })
        for stage in stages.names.indices {
            let mine = sheet.performances.indices.filter { stages.ofHeat[Int(sheet.performances[$0].heat)] == stage }
            guard !mine.isEmpty else { continue }
            for step in rule.steps(of: stage) {
                switch step {
                case .coefficient(let means, let cut):
                    findings[stage].append(.coefficients(try coefficients(of: mine, stage: stage, means: means, cut: cut)))
                case .preferences:
                    findings[stage].append(.preferences(Preferences(of: try mine.flatMap { try remaining(of: [$0]) })))
                default: break
                }
            }
        }
    }

    /// The performances that make one result: each alone, or all of an entry where heats are combined.
    var groups: [[Int]] {
        struct Key: Hashable { let entry: Int32, stage: Int }
        var (groups, positions) = ([[Int]](), [Key: Int]())
        for (index, performance) in sheet.performances.enumerated() {
            let stage = stages.ofHeat[Int(performance.heat)]
            let key = Key(entry: performance.entry, stage: stage)
            if rule.combinesHeats(inStage: stage), let position = positions[key] {
                groups[position].append(index)
            } else {
                positions[key] = groups.count
                groups.append([index])
            }
        }
        return groups
    }

    func trace(of performances: [Int]) throws -> (steps: [RuleStep], isUntrimmed: Bool) {
        let stage = stages.ofHeat[Int(sheet.performances[performances[0]].heat)]
        var application = RuleApplication(sheet, performances: performances, stage: stages.names[stage], findings: findings[stage])
        let steps = try application.run(rule.steps(of: stage))
        return (steps, application.isUntrimmed)
    }

    func result(of performances: [Int]) throws -> (value: Fraction, isUntrimmed: Bool) {
        let (steps, isUntrimmed) = try trace(of: performances)
        let cells = steps[steps.count - 1].cells
        guard cells.count == 1 else { throw DesignError.criteriaLeft(sheet.criteria) }
        return (cells[0].value.reduced, isUntrimmed)
    }

    /// What the steps left so far.
    private func remaining(of performances: [Int]) throws -> [RuleStep.Cell] {
        try trace(of: performances).steps.last?.cells.filter { !$0.isDropped } ?? []
    }

    private func coefficients(
        of performances: [Int], stage: Int, means: Rounding?, cut: Rounding?
    ) throws -> RuleResults.Coefficients {
        var sums = [(total: Fraction, count: Int128)](repeating: (Fraction(0), 0), count: sheet.heats.count)
        for index in performances {
            let (heat, result) = (Int(sheet.performances[index].heat), try result(of: [index]).value)
            sums[heat] = (try sums[heat].total + result, sums[heat].count + 1)
        }
        var overall = try Fraction.sum(sums.map(\.total)) / Fraction(Int128(performances.count))
        if let means { overall = try overall.rounded(means) }
        var (heatMeans, values) = ([Fraction?](), [Fraction?]())
        for (heat, sum) in sums.enumerated() {
            guard sum.count > 0 else {
                heatMeans.append(nil)
                values.append(nil)
                continue
            }
            var mean = try sum.total / Fraction(sum.count)
            if let means { mean = try mean.rounded(means) }
            guard mean.numerator != 0 else { throw DesignError.zeroHeatMean(heat: sheet.heats[heat].name ?? "") }
            let quotient = try overall / mean
            heatMeans.append(mean.reduced)
            values.append(try cut.map { cut throws(FitError) in try quotient.rounded(cut) } ?? quotient.reduced)
        }
        return RuleResults.Coefficients(stage: stage, mean: overall.reduced, heatMeans: heatMeans, values: values)
    }
}

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
