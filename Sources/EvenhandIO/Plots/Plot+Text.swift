extension Plot {
    /// The default width.
    public static let usualWidth = 80
    /// A drawing narrower than this shows nothing.
    private static let narrowest = 10
    /// The widest a label is shown.
    private static let widestLabel = 24

    /// The picture in characters, none of its lines wider than `width` unless the labels leave no room.
    public func text(width: Int? = nil) -> String {
        let lines =
            switch content {
            case .rows(let rows): Plot.lines(of: rows, width: width)
            case .grid(let grid): Plot.lines(of: grid, width: width)
            case .ruler(let ruler): Plot.lines(of: ruler)
            case .paths(let paths): Plot.lines(of: paths, width: width)
            }
        return ((title.isEmpty ? [] : [title]) + lines).joined(separator: "\n") + "\n"
    }

    private static func shown(_ label: String) -> String { DisplayWidth.cut(DisplayWidth.printable(label), to: widestLabel) }

    /// The width that each column of labels needs.
    private static func widths(_ labels: [[String]]) -> [Int] {
        (0..<(labels.map(\.count).max() ?? 0)).map { column in
            labels.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
        }
    }

    private static func aligned(_ cells: [String], _ widths: [Int]) -> String {
        widths.indices.map { padded($0 < cells.count ? cells[$0] : "", to: widths[$0]) + "  " }.joined()
    }

    private static func lines(of picture: Rows, width: Int?) -> [String] {
        let labels = picture.rows.map { $0.labels.map(shown) }
        let widths = widths(labels)
        let margin = widths.reduce(0) { $0 + $1 + 2 }
        let after = picture.rows.map { DisplayWidth.of($0.value) }.max() ?? 0
        let room = (width ?? usualWidth) - margin - (after > 0 ? after + 2 : 0)
        let line = CharacterLine(Scale(picture.range ?? 0...0), width: max(narrowest, room))
        var lines: [String] = []
        for (row, names) in zip(picture.rows, labels) {
            let value = row.value.isEmpty ? "" : "  " + row.value
            lines.append(trimmed(aligned(names, widths) + drawn(row.drawing, line, picture.reference) + value))
        }
        if picture.hasScale, picture.range != nil {
            let indent = String(repeating: " ", count: margin)
            lines += [line.axis, line.numbers].map { trimmed(indent + $0) }
        }
        return lines
    }

    /// Numbers in rows and columns; what is above the diagonal of equal names is left out.
    private static func lines(of grid: Grid, width: Int?) -> [String] {
        let isTriangle = grid.rows == grid.columns
        let cells = grid.values.enumerated().map { row, values in
            [grid.rows[row]]
                + (isTriangle ? values.prefix(row) : values[...]).map { value in
                    value.map { NumberFormat.fixed($0, decimals: grid.decimals ?? 1) } ?? ""
                } + (isTriangle ? [grid.rows[row]] : [])
        }
        let labels = ((isTriangle ? [] : [[""] + grid.columns]) + cells).map { $0.map(shown) }
        let widths = widths(labels)
        return labels.map { trimmed(aligned($0, widths)) }
    }

    private static func lines(of ruler: Ruler) -> [String] {
        let bins = RulerBins(ruler, most: 24)
        let rows = bins.rows.map { row in
            [row.label] + row.cells.map { cell in cell.names.isEmpty ? cell.bar(longest: 24) : DisplayWidth.cut(cell.text, to: 32) }
        }
        let labels = [[""] + ruler.columns.map(\.title)] + rows
        let widths = widths(labels)
        return labels.map { trimmed(aligned($0, widths)) }
    }

    private static func lines(of picture: Paths, width: Int?) -> [String] {
        let rows = picture.paths.map { [$0.name] + $0.ranks.map { NumberFormat.shortest($0) } }
        let labels = ([[""] + picture.columns] + rows).map { $0.map(shown) }
        let widths = widths(labels)
        return labels.map { trimmed(aligned($0, widths)) }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func drawn(_ drawing: Drawing, _ scale: CharacterLine, _ reference: Double?) -> String {
        var cells = [Character](repeating: " ", count: scale.width)
        if let reference { cells[scale.position(of: reference)] = "│" }
        switch drawing {
        case .empty: break
        case .bar(let length):
            for (position, mark) in scale.bar(to: length).enumerated() { cells[position] = mark }
        case .point(let point): cells[scale.position(of: point)] = "●"
        case .interval(let low, let point, let high, let inner):
            let ends = [low, high].map(scale.position)
            for position in ends[0]...max(ends[0], ends[1]) { cells[position] = cells[position] == "│" ? "┼" : "─" }
            if ends[0] < ends[1] { (cells[ends[0]], cells[ends[1]]) = ("├", "┤") }
            if let inner {
                for position in scale.position(of: inner.lowerBound)...scale.position(of: inner.upperBound) { cells[position] = "━" }
            }
            cells[scale.position(of: point)] = "●"
        }
        return String(cells)
    }
}

/// A scale on a line of so many characters.
private struct CharacterLine {
    let scale: Scale
    let width: Int

    init(_ scale: Scale, width: Int) { (self.scale, self.width) = (scale, width) }

    /// The character that a number falls on; what lies outside is at the end.
    func position(of number: Double) -> Int { min(width - 1, max(0, Int((scale.share(of: number) * Double(width - 1)).rounded()))) }

    /// A bar in eighths of a character; what is not 0 shows at least one.
    func bar(to length: Double) -> [Character] {
        let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
        let count = Int((max(0, min(1, length / scale.high)) * Double(width * 8)).rounded())
        let shown = length > 0 ? max(1, count) : 0
        return [Character](repeating: "█", count: shown / 8) + (shown % 8 > 0 ? [eighths[shown % 8 - 1]] : [])
    }

    /// The numbers on the scale with their positions; a number has about ten characters of space.
    private var ticks: [(position: Int, text: String)] { scale.ticks(most: width / 10).map { (position(of: $0.value), $0.text) } }

    var axis: String {
        var cells = [Character](repeating: "─", count: width)
        for tick in ticks { cells[tick.position] = "┴" }
        return String(cells)
    }

    /// Each number below its tick, as far as there is room.
    var numbers: String {
        var line = ""
        for tick in ticks {
            let start = max(0, tick.position - tick.text.count / 2)
            guard line.isEmpty || start > line.count else { continue }
            line += String(repeating: " ", count: start - line.count) + tick.text
        }
        return line
    }
}
