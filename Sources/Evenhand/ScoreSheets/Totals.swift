/// How the criteria of a ballot make a judge's total.
public struct CriterionRule: Sendable, Equatable {
    /// Whether criteria are added up or averaged.
    public enum Combination: String, Sendable, CaseIterable {
        /// The criteria are added up.
        case sum
        /// The criteria are averaged.
        case mean
    }

    /// Added up by default, the way score sheets work: parts of 100.
    public var combination: Combination = .sum
    /// What each criterion is multiplied by, after division by its maximum; empty for no weights.
    public var weights: [String: Fraction] = [:]
    /// The most that each criterion can get; used with weights.
    public var maxima: [String: Fraction] = [:]

    /// The rule of plain sums.
    public init(combination: Combination = .sum, weights: [String: Fraction] = [:], maxima: [String: Fraction] = [:]) {
        self.combination = combination
        self.weights = weights
        self.maxima = maxima
    }
}

/// Judges' totals: a sheet with one score for each judge of each performance; of several items and repetitions their mean.
public struct Totals: Sendable {
    /// A ballot without a score for every criterion of its heat.
    public struct IncompleteBallot: Sendable, Equatable {
        /// The entry, by name.
        public let entry: String
        /// The judge, by name.
        public let judge: String
        /// The criteria without a score.
        public let missing: [String]
    }

    /// The totals, without criteria, items and repetitions.
    public let sheet: ScoreSheet
    /// The totals of each item and repetition; the same as `sheet` where there are none.
    public let judgements: ScoreSheet
    /// The ballots that they are made of, with their criteria.
    public let ballots: ScoreSheet
    /// The ballots that lack a criterion, in canonical order.
    public let incomplete: [IncompleteBallot]
    /// Whether those count as far as they go, where only the criteria one by one are looked at; otherwise they were left out.
    public let keepsIncomplete: Bool
    /// The entries that have no complete ballot and therefore no result.
    public let entriesWithout: [String]

    /// The totals of a sheet; a sheet without criteria, items and repetitions is its own.
    ///
    /// A total is Σ w_c x_c / max_c (w = max = 1 without weights), divided by the number of criteria of the heat for `mean`. It stays
    /// exact: the unit becomes a fraction of the old one that all weights are whole multiples of. A judge's total for an entry is the mean
    /// over the items and repetitions that the judge scored.
    ///
    /// - Parameters:
    ///   - sheet: the scores.
    ///   - rule: how criteria become a total.
    ///   - keepsIncomplete: let ballots that lack criteria count as far as they go, so that no entry is lost.
    /// - Throws: `DesignError` when a weight or maximum is missing or names no criterion, or no ballot is complete.
    public init(of sheet: ScoreSheet, by rule: CriterionRule = CriterionRule(), keepsIncomplete: Bool = false) throws(DesignError) {
        self.keepsIncomplete = keepsIncomplete
        guard !sheet.criteria.isEmpty else {
            if let name = rule.weights.keys.sorted(by: Factor.precedes).first { throw .unknownCriterion(name, known: []) }
            (judgements, ballots, incomplete, entriesWithout) = (sheet, sheet, [], [])
            self.sheet = sheet.averagingItems()
            return
        }
        let required = Totals.requiredCriteria(of: sheet)
        let multiples = try Multiples(rule, criteria: sheet.criteria, counts: required.map(\.count))
        var (complete, lacking) = ([Ballot](), [IncompleteBallot]())
        var incompleteRows: Set<Int> = []
        for performance in sheet.performances {
            let needed = required[Int(performance.heat)]
            for rows in sheet.ballots(of: performance) {
                let isComplete = rows.count == needed.count
                if isComplete || keepsIncomplete {
                    complete.append(multiples.total(of: rows, sheet, criterionCount: needed.count))
                }
                if !isComplete {
                    let present = Set(rows.map { Int(sheet.criterionCodes[$0]) })
                    let missing = needed.filter { !present.contains($0) }.map { sheet.criteria[$0] }
                    let (entry, judge) = (sheet.entries[Int(performance.entry)], sheet.judges[Int(sheet.judgeCodes[rows.lowerBound])])
                    lacking.append(IncompleteBallot(entry: entry, judge: judge, missing: missing))
                    if !keepsIncomplete { incompleteRows.formUnion(rows) }
                }
            }
        }
        guard !complete.isEmpty else { throw .noCompleteBallot }
        let totals = sheet.replacingBallots(complete, multiples)
        let isIncluded: (Int) -> Bool = { !incompleteRows.contains($0) }
        ballots = incompleteRows.isEmpty ? sheet : sheet.selecting(performances: Array(sheet.performances.indices), where: isIncluded)
        (judgements, self.sheet) = (totals, totals.averagingItems())
        incomplete = lacking
        let present = Set(totals.entries)
        entriesWithout = sheet.entries.filter { !present.contains($0) }
    }

    /// Whether each total is of all criteria of its heat.
    public var areComparable: Bool { incomplete.isEmpty || !keepsIncomplete }

    /// For each heat the criteria that anybody scored in it.
    private static func requiredCriteria(of sheet: ScoreSheet) -> [[Int]] {
        var used = sheet.heats.map { _ in [Bool](repeating: false, count: sheet.criteria.count) }
        for performance in sheet.performances {
            for row in performance.rows { used[Int(performance.heat)][Int(sheet.criterionCodes[row])] = true }
        }
        return used.map { flags in flags.indices.filter { flags[$0] } }
    }
}

/// A judge's total of a performance.
private struct Ballot {
    /// The index of its first score.
    let row: Int
    let total: Double
    /// Whether no term of the total was rounded.
    let isExact: Bool
}

/// What a unit of each criterion adds to a total, as whole multiples of a new unit; as they are when those would pass 2¹²⁷.
private struct Multiples {
    let factors: [Double]
    /// By how much the new unit is smaller than the old one.
    let refinement: Double
    let isMean: Bool
    let isExact: Bool

    init(_ rule: CriterionRule, criteria: [String], counts: [Int]) throws(DesignError) {
        for name in (Array(rule.weights.keys) + Array(rule.maxima.keys)).sorted(by: Factor.precedes) where !criteria.contains(name) {
            throw .unknownCriterion(name, known: criteria)
        }
        isMean = rule.combination == .mean
        var (shares, values) = ([Fraction?](), [Double]())
        for criterion in criteria {
            var (weight, maximum) = (Fraction(1), Fraction(1))
            if !rule.weights.isEmpty {
                guard let given = rule.weights[criterion] else { throw .noWeight(criterion: criterion) }
                weight = given
                if !rule.maxima.isEmpty {
                    guard let given = rule.maxima[criterion], given.numerator > 0 else { throw .noMaximum(criterion: criterion) }
                    maximum = given
                }
            }
            shares.append(Multiples.quotient(weight, maximum))
            values.append(weight.value / maximum.value)
        }
        let whole = Multiples.whole(shares, counts: isMean ? counts : [])
        factors = whole?.factors ?? values
        refinement = whole?.unit ?? 1
        isExact = whole != nil
    }

    private static func quotient(_ a: Fraction, _ b: Fraction) -> Fraction? {
        guard let numerator = product(a.numerator, b.denominator), let denominator = product(a.denominator, b.numerator) else { return nil }
        return Fraction(numerator, over: denominator).reduced
    }

    /// The shares in a unit of which each, divided by any of the counts, is a whole multiple.
    private static func whole(_ shares: [Fraction?], counts: [Int]) -> (factors: [Double], unit: Double)? {
        var (common, divisor, factors) = (Int128(1), Int128(1), [Double]())
        for count in counts {
            guard let next = leastCommonMultiple(divisor, Int128(max(1, count))) else { return nil }
            divisor = next
        }
        for share in shares {
            guard let share, let next = leastCommonMultiple(common, share.denominator) else { return nil }
            common = next
        }
        guard let unit = product(common, divisor) else { return nil }
        for case let share? in shares {
            guard let factor = product(share.numerator, unit / share.denominator) else { return nil }
            factors.append(Double(factor))
        }
        return (factors, Double(unit))
    }

    private static func leastCommonMultiple(_ a: Int128, _ b: Int128) -> Int128? { product(a, Fraction(b, over: a).reduced.numerator) }

    private static func product(_ a: Int128, _ b: Int128) -> Int128? {
        let (product, over) = a.multipliedReportingOverflow(by: b)
        return over ? nil : product
    }

    func total(of rows: Range<Int>, _ sheet: ScoreSheet, criterionCount: Int) -> Ballot {
        var (sum, magnitude) = (0.0, 0.0)
        for row in rows {
            let term = sheet.units[row] * factors[Int(sheet.criterionCodes[row])]
            (sum, magnitude) = (sum + term, magnitude + term.magnitude)
        }
        // Every factor is a multiple of the count, so this division is exact.
        let total = isMean ? sum / Double(criterionCount) : sum
        return Ballot(row: rows.lowerBound, total: total, isExact: isExact && magnitude < 0x1p53)
    }
}

extension ScoreSheet {
    /// The rows of each judge's ballot of a performance, for each item and repetition.
    fileprivate func ballots(of performance: Performance) -> [Range<Int>] {
        var (ballots, start) = ([Range<Int>](), performance.rows.lowerBound)
        for row in performance.rows where row + 1 == performance.rows.upperBound || startsBallot(row + 1) {
            ballots.append(start..<row + 1)
            start = row + 1
        }
        return ballots
    }

    /// Whether a score is on another ballot than the one before.
    private func startsBallot(_ row: Int) -> Bool {
        judgeCodes[row] != judgeCodes[row - 1] || items.isPresent && items.codes[row] != items.codes[row - 1]
            || repetitions.isPresent && repetitions.codes[row] != repetitions.codes[row - 1]
    }

    fileprivate func replacingBallots(_ ballots: [Ballot], _ multiples: Multiples) -> ScoreSheet {
        let totalOfRow = Dictionary(uniqueKeysWithValues: ballots.map { ($0.row, $0.total) })
        let part = selecting(performances: Array(performances.indices)) { totalOfRow[$0] != nil }
        let totals = ballots.map(\.total)
        let perPoint = unitsPerPoint * multiples.refinement
        let staysExact = isExact && perPoint < 0x1p53 && ballots.allSatisfy(\.isExact)
        return ScoreSheet(
            entries: part.entries, judges: part.judges, criteria: [], heats: part.heats, performances: part.performances,
            judgeCodes: part.judgeCodes, criterionCodes: [], items: part.items, repetitions: part.repetitions,
            units: staysExact ? totals : totals.map { $0 / perPoint }.withoutRounding,
            unitsPerPoint: staysExact ? perPoint : 1, isExact: staysExact, direction: direction,
            entryAttributes: part.entryAttributes, judgeAttributes: part.judgeAttributes)
    }
}

extension [Double] {
    /// The numbers with those made equal that only rounding tells apart: sums of the same decimals in another order, for example.
    ///
    /// A number that lies less than 2⁻⁴⁴ of the largest magnitude above the next lower one that is kept becomes that one.
    fileprivate var withoutRounding: [Double] {
        let reach = reduce(0) { Swift.max($0, $1.magnitude) } * 0x1p-44
        var (numbers, kept) = (self, -Double.infinity)
        for position in RadixOrder.ascending(map { RadixOrder.key($0) }).order.lazy.map({ Int($0) }) {
            if numbers[position] - kept >= reach { kept = numbers[position] }
            numbers[position] = kept
        }
        return numbers
    }
}
