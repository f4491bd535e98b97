/// Points between thousands where commas are decimal: 1.200 beside 950, which nobody means by 1.2.
struct PointedThousands {
    private let grid: Grid
    private let layout: SheetLayout
    /// The criteria whose scores have them; without criteria an empty text.
    private var criteria: Set<String> = []

    init(_ grid: Grid, _ layout: SheetLayout, hasDecimalComma: Bool) {
        (self.grid, self.layout) = (grid, layout)
        guard hasDecimalComma else { return }
        var seen: [String: (pointed: Double, whole: Double, hasOthers: Bool)] = [:]
        for column in layout.scoreColumns {
            for (row, use) in layout.rowUses where use == .data {
                let text = grid.cell(row, column)
                guard ScoreText.isPlain(text), let value = Double(text) else { continue }
                var known = seen[criterion(row, column)] ?? (0, 0, false)
                if !text.contains(".") {
                    known.whole = max(known.whole, value)
                } else if PointedThousands.isPointed(text) {
                    known.pointed = max(known.pointed, value)
                } else {
                    known.hasOthers = true
                }
                seen[criterion(row, column)] = known
            }
        }
        // 8.5 shows that points are decimal.
        criteria = Set(seen.filter { $1.pointed > 0 && !$1.hasOthers && $1.whole >= 100 * $1.pointed }.keys)
    }

    /// Whether the point in a cell is one of them.
    func contains(_ row: Int, _ column: Int) -> Bool {
        !criteria.isEmpty && criteria.contains(criterion(row, column)) && PointedThousands.isPointed(grid.cell(row, column))
    }

    private func criterion(_ row: Int, _ column: Int) -> String {
        if case .score(let names) = layout.uses[column], let criterion = names.criterion { return criterion }
        return layout.column(of: .criterion).map { grid.cell(row, $0) } ?? ""
    }

    /// One to three digits, of which the first is not 0, a point and three digits.
    private static func isPointed(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && (1...3).contains(parts[0].count) && parts[1].count == 3 && parts[0].first != "0"
            && ScoreText.isPlain(text)
    }
}
