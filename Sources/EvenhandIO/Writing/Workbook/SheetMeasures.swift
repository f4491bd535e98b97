import Evenhand

/// How wide a column has to be, in characters.
enum ColumnWidth {
    /// More rows than these are not looked at.
    private static let mostRows = 2000
    private static let narrowest = 7
    /// Headings wrap from here on; the arrow of the filter is beside them.
    private static let widestHeading = 14
    static let arrow = 3
    private static let widestName = 44
    private static let widestText = 70

    static func of(_ column: Table.Column) -> Int {
        let heading = min(DisplayWidth.of(column.heading), widestHeading) + arrow
        let cells = cellWidth(column)
        return max(narrowest, heading, min(cells + 2, column.isWhole ? widestText : widestName))
    }

    private static func cellWidth(_ column: Table.Column) -> Int {
        func widest(_ texts: some Sequence<String>) -> Int { texts.prefix(mostRows).lazy.map(DisplayWidth.of).max() ?? 0 }
        return switch column.cells {
        case .factor(let factor): widest(factor.codes.lazy.prefix(mostRows).map { $0 < 0 ? column.blank : factor.levels[Int($0)] })
        case .texts(let texts): widest(texts)
        case .integers(let numbers): widest(numbers.lazy.map(String.init))
        case .numbers(let numbers, let decimals): widest(numbers.lazy.map { $0.map { NumberFormat.fixed($0, decimals: decimals) } ?? "" })
        case .values(let values, let decimals): widest(values.lazy.map { NumberFormat.fixed($0, decimals: decimals) })
        }
    }
}

/// How high a row has to be.
enum RowHeight {
    private static let points = 15
    /// The most that Excel takes.
    private static let mostPoints = 409

    /// The lines of a text that wraps: of a width some is lost where words break.
    static func lines(of text: String, width: Int) -> Int {
        let (length, room) = (DisplayWidth.of(text), max(1, width * 19 / 20))
        return length <= width ? 1 : (length + room - 1) / room
    }

    /// As an attribute of a row; nothing for the usual height.
    static func attribute(lines: Int) -> String { lines > 1 ? " ht=\"\(min(mostPoints, lines * points))\" customHeight=\"1\"" : "" }
}

extension Table.Column {
    /// The text of a cell; empty for a number.
    func name(at row: Int) -> String {
        switch cells {
        case .factor(let factor): factor.codes[row] < 0 ? blank : factor.levels[Int(factor.codes[row])]
        case .texts(let texts): texts[row]
        case .integers, .numbers, .values: ""
        }
    }
}
