import Evenhand

extension Table {
    /// Aligned columns for a terminal: numbers on the decimal point, texts to the left; wide characters count double.
    ///
    /// - Parameter width: the columns of the terminal; where the table is wider, the columns that fit are shown first and the others below,
    ///   each part with the first column.
    public func text(width: Int? = nil) -> String {
        let printed = columns.map { PrintedColumn($0) }
        var lines = title.isEmpty ? [] : [title]
        for part in Table.parts(printed, width: width) {
            if lines.count > (title.isEmpty ? 0 : 1) { lines.append("") }
            lines.append(Table.line(part.map(\.paddedHeading)))
            lines.append(Table.line(part.map { String(repeating: "─", count: $0.width) }))
            for row in 0..<rowCount { lines.append(Table.line(part.map { $0.padded[row] })) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ cells: [String]) -> String {
        var line = cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// The columns in parts that fit the width.
    private static func parts(_ columns: [PrintedColumn], width: Int?) -> [[PrintedColumn]] {
        guard let width, let first = columns.first else { return [columns] }
        var (parts, part, used) = ([[PrintedColumn]](), [first], first.width)
        for column in columns.dropFirst() {
            if used + 2 + column.width > width, part.count > 1 {
                parts.append(part)
                (part, used) = ([first], first.width)
            }
            part.append(column)
            used += 2 + column.width
        }
        return parts + [part]
    }

    /// A Markdown table; vertical bars in names are escaped.
    public var markdown: String {
        let printed = columns.map { PrintedColumn($0) }
        func line(_ cells: [String]) -> String {
            "| "
                + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }.joined(separator: " | ")
                + " |"
        }
        var lines = title.isEmpty ? [] : ["### \(title)", ""]
        lines.append(line(columns.map(\.heading)))
        lines.append("|" + printed.map { $0.isNumeric ? " ---: " : " --- " }.joined(separator: "|") + "|")
        for row in 0..<rowCount { lines.append(line(printed.map { $0.cells[row] })) }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A column as text.
private struct PrintedColumn {
    let cells: [String]
    let isNumeric: Bool
    let width: Int
    let paddedHeading: String
    let padded: [String]

    /// The widest a name is shown in a terminal.
    private static let widest = 40

    init(_ column: Table.Column) {
        switch column.cells {
        case .factor(let factor): cells = factor.codes.indices.map { factor[$0].map(DisplayWidth.printable) ?? "" }
        case .texts(let texts): cells = texts.map(DisplayWidth.printable)
        case .integers(let numbers): cells = numbers.map(String.init)
        case .numbers(let numbers, let decimals): cells = numbers.map { $0.map { NumberFormat.fixed($0, decimals: decimals) } ?? "–" }
        case .values(let values, let decimals): cells = values.map { NumberFormat.fixed($0, decimals: decimals) }
        }
        switch column.cells {
        case .factor, .texts: isNumeric = false
        case .integers, .numbers, .values: isNumeric = true
        }
        let isNumeric = isNumeric
        let shown = cells.map { isNumeric || column.isWhole ? $0 : DisplayWidth.cut($0, to: PrintedColumn.widest) }
        let width = max(DisplayWidth.of(column.heading), shown.lazy.map(DisplayWidth.of).max() ?? 0)
        func pad(_ text: String) -> String {
            let spaces = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
            return isNumeric ? spaces + text : text + spaces
        }
        self.width = width
        paddedHeading = pad(column.heading)
        padded = shown.map(pad)
    }
}
