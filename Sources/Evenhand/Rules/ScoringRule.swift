/// A rulebook: from the scores of a performance to its result, step by step, and from results to places.
///
/// The scores of a performance (one entry in one heat) are numbers with a judge and, if there are criteria, a criterion. Each step turns
/// them into others; `judges` leaves one number for each criterion, `criteria` one for each judge, and both leave the result. With a step
/// `heats` the numbers are those of all performances of the entry in the stage, and the result is the entry's. So the order of the steps
/// says what is trimmed, rounded and weighted when. All arithmetic is that of exact fractions.
public struct ScoringRule: Sendable, Equatable {
    /// One step.
    public enum Step: Sendable, Equatable {
        /// Leaves out the highest and lowest numbers of each criterion (of the totals, once criteria are combined).
        case trim(high: Amount, low: Amount)
        /// Keeps only the best few of the numbers that differ in a facet alone: two of three runs.
        case best(Int, of: Facet)
        /// Moves numbers further than a distance from their mean, for each criterion, to that distance.
        case clip(Amount)
        /// Cuts every number to some decimals.
        case round(Rounding)
        /// Makes one number of those of all judges.
        case judges(Combination)
        /// Makes one number of those of all criteria.
        case criteria(Combination)
        /// Makes one number of those of all heats of the stage.
        case heats(Combination)
        /// Replaces each number by how many others of the same judge, criterion and heat lie below it; equal ones count half.
        case preferences
        /// Adds an amount to every number.
        case add(Amount)
        /// Subtracts deductions.
        case subtract(Amount)
        /// Multiplies every number by an amount, such as a difficulty.
        case multiply(Amount)
        /// Divides every number by an amount, which must not be 0.
        case divide(Amount)
        /// Multiplies by the mean of all results of the stage over that of the heat's (修正系数), both rounded as stated.
        case coefficient(means: Rounding?, coefficient: Rounding?)
    }

    /// What distinguishes numbers of one entry.
    public enum Facet: String, Sendable, CaseIterable {
        /// The judges who gave them.
        case judges
        /// The criteria that they are for.
        case criteria
        /// The heats in which they were given.
        case heats
    }

    /// How several numbers become one.
    ///
    /// `majority` is the best number that more than half of them reach: of n, the (⌊n / 2⌋ + 1)th best.
    public enum Combination: String, Sendable, CaseIterable {
        /// Their mean.
        case mean
        /// Their sum.
        case sum
        /// Their median; of an even number, the mean of the middle two.
        case median
        /// The largest.
        case max
        /// The smallest.
        case min
        /// The best number that more than half of them reach.
        case majority

        /// Which of so many numbers in ascending order count: their mean, or of `sum` their sum, is the result.
        func positions(of count: Int, _ direction: Direction) -> [Int] {
            let (lower, upper) = ((count - 1) / 2, count / 2)
            switch self {
            case .sum, .mean: return Array(0..<count)
            case .median: return lower == upper ? [lower] : [lower, upper]
            case .max: return [count - 1]
            case .min: return [0]
            // As many as reach it are more than half: the position is counted from the best end.
            case .majority: return [direction == .higherIsBetter ? lower : upper]
            }
        }
    }

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
    /// - Throws: `ScoringRuleError` when a stage has no steps, its judges are never combined or twice, a step comes too late, a weight
    ///   names a stage that is not there or comes later, or a number is out of range.
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
        var combined: Set<Facet> = []
        for (index, step) in steps.enumerated() {
            let number = index + 1
            if let facet = step.combined, !combined.insert(facet).inserted { throw .repeatedStep(number, stage: stage) }
            if !combined.isDisjoint(with: step.needed) { throw .tooLate(step: number, stage: stage) }
            if case .coefficient = step, !combined.contains(.judges) { throw .tooEarly(step: number, stage: stage) }
        }
        if !combined.contains(.judges) { throw .judgesNotCombined(stage: stage) }
    }

    /// The steps of a stage.
    public func steps(of stage: Int) -> [Step] { (stages.indices.contains(stage) ? stages[stage].steps : nil) ?? steps }

    /// Whether a result depends on those of other heats.
    public var needsWholeStage: Bool { allSteps.joined().contains { if case .coefficient = $0 { true } else { false } } }

    /// Whether some stage makes one result of several heats.
    public var combinesHeats: Bool { allSteps.joined().contains { $0.combined == .heats } }

    /// Whether a stage makes one result of its heats.
    func combinesHeats(inStage stage: Int) -> Bool { steps(of: stage).contains { $0.combined == .heats } }

    /// Whether some stage combines criteria before judges, so that only ballots with every criterion count.
    public var combinesCriteriaFirst: Bool {
        allSteps.contains { steps in
            let facets = steps.compactMap(\.combined)
            return (facets.firstIndex(of: .criteria) ?? .max) < (facets.firstIndex(of: .judges) ?? .max)
        }
    }

    /// The attributes that steps take amounts from.
    public var attributes: Set<String> { Set(allSteps.joined().flatMap(\.amounts).flatMap(\.attributes)) }

    private var allSteps: [[Step]] { [steps] + stages.compactMap(\.steps) }
}

extension ScoringRule.Step {
    /// The facet of which the step leaves one number.
    var combined: ScoringRule.Facet? {
        switch self {
        case .judges: .judges
        case .criteria: .criteria
        case .heats: .heats
        default: nil
        }
    }

    /// The facets that may not have been combined before.
    fileprivate var needed: Set<ScoringRule.Facet> {
        switch self {
        case .trim, .clip: [.judges]
        case .best(_, let facet): [facet]
        case .coefficient: [.heats]
        case .preferences: [.judges, .heats]
        default: []
        }
    }

    /// The amounts that the step works with.
    fileprivate var amounts: [ScoringRule.Amount] {
        switch self {
        case .trim(let high, let low): [high, low]
        case .clip(let amount), .add(let amount), .subtract(let amount), .multiply(let amount), .divide(let amount): [amount]
        default: []
        }
    }
}

/// Why steps do not make a rule.
public enum ScoringRuleError: Error, Sendable, Equatable {
    /// A stage without steps of its own in a rule that has none either; `nil` for a rule without stages.
    case noSteps(stage: String?)
    /// No step combines the numbers of all judges.
    case judgesNotCombined(stage: String?)
    /// A step that combines judges or criteria a second time; steps are counted from 1.
    case repeatedStep(Int, stage: String?)
    /// A step that works on numbers of judges, criteria or heats that have become one before it.
    case tooLate(step: Int, stage: String?)
    /// A panel coefficient before the judges have become one number.
    case tooEarly(step: Int, stage: String?)
    /// A stage that is listed twice.
    case repeatedStage(String)
    /// A weight for a stage that is not listed before it.
    case unknownStage(String, in: String)
}
