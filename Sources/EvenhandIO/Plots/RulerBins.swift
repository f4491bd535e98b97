/// A ruler in lines: what falls into the same part of the scale shares a line.
struct RulerBins {
    /// What one column has on one line.
    struct Cell {
        let names: [String]
        let count: Int
        /// The largest number of things on any line of the column.
        let most: Int

        /// The names one after the other.
        var text: String { names.map(DisplayWidth.printable).joined(separator: " ") }

        /// A bar for things that are counted.
        func bar(longest: Int) -> String {
            guard count > 0 else { return "" }
            return String(repeating: "█", count: max(1, Int((Double(count * longest) / Double(max(1, most))).rounded())))
        }
    }

    /// One line.
    struct Row {
        /// The number at its lower end.
        let label: String
        let cells: [Cell]
    }

    /// The lines, the largest numbers first.
    let rows: [Row]

    /// At most about so many lines.
    init(_ ruler: Plot.Ruler, most count: Int) {
        let values = ruler.columns.flatMap(\.values).filter(\.isFinite)
        guard let low = values.min(), let high = values.max() else {
            rows = []
            return
        }
        let scale = Scale(low...high)
        let step = scale.step(most: count)
        func bin(_ value: Double) -> Int { Int((value / step + 1e-9).rounded(.down)) }
        var (decimals, rest) = (0, step)
        while rest < 1, decimals < 12 { (decimals, rest) = (decimals + 1, rest * 10) }
        let columns = ruler.columns.map { column in
            let finite = column.values.indices.filter { column.values[$0].isFinite }
            return Dictionary(grouping: finite) { bin(column.values[$0]) }
        }
        let longest = columns.map { $0.values.map(\.count).max() ?? 0 }
        rows = (bin(low)...bin(high)).reversed().map { position in
            let cells = ruler.columns.indices.map { index in
                let found = columns[index][position] ?? []
                let column = ruler.columns[index]
                let ordered = found.sorted { (-column.values[$0], $0) < (-column.values[$1], $1) }
                return Cell(names: column.names.isEmpty ? [] : ordered.map { column.names[$0] }, count: found.count, most: longest[index])
            }
            return Row(label: NumberFormat.fixed(Double(position) * step, decimals: decimals), cells: cells)
        }
    }
}
