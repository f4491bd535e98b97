/// What a step of a rule left of the scores of a performance, or of all performances of an entry in a stage.
public struct RuleStep: Sendable, Equatable {
    /// One number.
    public struct Cell: Sendable, Equatable {
        /// The index of the judge in the sheet, or `Factor.missing` once the judges are combined.
        public let judge: Int32
        /// The index of the criterion in the sheet, or `Factor.missing` when there is none or they are combined.
        public let criterion: Int32
        /// The index of the heat in the sheet, or `Factor.missing` once the heats are combined.
        public let heat: Int32
        /// The number itself.
        public let value: Fraction
        /// Whether this step left it out.
        public var isDropped = false

        func with(_ value: Fraction) -> Cell { Cell(judge: judge, criterion: criterion, heat: heat, value: value) }
    }

    /// The step; `nil` for the scores as the judges gave them.
    public let step: ScoringRule.Step?
    /// The numbers, by judge, criterion and heat; those left out are marked, and gone in the next step.
    public let cells: [Cell]
    /// What the step worked with, for each of the numbers: a distance, a factor, deductions, a coefficient; empty for steps without.
    public let amounts: [Fraction]

    /// What the step worked with, when it was the same for all numbers.
    public var amount: Fraction? { amounts.allSatisfy { $0 == amounts[0] } ? amounts.first : nil }
}

extension RuleStep.Cell {
    /// Who gave the number, for what and when.
    struct Location: Hashable, Comparable {
        var heat, criterion, judge: Int32

        /// The location without a facet: the same for all numbers that differ in it alone.
        func without(_ facet: ScoringRule.Facet) -> Location {
            var location = self
            switch facet {
            case .judges: location.judge = Factor.missing
            case .criteria: location.criterion = Factor.missing
            case .heats: location.heat = Factor.missing
            }
            return location
        }

        static func < (a: Location, b: Location) -> Bool { (a.heat, a.criterion, a.judge) < (b.heat, b.criterion, b.judge) }
    }

    var location: Location { Location(heat: heat, criterion: criterion, judge: judge) }

    init(_ location: Location, value: Fraction) {
        self.init(judge: location.judge, criterion: location.criterion, heat: location.heat, value: value)
    }
}

extension [RuleStep.Cell] {
    /// The positions of the cells that differ in a facet alone, groups in the order of heat, criterion and judge.
    func groups(over facet: ScoringRule.Facet) -> [[Int]] {
        let keys = map { $0.location.without(facet) }
        let order = indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        return order.reduce(into: [[Int]]()) { groups, index in
            if let first = groups.last?.first, keys[first] == keys[index] {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
    }
}
