/// A table of scores: what its rows and columns are.
struct ScoreTable {
    enum Content: Equatable {
        case serial, booth, entry, judge, criterion, category, date, time, seconds, remark
        case score(ScoreKey)
        case subtotal(ScoreKey)
        case total, average, rank
    }

    struct Column {
        /// The texts of the header from top to bottom.
        var headings: [String]
        var content: Content
        /// Whether the upper text belongs to the columns next to it, too.
        var isGrouped = false
    }

    /// How rows below the entries are computed.
    enum Foot { case average, maximum, total }

    let contest: RenderedContest
    let noise: SheetNoise
    var columns: [Column] = []
    var rows: [ScoreKey] = []
    var firstSerial = 1

    /// The mean of a row, or its total, as a fraction; `nil` without scores.
    private func result(_ row: ScoreKey, isMean: Bool) -> (numerator: Int, denominator: Int)? {
        let found = contest.sum(row)
        guard found.count > 0 else { return nil }
        return (found.sum, !isMean ? 1 : row.judge == nil ? found.judges : found.count)
    }

    private func number(_ units: Int) -> RenderedCell { .number(ScoreNumber(units: units, decimals: contest.decimals)) }

    private func quotient(_ units: Int, _ count: Int) -> RenderedCell {
        .number(.rounded(units, over: count * ScoreNumber.power(contest.decimals), decimals: noise.averageDecimals))
    }

    private func rank(_ row: ScoreKey) -> Int? {
        let isMean = columns.contains { $0.content == .average } || !columns.contains { $0.content == .total }
        guard let own = result(row, isMean: isMean) else { return nil }
        return 1
            + rows.count { other in
                result(other, isMean: isMean).map { $0.numerator * own.denominator > own.numerator * $0.denominator } ?? false
            }
    }

    func cell(_ content: Content, _ index: Int) -> RenderedCell {
        let row = rows[index]
        switch content {
        case .serial: return .count(index + firstSerial)
        case .booth:
            guard let booth = row.entry.map({ contest.facts[$0].booth }) else { return .empty }
            return noise.boothHall.isEmpty ? .count(booth) : .text(noise.boothHall + "\(booth)")
        case .entry: return row.entry.map { .text(contest.entries[$0]) } ?? .empty
        case .judge: return row.judge.map { .text(contest.judges[$0]) } ?? .empty
        case .criterion: return row.criterion.map { .text(contest.criteria[$0]) } ?? .empty
        case .category: return row.entry.map { .text(contest.facts[$0].category) } ?? .empty
        case .date: return row.entry.map { .day(contest.facts[$0].day) } ?? .empty
        case .time: return row.entry.map { .minutes(contest.facts[$0].minutes + 5 * (row.judge ?? 0)) } ?? .empty
        case .seconds: return .count(60 + (37 * (row.entry ?? 0) + 53 * (row.judge ?? 0)) % 240)
        case .remark: return index % 3 == 1 ? .text(contest.words.remarks[index % contest.words.remarks.count]) : .empty
        case .score(let key): return contest.score(row.and(key)).map { number($0) } ?? .words(noise.missingMark)
        case .subtotal(let key): return result(row.and(key), isMean: false).map { number($0.numerator) } ?? .empty
        case .total: return result(row, isMean: false).map { number($0.numerator) } ?? .empty
        case .average: return result(row, isMean: true).map { quotient($0.numerator, $0.denominator) } ?? .empty
        case .rank: return rank(row).map { .count($0) } ?? .empty
        }
    }

    /// The rows of the header and what is merged in them.
    var header: RenderedPage {
        let height = columns.map(\.headings.count).max() ?? 1
        var page = RenderedPage(rows: (0..<height).map { row in columns.map { .words($0.headings[row]) } })
        guard height == 2 else { return page }
        var start = 0
        while start < columns.count {
            let first = columns[start]
            let end =
                !first.isGrouped
                ? start + 1 : columns[start...].firstIndex { !$0.isGrouped || $0.headings[0] != first.headings[0] } ?? columns.count
            if first.isGrouped, noise.groups != .repeated {
                for column in start..<end where column > start { page.rows[0][column] = .empty }
                if noise.groups == .merged, end > start + 1 { page.merged.append(MergedCells(rows: 0...0, columns: start...end - 1)) }
            } else if !first.isGrouped, first.headings[1].isEmpty, noise.groups == .merged {
                page.merged.append(MergedCells(rows: 0...1, columns: start...start))
            }
            start = end
        }
        return page
    }

    /// The rows below the header; of several rows of one entry or judge the names may be in the first one only.
    var body: RenderedPage {
        var page = RenderedPage()
        for index in rows.indices { page.add(columns.map { cell($0.content, index) }) }
        if noise.hiddenEvery > 0 { page.hidden = Set(rows.indices.filter { $0 % noise.hiddenEvery == 1 }) }
        guard noise.namesOnce else { return page }
        let inner: Set<Int> =
            rows.contains { $0.entry == nil }
            ? [] : Set(columns.indices.filter { [.entry, .booth, .category].contains(columns[$0].content) })
        for column in inner {
            var start = 0
            while start < rows.count {
                let end = rows[start...].firstIndex { $0.entry != rows[start].entry } ?? rows.count
                for row in start..<end where row > start { page.rows[row][column] = .empty }
                if noise.groups == .merged, end > start + 1 {
                    page.merged.append(MergedCells(rows: start...end - 1, columns: column...column))
                }
                start = end
            }
        }
        return page
    }

    /// A row below that is computed from each column.
    func foot(_ foot: Foot, label: String) -> [RenderedCell] {
        let position = columns.firstIndex { $0.content == .entry || $0.content == .judge } ?? 0
        return columns.enumerated().map { index, column in
            if index == position { return .text(label) }
            switch column.content {
            case .average where foot == .average: return meanOfMeans
            case .average where foot == .total: return .empty
            case .score, .subtotal, .total, .average:
                let numbers = rows.indices.compactMap { row -> ScoreNumber? in
                    if case .number(let number) = cell(column.content, row) { number } else { nil }
                }
                guard let first = numbers.first else { return .empty }
                let sum = numbers.reduce(0) { $0 + $1.units }
                return switch foot {
                case .total: .number(ScoreNumber(units: sum, decimals: first.decimals))
                case .maximum: .number(ScoreNumber(units: numbers.map(\.units).max() ?? 0, decimals: first.decimals))
                case .average: quotient(sum, numbers.count)
                }
            default: return .empty
            }
        }
    }

    /// The mean of the means of the rows, before they were rounded; 840 is a multiple of every count of judges.
    private var meanOfMeans: RenderedCell {
        let results = rows.compactMap { result($0, isMean: true) }
        return results.isEmpty ? .empty : quotient(results.reduce(0) { $0 + $1.numerator * 840 / $1.denominator }, 840 * results.count)
    }
}
