/// Applies the steps of a rule to the scores of performances that make one result.
struct RuleApplication {
    let sheet: ScoreSheet
    let performances: [Int]
    let stage: String?
    /// What the steps that look at a whole stage found, in the order of the steps.
    let findings: [StageFinding]
    /// Whether a trim found too few scores and left out none.
    private(set) var isUntrimmed = false

    init(_ sheet: ScoreSheet, performances: [Int], stage: String?, findings: [StageFinding]) {
        (self.sheet, self.performances, self.stage, self.findings) = (sheet, performances, stage, findings)
    }

    /// The numbers after each step, until one needs a finding that is not known yet.
    mutating func run(_ steps: [ScoringRule.Step]) throws -> [RuleStep] {
        var trace = [RuleStep(step: nil, cells: scores, amounts: [])]
        trace.reserveCapacity(steps.count + 1)
        var (cells, findings) = (scores, findings[...])
        for step in steps {
            var amounts: [Fraction] = []
            switch step {
            case .trim(let high, let low): try trim(&cells, high: high, low: low)
            case .best(let count, let facet): keepBest(&cells, count, of: facet)
            case .clip(let distance): amounts = try clip(&cells, distance)
            case .round(let rounding):
                for index in cells.indices { cells[index] = try cells[index].with(cells[index].value.rounded(rounding)) }
            case .judges(let combination): cells = try combined(cells, over: .judges, combination)
            case .criteria(let combination): cells = try combined(cells, over: .criteria, combination)
            case .heats(let combination): cells = try combined(cells, over: .heats, combination)
            case .add(let given): amounts = try change(&cells, given, "add", missing: Fraction(0)) { (a, b) throws(FitError) in try a + b }
            case .subtract(let given):
                amounts = try change(&cells, given, "subtract", missing: Fraction(0)) { (a, b) throws(FitError) in try a - b }
            case .multiply(let given): amounts = try change(&cells, given, "multiply") { (a, b) throws(FitError) in try a * b }
            case .divide(let given): amounts = try change(&cells, given, "divide") { (a, b) throws(FitError) in try a / b }
            case .coefficient, .preferences:
                guard let finding = findings.popFirst() else { return trace }
                amounts = try apply(finding, to: &cells)
            }
            trace.append(RuleStep(step: step, cells: cells, amounts: amounts))
            cells.removeAll(where: \.isDropped)
        }
        return trace
    }

    private var scores: [RuleStep.Cell] {
        let perPoint = Int128(sheet.unitsPerPoint)
        return performances.flatMap { index in
            let performance = sheet.performances[index]
            return performance.rows.map { row in
                RuleStep.Cell(
                    judge: sheet.judgeCodes[row], criterion: sheet.criterionCodes.isEmpty ? Factor.missing : sheet.criterionCodes[row],
                    heat: performance.heat, value: sheet.direction.turned(Fraction(Int128(sheet.units[row]), over: perPoint)))
            }
        }
    }

    private mutating func trim(_ cells: inout [RuleStep.Cell], high: ScoringRule.Amount, low: ScoringRule.Amount) throws {
        for group in cells.groups(over: .judges) {
            let (top, bottom) = (try count(high, cells, group), try count(low, cells, group))
            guard top + bottom < group.count else {
                isUntrimmed = true
                continue
            }
            let order = ascending(group, cells)
            for index in order.prefix(bottom) + order.suffix(top) { cells[index].isDropped = true }
        }
    }

    private func ascending(_ group: [Int], _ cells: [RuleStep.Cell]) -> [Int] {
        group.sorted { cells[$0].value != cells[$1].value ? cells[$0].value < cells[$1].value : $0 < $1 }
    }

    private func count(_ amount: ScoringRule.Amount, _ cells: [RuleStep.Cell], _ group: [Int]) throws -> Int {
        let value = try number(amount, cells[group[0]], judges: group.count, step: "trim").reduced
        guard value.denominator == 1, (0...Int128(Int32.max)).contains(value.numerator) else {
            throw DesignError.noCount(value: value.value, entry: sheet.entries[entry])
        }
        return Int(value.numerator)
    }

    /// Of fewer numbers than are asked for, all are kept.
    private func keepBest(_ cells: inout [RuleStep.Cell], _ count: Int, of facet: ScoringRule.Facet) {
        for group in cells.groups(over: facet) where group.count > count {
            let order = ascending(group, cells)
            let worse = sheet.direction == .higherIsBetter ? order.dropLast(count) : order.dropFirst(count)
            for index in worse { cells[index].isDropped = true }
        }
    }

    /// The distance for each number.
    private func clip(_ cells: inout [RuleStep.Cell], _ distance: ScoringRule.Amount) throws -> [Fraction] {
        var distances = cells.map(\.value)
        for group in cells.groups(over: .judges) {
            let center = try Fraction.sum(group.map { cells[$0].value }) / Fraction(Int128(group.count))
            let reach = try number(distance, cells[group[0]], judges: group.count, step: "clip")
            let (low, high) = (try center - reach, try center + reach)
            for index in group {
                cells[index] = cells[index].with(min(max(cells[index].value, low), high))
                distances[index] = reach
            }
        }
        return distances
    }

    private func combined(
        _ cells: [RuleStep.Cell], over facet: ScoringRule.Facet, _ combination: ScoringRule.Combination
    ) throws -> [RuleStep.Cell] {
        try cells.groups(over: facet).map { group in
            RuleStep.Cell(cells[group[0]].location.without(facet), value: try combine(group.map { cells[$0].value }, combination))
        }
    }

    private func combine(_ values: [Fraction], _ combination: ScoringRule.Combination) throws -> Fraction {
        let sorted = values.sorted()
        let counted = combination.positions(of: sorted.count, sheet.direction)
        let sum = try Fraction.sum(counted.map { sorted[$0] })
        return combination == .sum || counted.count == 1 ? sum : try sum / Fraction(Int128(counted.count))
    }

    /// The coefficient of each number.
    private func apply(_ finding: StageFinding, to cells: inout [RuleStep.Cell]) throws -> [Fraction] {
        switch finding {
        case .coefficients(let found):
            // Every performance has its part in the mean of its heat.
            let values = cells.compactMap { found.values[Int($0.heat)] }
            for (index, value) in zip(cells.indices, values) { cells[index] = cells[index].with(try cells[index].value * value) }
            return values
        case .preferences(let found):
            for index in cells.indices { cells[index] = cells[index].with(found.number(below: cells[index])) }
            return []
        }
    }

    /// Changes every number by an amount; the amount of each.
    private func change(
        _ cells: inout [RuleStep.Cell], _ amount: ScoringRule.Amount, _ step: String, missing: Fraction? = nil,
        _ body: (Fraction, Fraction) throws(FitError) -> Fraction
    ) throws -> [Fraction] {
        var amounts: [Fraction] = []
        let judges = Set(cells.map(\.judge)).count
        for index in cells.indices {
            let value = try number(amount, cells[index], judges: judges, step: step, missing: missing)
            if step == "divide", value.numerator == 0 { throw DesignError.noAmount(step: step, entry: sheet.entries[entry], location: "0") }
            cells[index] = cells[index].with(try body(cells[index].value, value))
            amounts.append(value)
        }
        return amounts
    }

    /// The entry that the result is for.
    var entry: Int { Int(sheet.performances[performances[0]].entry) }
}
