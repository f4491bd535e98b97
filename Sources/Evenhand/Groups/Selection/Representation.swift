/// Who got through: the entries of each group that were selected, compared with those that entered.
public struct Representation: Sendable {
    /// One group.
    public struct Row: Sendable, Equatable {
        /// How many of the group entered.
        public let entered: Int
        /// How many of them were selected.
        public let selected: Int
        /// The group's share of all that entered.
        public let shareEntered: Double
        /// The group's share of all that were selected; `nil` when none was.
        public let shareSelected: Double?
        /// The share of the group that was selected.
        public let rate: Proportion
        /// The share of those selected over the share of those that entered: 1 when the group did as well as all.
        public let index: Double?
        /// The probability of a number as unusual when the selected are drawn at random among all that entered; `nil` for a small group.
        public let p: Double?
        /// The same adjusted for the number of groups.
        public let adjusted: Double?
        /// The same probability when in each heat as many are drawn as were selected there; `nil` without several heats.
        public let withinHeats: Double?
    }

    /// The groups.
    public let grouping: Grouping
    /// What is known about each.
    public let rows: [Row]
    /// How many of the entries that belong to a group entered.
    public let entered: Int
    /// How many of them were selected.
    public let selected: Int
    /// Whether groups differ at all in their chance of selection: labels reassigned at random, within heats if there are several. Groups
    /// with too few entries are left out.
    public let overall: PermutationTest
    /// How p-values were adjusted.
    public let adjustment: PAdjustment

    /// The representation of groups among the selected.
    ///
    /// - Parameters:
    ///   - isSelected: whether each entry was selected.
    ///   - grouping: the groups of the entries.
    ///   - heats: the heat of each entry, when heats select separately.
    ///   - adjustment: for the number of groups.
    ///   - draws: how many permutations of labels are drawn for the overall p.
    ///   - seed: for the draws.
    public init(
        of isSelected: [Bool], _ grouping: Grouping, heats: [Int32]? = nil, adjustedBy adjustment: PAdjustment = .holm,
        draws: Int = PermutationTest.usualDraws, seed: UInt64 = 1
    ) {
        precondition(isSelected.count == grouping.codes.count, "\(isSelected.count) outcomes for \(grouping.codes.count) entries")
        var selectedOf = [Int](repeating: 0, count: grouping.count)
        for (code, isIn) in zip(grouping.codes, isSelected) where isIn && code != Factor.missing { selectedOf[Int(code)] += 1 }
        let (entered, selected) = (grouping.sizes.reduce(0, +), selectedOf.reduce(0, +))
        let p = zip(grouping.sizes, selectedOf).map { size, count -> Double? in
            guard size >= Breakdown.fewest, size < entered else { return nil }
            return Hypergeometric(population: entered, marked: size, draws: selected).twoSidedP(count)
        }
        let within = heats.map { StratifiedSelection(isSelected, grouping, heats: $0) }
        let adjusted = adjustment.adjusted(p)
        rows = (0..<grouping.count).map { group in
            let (size, count) = (grouping.sizes[group], selectedOf[group])
            let shareEntered = Double(size) / Double(entered)
            let shareSelected = selected > 0 ? Double(count) / Double(selected) : nil
            return Row(
                entered: size, selected: count, shareEntered: shareEntered, shareSelected: shareSelected,
                rate: Proportion(count, of: size), index: shareSelected.map { $0 / shareEntered }, p: p[group], adjusted: adjusted[group],
                withinHeats: p[group].flatMap { _ in within?.p(of: group) })
        }
        let isLarge = grouping.sizes.map { $0 >= Breakdown.fewest }
        let codes = grouping.codes.map { $0 != Factor.missing && isLarge[Int($0)] ? $0 : Factor.missing }
        overall = PermutationTest(of: isSelected.map { $0 ? 1 : 0 }, groups: codes, strata: heats, draws: draws, seed: seed)
        (self.grouping, self.entered, self.selected, self.adjustment) = (grouping, entered, selected, adjustment)
    }
}

/// The number of a group's entries among the selected when each heat selects for itself: a sum of independent hypergeometric numbers.
struct StratifiedSelection {
    private let heatCount: Int
    private let entered: [Int], selected: [Int]
    private let enteredOf: [[Int]], selectedOf: [Int]

    init(_ isSelected: [Bool], _ grouping: Grouping, heats: [Int32]) {
        let heatCount = Int((heats.max() ?? -1) + 1)
        var (entered, selected) = ([Int](repeating: 0, count: heatCount), [Int](repeating: 0, count: heatCount))
        var enteredOf = [[Int]](repeating: [Int](repeating: 0, count: heatCount), count: grouping.count)
        var selectedOf = [Int](repeating: 0, count: grouping.count)
        for (position, code) in grouping.codes.enumerated() where code != Factor.missing {
            let heat = Int(heats[position])
            entered[heat] += 1
            enteredOf[Int(code)][heat] += 1
            guard isSelected[position] else { continue }
            selected[heat] += 1
            selectedOf[Int(code)] += 1
        }
        (self.heatCount, self.entered, self.selected, self.enteredOf, self.selectedOf) = (
            heatCount, entered, selected, enteredOf, selectedOf
        )
    }

    /// The probability of all numbers that are no more probable than the one found.
    func p(of group: Int) -> Double {
        var distribution = [1.0]
        for heat in 0..<heatCount where enteredOf[group][heat] > 0 {
            let part = Hypergeometric(population: entered[heat], marked: enteredOf[group][heat], draws: selected[heat])
            let most = min(enteredOf[group][heat], selected[heat])
            let terms = (0...most).map { part.probability(of: $0) }
            var sum = [Double](repeating: 0, count: distribution.count + most)
            for (i, a) in distribution.enumerated() {
                for (j, b) in terms.enumerated() { sum[i + j] += a * b }
            }
            distribution = sum
        }
        let limit = distribution[selectedOf[group]] * (1 + 1e-7)
        return min(1, distribution.filter { $0 <= limit }.sorted().reduce(0, +))
    }
}

/// A share of successes with Wilson's interval, which stays within 0 and 1 and is honest for few trials.
///
/// With z the normal quantile, p = successes / trials and n trials: [p + z²/2n ± z √(p (1 − p) / n + z²/4n²)] / (1 + z²/n).
///
/// Source: Wilson, *Probable inference, the law of succession, and statistical inference*, Journal of the American Statistical Association
/// 22 (1927).
public struct Proportion: Sendable, Equatable {
    /// How many were successes.
    public let successes: Int
    /// Of how many.
    public let trials: Int

    /// A share.
    ///
    /// - Precondition: at least one trial, and no more successes than trials.
    public init(_ successes: Int, of trials: Int) {
        precondition(trials > 0 && (0...trials).contains(successes), "\(successes) of \(trials) is not a share")
        (self.successes, self.trials) = (successes, trials)
    }

    /// successes / trials.
    public var value: Double { Double(successes) / Double(trials) }

    /// The interval that covers the true share with probability about `level`.
    public func interval(level: Double = 0.95) -> ClosedRange<Double> {
        let z = NormalDistribution.standard.upperTailQuantile((1 - level) / 2)
        let (count, square) = (Double(trials), z * z)
        let center = value + square / (2 * count)
        let reach = z * (value * (1 - value) / count + square / (4 * count * count)).squareRoot()
        let whole = 1 + square / count
        // At 0 and at all the formula's ends are exact.
        return (successes == 0 ? 0 : (center - reach) / whole)...(successes == trials ? 1 : (center + reach) / whole)
    }
}
