import Evenhand

/// Compares the totals, averages and ranks of a sheet with its scores.
///
/// What a column of totals means is found out: of the sum and the mean of the row's judges, with or without the highest and the lowest, it
/// is what most rows agree with. When not even half of them agree with any, the column is by another rule and cannot be checked.
struct DerivedColumns {
    private let grid: Grid
    private let layout: SheetLayout
    private let rows: [Int]
    private let hasDecimalComma: Bool
    /// Whether the lowest result has rank 1.
    private let isLowerBetter: Bool
    /// The columns of scores by judge, in the order of the sheet; a sheet can have a hundred thousand of them.
    private let scoreColumns: [(judge: String?, columns: [Int])]
    /// The columns of sums, means and results of the whole row.
    private let resultColumns: [Int]

    init(_ grid: Grid, _ layout: SheetLayout, rows: [Int], hasDecimalComma: Bool, isLowerBetter: Bool) {
        (self.grid, self.layout, self.rows, self.hasDecimalComma) = (grid, layout, rows, hasDecimalComma)
        self.isLowerBetter = isLowerBetter
        var (found, indexOfJudge) = ([(judge: String?, columns: [Int])](), [String: Int]())
        for (column, use) in layout.uses.enumerated() {
            guard case .score(let names) = use else { continue }
            let judge = names.judge
            if let judge, let position = indexOfJudge[judge] {
                found[position].columns.append(column)
            } else {
                if let judge { indexOfJudge[judge] = found.count }
                found.append((judge, [column]))
            }
        }
        scoreColumns = found
        resultColumns = layout.uses.indices.filter { index in
            guard case .derived(let kind, nil) = layout.uses[index] else { return false }
            return kind == .sum || kind == .mean || kind == .result
        }
    }

    /// A number that is in a cell: a whole number of millionths, and how many decimals were written.
    private struct Written {
        let millionths: Int128
        let decimals: Int
    }

    private static let one: Int128 = 1_000_000

    /// What a column could hold, and whether that leaves out the highest and the lowest score.
    private struct Candidate {
        let values: [Fraction?]
        var isTrimmed = false
    }

    /// The cells that disagree, the columns that follow no known rule, and those of results that leave out the highest and the lowest
    /// score, where that makes a difference.
    func check(_ location: (Int, Int) -> Reading.Location) -> (wrong: [Reading.WrongTotal], unchecked: [String], trimmed: [String]) {
        var (wrong, unchecked, trimmed) = ([Reading.WrongTotal](), [String](), [String]())
        guard layout.uses.contains(where: { if case .derived = $0 { true } else { false } }) else { return (wrong, unchecked, trimmed) }
        let totals = self.totals(judge: nil)
        let known = Dictionary(uniqueKeysWithValues: Derivation.allCases.map { ($0, results($0, of: totals, isWhole: true)) })
        // Ranks may follow results that nobody rounded.
        let hasRanks = layout.uses.contains { if case .derived(.rank, _) = $0 { true } else { false } }
        let exactRanks = hasRanks ? (known[.result] ?? []).flatMap { ranks(of: $0.values) } : []
        for (column, use) in layout.uses.enumerated()
        where layout.weights.isEmpty && !layout.hasDeductionColumns && layout.scoreNames(\.entry).isEmpty {
            guard case .derived(let derivation, let judge) = use else { continue }
            let written = rows.map { number($0, column) }
            let count = written.count { $0 != nil }
            guard count > 0 else { continue }
            let candidates =
                switch (derivation, judge) {
                case (.rank, _): (ranks(before: column) + exactRanks).map { Candidate(values: $0) }
                case (_, let judge?): results(derivation, of: self.totals(judge: judge), isWhole: false)
                default: known[derivation] ?? []
                }
            let agreements = candidates.map { computed in zip(written, computed.values).count { DerivedColumns.agree($0, $1) == true } }
            guard let best = agreements.indices.max(by: { agreements[$0] < agreements[$1] }), agreements[best] * 2 >= count else {
                unchecked.append(layout.headers[column])
                continue
            }
            // Of candidates that agree equally often the first one was meant.
            let meant = agreements.firstIndex(of: agreements[best]) ?? best
            let chosen = candidates[meant].values
            if judge == nil, derivation.isResult, candidates[meant].isTrimmed { trimmed.append(layout.headers[column]) }
            for (index, row) in rows.enumerated() where DerivedColumns.agree(written[index], chosen[index]) == false {
                guard let value = chosen[index], let shown = written[index] else { continue }
                let text = value.rounded(toDecimals: shown.decimals).map { NumberFormat.fixed($0.value, decimals: shown.decimals) } ?? ""
                wrong.append(Reading.WrongTotal(location: location(row, column), written: grid.cell(row, column), computed: text))
            }
        }
        return (wrong, unchecked, trimmed)
    }

    /// Whether a written number is the computed one, rounded half up to as many decimals; `nil` when there is nothing to compare.
    private static func agree(_ written: Written?, _ computed: Fraction?) -> Bool? {
        guard let written, let computed else { return nil }
        return computed.rounded(toDecimals: written.decimals).map { $0 == Fraction(written.millionths, over: one) }
    }

    private func number(_ row: Int, _ column: Int) -> Written? {
        guard case .number(let text, _) = ScoreText(grid.cell(row, column), hasDecimalComma: hasDecimalComma),
            case .exact(let mantissa, let decimals) = Decimal(text: text)
        else { return nil }
        let scale = (decimals..<Decimal.mostDecimals).reduce(Int128(1)) { power, _ in power * 10 }
        return Written(millionths: Int128(mantissa) * scale, decimals: decimals)
    }

    /// The totals of the judges in each row; with `judge`, the scores of that judge.
    private func totals(judge wanted: String?) -> [[Int128]] {
        guard let wanted else {
            return rows.map { row in
                scoreColumns.compactMap { group in
                    let scores = group.columns.compactMap { signed(row, $0) }
                    return scores.isEmpty ? nil : scores.reduce(0, +)
                }
            }
        }
        let columns = scoreColumns.first { $0.judge == wanted }?.columns ?? []
        return rows.map { row in columns.compactMap { signed(row, $0) } }
    }

    /// A score; a penalty of a judge is below zero.
    private func signed(_ row: Int, _ column: Int) -> Int128? {
        number(row, column).map { layout.isDeducted(column) ? -abs($0.millionths) : $0.millionths }
    }

    /// What the column could hold, the likeliest first.
    private func results(_ derivation: Derivation, of totals: [[Int128]], isWhole: Bool) -> [Candidate] {
        func map(isTrimmed: Bool = false, _ body: ([Int128]) -> Fraction?) -> Candidate {
            Candidate(values: totals.map { $0.isEmpty ? nil : body($0) }, isTrimmed: isTrimmed)
        }
        func middle(_ values: [Int128]) -> Int128? {
            guard values.count > 2, let low = values.min(), let high = values.max() else { return nil }
            return values.reduce(0, +) - low - high
        }
        let sum = map { Fraction($0.reduce(0, +), over: DerivedColumns.one) }
        let mean = map { Fraction($0.reduce(0, +), over: DerivedColumns.one * Int128($0.count)) }
        let trimmedMean = map(isTrimmed: true) { values in
            middle(values).map { Fraction($0, over: DerivedColumns.one * Int128(values.count - 2)) }
        }
        let trimmedSum = map(isTrimmed: true) { middle($0).map { Fraction($0, over: DerivedColumns.one) } }
        switch derivation {
        case .sum: return isWhole ? [sum, mean, trimmedMean, trimmedSum] : [sum]
        case .mean: return [mean, trimmedMean]
        case .result: return [mean, trimmedMean, sum, trimmedSum]
        case .highest: return [map { $0.max().map { Fraction($0, over: DerivedColumns.one) } }]
        case .lowest: return [map { $0.min().map { Fraction($0, over: DerivedColumns.one) } }]
        case .rank: return []
        }
    }

    /// Ranks by the column of results next to it.
    private func ranks(before column: Int) -> [[Fraction?]] {
        guard let source = resultColumns.last(where: { $0 < column }) ?? resultColumns.first else { return [] }
        return ranks(of: rows.map { number($0, source).map { Fraction($0.millionths, over: DerivedColumns.one) } })
    }

    /// Ranks in the whole sheet, and in each heat.
    private func ranks(of values: [Fraction?]) -> [[Fraction?]] {
        let whole = ranks(of: values) { _ in "" }
        guard let heat = layout.column(of: .heat) else { return [whole] }
        // An empty cell of a heat stands for the one above.
        var (names, last) = ([Int: String](), "")
        for row in rows {
            if !grid.cell(row, heat).isEmpty { last = grid.cell(row, heat) }
            names[row] = last
        }
        return [whole, ranks(of: values) { names[$0] ?? "" }]
    }

    /// Standard competition ranks, the best first, among the rows of each group.
    private func ranks(of values: [Fraction?], within group: (Int) -> String) -> [Fraction?] {
        let groups = Dictionary(grouping: rows.indices.filter { values[$0] != nil }) { group(rows[$0]) }
        var ranks = [Fraction?](repeating: nil, count: rows.count)
        for members in groups.values {
            let rising = members.sorted { (values[$0] ?? Fraction(0)) < (values[$1] ?? Fraction(0)) }
            let sorted = isLowerBetter ? rising : rising.reversed()
            var rank = 1
            for (index, member) in sorted.enumerated() {
                if index > 0, values[member] != values[sorted[index - 1]] { rank = index + 1 }
                ranks[member] = Fraction(Int128(rank))
            }
        }
        return ranks
    }
}

extension Derivation {
    /// Whether it can be what entries are ranked by.
    fileprivate var isResult: Bool { self == .sum || self == .mean || self == .result }
}
