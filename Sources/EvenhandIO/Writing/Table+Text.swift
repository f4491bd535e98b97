import Evenhand

extension Table {
    /// Aligned columns for a terminal: numbers on the decimal point, texts to the left; wide characters count double.
    ///
    /// - Parameter width: the columns of the terminal; where the table is wider, the columns that fit are shown first and the others below,
    ///   each part with the columns that name the rows.
    public func text(width: Int? = nil) -> String {
        var lines = title.isEmpty ? [] : [title]
        for part in parts(shown.map { PrintedColumn($0) }, width: width) {
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

    /// A column without a single number is not shown to people; a note has the reason.
    var shown: [Column] { columns.filter { !$0.isUndefined } }

    /// The columns in parts that fit the width, and where a part is to begin.
    private func parts(_ columns: [PrintedColumn], width: Int?) -> [[PrintedColumn]] {
        let names = Array(columns.prefix(keys))
        let start = names.reduce(-2) { $0 + 2 + $1.width }
        var (parts, part, used) = ([[PrintedColumn]](), names, start)
        for column in columns.dropFirst(keys) {
            let isFull = width.map { used + 2 + column.width > $0 } ?? false
            if isFull || column.startsPart, part.count > names.count {
                parts.append(part)
                (part, used) = (names, start)
            }
            part.append(column)
            used += 2 + column.width
        }
        return parts + [part]
    }

    /// A Markdown table; vertical bars in names are escaped.
    public var markdown: String {
        let printed = shown.map { PrintedColumn($0) }
        func line(_ cells: [String]) -> String {
            "| "
                + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }.joined(separator: " | ")
                + " |"
        }
        var lines = title.isEmpty ? [] : ["### \(title)", ""]
        lines.append(line(printed.map(\.heading)))
        lines.append("|" + printed.map { $0.isNumeric ? " ---: " : " --- " }.joined(separator: "|") + "|")
        for row in 0..<rowCount { lines.append(line(printed.map { $0.cells[row] })) }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A column as text.
private struct PrintedColumn {
    let cells: [String]
    let heading: String
    let isNumeric: Bool
    let startsPart: Bool
    let width: Int
    let paddedHeading: String
    let padded: [String]

    /// The widest a name is shown in a terminal.
    private static let widest = 40

    init(_ column: Table.Column) {
        switch column.cells {
        case .factor(let factor): cells = factor.codes.indices.map { factor[$0].map(DisplayWidth.printable) ?? column.blank }
        case .texts(let texts): cells = texts.map(DisplayWidth.printable)
        case .integers(let numbers): cells = numbers.map(String.init)
        case .numbers(let numbers, let decimals): cells = numbers.map { $0.map { NumberFormat.fixed($0, decimals: decimals) } ?? "–" }
        case .values(let values, let decimals): cells = values.map { NumberFormat.fixed($0, decimals: decimals) }
        }
        let isNumeric = column.isNumeric
        let shown = cells.map { isNumeric || column.isWhole ? $0 : DisplayWidth.cut($0, to: PrintedColumn.widest) }
        let width = max(DisplayWidth.of(column.heading), shown.lazy.map(DisplayWidth.of).max() ?? 0)
        func pad(_ text: String) -> String {
            let spaces = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
            return isNumeric ? spaces + text : text + spaces
        }
        (heading, startsPart, self.width, self.isNumeric) = (column.heading, column.startsPart, width, isNumeric)
        paddedHeading = pad(column.heading)
        padded = shown.map(pad)
    }
}
