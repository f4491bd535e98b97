/// A row of a table in the making.
struct TableRow {
    private(set) var cells: [String] = []
    /// How many columns the cells so far stand for; those without a text after the last one are not in `cells`.
    private(set) var width = 0
    let count: Int
    let isHidden: Bool
    let style: String?

    init() { (count, isHidden, style) = (1, false, nil) }

    init(_ element: XMLElement) {
        count = element.count(TableAttribute.rowsRepeated)
        isHidden = element.isCollapsed
        style = element.text(TableAttribute.defaultStyle)
    }

    mutating func add(_ text: [UInt8], times: Int, _ budget: PackageBudget) throws(WorkbookError) {
        defer { width += min(times, WorkbookLimit.columns.most) }
        guard !text.isEmpty else { return }
        guard width + times <= WorkbookLimit.columns.most else { throw .tooLarge(.columns) }
        try budget.keep((width - cells.count) * MemoryLayout<String>.stride)
        cells += [String](repeating: "", count: width - cells.count)
        for _ in 0..<times { cells.append(try budget.text(text)) }
    }

    /// Counts the cells once more, for a row that is repeated: what follows goes through each of them.
    func keepCopy(_ budget: PackageBudget) throws(WorkbookError) {
        try budget.keep(cells.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count })
    }
}

/// A cell of a table in the making.
struct TableCell {
    let column: Int
    let count: Int
    var content = CellText()
    private let value: [UInt8]?
    private let isCovered: Bool
    private let hasFormula: Bool
    private let spans: (rows: Int, columns: Int)
    private var hasParagraph = false

    init(_ element: XMLElement, column: Int, isDuration: Bool) {
        self.column = column
        count = element.count(TableAttribute.columnsRepeated)
        isCovered = element.isNamed("covered-table-cell")
        value = isCovered ? nil : TableValue.text(element, isDuration: isDuration)
        hasFormula = element[TableAttribute.formula] != nil
        spans = (element.count(TableAttribute.rowsSpanned), element.count(TableAttribute.columnsSpanned))
    }

    /// The text; under a merged cell whatever is there cannot be seen.
    var text: [UInt8] { isCovered ? [] : value ?? content.bytes }

    var isUncalculated: Bool { hasFormula && !isCovered && value == nil && !hasParagraph }

    func merge(at row: Int) -> Grid.Merge? {
        guard !isCovered, spans.rows > 1 || spans.columns > 1 else { return nil }
        let last = (row: min(row + spans.rows, WorkbookLimit.rows.most), column: min(column + spans.columns, WorkbookLimit.columns.most))
        guard last.row > row, last.column > column else { return nil }
        return Grid.Merge(rows: row...last.row - 1, columns: column...last.column - 1)
    }

    mutating func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("p") || element.isNamed("h") {
            if hasParagraph { try add("\n") }
            (hasParagraph, content.isOpen) = (true, true)
        } else if element.isNamed("s") {
            for _ in 0..<min(element.count(TableAttribute.spaces), 256) { try add(" ") }
        } else if element.isNamed("tab") {
            try add("\t")
        } else if element.isNamed("line-break") {
            try add("\n")
        } else if element.isNamed("ruby-text") {
            // How a name is pronounced is not part of it.
            content.aidDepth += 1
        }
    }

    mutating func end(_ element: XMLElement) {
        if element.isNamed("p") || element.isNamed("h") { content.isOpen = false }
        if element.isNamed("ruby-text") { content.aidDepth -= 1 }
    }

    private mutating func add(_ text: StaticString) throws(WorkbookError) {
        let wasOpen = content.isOpen
        content.isOpen = hasParagraph
        try content.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        content.isOpen = wasOpen
    }
}

/// The columns of a table, in runs of equal ones.
struct TableColumns {
    private var runs: [(end: Int, isHidden: Bool, style: String?)] = []

    mutating func add(_ element: XMLElement, _ budget: PackageBudget) throws(WorkbookError) {
        let start = runs.last?.end ?? 0
        guard start < WorkbookLimit.columns.most else { return }
        let style = element.text(TableAttribute.defaultStyle)
        try budget.keep(96 + (style?.utf8.count ?? 0))
        let end = min(start + element.count(TableAttribute.columnsRepeated), WorkbookLimit.columns.most)
        runs.append((end, element.isCollapsed, style))
    }

    func style(of column: Int) -> String? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end <= column { low = middle + 1 } else { high = middle }
        }
        return low < runs.count ? runs[low].style : nil
    }

    func hidden(below width: Int) -> Set<Int> {
        var (result, start) = (Set<Int>(), 0)
        for run in runs where start < width {
            if run.isHidden { result.formUnion(start..<min(run.end, width)) }
            start = run.end
        }
        return result
    }
}
