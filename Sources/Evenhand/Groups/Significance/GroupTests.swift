/// Whether groups of entries differ by more than chance.
public struct GroupTests: Sendable {
    /// The tests by name.
    public enum Kind: String, Sendable, CaseIterable {
        /// Labels reassigned at random, within heats when there are several.
        case permutation
        /// The classical analysis of variance.
        case anova
        /// The same without equal spreads.
        case welch
        /// The same on ranks.
        case kruskal
    }

    /// Why there is nothing to test.
    public enum Refusal: Sendable, Equatable {
        /// Fewer than two groups have enough entries.
        case fewGroups
        /// Each group is in one heat, or each heat has one group, so that groups cannot be separated from heats.
        case nestedInHeats
        /// All results are equal, in each heat if labels stay in heats.
        case noSpread
    }

    /// What one test found.
    public struct Finding: Sendable, Equatable {
        /// The test.
        public let kind: Kind
        /// F, or H of Kruskal and Wallis; `nil` where it is undefined.
        public let statistic: Double?
        /// Its degrees of freedom, those of an F above the line.
        public let df1: Double?
        /// Those of an F below the line.
        public let df2: Double?
        /// The probability of such a statistic when groups do not differ.
        public let p: Double?
        /// η²: the share of the results' variance that lies between groups; `nil` where the test has none, as are the next two.
        public let etaSquared: Double?
        /// ω²: the population's share as it is estimated.
        public let omegaSquared: Double?
        /// ε²: the same without the noise below the line; of Kruskal and Wallis H / (n − 1).
        public let epsilonSquared: Double?
    }

    /// The groups that were tested: those with at least `Breakdown.fewest` entries.
    public let tested: [Int]
    /// The groups that were not, with too few entries.
    public let small: [Int]
    /// The findings in the order asked for.
    public let findings: [Finding]
    /// The permutation test with its ingredients, when it was asked for.
    public let permutation: PermutationTest?
    /// Whether labels were permuted within heats.
    public let isWithinHeats: Bool
    /// Why nothing was tested.
    public let refusal: Refusal?

    /// The tests by default: all of them for one panel that saw every entry, otherwise the permutation of labels.
    public static func usual(_ design: PanelDesign) -> [Kind] { design.isComplete ? Kind.allCases : [.permutation] }

    /// Tests the groups.
    ///
    /// - Parameters:
    ///   - results: what the groups are compared by.
    ///   - grouping: the groups of the entries.
    ///   - kinds: the tests.
    ///   - draws: how many permutations of labels are drawn.
    ///   - seed: for the draws.
    public init(
        of results: GroupResults, _ grouping: Grouping, by kinds: [Kind], draws: Int = PermutationTest.usualDraws, seed: UInt64 = 1
    ) {
        let layout = ComparedGroups(results, grouping)
        (tested, small, isWithinHeats) = (layout.tested, layout.small, results.heats != nil)
        refusal = layout.refusal
        guard layout.refusal == nil else {
            permutation = nil
            findings = kinds.map { Finding(undefined: $0) }
            return
        }
        let permutation =
            kinds.contains(.permutation)
            ? PermutationTest(of: results.compared, groups: layout.codes, strata: results.heats, draws: draws, seed: seed) : nil
        let values = layout.values
        findings = kinds.map { kind in
            switch kind {
            case .permutation: permutation.map { Finding($0) } ?? Finding(undefined: kind)
            case .anova: Finding(AnalysisOfVariance(values))
            case .welch: Finding(WelchTest(values))
            case .kruskal: Finding(KruskalWallis(values, grid: results.grid))
            }
        }
        self.permutation = permutation
    }
}

extension GroupTests.Finding {
    fileprivate init(undefined kind: GroupTests.Kind) {
        self.kind = kind
        (statistic, df1, df2, p, etaSquared, omegaSquared, epsilonSquared) = (nil, nil, nil, nil, nil, nil, nil)
    }

    fileprivate init(_ test: PermutationTest) {
        (kind, statistic, p) = (.permutation, test.fRatio, test.p)
        (df1, df2) = (Double(test.degreesOfFreedomBetween), Double(test.degreesOfFreedomWithin))
        (etaSquared, omegaSquared, epsilonSquared) = (test.etaSquared, test.omegaSquared, test.epsilonSquared)
    }

    fileprivate init(_ test: AnalysisOfVariance) {
        (kind, statistic, p) = (.anova, test.fRatio, test.p)
        (df1, df2) = (Double(test.degreesOfFreedomBetween), Double(test.degreesOfFreedomWithin))
        (etaSquared, omegaSquared, epsilonSquared) = (test.etaSquared, test.omegaSquared, test.epsilonSquared)
    }

    fileprivate init(_ test: WelchTest) {
        (kind, statistic, p) = (.welch, test.fRatio, test.p)
        (df1, df2) = (Double(test.degreesOfFreedomBetween), test.degreesOfFreedomWithin)
        (etaSquared, omegaSquared, epsilonSquared) = (nil, test.omegaSquared, nil)
    }

    fileprivate init(_ test: KruskalWallis) {
        (kind, statistic, p) = (.kruskal, test.statistic, test.p)
        (df1, df2) = (Double(test.degreesOfFreedom), nil)
        (etaSquared, omegaSquared, epsilonSquared) = (test.etaSquared, nil, test.epsilonSquared)
    }
}

/// The groups with enough entries, and whether they can be separated from heats.
struct ComparedGroups {
    let tested: [Int]
    let small: [Int]
    let refusal: GroupTests.Refusal?
    /// The group of each entry; missing for those of small groups.
    let codes: [Int32]
    /// The values of each tested group.
    let values: [[Double]]

    init(_ results: GroupResults, _ grouping: Grouping) {
        let isLarge = grouping.sizes.map { $0 >= Breakdown.fewest }
        tested = isLarge.indices.filter { isLarge[$0] }
        small = isLarge.indices.filter { !isLarge[$0] }
        codes = grouping.codes.map { $0 != Factor.missing && isLarge[Int($0)] ? $0 : Factor.missing }
        let parts = grouping.parts(of: results.compared)
        values = tested.map { parts[$0] }
        if tested.count < 2 {
            refusal = .fewGroups
        } else if let heats = results.heats, ComparedGroups.areNested(codes, heats) {
            refusal = .nestedInHeats
        } else {
            refusal = ComparedGroups.haveSpread(results.compared, codes, results.heats) ? nil : .noSpread
        }
    }

    private static func areNested(_ codes: [Int32], _ heats: [Int32]) -> Bool {
        let (groupCount, heatCount) = (Int((codes.max() ?? -1) + 1), Int((heats.max() ?? -1) + 1))
        var meet = [[Bool]](repeating: [Bool](repeating: false, count: heatCount), count: groupCount)
        for (group, heat) in zip(codes, heats) where group != Factor.missing { meet[Int(group)][Int(heat)] = true }
        let heatsOfGroups = meet.map { row in row.count { $0 } }
        let groupsOfHeats = (0..<heatCount).map { heat in meet.count { $0[heat] } }
        // In one heat alone there is no other heat to separate groups from.
        guard groupsOfHeats.count(where: { $0 > 0 }) > 1 else { return false }
        return heatsOfGroups.allSatisfy { $0 <= 1 } || groupsOfHeats.allSatisfy { $0 <= 1 }
    }

    private static func haveSpread(_ values: [Double], _ codes: [Int32], _ heats: [Int32]?) -> Bool {
        let heatCount = Int((heats?.max() ?? 0) + 1)
        var (low, high) = ([Double](repeating: .infinity, count: heatCount), [Double](repeating: -.infinity, count: heatCount))
        for (position, value) in values.enumerated() where codes[position] != Factor.missing {
            let heat = Int(heats?[position] ?? 0)
            (low[heat], high[heat]) = (min(low[heat], value), max(high[heat], value))
        }
        let largest = values.reduce(0) { max($0, $1.magnitude) }
        return zip(low, high).contains { $1 - $0 > 1e-12 * largest }
    }
}
