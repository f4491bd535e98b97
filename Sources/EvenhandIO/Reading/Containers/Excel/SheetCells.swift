/// The cells of one sheet as they come by.
final class SheetCells: XMLHandler {
    private enum Kind { case number, shared, inline, formulaText, boolean, date, other }

    /// What the cells of all sheets refer to.
    struct Values {
        let shared: [String]
        /// By the index of a cell's format.
        let forms: [ValueForm]
        let epoch: SerialDate.Epoch
    }

    private(set) var grid: Grid
    /// Formulas whose result is not in the file, as `Sheet1!D17`.
    private(set) var uncalculated: [String] = []
    private let sheet: String
    private let values: Values
    private let budget: PackageBudget

    private var row: [String] = []
    /// What the row occupies, counted from 0; -1 before the first one.
    private var rowIndex = -1
    private var isInRow = false
    private var cell = CellReference(row: 0, column: -1)
    private var isInCell = false
    private var kind = Kind.number
    private var form = ValueForm.number
    private var hasFormula = false
    private var content = CellText()
    private var isHidden = false
    private var hiddenColumns = HiddenColumns()

    init(sheet: String, values: Values, budget: PackageBudget) {
        (self.sheet, self.values, self.budget) = (sheet, values, budget)
        grid = Grid(sheet: sheet, rows: [], lines: [])
    }

    func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("c") {
            if isInRow { try startCell(element) }
        } else if element.isNamed("v") {
            content.isOpen = isInCell && kind != .inline
        } else if element.isNamed("row") {
            try startRow(element)
        } else if element.isNamed("t") {
            content.isOpen = isInCell && kind == .inline
        } else if element.isNamed("f") {
            hasFormula = isInCell
        } else if element.isNamed("rPh") {
            content.aidDepth += 1
        } else if element.isNamed("mergeCell") {
            try addMerge(element)
        } else if element.isNamed("col") {
            try hiddenColumns.add(element, budget)
        }
    }

    func end(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("c") {
            if isInCell { try endCell() }
        } else if element.isNamed("v") || element.isNamed("t") {
            content.isOpen = false
        } else if element.isNamed("row") {
            if isInRow { try endRow() }
        } else if element.isNamed("rPh") {
            content.aidDepth -= 1
        } else if element.isNamed("worksheet") {
            try grid.placeMerges(budget)
            grid.hiddenColumns = hiddenColumns.indices(below: grid.width)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) { try content.append(bytes) }

    private func broken(_ address: some StringProtocol) -> WorkbookError { .broken(.cell("\(sheet)!\(address)")) }

    private func startRow(_ element: XMLElement) throws(WorkbookError) {
        var next = rowIndex + 1
        if let text = element.text("r") {
            // Rows are in their order; a number given twice would leave open which row is meant.
            guard let number = Int(text), number > next else { throw broken(text.prefix(20)) }
            next = number - 1
        }
        if next >= WorkbookLimit.rows.most { throw .tooLarge(.rows) }
        (rowIndex, isInRow) = (next, true)
        // What a filter leaves out is hidden as well.
        isHidden = element.isTrue("hidden")
        cell = CellReference(row: next, column: -1)
        row.removeAll(keepingCapacity: true)
    }

    private func endRow() throws(WorkbookError) {
        isInRow = false
        try budget.keep(isHidden ? 96 : 64)
        // A copy, for what has grown cell by cell has room for more.
        var kept: [String] = []
        kept.reserveCapacity(row.count)
        kept += row
        if isHidden { grid.hiddenRows.insert(grid.rows.count) }
        grid.rows.append(kept)
        grid.lines.append(rowIndex + 1)
    }

    private func startCell(_ element: XMLElement) throws(WorkbookError) {
        if let text = element["r"] {
            guard let named = CellReference(text), named.row == rowIndex else {
                throw broken(String(decoding: text.prefix(20), as: UTF8.self))
            }
            cell = named
        } else {
            cell = CellReference(row: rowIndex, column: cell.column + 1)
            if cell.column >= WorkbookLimit.columns.most { throw .tooLarge(.columns) }
        }
        kind = SheetCells.kind(of: element["t"])
        form = kind == .number ? form(of: element["s"]) : .number
        (isInCell, hasFormula) = (true, false)
        content.clear()
    }

    private func form(of format: UnsafeBufferPointer<UInt8>?) -> ValueForm {
        var index = 0
        for byte in format ?? UnsafeBufferPointer(start: nil, count: 0) {
            guard byte &- 0x30 < 10, index < values.forms.count else { return .number }
            index = index * 10 + Int(byte &- 0x30)
        }
        return index < values.forms.count ? values.forms[index] : .number
    }

    private static func kind(of type: UnsafeBufferPointer<UInt8>?) -> Kind {
        guard let type else { return .number }
        if type.elementsEqual("s".utf8) { return .shared }
        if type.elementsEqual("n".utf8) { return .number }
        if type.elementsEqual("b".utf8) { return .boolean }
        if type.elementsEqual("str".utf8) { return .formulaText }
        if type.elementsEqual("d".utf8) { return .date }
        // Errors are their text.
        return type.elementsEqual("inlineStr".utf8) ? .inline : .other
    }

    private func endCell() throws(WorkbookError) {
        isInCell = false
        if hasFormula, content.bytes.isEmpty, kind != .formulaText, kind != .inline {
            let location = "\(sheet)!\(cell.text)"
            try budget.keep(64 + location.utf8.count)
            uncalculated.append(location)
        }
        guard !content.bytes.isEmpty else { return }
        let text = try cellText()
        guard !text.isEmpty else { return }
        if cell.column < row.count {
            guard row[cell.column].isEmpty else { throw broken(cell.text) }
        } else {
            // Empty cells are made only where a later one has a text.
            try budget.keep((cell.column - row.count) * MemoryLayout<String>.stride)
            row += [String](repeating: "", count: cell.column + 1 - row.count)
        }
        row[cell.column] = text
    }

    private func cellText() throws(WorkbookError) -> String {
        switch kind {
        case .shared:
            let index = Int(String(decoding: content.bytes, as: UTF8.self))
            guard let index, values.shared.indices.contains(index) else { throw broken(cell.text) }
            // What follows goes through the text of every cell, so each use of it counts as if it were a copy.
            try budget.keep(MemoryLayout<String>.stride + values.shared[index].utf8.count)
            return values.shared[index]
        case .number: return try budget.text(CellValue.text(content.bytes, as: form, epoch: values.epoch))
        case .date: return try budget.text(ClockText.text(iso: content.bytes).map { Array($0.utf8) } ?? content.bytes)
        case .boolean: return content.bytes.first == 0x31 || content.bytes.first == 0x74 ? "TRUE" : "FALSE"
        case .inline, .formulaText, .other: return try budget.text(content.unescaped)
        }
    }

    private func addMerge(_ element: XMLElement) throws(WorkbookError) {
        guard let text = element["ref"] else { return }
        guard let merge = Grid.Merge(text) else { throw broken(String(decoding: text.prefix(20), as: UTF8.self)) }
        try budget.keep(64)
        grid.merges.append(merge)
    }
}

/// The columns that a sheet hides, given as ranges before its cells.
struct HiddenColumns {
    private var isHidden: [Bool] = []

    /// Adds `<col min="2" max="4" hidden="1"/>`.
    mutating func add(_ element: XMLElement, _ budget: PackageBudget) throws(WorkbookError) {
        guard element.isTrue("hidden"), let first = element.text("min").flatMap({ Int($0) }),
            let last = element.text("max").flatMap({ Int($0) })
        else { return }
        let range = max(1, first)...max(1, first, min(last, WorkbookLimit.columns.most))
        guard range.upperBound <= WorkbookLimit.columns.most, last >= range.lowerBound else { return }
        // A few bytes can name all columns, again and again.
        try budget.keep(range.count)
        if isHidden.isEmpty { isHidden = [Bool](repeating: false, count: WorkbookLimit.columns.most) }
        for column in range { isHidden[column - 1] = true }
    }

    /// The columns counted from 0, of those that the sheet's rows have.
    func indices(below width: Int) -> Set<Int> { Set(isHidden.indices.prefix(width).filter { isHidden[$0] }) }
}
