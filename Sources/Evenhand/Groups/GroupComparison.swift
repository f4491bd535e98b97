/// The answers about groups, computed as far as they are wanted.
public struct GroupComparison: Sendable {
    /// The parts of the answer, each a table.
    public enum Part: String, Sendable, CaseIterable {
        /// How each group did and who got through.
        case groups
        /// Whether groups differ by more than chance.
        case tests
        /// Which groups differ from which.
        case pairs
    }

    /// How chances are computed.
    public struct Rules: Sendable, Equatable {
        /// The tests; `nil` for those that the design asks for.
        public var tests: [GroupTests.Kind]?
        /// How several p-values are adjusted.
        public var adjustment = PAdjustment.holm
        /// How many permutations of labels are drawn.
        public var draws = PermutationTest.usualDraws
        /// For the draws.
        public var seed: UInt64 = 1

        /// The usual ones.
        public init() {}
    }

    /// The results that the groups are compared by.
    public let results: GroupResults
    /// Who scored whom.
    public let design: PanelDesign
    /// The groups.
    public let grouping: Grouping
    /// How each group did.
    public let breakdown: Breakdown?
    /// Who got through, for the groupings of `breakdown`, when it is known who was selected.
    public let representations: [Representation]
    /// Whether the groups differ.
    public let tests: GroupTests?
    /// Which differ from which.
    public let pairs: GroupPairs?
    /// How chances were computed.
    public let rules: Rules

    /// Compares the groups of the entries of a sheet.
    ///
    /// - Parameters:
    ///   - results: what the groups are compared by.
    ///   - grouping: the groups of the entries.
    ///   - isSelected: whether each entry was selected, when that is known.
    ///   - parts: what is computed.
    ///   - rules: how chances are computed.
    public init(
        of results: GroupResults, _ grouping: Grouping, isSelected: [Bool]? = nil, parts: Set<Part> = Set(Part.allCases),
        rules: Rules = Rules()
    ) {
        let design = PanelDesign(of: results.sheet)
        (self.results, self.design, self.grouping, self.rules) = (results, design, grouping, rules)
        let hasGroups = parts.contains(.groups)
        breakdown = hasGroups ? Breakdown(of: results, grouping) : nil
        let groupings = hasGroups ? [grouping] + grouping.margins : []
        representations =
            isSelected.map { isSelected in
                groupings.map {
                    Representation(
                        of: isSelected, $0, heats: results.heats, adjustedBy: rules.adjustment, draws: rules.draws, seed: rules.seed)
                }
            } ?? []
        tests =
            parts.contains(.tests)
            ? GroupTests(
                of: results, grouping, by: rules.tests ?? GroupTests.usual(design), draws: rules.draws, seed: rules.seed) : nil
        pairs = parts.contains(.pairs) ? GroupPairs(of: results, grouping, adjustedBy: rules.adjustment) : nil
    }
}
