extension Plot {
    /// The default width.
    public static let usualWidth = 80
    /// A drawing narrower than this shows nothing.
    private static let narrowest = 10
    /// The widest a label is shown.
    private static let widestLabel = 24

    /// The picture in characters, none of its lines wider than `width` unless the labels leave no room.
    public func text(width: Int? = nil) -> String {
        let labels = rows.map { $0.labels.map { DisplayWidth.cut(DisplayWidth.printable($0), to: Plot.widestLabel) } }
        let widths = (0..<(labels.map(\.count).max() ?? 0)).map { column in
            labels.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
        }
        let margin = widths.reduce(0) { $0 + $1 + 2 }
        let behind = rows.map { DisplayWidth.of($0.value) }.max() ?? 0
        let room = (width ?? Plot.usualWidth) - margin - (behind > 0 ? behind + 2 : 0)
        let scale = PlotScale(range ?? 0...0, width: max(Plot.narrowest, room))
        var lines = title.isEmpty ? [] : [title]
        for (row, names) in zip(rows, labels) {
            let padded = widths.indices.map { Plot.padded($0 < names.count ? names[$0] : "", to: widths[$0]) + "  " }.joined()
            lines.append(Plot.trimmed(padded + drawn(row.drawing, scale) + (row.value.isEmpty ? "" : "  " + row.value)))
        }
        if hasScale, range != nil {
            let indent = String(repeating: " ", count: margin)
            lines += [scale.axis, scale.numbers].map { Plot.trimmed(indent + $0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    private func drawn(_ drawing: Drawing, _ scale: PlotScale) -> String {
        var cells = [Character](repeating: " ", count: scale.width)
        if let reference { cells[scale.place(of: reference)] = "│" }
        switch drawing {
        case .empty: break
        case .bar(let length):
            for (place, mark) in scale.bar(to: length).enumerated() { cells[place] = mark }
        case .point(let point): cells[scale.place(of: point)] = "●"
        case .interval(let low, let point, let high, let inner):
            let ends = [low, high].map(scale.place)
            for place in ends[0]...max(ends[0], ends[1]) { cells[place] = cells[place] == "│" ? "┼" : "─" }
            if ends[0] < ends[1] { (cells[ends[0]], cells[ends[1]]) = ("├", "┤") }
            if let inner {
                for place in scale.place(of: inner.lowerBound)...scale.place(of: inner.upperBound) { cells[place] = "━" }
            }
            cells[scale.place(of: point)] = "●"
        }
        return String(cells)
    }
}

/// Where numbers fall on a line of so many characters.
private struct PlotScale {
    let low: Double
    let high: Double
    let width: Int

    init(_ range: ClosedRange<Double>, width: Int) {
        // A range without extent gets one, so that its point is in the middle.
        let isPoint = range.lowerBound == range.upperBound
        let half = max(1, range.lowerBound.magnitude * 0.01)
        (low, high) = isPoint ? (range.lowerBound - half, range.upperBound + half) : (range.lowerBound, range.upperBound)
        self.width = width
    }

    /// The character that a number falls on; what lies outside is at the end.
    func place(of number: Double) -> Int {
        let share = (number - low) / (high - low)
        return min(width - 1, max(0, Int((max(-1, min(2, share)) * Double(width - 1)).rounded())))
    }

    /// A bar in eighths of a character; what is not 0 shows at least one.
    func bar(to length: Double) -> [Character] {
        let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
        let count = Int((max(0, min(1, length / high)) * Double(width * 8)).rounded())
        let shown = length > 0 ? max(1, count) : 0
        return [Character](repeating: "█", count: shown / 8) + (shown % 8 > 0 ? [eighths[shown % 8 - 1]] : [])
    }

    /// 1, 2 or 5 times a power of ten, so that a number has about ten characters of space.
    private var step: Double {
        let least = (high - low) / Double(max(1, width / 10))
        var power = 1.0
        while power * 10 <= least { power *= 10 }
        while power > least { power /= 10 }
        return ([1, 2, 5].map { $0 * power }.first { $0 >= least }) ?? 10 * power
    }

    /// The numbers on the scale with their places.
    private var ticks: [(place: Int, text: String)] {
        let step = step
        var (decimals, rest) = (0, step)
        while rest < 1, decimals < 12 { (decimals, rest) = (decimals + 1, rest * 10) }
        let first = (low / step).rounded(.up)
        let count = Int(((high / step).rounded(.down) - first).rounded())
        guard count >= 0 else { return [] }
        return (0...count).map { number in
            let value = (first + Double(number)) * step
            return (place(of: value), NumberFormat.fixed(value, decimals: decimals))
        }
    }

    var axis: String {
        var cells = [Character](repeating: "─", count: width)
        for tick in ticks { cells[tick.place] = "┴" }
        return String(cells)
    }

    /// Each number below its tick, as far as there is room.
    var numbers: String {
        var line = ""
        for tick in ticks {
            let start = max(0, tick.place - tick.text.count / 2)
            guard line.isEmpty || start > line.count else { continue }
            line += String(repeating: " ", count: start - line.count) + tick.text
        }
        return line
    }
}
