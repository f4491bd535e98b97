/// A rulebook: from the scores of a performance to its result, step by step, and from results to places.
///
/// The scores of a performance (one entry in one heat) are numbers with a judge and, if there are criteria, a criterion. Each step turns them
/// into others; `judges` leaves one number for each criterion, `criteria` one for each judge, and both leave the result. So the order of the
/// steps says what is trimmed, rounded and weighted when. All arithmetic is that of exact fractions.
public struct ScoringRule: Sendable, Equatable {
    /// One step.
    public enum Step: Sendable, Equatable {
        /// Leaves out the highest and lowest numbers of each criterion (of the totals, once criteria are combined).
        case trim(high: Amount, low: Amount)
        /// Moves numbers further than a distance from their mean, for each criterion, to that distance.
        case clip(Amount)
        /// Cuts every number to some decimals.
        case round(Rounding)
        /// Makes one number of those of all judges.
        case judges(Combination)
        /// Makes one number of those of all criteria.
        case criteria(Combination)
        case add(Amount)
        /// Takes off deductions.
        case subtract(Amount)
        case multiply(Amount)
        case divide(Amount)
        /// Multiplies by the mean of all results of the stage over that of the heat's (修正系数), both cut as told.
        case coefficient(means: Rounding?, coefficient: Rounding?)
    }

    /// How several numbers become one.
    public enum Combination: String, Sendable, CaseIterable { case mean, sum, median }

    /// A round of the contest.
    public struct Stage: Sendable, Equatable {
        /// The name in the stage column, or of the heat when there is none.
        public let name: String
        /// Steps of its own, in place of the rule's.
        public let steps: [Step]?
        /// What the results of this stage and earlier ones count in the cumulative result; none when it is the stage's own result.
        public let weights: [Weight]
        /// How the cumulative result is cut.
        public let rounding: Rounding?

        /// A stage whose result is its own unless there are weights.
        public init(name: String, steps: [Step]? = nil, weights: [Weight] = [], rounding: Rounding? = nil) {
            (self.name, self.steps, self.weights, self.rounding) = (name, steps, weights, rounding)
        }
    }

    /// What the result of a stage counts.
    public struct Weight: Sendable, Equatable {
        /// The name of the stage.
        public let stage: String
        /// What its result is multiplied by.
        public let weight: Fraction

        /// The weight of a stage.
        public init(stage: String, weight: Fraction) { (self.stage, self.weight) = (stage, weight) }
    }

    /// The steps of every stage that has none of its own.
    public let steps: [Step]
    /// The stages in their order; empty when each stage is ranked alone.
    public let stages: [Stage]
    /// What decides between equal results, one after the other.
    public let tieBreaks: [TieBreak]

    /// A rule that leads to one number for each performance.
    ///
    /// - Throws: `ScoringRuleError` when a stage has no steps, its judges are never combined or twice, a step comes too late, a weight names
    ///   a stage that is not there or comes later, or a number is out of range.
    public init(steps: [Step], stages: [Stage] = [], tieBreaks: [TieBreak] = []) throws(ScoringRuleError) {
        self.steps = steps
        self.stages = stages
        self.tieBreaks = tieBreaks
        var names: Set<String> = []
        for stage in stages {
            guard names.insert(stage.name).inserted else { throw .repeatedStage(stage.name) }
            for weight in stage.weights where !names.contains(weight.stage) {
                throw .unknownStage(weight.stage, in: stage.name)
            }
        }
        if stages.isEmpty || stages.contains(where: { $0.steps == nil }) { try ScoringRule.check(steps, stage: nil) }
        for stage in stages { if let own = stage.steps { try ScoringRule.check(own, stage: stage.name) } }
    }

    private static func check(_ steps: [Step], stage: String?) throws(ScoringRuleError) {
        guard !steps.isEmpty else { throw .noSteps(stage: stage) }
        var (judges, criteria) = (false, false)
        for (index, step) in steps.enumerated() {
            switch step {
            case .trim, .clip: if judges { throw .tooLate(step: index + 1, stage: stage) }
            case .judges:
                if judges { throw .repeatedStep(index + 1, stage: stage) }
                judges = true
            case .criteria:
                if criteria { throw .repeatedStep(index + 1, stage: stage) }
                criteria = true
            case .coefficient: if !judges { throw .tooEarly(step: index + 1, stage: stage) }
            case .round, .add, .subtract, .multiply, .divide: break
            }
        }
        if !judges { throw .judgesNotCombined(stage: stage) }
    }

    /// The steps of a stage.
    public func steps(of stage: Int) -> [Step] { (stages.indices.contains(stage) ? stages[stage].steps : nil) ?? steps }

    /// Whether a result depends on those of other heats.
    public var needsWholeStage: Bool {
        (stages.compactMap(\.steps) + [steps]).joined().contains { if case .coefficient = $0 { true } else { false } }
    }
}

/// Why steps make no rule.
public enum ScoringRuleError: Error, Sendable, Equatable {
    case noSteps(stage: String?)
    /// No step makes one number of those of all judges.
    case judgesNotCombined(stage: String?)
    /// A step that combines judges or criteria once more; steps are counted from 1.
    case repeatedStep(Int, stage: String?)
    /// Trimming or clipping after the judges have become one number.
    case tooLate(step: Int, stage: String?)
    /// A panel coefficient before the judges have become one number.
    case tooEarly(step: Int, stage: String?)
    case repeatedStage(String)
    /// A weight for a stage that is not listed up to there.
    case unknownStage(String, in: String)
}
