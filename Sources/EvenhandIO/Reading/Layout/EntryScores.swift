import Evenhand

/// The scores of each entry in the tables that are read: they tell a summary, which may be left out, from what says something else about
/// the same entries.
struct EntryScores {
    /// The scores of each entry: all of them, those of each judge and of each criterion, and each judge's total.
    private var groups: [[String: [Double]]] = []

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

    /// Asks about the first table that is not read and says something else of the same entries.
    func ask(about tables: [LayoutFinder]) throws(ScoreSheetError) {
        for finder in tables {
            let open = unexplained(finder)
            guard let first = open.first else { continue }
            let names = open.map { finder.columns[$0].shown }
            throw finder.ask(
                .unexplained(column: names[0]), samples: finder.samples(first),
                [.init(names.flatMap { ["--ignore", $0] }, .leftOut(names.joined(separator: ", ")))])
        }
    }

    /// The columns of numbers about the same entries that are neither a known statistic of their scores nor called a result, a rank or a
    /// fact.
    func unexplained(_ finder: LayoutFinder) -> [Int] {
        let (columns, ignored) = (finder.columns, finder.options.ignoredColumns.map { NameNormalization.normalized($0) })
        let open = columns.indices.filter { index in
            let column = columns[index]
            guard column.isNumeric, !column.shown.isEmpty, !ignored.contains(where: column.answers) else { return false }
            return Claim(column.words).map { $0 == .deduction || $0 == .bonus } ?? true
        }
        guard !open.isEmpty else { return [] }
        let known = columns.map { column in column.texts.count { groups[0][EntryScores.key($0)] != nil } }
        guard let entry = columns.indices.max(by: { known[$0] < known[$1] }), known[entry] > 1, known[entry] * 2 >= finder.rows.count else {
            return []
        }
        let entries = columns[entry].texts.map(EntryScores.key)
        return open.filter { $0 != entry && !explains(columns[$0].numbers, of: entries) }
    }

    /// Whether numbers are one statistic of the scores of four in five entries.
    private func explains(_ numbers: [CellNumber?], of entries: [String]) -> Bool {
        groups.contains { group in
            var (agreeing, compared) = ([Int](repeating: 0, count: EntryScores.statistics.count), 0)
            for (number, entry) in zip(numbers, entries) {
                guard let number, let scores = group[entry] else { continue }
                compared += 1
                // Some cut, some round half to even: all within one unit, though not within one point where points are whole.
                let unit = (0..<min(number.decimals, 9)).reduce(number.decimals == 0 ? 0.5 : 1) { value, _ in value / 10 }
                for (position, statistic) in EntryScores.statistics.enumerated() {
                    guard let value = statistic(scores) else { continue }
                    if abs(value - number.value) <= unit * 1.0001 + abs(value) * 1e-9 { agreeing[position] += 1 }
                }
            }
            return compared > 0 && agreeing.contains { $0 * 5 >= compared * 4 }
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
