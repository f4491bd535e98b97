import Evenhand

/// The scores of each entry in the tables that are read: they tell a summary, which may be left out, from what says something else about
/// the same entries.
struct EntryScores {
    /// The scores of each entry: all of them first, each judge's total, those of each judge and of each criterion.
    private let groups: [[String: [Double]]]

    init(_ read: [(cells: TypedGrid, layouts: [SheetLayout])]) {
        var (all, byJudge, byCriterion) = ([String: [Double]](), [String: [String: [Double]]](), [String: [String: [Double]]]())
        for (cells, layouts) in read {
            for layout in layouts {
                EntryScores.visit(layout, of: cells) { entry, judge, criterion, score in
                    all[entry, default: []].append(score)
                    byJudge[judge, default: [:]][entry, default: []].append(score)
                    byCriterion[criterion, default: [:]][entry, default: []].append(score)
                }
            }
        }
        var totals: [String: [Double]] = [:]
        for (_, entries) in byJudge.sorted(by: { $0.key < $1.key }) {
            for (entry, scores) in entries { totals[entry, default: []].append(scores.reduce(0, +)) }
        }
        groups = [all, totals] + byJudge.values + byCriterion.values
    }

    private static func visit(_ layout: SheetLayout, of cells: TypedGrid, _ body: (String, String, String, Double) -> Void) {
        let columns = [ColumnRole.entry, .judge, .criterion].map { layout.column(of: $0) }
        let scored = layout.scoreColumns
        var last = ["", "", ""]
        for row in layout.rows where row >= layout.headerRows.upperBound && layout.rowUses[row, default: .data] == .data {
            // An empty cell means the name above.
            for (position, column) in columns.enumerated() {
                if let column, !cells.text(row, column).isEmpty { last[position] = key(cells.text(row, column)) }
            }
            for column in scored {
                guard let number = cells.number(row, column), case .score(let names) = layout.uses[column] else { continue }
                body(names.entry.map(key) ?? last[0], names.judge ?? last[1], names.criterion ?? last[2], number.value)
            }
        }
    }

    private static func key(_ name: String) -> String { NameNormalization.normalized(name).lowercased() }

    /// Asks about the first table that is not read and says something else of the same entries; `read` is needed only when one could.
    static func ask(
        about tables: [LayoutFinder], beside read: () -> [(cells: TypedGrid, layouts: [SheetLayout])]
    ) throws(ScoreSheetError) {
        let open = tables.map { (finder: $0, columns: unclaimed($0)) }.filter { !$0.columns.isEmpty }
        guard !open.isEmpty else { return }
        let scores = EntryScores(read())
        for (finder, columns) in open {
            let columns = scores.unexplained(columns, of: finder)
            guard let first = columns.first else { continue }
            let names = columns.map { finder.columns[$0].shown }
            throw finder.ask(
                .unexplained(column: names[0]), samples: finder.samples(first),
                [.init(names.flatMap { ["--ignore", $0] }, .leftOut(names.joined(separator: ", ")))])
        }
    }

    /// The columns of numbers that are not called a result, a rank or a fact.
    private static func unclaimed(_ finder: LayoutFinder) -> [Int] {
        let ignored = finder.options.ignoredColumns.map { NameNormalization.normalized($0) }
        return finder.columns.indices.filter { index in
            let column = finder.columns[index]
            guard column.isNumeric, !column.shown.isEmpty, !ignored.contains(where: column.answers) else { return false }
            return Claim(column.words).map { $0 == .deduction || $0 == .bonus } ?? true
        }
    }

    /// Those of a table about the same entries that are no known statistic of their scores.
    private func unexplained(_ open: [Int], of finder: LayoutFinder) -> [Int] {
        let columns = finder.columns
        let known = columns.map { column in column.texts.count { groups[0][EntryScores.key($0)] != nil } }
        guard let entry = columns.indices.max(by: { known[$0] < known[$1] }), known[entry] > 1, known[entry] * 2 >= finder.rows.count else {
            return []
        }
        let entries = columns[entry].texts.map(EntryScores.key)
        return open.filter { $0 != entry && !explains(columns[$0].numbers, of: entries) }
    }

    /// Whether numbers are one statistic of the scores of four in five entries.
    private func explains(_ numbers: [CellNumber?], of entries: [String]) -> Bool {
        let rows = zip(numbers, entries).compactMap { number, entry in
            number.flatMap { groups[0][entry] == nil ? nil : (number: $0, entry: entry) }
        }
        return groups.contains { group in
            EntryScores.statistics.contains { statistic in
                let agreeing = rows.count { row in
                    guard let value = group[row.entry].flatMap(statistic) else { return false }
                    // Some cut, some round half to even: all within one unit, though not within one point where points are whole.
                    let decimals = min(row.number.decimals, 9)
                    let unit = (0..<decimals).reduce(decimals == 0 ? 0.5 : 1) { value, _ in value / 10 }
                    return abs(value - row.number.value) <= unit * 1.0001 + abs(value) * 1e-9
                }
                return agreeing * 5 >= rows.count * 4
            }
        }
    }

    private static let statistics: [@Sendable ([Double]) -> Double?] = [
        { $0.reduce(0, +) },
        { $0.reduce(0, +) / Double($0.count) },
        { Double($0.count) },
        { $0.min() },
        { $0.max() },
        { scores in
            let sorted = scores.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        },
        { scores in trimmedSum(scores) },
        { scores in trimmedSum(scores).map { $0 / Double(scores.count - 2) } },
    ]

    private static func trimmedSum(_ scores: [Double]) -> Double? {
        guard scores.count > 2, let low = scores.min(), let high = scores.max() else { return nil }
        return scores.reduce(0, +) - low - high
    }
}
