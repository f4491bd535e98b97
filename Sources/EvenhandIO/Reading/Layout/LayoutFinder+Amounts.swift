import Evenhand

/// What headers and rows say about maxima and weights, and what is subtracted from the scores.
extension LayoutFinder {
    mutating func takeAmounts() throws(ScoreSheetError) {
        takeRows()
        try takeDeductions()
        try takeWeights()
        try takeWeightColumns()
        try takeJudgeWeights()
    }

    var scores: [Int] { uses.indices.filter { if case .score = uses[$0] { true } else { false } } }

    /// Rows of maxima and weights below the header.
    private mutating func takeRows() {
        for (row, use) in body.uses where use == .maxima || use == .weights {
            for index in scores {
                guard case .score(let names)? = uses[index], let criterion = names.criterion, let number = cells.number(row, index),
                    let millionths = number.millionths, millionths > 0
                else { continue }
                let isPercentage = cells.kind(row, index) == .percentage
                let value = Fraction(millionths, over: CellNumber.one * (isPercentage ? 100 : 1))
                if use == .maxima { maxima[criterion] = value } else { weights[criterion] = value }
            }
        }
        // Weights in percent of 100.
        let sum = weights.values.reduce(0.0) { $0 + $1.value }
        if abs(sum - 100) < 1e-9 { weights = weights.mapValues { Fraction($0.numerator, over: $0.denominator * 100) } }
    }

    /// Penalties: subtracted when a total shows it, otherwise a question.
    private mutating func takeDeductions() throws(ScoreSheetError) {
        for index in columns.indices where uses[index] == .deduction(isShared: false) && isTakenOnce(index) {
            set(index, .deduction(isShared: true), reasons[index])
        }
        for index in columns.indices where uses[index] == nil {
            let points = columns[index].isNumeric ? columns[index].values : pointsWithUnit(index)
            let claim = points.isEmpty ? nil : Claim(columns[index].words)
            guard claim == .deduction || claim == .bonus else { continue }
            let (name, scores) = (columns[index].shown, scores)
            let isAllZero = points.allSatisfy { $0 == 0 }
            let (totals, kinds) = (rowTotals, Relations.Kind.allCases)
            let taken = claim == .deduction && !isAllZero ? kindsOfTotals(minus: index) : []
            let isOnce = isTakenOnce(index)
            let isTaken = !taken.isEmpty && (isOnce || scoredJudges < 2 || taken.allSatisfy { !$0.isSum })
            let isNotTaken = totals.contains { total in kinds.contains { relations.holds($0, total, of: scores) } }
            if options.ruleAttributes != nil {
                set(index, .attribute, .said)
            } else if isAllZero {
                set(index, .ignored, .values)
            } else if isTaken, !isNotTaken {
                set(index, .deduction(isShared: isOnce), .relation)
            } else if claim == .bonus {
                if totals.contains(where: { total in kinds.contains { relations.holds($0, total, of: scores + [index]) } }),
                    columns[index].isNumeric, hasJudge
                {
                    set(index, .score(criterion: columns[index].header.name), .relation)
                } else {
                    throw try unexplained(index, beside: scores, role: hasJudge ? .criterion : .judge)
                }
            } else {
                throw ask(
                    .deduction(column: name), samples: samples(index),
                    [
                        .init(["--deduct", name], .taken(off: name)), .init(["--ignore", name], .leftOut(name)),
                    ])
            }
        }
    }

    /// The totals and averages of whole rows.
    private var rowTotals: [Int] {
        columns.indices.filter { if case .derived(let kind, nil)? = uses[$0] { kind != .rank } else { false } }
    }

    /// What the totals of the rows are, with a penalty subtracted.
    private func kindsOfTotals(minus penalty: Int) -> Set<Relations.Kind> {
        let (scores, totals) = (scores, rowTotals)
        return Set(Relations.Kind.allCases.filter { kind in totals.contains { relations.holds(kind, $0, of: scores, minus: penalty) } })
    }

    /// How many judges the headers of the scores name.
    private var scoredJudges: Int {
        Set(scores.compactMap { index -> String? in if case .score(let names)? = uses[index] { names.judge } else { nil } }).count
    }

    /// Whether a penalty is subtracted once from the sum of several judges, and not from what each of them gave.
    private func isTakenOnce(_ penalty: Int) -> Bool { scoredJudges > 1 && kindsOfTotals(minus: penalty) == [.sum] }

    /// The amounts of a column whose texts are mostly numbers with a word for points: 9分.
    private func pointsWithUnit(_ index: Int) -> [Double] {
        guard columns[index].counts.text > 0 else { return [] }
        let points = columns[index].texts.compactMap { text in
            (ScoreText.digits(beforePoints: text).flatMap { CellNumber($0) } ?? CellNumber(text))?.value
        }
        return points.count * 2 > columns[index].counts.filled ? points : []
    }

    /// The number after the name of each criterion in a title or a remark: 总分=创新性×0.3+技术×0.5+市场×0.2, Idea 40 %, Market 60 %.
    private func statedWeights(of criteria: Set<String>) -> [String: Fraction] {
        guard criteria.count > 1 else { return [:] }
        for text in textsAround where criteria.allSatisfy(text.contains) {
            var found: [String: Fraction] = [:]
            for name in criteria {
                guard let end = text.ranges(of: name).last?.upperBound else { continue }
                let rest = text[end...].prefix { !",，;；+、".contains($0) }
                let number = rest.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
                guard let value = Fraction(decimal: String(number)), value.numerator > 0, rest.count - number.count < 12 else { continue }
                let isShare = rest[number.endIndex...].first { !$0.isWhitespace }.map { "%％".contains($0) } ?? false
                found[name] = isShare ? Fraction(value.numerator, over: value.denominator * 100) : value
            }
            let sum = found.values.reduce(0.0) { $0 + $1.value }
            if found.count == criteria.count, abs(sum - 1) < 1e-9 { return found }
        }
        return [:]
    }

    /// Weights that all criteria state; percentages may also be the maximum of a mark.
    private mutating func takeWeights() throws(ScoreSheetError) {
        if weights.isEmpty {
            weights = statedWeights(
                of: Set(scores.compactMap { if case .score(let names)? = uses[$0] { names.criterion } else { nil } }))
        }
        guard !weights.isEmpty else { return }
        let named = scores.compactMap { index -> (Int, String)? in
            if case .score(let names)? = uses[index], let criterion = names.criterion { return (index, criterion) }
            return nil
        }
        let criteria = Set(named.map(\.1))
        guard criteria.allSatisfy({ weights[$0] != nil }) || !weights.values.allSatisfy({ $0.value <= 1 }) else {
            // Not all siblings have one: stated in the header, but not used.
            weights = [:]
            return
        }
        for criterion in criteria where weights[criterion] == nil { weights[criterion] = Fraction(1) }
        let block = named.map(\.0)
        let judges = Set(block.compactMap { index -> String? in if case .score(let names)? = uses[index] { names.judge } else { nil } })
        let perRow = judges.isEmpty ? block : []
        let factors = perRow.compactMap { index in named.first { $0.0 == index }.flatMap { weights[$0.1]?.value } }
        let totals = columns.indices.filter { index in
            if case .derived(let kind, nil)? = uses[index] { kind == .sum || kind == .result || kind == .mean } else { false }
        }
        if !perRow.isEmpty {
            if totals.contains(where: { relations.holds(.sum, $0, of: perRow, weights: factors) }) { return }
            if totals.contains(where: { relations.holds(.sum, $0, of: perRow) }) {
                maxima = maxima.merging(
                    weights.filter { $0.value.value <= 1 }.mapValues { Fraction($0.numerator * 100, over: $0.denominator) }
                ) { $1 }
                weights = [:]
                return
            }
        }
        let sum = weights.values.reduce(0.0) { $0 + $1.value }
        if abs(sum - 1) > 1e-9, weights.values.allSatisfy({ $0.value <= 1 }) {
            weights = [:]
            return
        }
        // A mark above its share cannot be the share.
        let exceeds = named.contains { index, criterion in
            (columns[index].values.max() ?? 0) > (weights[criterion]?.value ?? 1) * 100 + 1e-9
        }
        if exceeds || !weights.values.allSatisfy({ $0.value < 1 }) || options.weightsAreGiven { return }
        throw askAboutShares(of: criteria, in: block)
    }

    /// Percentages that may be weights, or the largest possible marks.
    func askAboutShares(of criteria: Set<String>, in stated: [Int]) -> ScoreSheetError {
        let list = criteria.sorted().compactMap { name in weights[name].map { "\(name)=\(NumberFormat.shortest($0.value))" } }.joined(
            separator: ",")
        let ones = criteria.sorted().map { "\($0)=1" }.joined(separator: ",")
        return ask(
            .shares(columns: stated.map { columns[$0].shown }), samples: stated.prefix(3).flatMap { samples($0).prefix(1) },
            [
                .init(["--weights", list], .weights), .init(["--weights", ones], .shares),
            ])
    }

    /// Dates in a column that is named like the scores next to it: a spreadsheet program has turned scores into dates.
    mutating func takeDateAmongScores() throws(ScoreSheetError) {
        for column in columns where uses[column.index] == nil && column.isDate {
            let isBeside = [column.index - 1, column.index + 1].contains {
                columns.indices.contains($0) && columns[$0].isNumeric && uses[$0] == nil
            }
            let nature = column.group != nil ? Nature.judge : Nature(column.header)
            // Times of day do not come from scores that a program has changed.
            if isBeside, column.counts.date > column.counts.time, nature == .judge || nature == .criterion || nature == .unknown,
                !isDateByWords(column), Claim(column.words) == nil
            {
                throw ask(
                    .dates(column: column.shown), samples: samples(column.index),
                    [.init(["--ignore", column.shown], .leftOut(column.shown))])
            }
            set(column.index, .attribute, .values)
        }
    }
}
