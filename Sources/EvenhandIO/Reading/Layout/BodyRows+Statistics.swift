/// Rows below the scores that follow from them: sums, means, maxima, weights.
extension BodyRows {
    /// Looks at the first rows and the last ones, and at all with a label that says a statistic.
    mutating func findStatistics() {
        let rows = data
        guard rows.count > 1, !numeric.isEmpty else { return }
        let usualNames = rows.count { label($0) != nil }
        var open: [(row: Int, words: HeaderWords?, isWordless: Bool)] = []
        // A name in several rows is not a statistic.
        let repeated = Dictionary(rows.compactMap { row in label(row).map { (grid.cell(row, $0), 1) } }, uniquingKeysWith: +).filter {
            $0.value > 1
        }
        for (position, row) in rows.enumerated() {
            let label = label(row)
            let words = label.map { cells.words(row, $0) }
            let isRepeated = label.map { repeated[grid.cell(row, $0)] != nil && isNamedLikeOthers(row) } ?? false
            let says =
                !isRepeated
                && words.map { words in
                    words.sequence.contains { !$0.concepts.isDisjoint(with: BodyRows.labels) }
                } ?? false
            let isUnnamed = label == nil && usualNames * 2 > rows.count
            if says || isUnnamed || position >= rows.count - 2 && position > 2 && !isRepeated && !isNamedLikeOthers(row) {
                open.append((row, words, !says && !isUnnamed))
            }
        }
        let announced = open.count { $0.words.map(isSureLabel) ?? true && !$0.isWordless }
        let isAtEnd = open.allSatisfy { $0.row >= rows[rows.count - open.count] } && rows.count > open.count + 1
        guard !open.isEmpty, announced * 2 <= rows.count || isAtEnd else { return }
        // A row at a time: others that may be statistics as well do not count.
        var others = rows.filter { row in !open.contains { $0.row == row } }
        for (row, words, isWordless) in open where label(row) != nil && (isWordless || !(words.map(isSureLabel) ?? true)) {
            others.append(row)
        }
        others.sort()
        openRows = open.filter { !$0.isWordless }.map(\.row)
        takeTrailingBlock(rows)
        let trailing = trailingRows(rows)
        for (row, words, isWordless) in open where uses[row] == .data {
            decide(row, words, others.filter { $0 != row }, isWordless: isWordless, isFirst: row == rows.first)
        }
        // After an empty row at the end come statistics; one that is not a known one has to be asked about.
        for row in trailing where uses[row] == .data && !unclear.contains(row) { unclear.append(row) }
        unclear.sort()
    }

    /// Rows at the end that are all statistics of the rows above, whatever they are called: 最高, Högst, Lägst, Medeltal.
    private mutating func takeTrailingBlock(_ rows: [Int]) {
        for length in (2...5).reversed() where rows.count > length + 2 {
            let (above, block) = (Array(rows.dropLast(length)), rows.suffix(length))
            var found: [Int: ColumnStatistic] = [:]
            for row in block {
                let columns = numeric.filter { cells.isNumber(row, $0) }
                guard columns.count > 1, !isNamedLikeOthers(row) else { break }
                let telling: [ColumnStatistic] = [.sum, .mean, .median, .spread, .count, .highest, .lowest]
                found[row] = telling.first { statistic in matches(statistic, row, columns, above) }
            }
            let kinds = Set(found.values)
            guard found.count == length, kinds.count == length, !kinds.isSubset(of: [.highest]), kinds.count > 1,
                kinds != [.highest, .median], kinds != [.lowest, .median]
            else { continue }
            for (row, statistic) in found { uses[row] = .statistic(statistic) }
            return
        }
    }

    /// Whether every number of a row is the statistic of its column, as exact as it is written.
    private func matches(_ statistic: ColumnStatistic, _ row: Int, _ columns: [Int], _ others: [Int]) -> Bool {
        columns.allSatisfy { column in
            guard let written = cells.number(row, column) else { return false }
            let values = others.compactMap { cells.number($0, column)?.value }
            guard values.count > 1, let computed = BodyRows.value(of: statistic, values) else { return false }
            let isRounded = statistic == .mean || statistic == .spread || statistic == .median
            // Means in whole numbers of a few columns come about by chance.
            if isRounded, written.isWhole, !computed.isWhole, columns.count < 4 { return false }
            let tolerance = isRounded ? 0.501 * pow10(-min(written.decimals, 9)) : 0
            let other = statistic == .spread ? BodyRows.populationSpread(values) : computed
            return abs(written.value - computed) <= tolerance + 1e-9 || abs(written.value - other) <= tolerance + 1e-9
        }
    }

    /// Up to three rows after an empty one below a table without empty rows, when one of them announces a statistic.
    private func trailingRows(_ rows: [Int]) -> [Int] {
        guard let gap = Array(zip(rows, rows.dropFirst())).lastIndex(where: { $1 > $0 + 1 && ($0 + 1..<$1).contains { grid.isBlank($0) } })
        else { return [] }
        let (above, below) = (rows[...gap], rows[(gap + 1)...])
        let hasGaps = zip(above, above.dropFirst()).contains { $1 > $0 + 1 }
        guard !hasGaps, above.count > below.count, below.count <= 4, region.repeatedHeaders.isEmpty else { return [] }
        let announces = below.contains { row in label(row).map { isSureLabel(cells.words(row, $0)) } ?? false }
        return announces ? Array(below) : []
    }

    private static let labels: Set<Concept> = [
        .total, .subtotal, .mean, .median, .highest, .lowest, .spread, .count, .rank, .maximum, .weight, .result,
    ]

    /// Whether every word of a label says a statistic and none could be a person.
    private func isSureLabel(_ words: HeaderWords) -> Bool {
        words.isCovered
            && words.sequence.allSatisfy { part in
                part.kind == .number || !part.concepts.isDisjoint(with: BodyRows.labels.union([.score, .judge, .criterion]))
            } && words.sequence.contains { !$0.concepts.isDisjoint(with: BodyRows.labels) && !$0.concepts.contains(.person) }
    }

    private mutating func decide(_ row: Int, _ words: HeaderWords?, _ others: [Int], isWordless: Bool, isFirst: Bool) {
        let columns = numeric.filter { cells.isNumber(row, $0) }
        guard !columns.isEmpty, others.count > 1 || !others.isEmpty && words.map(isSureLabel) ?? false else { return }
        let said = words?.concepts ?? []
        // Weights: parts of 1 or of 100.
        let values = columns.compactMap { cells.number(row, $0)?.value }
        let sum = values.reduce(0, +)
        if !isWordless, said.contains(.weight) || words == nil && isFirst, abs(sum - 1) < 1e-9 || abs(sum - 100) < 1e-9, values.count > 1 {
            uses[row] = .weights
            return
        }
        if !isWordless, said.contains(.weight), words.map(isSureLabel) ?? false { uses[row] = .weights; return }
        let isTop = columns.allSatisfy { column in
            let top = cells.number(row, column)?.value ?? 0
            return others.allSatisfy { (cells.number($0, column)?.value ?? -.infinity) <= top }
        }
        let isRound = values.allSatisfy { $0.rounded() == $0 }
        // What is in every column the highest of the rows above is found, not set.
        if !isFirst, isTop, said.contains(.maximum), columns.count > 2, matches(.highest, row, columns, others) {
            uses[row] = .statistic(.highest)
            return
        }
        if !isWordless, isTop, isRound,
            said.contains(.maximum) && (words.map { $0.says(.maximum) && isSureLabel($0) } ?? false) || words == nil && isFirst
        {
            uses[row] = .maxima
            return
        }
        // Of all rows, or of those since the last such row.
        let since = others.filter { $0 < row && $0 > (openRows.filter { $0 < row }.max() ?? -1) }
        let meant = isWordless ? nil : words.map { _ in said }
        if let statistic = confirmed(row, columns, others, said: meant, isUnnamed: words == nil)
            ?? ((since.count > 1 || since.count == 1 && words.map(isSureLabel) ?? false) && since.count < others.count && !isWordless
                ? confirmed(row, columns, since, said: meant) : nil)
        {
            uses[row] = .statistic(statistic)
            return
        }
        guard !isWordless, let words, isSureLabel(words) else {
            // A name that is also a word, above the scores, with the highest of all: a maximum or the best entry.
            if !isWordless, let words, words.isCovered, said.contains(.highest), isTop, isRound, Set(values).count == 1, isFirst {
                unclear.append(row)
            }
            return
        }
        if said.contains(.highest), isTop, isRound {
            uses[row] = .maxima
        } else if !said.isDisjoint(with: [.total, .subtotal, .mean, .median, .highest, .lowest, .spread, .maximum]) {
            unclear.append(row)
        }
    }

    /// The statistic that the values of a row are, for most of its columns.
    private func confirmed(_ row: Int, _ columns: [Int], _ others: [Int], said: Set<Concept>?, isUnnamed: Bool = false) -> ColumnStatistic?
    {
        for statistic in ColumnStatistic.allCases {
            // The highest of a column is called its maximum by some.
            let isCalledMaximum = statistic == .highest && said?.contains(.maximum) ?? false
            if let said, !said.isEmpty, statistic.concepts.isDisjoint(with: said), !isCalledMaximum { continue }
            // Without a word only what no entry has by chance.
            if !isUnnamed, said?.isEmpty ?? true, statistic != .sum, statistic != .mean, statistic != .count { continue }
            if statistic == .rank {
                if isRanking(row, columns) { return .rank }
                continue
            }
            var (agreeing, compared) = (0, 0)
            var hasDecimals = false
            for column in columns {
                guard let written = cells.number(row, column) else { continue }
                let values = others.compactMap { cells.number($0, column)?.value }
                guard !values.isEmpty, let computed = BodyRows.value(of: statistic, values) else { continue }
                compared += 1
                if !written.isWhole { hasDecimals = true }
                // Without a word a rounded mean of whole numbers is not evidence.
                let isWordless = said?.isEmpty ?? true
                if isWordless, statistic == .mean, written.isWhole, !computed.isWhole { return nil }
                let tolerance = (statistic == .sum ? 0 : 0.501 * pow10(-min(written.decimals, 9))) + abs(computed) * 1e-9
                let other = statistic == .spread ? BodyRows.populationSpread(values) : computed
                if abs(written.value - computed) <= tolerance || abs(written.value - other) <= tolerance { agreeing += 1 }
            }
            let isExact = agreeing == compared
            if compared > 0, agreeing * 5 >= compared * 4 {
                let isNamed = said.map { !$0.isEmpty } ?? false
                if isNamed
                    || isExact && compared > 1 && others.count > 2
                        && (statistic == .sum || statistic == .count && compared > 2 || hasDecimals)
                {
                    return statistic
                }
            }
        }
        return nil
    }

    /// Places by the row above: 2, 4, 3, 1.
    private func isRanking(_ row: Int, _ columns: [Int]) -> Bool {
        let values = columns.compactMap { cells.number(row, $0)?.value }
        guard values.count > 1, let least = values.min(), least == 1,
            values.allSatisfy({ $0.rounded() == $0 && $0 <= Double(values.count) })
        else { return false }
        return true
    }

    private static func value(of statistic: ColumnStatistic, _ values: [Double]) -> Double? {
        let count = Double(values.count)
        switch statistic {
        case .sum: return values.reduce(0, +)
        case .mean: return values.reduce(0, +) / count
        case .median:
            let sorted = values.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        case .highest: return values.max()
        case .lowest: return values.min()
        case .count: return count
        case .spread:
            let mean = values.reduce(0, +) / count
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        case .rank: return nil
        }
    }

    private static func populationSpread(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    private func pow10(_ exponent: Int) -> Double { (0..<abs(exponent)).reduce(1) { value, _ in exponent < 0 ? value / 10 : value * 10 } }
}

extension Double {
    fileprivate var isWhole: Bool { rounded() == self }
}
