/// How many entries of each group remain from stage to stage.
public struct Funnel: Sendable, Equatable {
    /// One narrowing.
    public struct Step: Sendable, Equatable {
        /// The stage's name; `nil` for a stage without one, and for the last step when entries were selected by other means.
        public let name: String?
        /// How many of each group appeared, or were selected.
        public let counts: [Int]
        /// Whether these are the selected and not a stage.
        public let isSelection: Bool
    }

    /// The groups of all entries of the contest.
    public let grouping: Grouping
    /// The stages from first to last, then those that were selected.
    public let steps: [Step]

    /// The stages of a contest.
    ///
    /// - Parameters:
    ///   - contest: all stages.
    ///   - attributes: what makes the groups.
    ///   - selected: the names of those who got through the last of the stages, when that is known.
    /// - Throws: as `Grouping` and `ScoreSheet.stages()`.
    public init(of contest: ScoreSheet, by attributes: [String], selected: [String]? = nil) throws(DesignError) {
        let grouping = try Grouping(by: attributes, of: contest)
        func counts(_ isIn: [Bool]) -> [Int] {
            zip(grouping.codes, isIn).reduce(into: [Int](repeating: 0, count: grouping.count)) { counts, entry in
                if entry.1, entry.0 != Factor.missing { counts[Int(entry.0)] += 1 }
            }
        }
        var steps: [Step] = []
        for stage in try contest.stages() {
            var isIn = [Bool](repeating: false, count: contest.entries.count)
            let heats = Set(stage.heats)
            for performance in contest.performances where heats.contains(Int(performance.heat)) { isIn[Int(performance.entry)] = true }
            steps.append(Step(name: stage.name, counts: counts(isIn), isSelection: false))
        }
        if let selected {
            let names = Set(selected)
            let step = Step(name: nil, counts: counts(contest.entries.map(names.contains)), isSelection: true)
            // Those who reached the last stage are in it already.
            if step.counts != steps.last?.counts { steps.append(step) }
        }
        (self.grouping, self.steps) = (grouping, steps)
    }
}
