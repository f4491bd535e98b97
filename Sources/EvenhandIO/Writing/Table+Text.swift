import Evenhand

extension Table {
    /// The width that tables should have where lines may be longer, as in a file.
    private static let usualWidth = 80

    /// Aligned columns for a terminal: numbers on the decimal point, texts to the left; wide characters count double. A line marks the cut.
    ///
    /// A table that is wider than the terminal, or in a file than 80 columns, has headings of two lines, and if need be shorter names. On
    /// a terminal sentences go on in the next line.
    ///
    /// - Parameter width: the columns of the terminal; where the table is wider all the same, the columns that fit are shown first and the
    ///   others below, each part with the columns that name the rows.
    public func text(width: Int? = nil) -> String { text(width: width, inColour: false) }

    /// The same, with cells in their colours.
    package func text(width: Int?, inColour: Bool) -> String {
        var lines = title.isEmpty ? [] : [title]
        for part in parts(printed(for: width ?? Table.usualWidth, isTerminal: width != nil, inColour: inColour), width: width) {
            if lines.count > (title.isEmpty ? 0 : 1) { lines.append("") }
            let height = part.map(\.heading.count).max() ?? 1
            for position in 0..<height { lines.append(Table.line(part.map { $0.heading(position, of: height) })) }
            lines.append(Table.rule("─", below: part))
            let cut = Table.rule("┄", below: part)
            for row in 0..<rowCount {
                if row == rowsAboveCut, row > 0 { lines.append(inColour ? TextColour.dim.applied(to: cut) : cut) }
                for position in 0..<(part.map { $0.cells[row].count }.max() ?? 1) {
                    lines.append(Table.line(part.map { $0.cell(row, position) }))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ cells: [String]) -> String {
        var line = cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    private static func rule(_ mark: String, below part: [AlignedColumn]) -> String {
        line(part.map { String(repeating: mark, count: $0.width) })
    }

    /// A column without a single number is not shown to people; a note has the reason.
    var shown: [Column] { columns.filter { !$0.isUndefined } }

    /// The columns, as narrow as the width demands.
    private func printed(for width: Int, isTerminal: Bool, inColour: Bool) -> [AlignedColumn] {
        let columns = shown.map { (printed: PrintedColumn($0), colours: inColour ? $0.colours : []) }
        func aligned(names: Int, sentences: Int = .max, wraps: Bool) -> [AlignedColumn] {
            columns.map {
                AlignedColumn($0.printed, widest: $0.printed.isWhole ? sentences : names, wraps: wraps, colours: $0.colours)
            }
        }
        var made = aligned(names: 40, wraps: false)
        if Table.width(of: made) > width { made = aligned(names: 40, wraps: true) }
        if Table.width(of: made) > width { made = aligned(names: 24, wraps: true) }
        guard isTerminal, Table.width(of: made) > width else { return made }
        let sentences = zip(columns, made).filter { $0.0.printed.isWhole }.map { $0.1.width }
        let room = width - Table.width(of: made) + sentences.reduce(0, +)
        return Table.share(room, among: sentences).map { aligned(names: 24, sentences: $0, wraps: true) } ?? made
    }

    /// The most columns of each sentence, so that together they take the room; `nil` when there is too little.
    private static func share(_ room: Int, among widths: [Int]) -> Int? {
        var (room, left) = (room, widths.sorted()[...])
        while let least = left.first, least * left.count <= room {
            room -= least
            left.removeFirst()
        }
        return left.isEmpty || room / left.count < 12 ? nil : room / left.count
    }

    private static func width(of columns: [AlignedColumn]) -> Int { columns.reduce(-2) { $0 + 2 + $1.width } }

    /// The columns in parts that fit the width: a part ends before the column that does not fit, or that is to begin one.
    private func parts(_ columns: [AlignedColumn], width: Int?) -> [[AlignedColumn]] {
        guard let width, Table.width(of: columns) > width else { return [columns] }
        let names = Array(columns.prefix(keys))
        let start = Table.width(of: names)
        var (parts, part, used) = ([[AlignedColumn]](), names, start)
        for column in columns.dropFirst(keys) {
            if used + 2 + column.width > width || column.startsPart, part.count > names.count {
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
struct PrintedColumn {
    let cells: [String]
    let heading: String
    let isNumeric: Bool
    let isWhole: Bool
    let startsPart: Bool
    /// Whether somebody is to write into the cells.
    let isToFill: Bool
    /// The columns of a terminal that it takes.
    let width: Int

    init(_ column: Table.Column) {
        switch column.cells {
        case .factor(let factor): cells = factor.codes.indices.map { factor[$0].map(DisplayWidth.printable) ?? column.blank }
        case .texts(let texts): cells = texts.map(DisplayWidth.printable)
        case .integers(let numbers): cells = numbers.map(String.init)
        case .numbers(let numbers, let decimals):
            let undefined = column.blanks == nil ? "–" : ""
            cells = numbers.map { $0.map { PrintedColumn.text($0, decimals, of: column) } ?? undefined }
        case .values(let values, let decimals): cells = values.map { PrintedColumn.text($0, decimals, of: column) }
        }
        switch column.cells {
        case .factor, .texts: isNumeric = false
        case .integers, .numbers, .values: isNumeric = true
        }
        (heading, isWhole, startsPart, isToFill) = (column.heading, column.isWhole, column.startsPart, column.blanks != nil)
        width = max(DisplayWidth.of(heading), cells.lazy.map(DisplayWidth.of).max() ?? 0)
    }

    /// A number with so many decimals; a p-value above 0 that would be printed as 0 as less than the last one.
    private static func text(_ number: Double, _ decimals: Int, of column: Table.Column) -> String {
        let text = NumberFormat.fixed(number, decimals: decimals)
        guard column.isOfTests, decimals > 0, number > 0, !text.contains(where: { "123456789".contains($0) }) else { return text }
        return "<0." + String(repeating: "0", count: decimals - 1) + "1"
    }
}

/// A column whose cells all have its width.
private struct AlignedColumn {
    let width: Int
    /// The lines of each cell.
    let cells: [[String]]
    /// The heading in one or two lines.
    let heading: [String]
    let startsPart: Bool
    private let isNumeric: Bool

    /// - Parameters:
    ///   - column: its texts.
    ///   - widest: the most columns of a text: names are cut, sentences go on below.
    ///   - wraps: whether a heading that is wider than the cells has two lines.
    ///   - colours: those of the cells; empty when there are none.
    init(_ column: PrintedColumn, widest: Int, wraps: Bool, colours: [TextColour?]) {
        let isNumeric = column.isNumeric
        let shown = column.cells.map { text in
            column.isWhole ? DisplayWidth.lines(text, of: widest) : isNumeric ? [text] : [DisplayWidth.cut(text, to: widest)]
        }
        let inside = shown.lazy.joined().map(DisplayWidth.of).max() ?? 0
        let heading = wraps ? AlignedColumn.wrapped(column.heading, to: inside) : [column.heading]
        let width = heading.reduce(inside) { max($0, DisplayWidth.of($1)) }
        cells = shown.enumerated().map { row, lines in
            let colour = colours.isEmpty ? nil : colours[row]
            return lines.map { AlignedColumn.padded($0, to: width, left: isNumeric, colour: colour) }
        }
        (self.heading, self.width, self.isNumeric, startsPart) = (heading, width, isNumeric, column.startsPart)
    }

    /// A line of a cell.
    func cell(_ row: Int, _ position: Int) -> String {
        position < cells[row].count ? cells[row][position] : String(repeating: " ", count: width)
    }

    /// A line of the heading, which is at the bottom of the lines of all headings.
    func heading(_ position: Int, of height: Int) -> String {
        let line = position - (height - heading.count)
        return AlignedColumn.padded(line < 0 ? "" : heading[line], to: width, left: isNumeric, colour: nil)
    }

    private static func padded(_ text: String, to width: Int, left: Bool, colour: TextColour?) -> String {
        let spaces = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
        let shown = colour?.applied(to: text) ?? text
        return left ? spaces + shown : shown + spaces
    }

    /// The heading in two lines at the space that makes it narrowest; not inside brackets, and not next to a mark, as in “90 %”.
    private static func wrapped(_ heading: String, to width: Int) -> [String] {
        guard DisplayWidth.of(heading) > width else { return [heading] }
        // A Chinese term of four characters is two words of two.
        if heading.count == 4, heading.unicodeScalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }) {
            return [String(heading.prefix(2)), String(heading.suffix(2))]
        }
        let words = heading.split(separator: " ").map(String.init)
        var best = (lines: [heading], width: DisplayWidth.of(heading))
        for position in words.indices.dropFirst() {
            let lines = [words[..<position].joined(separator: " "), words[position...].joined(separator: " ")]
            let isInBrackets = lines[0].count { $0 == "(" } > lines[0].count { $0 == ")" }
            let isNextToMark = !AlignedColumn.joins(words[position - 1].last, ")%") || !AlignedColumn.joins(words[position].first, "(")
            let widest = lines.map(DisplayWidth.of).max() ?? 0
            if !isInBrackets, !isNextToMark, widest < best.width { best = (lines, widest) }
        }
        return best.lines
    }

    /// Whether a word may end or begin a line with the character.
    private static func joins(_ end: Character?, _ marks: String) -> Bool {
        end.map { $0.isLetter || $0.isNumber || marks.contains($0) } ?? false
    }
}

/// A colour or weight of a text on a terminal.
package enum TextColour: Sendable, Equatable {
    case dim, bold, green, yellow, red

    /// Whether a terminal with these variables wants colours: not if NO_COLOR is set to something, or TERM is dumb.
    package static func areWanted(by environment: (String) -> String?) -> Bool {
        (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// The text in this colour, by the escape sequences of ECMA-48.
    package func applied(to text: String) -> String { text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m" }

    private var code: Int {
        switch self {
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        }
    }
}
