import Evenhand

/// What a row of a table is.
public enum RowUse: Equatable, Sendable {
    /// A row of scores.
    case data
    /// A row without any content.
    case blank
    /// The header repeated, on another page.
    case header
    /// A text over the rows that follow.
    case section
    /// Signatures, remarks, dates below the table.
    case remark
    /// A statistic of the rows above or below, which its values confirm.
    case statistic(ColumnStatistic)
    /// The maximum score of each column.
    case maxima
    /// What each column counts for.
    case weights
    /// Left out at the user's request.
    case ignored
}

/// What a row below the scores can say about each column.
public enum ColumnStatistic: String, CaseIterable, Sendable {
    /// The sum of the column.
    case sum
    /// The mean of the column.
    case mean
    /// The median of the column.
    case median
    /// The largest number of the column.
    case highest
    /// The smallest number of the column.
    case lowest
    /// The standard deviation of the column, of a sample or of a population.
    case spread
    /// How many numbers the column has.
    case count
    /// The rank of the column among the others.
    case rank

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
    let cells: TypedGrid
    let region: TableRegion
    private let ignored: Set<String>
    var grid: Grid { cells.grid }
    /// The columns that hold numbers in most rows.
    let numeric: [Int]
    var uses: [Int: RowUse] = [:]
    /// Rows whose label says that they are a statistic, and whose values do not.
    var unclear: [Int] = []
    var openRows: [Int] = []

    init(_ region: TableRegion, in cells: TypedGrid, ignored: [String]) {
        (self.cells, self.region) = (cells, region)
        self.ignored = Set(ignored.map { NameNormalization.normalized($0) })
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
        findOddNames()
    }

    /// The rows of entries or ballots.
    var data: [Int] { uses.filter { $0.value == .data && cells.numberCounts[$0.key] > 0 }.keys.sorted() }
    /// With those that have texts where numbers should be.
    var all: [Int] { uses.filter { $0.value == .data }.keys.sorted() }

    /// Without what is in rows outside the table.
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
                cells.words(row, $0).has(.signature) || grid.cell(row, $0).hasSuffix(":") || grid.cell(row, $0).hasSuffix("：")
            }) {
                return .remark
            }
            // A row of a text file that ends early lacks its score.
            let endsEarly = grid.sheet == nil && grid.rows[row].count < grid.rows[region.header.upperBound - 1].count && filled.count > 1
            return isEntryWithoutScores(row) || isFilledLikeOthers(row) || endsEarly ? .data : .remark
        }
        if numbersInNumeric(row) * 2 < numeric.count,
            filled.contains(where: { cells.kind(row, $0) == .text && isSignature(cells.words(row, $0)) })
        {
            return .remark
        }
        return .data
    }

    private func isSignature(_ words: HeaderWords) -> Bool {
        words.head.contains(.signature) || words.sequence.first?.concepts.contains(.signature) ?? false
    }

    private func numbersInNumeric(_ row: Int) -> Int { numeric.count { cells.isNumber(row, $0) } }

    /// An entry that nobody scored: a name, and nothing or words for missing scores in the columns of numbers.
    private func isEntryWithoutScores(_ row: Int) -> Bool {
        guard let label = label(row), !numeric.contains(label) else { return false }
        let (text, words) = (grid.cell(row, label), cells.words(row, label))
        if text.count > 40 || text.hasPrefix("*") || isSignature(words) || words.sequence.first?.concepts.contains(.remark) ?? false {
            return false
        }
        return numeric.allSatisfy { [.empty, .missing, .unclearNumber, .error].contains(cells.kind(row, $0)) }
    }

    /// Whether a row without numbers has a text in most columns of numbers: scores that are none, and no remark.
    private func isFilledLikeOthers(_ row: Int) -> Bool {
        guard let label = label(row), !numeric.contains(label) else { return false }
        let filled = numeric.count { cells.kind(row, $0) != .empty }
        return filled * 2 > numeric.count && label < (numeric.first ?? 0) || filled > 0 && isNamedLikeOthers(row)
    }

    /// Whether a row has as many names next to the numbers as others have: a statistic has its label alone.
    func isNamedLikeOthers(_ row: Int) -> Bool {
        func names(_ row: Int) -> Int { (0..<cells.width).count { !numeric.contains($0) && cells.kind(row, $0) != .empty } }
        let other = (region.header.upperBound..<region.rows.upperBound).first { $0 != row && cells.numberCounts[$0] > 0 }
        return names(row) > 1 && names(row) >= other.map(names) ?? .max
    }

    /// Whether a row without numbers is an entry's or a ballot: words for missing scores, or as many names as other rows have.
    private func showsMissing(_ row: Int) -> Bool {
        if numeric.contains(where: { cells.kind(row, $0) == .missing }) { return true }
        if grid.sheet == nil, grid.rows[row].count < grid.rows[region.header.upperBound - 1].count, grid.texts(row).count > 1 {
            return true
        }
        return isFilledLikeOthers(row) || isNamedLikeOthers(row)
    }

    /// The first cell with a text.
    func label(_ row: Int) -> Int? { (0..<cells.width).first { !grid.cell(row, $0).isEmpty && !cells.isNumber(row, $0) } }
}
