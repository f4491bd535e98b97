import Evenhand

/// What a row of a table is.
public enum RowUse: Equatable, Sendable {
    case data
    case blank
    /// The header once more, on another page.
    case header
    /// A text over the rows that follow.
    case section
    /// Signatures, remarks, dates below the table.
    case remark
    /// A statistic of the rows above or below, which its values confirm.
    case statistic(ColumnStatistic)
    /// The most that can be got in each column.
    case maxima
    /// What each column counts for.
    case weights
    /// Left out because the user said so.
    case ignored
}

/// What a row below the scores can say of each column.
public enum ColumnStatistic: String, CaseIterable, Sendable {
    case sum, mean, median, highest, lowest, spread, count, rank

    /// The words that announce it.
    var concepts: Set<Concept> {
        switch self {
        case .sum: [.total, .subtotal, .result]
        case .mean: [.mean, .median, .result]
        case .median: [.median, .mean]
        case .highest: [.highest]
        case .lowest: [.lowest]
        case .spread: [.spread]
        case .count: [.count]
        case .rank: [.rank]
        }
    }
}

/// Tells the rows of a table that are entries or ballots from those that are not.
struct BodyRows {
    private let cells: TypedGrid
    private let region: TableRegion
    private let ignored: Set<String>
    private var grid: Grid { cells.grid }
    /// The columns that hold numbers in most rows.
    private let numeric: [Int]
    private(set) var uses: [Int: RowUse] = [:]
    /// Rows whose label says that they are a statistic, and whose values do not.
    private(set) var unclear: [Int] = []
    private var openRows: [Int] = []

    init(_ region: TableRegion, in cells: TypedGrid, ignored: [String]) {
        (self.cells, self.region) = (cells, region)
        self.ignored = Set(ignored)
        let rows = region.header.upperBound..<max(region.header.upperBound, region.rows.upperBound)
        let typed = rows.filter { cells.numberCounts[$0] > 0 }
        numeric = (0..<cells.width).filter { column in
            let numbers = typed.count { cells.isNumber($0, column) }
            let texts = typed.count { row in
                let kind = cells.kind(row, column)
                return kind != .empty && kind != .missing && !cells.isNumber(row, column)
            }
            return numbers > 0 && numbers > texts
        }
        for row in rows { uses[row] = firstLook(row) }
        let last = data.last ?? region.header.upperBound
        // Texts below the last row of numbers are remarks; between rows they are sections.
        for row in rows where uses[row] == .section && row > last { uses[row] = .remark }
        for row in rows
        where uses[row] == .data && cells.numberCounts[row] == 0 && row > last && !showsMissing(row)
            && !(uses[row - 1] == .data && !grid.isLone(row))
        {
            uses[row] = .remark
        }
        findStatistics()
    }

    /// The rows of entries or ballots.
    var data: [Int] { uses.filter { $0.value == .data && cells.numberCounts[$0.key] > 0 }.keys.sorted() }
    /// With those that have texts where numbers should be.
    var all: [Int] { uses.filter { $0.value == .data }.keys.sorted() }

    /// Without what stands in other rows than in those of the table.
    private func firstLook(_ row: Int) -> RowUse {
        if grid.isBlank(row) { return .blank }
        if region.repeatedHeaders.contains(row) { return .header }
        if let label = label(row), ignored.contains(NameNormalization.normalized(grid.cell(row, label))) { return .ignored }
        let filled = (0..<cells.width).filter { !grid.cell(row, $0).isEmpty }
        if cells.numberCounts[row] == 0 {
            let isWhole = grid.sheet != nil || grid.rows[row].count >= grid.rows[region.header.upperBound - 1].count
            if grid.isLone(row) { return filled.count == 1 && isWhole && isEntryWithoutScores(row) ? .data : .section }
            let texts = filled.filter { cells.kind(row, $0) == .text || cells.kind(row, $0) == .date }
            // Words below columns of numbers, with a colon or about signatures.
            if texts.contains(where: {
                HeaderWords(grid.cell(row, $0)).has(.signature) || grid.cell(row, $0).hasSuffix(":") || grid.cell(row, $0).hasSuffix("：")
            }) {
                return .remark
            }
            // A row of a text file that ends early lacks its score.
            let endsEarly = grid.sheet == nil && grid.rows[row].count < grid.rows[region.header.upperBound - 1].count && filled.count > 1
            return isEntryWithoutScores(row) || isFilledLikeOthers(row) || endsEarly ? .data : .remark
        }
        if filled.contains(where: { cells.kind(row, $0) == .text && isSignature(grid.cell(row, $0)) }),
            numbersInNumeric(row) * 2 < numeric.count
        {
            return .remark
        }
        return .data
    }

    private func isSignature(_ text: String) -> Bool {
        let words = HeaderWords(text)
        return words.head.contains(.signature) || words.parts.first?.concepts.contains(.signature) ?? false
    }

    private func numbersInNumeric(_ row: Int) -> Int { numeric.count { cells.isNumber(row, $0) } }

    /// An entry that nobody scored: a name, and nothing or words for missing scores in the columns of numbers.
    private func isEntryWithoutScores(_ row: Int) -> Bool {
        guard let label = label(row), !numeric.contains(label) else { return false }
        let text = grid.cell(row, label)
        if text.count > 40 || text.hasPrefix("*") || isSignature(text) || HeaderWords(text).parts.first?.concepts.contains(.remark) ?? false
        {
            return false
        }
        return numeric.allSatisfy { [.empty, .missing, .unclearNumber, .error].contains(cells.kind(row, $0)) }
    }

    /// Whether a row without numbers has a text in most columns of numbers: scores that are none, and no remark.
    private func isFilledLikeOthers(_ row: Int) -> Bool {
        guard let label = label(row), !numeric.contains(label) else { return false }
        let filled = numeric.count { cells.kind(row, $0) != .empty }
        return filled * 2 > numeric.count && label < (numeric.first ?? 0) || filled > 0 && namesLikeOthers(row)
    }

    private func namesLikeOthers(_ row: Int) -> Bool {
        func names(_ row: Int) -> Int { (0..<cells.width).count { !numeric.contains($0) && cells.kind(row, $0) == .text } }
        let other = (region.header.upperBound..<region.rows.upperBound).first { $0 != row && cells.numberCounts[$0] > 0 }
        return names(row) > 1 && names(row) >= other.map(names) ?? .max
    }

    /// Whether a row without numbers is an entry's or a ballot: words for missing scores, or as many names as other rows have.
    private func showsMissing(_ row: Int) -> Bool {
        if numeric.contains(where: { cells.kind(row, $0) == .missing }) { return true }
        if grid.sheet == nil, grid.rows[row].count < grid.rows[region.header.upperBound - 1].count, grid.texts(row).count > 1 {
            return true
        }
        return isFilledLikeOthers(row) || namesLikeOthers(row)
    }

    /// The first cell with a text.
    private func label(_ row: Int) -> Int? { (0..<cells.width).first { !grid.cell(row, $0).isEmpty && !cells.isNumber(row, $0) } }

    /// Looks at the first rows and the last ones, and at all with a label that says a statistic.
    private mutating func findStatistics() {
        let rows = data
        guard rows.count > 2, !numeric.isEmpty else { return }
        let usualNames = rows.count { label($0) != nil }
        var open: [(row: Int, words: HeaderWords?, isWordless: Bool)] = []
        // Who stands in several rows is no statistic.
        let repeated = Dictionary(rows.compactMap { row in label(row).map { (grid.cell(row, $0), 1) } }, uniquingKeysWith: +).filter {
            $0.value > 1
        }
        for (place, row) in rows.enumerated() {
            let label = label(row)
            let words = label.map { HeaderWords(grid.cell(row, $0)) }
            let isRepeated = label.map { repeated[grid.cell(row, $0)] != nil } ?? false
            let says =
                !isRepeated
                && words.map { words in
                    words.parts.contains { !$0.concepts.isDisjoint(with: BodyRows.labels) }
                } ?? false
            let isUnnamed = label == nil && usualNames * 2 > rows.count
            if says || isUnnamed || place >= rows.count - 2 && place > 2 && !isRepeated { open.append((row, words, !says && !isUnnamed)) }
        }
        let announced = open.count { $0.words.map(isSureLabel) ?? true && !$0.isWordless }
        guard !open.isEmpty, announced * 2 <= rows.count else { return }
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
        // Behind an empty row at the end stand statistics; one that is none of those that are known has to be asked about.
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
                guard columns.count > 1 else { break }
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
            let tolerance = isRounded ? 0.501 * pow10(-min(written.decimals, 9)) : 0
            let other = statistic == .spread ? BodyRows.populationSpread(values) : computed
            return abs(written.value - computed) <= tolerance + 1e-9 || abs(written.value - other) <= tolerance + 1e-9
        }
    }

    /// Up to three rows behind an empty one below a table without empty rows, when one of them announces a statistic.
    private func trailingRows(_ rows: [Int]) -> [Int] {
        guard let gap = Array(zip(rows, rows.dropFirst())).lastIndex(where: { $1 > $0 + 1 && ($0 + 1..<$1).contains { grid.isBlank($0) } })
        else { return [] }
        let (above, below) = (rows[...gap], rows[(gap + 1)...])
        let hasGaps = zip(above, above.dropFirst()).contains { $1 > $0 + 1 }
        guard !hasGaps, above.count > below.count, below.count <= 4, region.repeatedHeaders.isEmpty else { return [] }
        let announces = below.contains { row in label(row).map { isSureLabel(HeaderWords(grid.cell(row, $0))) } ?? false }
        return announces ? Array(below) : []
    }

    private static let labels: Set<Concept> = [
        .total, .subtotal, .mean, .median, .highest, .lowest, .spread, .count, .rank, .maximum, .weight, .result,
    ]

    /// Whether every word of a label says a statistic and none could be a person.
    private func isSureLabel(_ words: HeaderWords) -> Bool {
        words.isCovered
            && words.parts.allSatisfy { part in
                part.kind == .number || !part.concepts.isDisjoint(with: BodyRows.labels.union([.score, .judge, .criterion]))
            } && words.parts.contains { !$0.concepts.isDisjoint(with: BodyRows.labels) && !$0.concepts.contains(.person) }
    }

    private mutating func decide(_ row: Int, _ words: HeaderWords?, _ others: [Int], isWordless: Bool, isFirst: Bool) {
        let columns = numeric.filter { cells.isNumber(row, $0) }
        guard !columns.isEmpty, others.count > 1 else { return }
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
            ?? (since.count > 1 && since.count < others.count && !isWordless ? confirmed(row, columns, since, said: meant) : nil)
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
                guard values.count > 1, let computed = BodyRows.value(of: statistic, values) else { continue }
                compared += 1
                if !written.isWhole { hasDecimals = true }
                // Without a word a rounded mean of whole numbers is no evidence.
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
