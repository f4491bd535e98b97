/// What a step of a rule left of the scores of a performance.
public struct RuleStep: Sendable, Equatable {
    /// One number.
    public struct Cell: Sendable, Equatable {
        /// The index of the judge in the sheet, or `Factor.missing` once the judges are combined.
        public let judge: Int32
        /// The index of the criterion in the sheet, or `Factor.missing` when there is none or they are combined.
        public let criterion: Int32
        /// The number itself.
        public let value: Fraction
        /// Whether this step left it out.
        public var isDropped = false

        func with(_ value: Fraction) -> Cell { Cell(judge: judge, criterion: criterion, value: value) }
    }

    /// The step; `nil` for the scores as the judges gave them.
    public let step: ScoringRule.Step?
    /// The numbers, by judge and criterion; those left out are marked, and gone in the next step.
    public let cells: [Cell]
    /// What the step worked with, when that is one number: a distance, a factor, deductions, a coefficient.
    public let amount: Fraction?
}

/// Applies the steps of a rule to the scores of one performance.
struct RuleApplication {
    let sheet: ScoreSheet
    let performance: Int
    let stage: String?
    /// What each coefficient step multiplies the results of the heat by, in the order of the steps.
    let coefficients: [Fraction]
    /// Whether a trim found too few scores and left out none.
    private(set) var isUntrimmed = false

    init(_ sheet: ScoreSheet, performance: Int, stage: String?, coefficients: [Fraction]) {
        (self.sheet, self.performance, self.stage, self.coefficients) = (sheet, performance, stage, coefficients)
    }

    /// The numbers after each step, until one needs a coefficient that is not known yet.
    mutating func run(_ steps: [ScoringRule.Step]) throws -> [RuleStep] {
        var trace = [RuleStep(step: nil, cells: scores, amount: nil)]
        trace.reserveCapacity(steps.count + 1)
        var cells = scores
        var coefficientCount = 0
        for step in steps {
            var amount: Fraction?
            switch step {
            case .trim(let high, let low): try trim(&cells, high: high, low: low)
            case .clip(let distance): amount = try clip(&cells, distance)
            case .round(let rounding):
                for index in cells.indices { cells[index] = try cells[index].with(cells[index].value.rounded(rounding)) }
            case .judges(let combination): cells = try combined(cells, over: .judges, combination)
            case .criteria(let combination): cells = try combined(cells, over: .criteria, combination)
            case .add(let given): amount = try change(&cells, given, "add", missing: Fraction(0)) { (a, b) throws(FitError) in try a + b }
            case .subtract(let given):
                amount = try change(&cells, given, "subtract", missing: Fraction(0)) { (a, b) throws(FitError) in try a - b }
            case .multiply(let given): amount = try change(&cells, given, "multiply") { (a, b) throws(FitError) in try a * b }
            case .divide(let given): amount = try change(&cells, given, "divide") { (a, b) throws(FitError) in try a / b }
            case .coefficient:
                guard coefficients.indices.contains(coefficientCount) else { return trace }
                amount = coefficients[coefficientCount]
                for index in cells.indices { cells[index] = try cells[index].with(cells[index].value * coefficients[coefficientCount]) }
                coefficientCount += 1
            }
            trace.append(RuleStep(step: step, cells: cells, amount: amount))
            cells.removeAll(where: \.isDropped)
        }
        return trace
    }

    private var scores: [RuleStep.Cell] {
        let perPoint = Int128(sheet.unitsPerPoint)
        return sheet.performances[performance].rows.map { row in
            RuleStep.Cell(
                judge: sheet.judgeCodes[row], criterion: sheet.criterionCodes.isEmpty ? Factor.missing : sheet.criterionCodes[row],
                value: sheet.direction.turned(Fraction(Int128(sheet.units[row]), over: perPoint)))
        }
    }

    /// The places of the cells with the same criterion (or judge), groups in the order of their codes.
    private func groups(_ cells: [RuleStep.Cell], by code: (RuleStep.Cell) -> Int32) -> [[Int]] {
        let order = cells.indices.sorted { (code(cells[$0]), $0) < (code(cells[$1]), $1) }
        return order.reduce(into: [[Int]]()) { groups, index in
            if let first = groups.last?.first, code(cells[first]) == code(cells[index]) {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
    }

    private mutating func trim(_ cells: inout [RuleStep.Cell], high: ScoringRule.Amount, low: ScoringRule.Amount) throws {
        for group in groups(cells, by: \.criterion) {
            let (top, bottom) = (try count(high, cells, group), try count(low, cells, group))
            guard top + bottom < group.count else {
                isUntrimmed = true
                continue
            }
            let order = group.sorted { cells[$0].value != cells[$1].value ? cells[$0].value < cells[$1].value : $0 < $1 }
            for index in order.prefix(bottom) + order.suffix(top) { cells[index].isDropped = true }
        }
    }

    private func count(_ amount: ScoringRule.Amount, _ cells: [RuleStep.Cell], _ group: [Int]) throws -> Int {
        let value = try number(amount, cells[group[0]], judges: group.count, step: "trim").reduced
        guard value.denominator == 1, (0...Int128(Int32.max)).contains(value.numerator) else {
            throw DesignError.noCount(value: value.value, entry: sheet.entries[entry])
        }
        return Int(value.numerator)
    }

    /// The distance, when it was one for all.
    private func clip(_ cells: inout [RuleStep.Cell], _ distance: ScoringRule.Amount) throws -> Fraction? {
        var distances: [Fraction] = []
        for group in groups(cells, by: \.criterion) {
            let center = try Fraction.sum(group.map { cells[$0].value }) / Fraction(Int128(group.count))
            let reach = try number(distance, cells[group[0]], judges: group.count, step: "clip")
            let (low, high) = (try center - reach, try center + reach)
            for index in group { cells[index] = cells[index].with(min(max(cells[index].value, low), high)) }
            distances.append(reach)
        }
        return RuleApplication.common(distances)
    }

    private enum Facet { case judges, criteria }

    private func combined(_ cells: [RuleStep.Cell], over facet: Facet, _ combination: ScoringRule.Combination) throws -> [RuleStep.Cell] {
        try groups(cells, by: facet == .judges ? \.criterion : \.judge).map { group in
            let first = cells[group[0]]
            return RuleStep.Cell(
                judge: facet == .judges ? Factor.missing : first.judge, criterion: facet == .criteria ? Factor.missing : first.criterion,
                value: try RuleApplication.combine(group.map { cells[$0].value }, combination))
        }
    }

    private static func combine(_ values: [Fraction], _ combination: ScoringRule.Combination) throws -> Fraction {
        switch combination {
        case .sum: return try Fraction.sum(values)
        case .mean: return try Fraction.sum(values) / Fraction(Int128(values.count))
        case .median:
            let sorted = values.sorted()
            let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
            return try (low + high) / Fraction(2)
        }
    }

    /// Changes every cell by an amount; the amount, when it was one for all.
    private func change(
        _ cells: inout [RuleStep.Cell], _ amount: ScoringRule.Amount, _ step: String, missing: Fraction? = nil,
        _ body: (Fraction, Fraction) throws(FitError) -> Fraction
    ) throws -> Fraction? {
        var amounts: [Fraction] = []
        let judges = Set(cells.map(\.judge)).count
        for index in cells.indices {
            let value = try number(amount, cells[index], judges: judges, step: step, missing: missing)
            if step == "divide", value.numerator == 0 { throw DesignError.noAmount(step: step, entry: sheet.entries[entry], place: "0") }
            cells[index] = cells[index].with(try body(cells[index].value, value))
            amounts.append(value)
        }
        return RuleApplication.common(amounts)
    }

    private static func common(_ amounts: [Fraction]) -> Fraction? {
        guard let first = amounts.first, amounts.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private var entry: Int { Int(sheet.performances[performance].entry) }

    private func number(
        _ amount: ScoringRule.Amount, _ cell: RuleStep.Cell, judges: Int, step: String, missing: Fraction? = nil
    ) throws -> Fraction {
        switch amount {
        case .fixed(let value): return value
        case .attribute(let name):
            guard let attribute = sheet.entryAttributes.first(where: { $0.name == name }) else {
                throw DesignError.unknownAttribute(name, known: sheet.entryAttributes.map(\.name))
            }
            guard let text = attribute.values[entry] else {
                if let missing { return missing }
                throw DesignError.noNumber(attribute: name, entry: sheet.entries[entry], text: "")
            }
            guard let value = Fraction(decimal: text) else {
                throw DesignError.noNumber(attribute: name, entry: sheet.entries[entry], text: text)
            }
            return value
        case .cases(let cases):
            let heat = sheet.heats[Int(sheet.performances[performance].heat)]
            let place = RulePlace(
                entry: entry, heat: heat, stage: stage ?? heat.stage,
                criterion: cell.criterion == Factor.missing ? nil : sheet.criteria[Int(cell.criterion)],
                judge: cell.judge == Factor.missing ? nil : sheet.judges[Int(cell.judge)], judges: judges)
            if let match = cases.first(where: { $0.fits(place) }) { return match.value }
            let names = [place.stage, place.heat.name, place.criterion, place.judge].compactMap(\.self)
            throw DesignError.noAmount(step: step, entry: sheet.entries[entry], place: names.joined(separator: ", "))
        }
    }
}
