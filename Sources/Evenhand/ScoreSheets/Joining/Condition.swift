extension ScoreBlock {
    /// What tells the scores that a judge gave a performance apart: criterion, item and repetition, as far as a sheet has them.
    package struct Condition: Sendable, Hashable {
        package var criterion: String?
        package var item: String?
        package var repetition: String?

        package init(criterion: String? = nil, item: String? = nil, repetition: String? = nil) {
            (self.criterion, self.item, self.repetition) = (criterion, item, repetition)
        }

        /// One name for all of it, in the canonical order of item, repetition and criterion; that of the criterion where there is no more.
        package var name: String {
            guard item != nil || repetition != nil else { return criterion ?? "" }
            return [item, repetition, criterion].map { $0 ?? "" }.joined(separator: Condition.separator)
        }

        /// The parts of a name.
        init(named name: String, isPlain: Bool) {
            guard !isPlain else {
                self.init(criterion: name)
                return
            }
            let parts = name.split(separator: "\u{0}", maxSplits: 2, omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
            self.init(criterion: parts.count > 2 ? parts[2] : nil, item: parts.first ?? nil, repetition: parts.count > 1 ? parts[1] : nil)
        }

        /// No name holds it.
        private static let separator = "\u{0}"
    }

    /// Sets the condition of each score; none where they say nothing.
    mutating func setConditions(_ all: [Condition]) {
        hasItems = all.contains { $0.item != nil }
        hasRepetitions = all.contains { $0.repetition != nil }
        guard hasItems || hasRepetitions || all.contains(where: { $0.criterion != nil }) else { return }
        let factor = Factor(all.map(\.name))
        (conditions, conditionCodes) = (factor.levels, factor.codes)
    }
}

/// Conditions taken apart into criteria, items and repetitions, each without codes where there are none.
struct ConditionFactors {
    let criteria: Factor
    let items: Factor
    let repetitions: Factor

    init(of codes: [Int32], _ names: [String], _ blocks: [ScoreBlock]) {
        let (hasItems, hasRepetitions) = (blocks.contains(where: \.hasItems), blocks.contains(where: \.hasRepetitions))
        let isPlain = !hasItems && !hasRepetitions
        guard !isPlain else {
            criteria = Factor(levels: names, codes: codes)
            (items, repetitions) = (.none, .none)
            return
        }
        let conditions = names.map { ScoreBlock.Condition(named: $0, isPlain: false) }
        func part(_ name: KeyPath<ScoreBlock.Condition, String?>, _ isPresent: Bool) -> Factor {
            guard isPresent else { return .none }
            let factor = Factor(conditions.map { $0[keyPath: name] })
            return Factor(levels: factor.levels, codes: codes.map { factor.codes[Int($0)] })
        }
        criteria = part(\.criterion, conditions.contains { $0.criterion != nil })
        items = part(\.item, hasItems)
        repetitions = part(\.repetition, hasRepetitions)
    }
}
