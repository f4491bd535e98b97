extension Plot {
    /// The most rows that are drawn; of more, those around the one that matters most.
    package static let mostDrawn = 60
    /// The rows that are drawn of more.
    private static let drawnOfMore = 30
    private static let pageWidth = 720.0
    private static let rowHeight = 20.0
    private static let widestMargin = 190.0

    /// The rows that are drawn: all, or those around `focus`.
    private static func drawn(_ count: Int, focus: Int?) -> Range<Int> {
        guard count > mostDrawn else { return 0..<count }
        let start = max(0, min(count - drawnOfMore, (focus ?? drawnOfMore / 2) - drawnOfMore / 2))
        return start..<start + drawnOfMore
    }

    /// How many rows there are, and how many of them a page shows.
    package var extent: (all: Int, drawn: Int) {
        switch content {
        case .rows(let rows): (rows.rows.count, Plot.drawn(rows.rows.count, focus: rows.focus).count)
        case .grid(let grid): (grid.rows.count, Plot.drawn(grid.rows.count, focus: grid.focus).count)
        case .paths(let paths): (paths.paths.count, Plot.drawn(paths.paths.count, focus: paths.focus).count)
        case .ruler: (0, 0)
        }
    }

    /// The picture as an SVG element of a page.
    ///
    /// - Parameter id: what tells it from the others of the page.
    package func svg(id: String) -> String {
        let drawing =
            switch content {
            case .rows(let rows): Plot.drawing(of: rows)
            case .grid(let grid): Plot.drawing(of: grid)
            case .ruler(let ruler): Plot.drawing(of: ruler)
            case .paths(let paths): Plot.drawing(of: paths)
            }
        return drawing.svg(id: id, title: title, description: caption)
    }

    private static func drawing(of picture: Rows) -> LineDrawing {
        let shown = drawn(picture.rows.count, focus: picture.focus)
        let rows = Array(picture.rows[shown])
        let columns = (0..<(rows.map(\.labels.count).max() ?? 0)).map { column in
            min(widestMargin, rows.map { column < $0.labels.count ? LineDrawing.width(of: $0.labels[column]) : 0 }.max() ?? 0)
        }
        let left = columns.reduce(0) { $0 + $1 + 12 }
        let after = min(widestMargin, rows.map { LineDrawing.width(of: $0.value) }.max() ?? 0)
        let right = pageWidth - (after > 0 ? after + 16 : 8)
        let bottom = Double(rows.count) * rowHeight + 6
        let scale = Scale(Rows(rows, reference: picture.reference).range ?? 0...0)
        func x(_ value: Double) -> Double { left + 6 + min(1, max(0, scale.share(of: value))) * (right - left - 12) }
        var drawing = LineDrawing(width: pageWidth, height: bottom + (picture.hasScale ? (picture.scale.isEmpty ? 22 : 38) : 4))
        if picture.hasScale {
            for tick in scale.ticks(most: Int((right - left) / 70)) {
                drawing.line(x(tick.value), 2, x(tick.value), bottom, .grid)
                drawing.text(x(tick.value), bottom + 14, tick.text, .middle, .muted)
            }
            drawing.line(left, bottom, right, bottom, .axis)
            drawing.text((left + right) / 2, bottom + 32, picture.scale, .middle, .muted)
        }
        if let reference = picture.reference { drawing.line(x(reference), 2, x(reference), bottom, .reference) }
        for (position, row) in rows.enumerated() {
            let y = (Double(position) + 0.5) * rowHeight + 2
            var start = 0.0
            for (label, width) in zip(row.labels, columns) {
                drawing.text(start, y + 4, LineDrawing.fitted(label, width + 1))
                start += width + 12
            }
            draw(row, at: y, x, into: &drawing)
            drawing.text(right + 10, y + 4, LineDrawing.fitted(row.value, after + 1), .start, .muted, row.tone)
        }
        return drawing
    }

    private static func draw(_ row: Row, at y: Double, _ x: (Double) -> Double, into drawing: inout LineDrawing) {
        switch row.drawing {
        case .empty: break
        case .point(let point): drawing.point(x(point), y, row.tone)
        case .bar(let length): drawing.bar(x(0), y - 6, max(length > 0 ? 1 : 0, x(length) - x(0)), 12, row.tone)
        case .interval(let low, let point, let high, let inner):
            drawing.line(x(low), y, x(high), y, .thin, row.tone)
            for end in [low, high] { drawing.line(x(end), y - 4, x(end), y + 4, .thin, row.tone) }
            if let inner { drawing.line(x(inner.lowerBound), y, x(inner.upperBound), y, .bold, row.tone) }
            drawing.point(x(point), y, row.tone)
        }
    }

    /// Colours from -3 to 3 as classes h0 to h6; what is beyond two thirds of the extent has a sign, too.
    private static func level(_ value: Double, _ grid: Grid) -> Int {
        let share = (value - grid.middle) / (grid.extent == 0 ? 1 : grid.extent)
        return 3 + max(-3, min(3, Int((share * 3).rounded())))
    }

    private static func drawing(of grid: Grid) -> LineDrawing {
        let shown = drawn(grid.rows.count, focus: grid.focus)
        let left = min(widestMargin, shown.map { LineDrawing.width(of: grid.rows[$0]) }.max() ?? 0) + 10
        let top = min(120, grid.columns.map { LineDrawing.width(of: $0) }.max() ?? 0) + 10
        let field = max(8, min(grid.decimals == nil ? 34 : 44, (pageWidth - left - 4) / Double(max(1, grid.columns.count))))
        let height = grid.decimals == nil ? 14.0 : rowHeight
        let width = max(pageWidth, left + field * Double(grid.columns.count) + 4)
        var drawing = LineDrawing(width: width, height: top + height * Double(shown.count) + 4)
        for (column, name) in grid.columns.enumerated() {
            drawing.text(left + (Double(column) + 0.5) * field + 4, top - 6, LineDrawing.fitted(name, 121), turned: true)
        }
        var levels = [[(x: Double, y: Double)]](repeating: [], count: 7)
        for (position, row) in shown.enumerated() {
            for (column, value) in grid.values[row].enumerated() where column < grid.columns.count {
                guard let value else { continue }
                levels[level(value, grid)].append((left + Double(column) * field, top + Double(position) * height))
            }
        }
        for (level, corners) in levels.enumerated() { drawing.fields(corners, field - 1, height - 1, level: level) }
        for (position, row) in shown.enumerated() {
            let y = top + Double(position) * height + height / 2 + 3.5
            drawing.text(0, y, LineDrawing.fitted(grid.rows[row], left - 9))
            for (column, value) in grid.values[row].enumerated() where column < grid.columns.count {
                guard let value, let text = words(value, grid) else { continue }
                drawing.text(left + (Double(column) + 0.5) * field - 0.5, y, text, .middle, .label)
            }
        }
        return drawing
    }

    private static func words(_ value: Double, _ grid: Grid) -> String? {
        if let decimals = grid.decimals { return NumberFormat.fixed(value, decimals: decimals) }
        let level = level(value, grid)
        return level == 0 ? "−" : level == 6 ? "+" : nil
    }

    private static func drawing(of ruler: Ruler) -> LineDrawing {
        let bins = RulerBins(ruler, most: 28)
        let (left, top) = (56.0, 22.0)
        let counted = ruler.columns.count { $0.names.isEmpty }
        let room = (pageWidth - left - Double(counted) * 90) / Double(max(1, ruler.columns.count - counted))
        let starts = ruler.columns.indices.map { index in
            left + ruler.columns[..<index].reduce(0) { $0 + ($1.names.isEmpty ? 90 : room) }
        }
        var drawing = LineDrawing(width: pageWidth, height: top + Double(bins.rows.count) * 16 + 6)
        for (column, start) in zip(ruler.columns, starts) {
            drawing.text(start + 6, 13, LineDrawing.fitted(column.title, (column.names.isEmpty ? 90 : room) - 4), .start, .muted)
            drawing.line(start, top - 4, start, drawing.height - 4, .axis)
        }
        for (position, row) in bins.rows.enumerated() {
            let y = top + Double(position) * 16
            drawing.line(left, y + 15, pageWidth, y + 15, .grid)
            drawing.text(left - 8, y + 12, row.label, .end, .muted)
            for (cell, start) in zip(row.cells, starts) where cell.count > 0 {
                if cell.names.isEmpty {
                    drawing.bar(start + 6, y + 3, max(2, 78 * Double(cell.count) / Double(max(1, cell.most))), 10)
                } else {
                    drawing.text(start + 6, y + 12, LineDrawing.listed(cell.names, room - 12))
                }
            }
        }
        return drawing
    }

    private static func drawing(of picture: Paths) -> LineDrawing {
        let paths = Array(picture.paths[drawn(picture.paths.count, focus: picture.focus)])
        let ranks = paths.flatMap(\.ranks)
        guard let first = ranks.min(), let last = ranks.max() else { return LineDrawing(width: pageWidth, height: 1) }
        // Entries that share a rank are counted after the first.
        let margin = min(140, paths.map { LineDrawing.width(of: $0.name) }.max() ?? 0) + 16 + 4 * LineDrawing.letter
        let top = min(110, picture.columns.map { LineDrawing.width(of: $0) }.max() ?? 0) + 14
        let unit = max(6, min(18, 900 / (last - first + 1)))
        var drawing = LineDrawing(width: pageWidth, height: top + (last - first) * unit + 16)
        func x(_ column: Int) -> Double {
            margin + (pageWidth - 2 * margin) * (picture.columns.count < 2 ? 0.5 : Double(column) / Double(picture.columns.count - 1))
        }
        func y(_ rank: Double) -> Double { top + (rank - first) * unit + 6 }
        for (column, name) in picture.columns.enumerated() {
            drawing.text(x(column) + 4, top - 8, LineDrawing.fitted(name, 111), turned: true)
            drawing.line(x(column), top, x(column), drawing.height - 8, .grid)
        }
        if let reference = picture.reference, reference > first, reference < last {
            drawing.line(margin - 8, y(reference), pageWidth - margin + 8, y(reference), .reference)
        }
        for path in paths {
            drawing.path(path.ranks.enumerated().map { (x($0), y($1)) }, .thin, path.tone)
            for (column, rank) in path.ranks.enumerated() { drawing.point(x(column), y(rank), path.tone) }
        }
        // Entries that share a rank share a line, too.
        func names(_ rank: (Paths.Path) -> Double?, _ position: Double, _ anchor: LineDrawing.Anchor) {
            let found = Dictionary(grouping: paths.filter { rank($0) != nil }) { rank($0) ?? 0 }
            for (value, tied) in found.sorted(by: { $0.key < $1.key }) {
                drawing.text(position, y(value) + 4, LineDrawing.listed(tied.map(\.name), margin - 8), anchor)
            }
        }
        names({ $0.ranks.first }, margin - 12, .end)
        names({ $0.ranks.last }, pageWidth - margin + 12, .start)
        return drawing
    }
}

extension LineDrawing {
    /// As many names as fit, and how many more there are.
    fileprivate static func listed(_ names: [String], _ width: Double) -> String {
        var (shown, used) = ([String](), 0.0)
        for (position, name) in names.enumerated() {
            let rest = names.count - position - 1
            let needed = LineDrawing.width(of: name) + (shown.isEmpty ? 0 : letter) + (rest > 0 ? 4 * letter : 0)
            if used + needed > width, !shown.isEmpty { return shown.joined(separator: " ") + " +\(rest + 1)" }
            shown.append(name)
            used += LineDrawing.width(of: name) + letter
        }
        return fitted(shown.joined(separator: " "), width)
    }
}
