import Evenhand

/// Cells that hold the scores of several judges: `4,3,5` under Ratings.
enum ScoreLists {
    private static let separators: [Character] = [",", "，", ";", "；", "、", "|"]

    /// The grid with a column for each position in such lists, to the right of all others; the lists stay where they are.
    ///
    /// A column holds lists when its header is about scores, every cell below is a number or several, parted by the same sign, and some
    /// have several. A comma parts a list only where some cell has two of them: `4,3` may be a decimal.
    static func spread(_ grid: Grid, hasDecimalComma: Bool) -> Grid {
        guard grid.rows.contains(where: { $0.contains { isLong($0) } }) else { return grid }
        var spread = grid
        for column in 0..<grid.width {
            guard let (header, lists) = lists(in: column, of: grid, hasDecimalComma) else { continue }
            let (first, most) = (spread.width, lists.map(\.count).max() ?? 0)
            for row in header..<grid.rows.count {
                let list = row == header ? (1...most).map { "\(grid.cell(header, column)) \($0)" } : lists[row - header - 1]
                guard !grid.isBlank(row) else { continue }
                spread.rows[row] += [String](repeating: "", count: first - spread.rows[row].count) + list
                spread.rows[row] += [String](repeating: "", count: most - list.count)
            }
        }
        return spread
    }

    /// Whether a text could be a list of numbers.
    private static func isLong(_ text: String) -> Bool {
        text.utf8.count >= 3 && text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false && separators.contains(where: text.contains)
    }

    /// The row of the header, and the lists of the rows below it.
    private static func lists(in column: Int, of grid: Grid, _ hasDecimalComma: Bool) -> (header: Int, lists: [[String]])? {
        let cells = grid.rows.indices.map { grid.cell($0, column) }
        guard let first = cells.firstIndex(where: isLong), let header = cells[..<first].lastIndex(where: { HeaderWords($0).has(.score) })
        else { return nil }
        let body = cells[(header + 1)...]
        let found = separators.lazy.filter { $0 != "," || !hasDecimalComma }.compactMap { separator -> [[String]]? in
            let lists = body.map { list($0, separator) }
            guard lists.allSatisfy({ $0 != nil }) else { return nil }
            let least = separator == "," || separator == "，" ? 3 : 2
            return lists.contains { ($0?.count ?? 0) >= least } ? lists.map { $0 ?? [] } : nil
        }.first
        return found.map { (header, $0) }
    }

    /// The numbers of a cell, none of an empty one; `nil` when it holds anything else.
    private static func list(_ text: String, _ separator: Character) -> [String]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: separator, omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
        return parts.allSatisfy { ScoreText.isPlain($0) } ? parts : nil
    }
}
