/// The tables of a spreadsheet as they come by.
final class TableCells: XMLHandler {
    struct Table {
        var grid: Grid
        let isHidden: Bool
        var uncalculated: [String] = []
    }

    private(set) var tables: [Table] = []
    private(set) var (isSpreadsheet, isText) = (false, false)
    private var styles = TableStyles()
    private let budget: PackageBudget

    private var table: Table?
    /// Above 1 inside a table that is in a cell.
    private var tableDepth = 0
    private var columns = TableColumns()
    /// What the row occupies, counted from 0.
    private var rowIndex = 0
    private var row = TableRow()
    private var isInRow = false
    private var cell: TableCell?
    /// Above 0 inside of comments and drawings, whose text is not the cell's.
    private var asideDepth = 0

    init(budget: PackageBudget) { self.budget = budget }

    func start(_ element: XMLElement) throws(WorkbookError) {
        switch element.family {
        case .table: try startTablePart(element)
        case .text: if asideDepth == 0, tableDepth == 1 { try cell?.start(element) }
        case .drawing: asideDepth += 1
        case .style, .number: try styles.start(element, budget)
        case .office:
            if element.isNamed("spreadsheet") { isSpreadsheet = true }
            if element.isNamed("text") { isText = true }
            if element.isNamed("annotation") { asideDepth += 1 }
        default: break
        }
    }

    func end(_ element: XMLElement) throws(WorkbookError) {
        switch element.family {
        case .table: try endTablePart(element)
        case .text: if asideDepth == 0, tableDepth == 1 { cell?.end(element) }
        case .drawing: asideDepth -= 1
        case .office: if element.isNamed("annotation") { asideDepth -= 1 }
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if asideDepth == 0, tableDepth == 1 { try cell?.content.append(bytes) }
    }

    private func startTablePart(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("table") {
            tableDepth += 1
            if tableDepth == 1, isSpreadsheet, asideDepth == 0 { try startTable(element) }
        }
        guard tableDepth == 1, asideDepth == 0, table != nil else { return }
        if element.isNamed("table-cell") || element.isNamed("covered-table-cell") {
            guard isInRow else { return }
            cell = TableCell(element, column: row.width, isDuration: styles.hasDurations && isDuration(element))
        } else if element.isNamed("table-row") {
            (row, isInRow) = (TableRow(element), true)
        } else if element.isNamed("table-column") {
            try columns.add(element, budget)
        }
    }

    private func endTablePart(_ element: XMLElement) throws(WorkbookError) {
        if tableDepth == 1, asideDepth == 0 {
            if element.isNamed("table-cell") || element.isNamed("covered-table-cell") {
                try endCell()
            } else if element.isNamed("table-row") {
                try endRow()
            } else if element.isNamed("table") {
                try endTable()
            }
        }
        if element.isNamed("table") { tableDepth -= 1 }
    }

    private func startTable(_ element: XMLElement) throws(WorkbookError) {
        let name = element.text(TableAttribute.name) ?? ""
        try budget.keep(256 + name.utf8.count)
        let isHidden = element.text(TableAttribute.style).map { styles.hiddenTables.contains($0) } ?? false
        table = Table(grid: Grid(sheet: name, rows: [], lines: []), isHidden: isHidden)
        (columns, rowIndex, isInRow) = (TableColumns(), 0, false)
    }

    private func endTable() throws(WorkbookError) {
        guard var table else { return }
        try table.grid.placeMerges(budget)
        table.grid.hiddenColumns = columns.hidden(below: table.grid.width)
        tables.append(table)
        self.table = nil
    }

    private func isDuration(_ element: XMLElement) -> Bool {
        let style = element.text(TableAttribute.style) ?? row.style ?? columns.style(of: row.width)
        return style.map { styles.isDuration($0) } ?? false
    }

    private func endCell() throws(WorkbookError) {
        guard let cell, isInRow else { return }
        self.cell = nil
        let text = cell.text
        if cell.isUncalculated {
            let location = "\(table?.grid.sheet ?? "")!\(CellReference(row: rowIndex, column: cell.column).text)"
            try budget.keep(64 + location.utf8.count)
            table?.uncalculated.append(location)
        }
        if let merge = cell.merge(at: rowIndex) {
            try budget.keep(64)
            table?.grid.merges.append(merge)
        }
        try row.add(text, times: cell.count, budget)
    }

    private func endRow() throws(WorkbookError) {
        guard isInRow else { return }
        isInRow = false
        defer { rowIndex += row.count }
        // The rows below the last one are written as one that stands for a million.
        guard !row.cells.isEmpty else { return }
        for step in 0..<row.count {
            if rowIndex + step >= WorkbookLimit.rows.most { throw .tooLarge(.rows) }
            if step > 0 { try row.keepCopy(budget) }
            try budget.keep(row.isHidden ? 96 : 64)
            if row.isHidden, let index = table?.grid.rows.count { table?.grid.hiddenRows.insert(index) }
            table?.grid.rows.append(row.cells)
            table?.grid.lines.append(rowIndex + step + 1)
        }
    }
}
