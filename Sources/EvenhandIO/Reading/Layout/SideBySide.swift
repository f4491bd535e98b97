/// Tables that are side by side under one header become one.
enum SideBySide {
    static func stacked(_ grid: Grid) -> Grid {
        for row in grid.rows.indices.prefix(12) {
            // A header of two rows has to say the same in both.
            for header in [row..<row + 2, row..<row + 1] where header.upperBound < grid.rows.count {
                let width = header.map { grid.rows[$0].count }.max() ?? 0
                let texts = (0..<width).map { column in
                    header.map { NameNormalization.normalized(grid.cell($0, column)) }.filter { !$0.isEmpty }.joined(separator: "\n")
                }
                if let blocks = blocks(texts), blocks.allSatisfy({ hasNames(grid, below: header, $0) }) {
                    return stack(grid, header: header, blocks)
                }
            }
        }
        return grid
    }

    /// Where blocks of the same headers begin, with or without an empty column between.
    private static func blocks(_ header: [String]) -> [Range<Int>]? {
        var parts: [Range<Int>] = []
        var start: Int?
        for column in 0...header.count {
            let isFilled = column < header.count && !header[column].isEmpty
            if isFilled, start == nil { start = column }
            if !isFilled, let begin = start {
                parts.append(begin..<column)
                start = nil
            }
        }
        if parts.count > 1, parts[0].count > 1, parts.allSatisfy({ header[$0].elementsEqual(header[parts[0]]) }),
            Set(header[parts[0]]).count > 1
        {
            return parts
        }
        guard parts.count == 1, let whole = parts.first, whole.count >= 4 else { return nil }
        for length in 2...whole.count / 2 where whole.count % length == 0 {
            let pieces = stride(from: whole.lowerBound, to: whole.upperBound, by: length).map { $0..<$0 + length }
            let first = header[pieces[0]]
            guard Set(first).count > 2 || Set(first).count == first.count,
                first.contains(where: { HeaderWords($0).has(.entry) || HeaderWords($0).has(.name) }),
                pieces.allSatisfy({ header[$0].elementsEqual(first) })
            else { continue }
            return pieces
        }
        return nil
    }

    /// Whether some column of a block holds texts: criteria that every judge has once more are not tables of their own.
    private static func hasNames(_ grid: Grid, below header: Range<Int>, _ block: Range<Int>) -> Bool {
        let rows = (header.upperBound..<grid.rows.count).prefix(20)
        return block.contains { column in
            let filled = rows.map { grid.cell($0, column) }.filter { !$0.isEmpty }
            return filled.count { !ScoreText.isPlain($0) } * 2 > filled.count
        }
    }

    private static func stack(_ grid: Grid, header: Range<Int>, _ blocks: [Range<Int>]) -> Grid {
        var stacked = Grid(sheet: grid.sheet, rows: [], lines: [])
        let offset = blocks[0].lowerBound
        func add(_ row: Int, _ columns: Range<Int>, isHidden: Bool) {
            if isHidden { stacked.hiddenRows.insert(stacked.rows.count) }
            stacked.rows.append(columns.map { grid.cell(row, $0) })
            stacked.lines.append(grid.lines[row])
            stacked.offsets.append(columns.lowerBound)
        }
        for row in 0..<header.upperBound { add(row, offset..<offset + blocks[0].count, isHidden: false) }
        for block in blocks {
            for row in header.upperBound..<grid.rows.count { add(row, block, isHidden: grid.hiddenRows.contains(row)) }
        }
        return stacked
    }
}
