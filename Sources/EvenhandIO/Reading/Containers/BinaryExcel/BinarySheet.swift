/// The cells of one sheet of a binary workbook.
struct BinarySheet {
    /// What the format itself allows.
    private static let mostColumns = 1 << 8
    private static let errors: [UInt8: String] = [
        0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    ]

    private let name: String
    private let globals: BinaryGlobals
    private let budget: PackageBudget
    private var rows: [[String]] = []
    private var hiddenRows: Set<Int> = []
    private var hiddenColumns: Set<Int> = []
    private var merges: [Grid.Merge] = []
    /// The cell of a formula whose text comes in the next record.
    private var waiting: CellReference?

    init(_ sheet: BinaryGlobals.Sheet, _ globals: BinaryGlobals, _ records: BinaryRecords, _ budget: PackageBudget) throws(WorkbookError) {
        (name, self.globals, self.budget) = (sheet.name, globals, budget)
        guard let first = records.record(at: sheet.start), first.id == BinaryRecords.begin else { throw .broken(.missingPart(sheet.name)) }
        // Charts lie inside of sheets, with a beginning and an end of their own.
        var (position, depth) = (first.next, 1)
        while depth > 0, let record = records.record(at: position) {
            position = record.next
            if record.id == BinaryRecords.begin { depth += 1 }
            if record.id == BinaryRecords.end { depth -= 1 }
            if depth == 1 { try read(record) }
        }
        // A sheet without an end was cut off.
        if depth > 0 { throw .broken(.part(sheet.name)) }
    }

    /// The sheet; rows without a text are left out.
    func grid() throws(WorkbookError) -> Grid {
        var grid = Grid(sheet: name, rows: [], lines: [])
        for (index, row) in rows.enumerated() where !row.isEmpty {
            if hiddenRows.contains(index) { grid.hiddenRows.insert(grid.rows.count) }
            grid.rows.append(row)
            grid.lines.append(index + 1)
        }
        grid.merges = merges
        try grid.placeMerges(budget)
        let width = grid.width
        grid.hiddenColumns = hiddenColumns.filter { $0 < width }
        return grid
    }

    private mutating func read(_ record: BinaryRecords.Record) throws(WorkbookError) {
        var reader = record.reader
        switch record.id {
        case BinaryRecords.row: try readRow(&reader)
        case BinaryRecords.columns: try readColumns(&reader)
        case BinaryRecords.merges: try readMerges(&reader)
        case BinaryRecords.shortNumbers: try readShortNumbers(&reader)
        case BinaryRecords.formulaText:
            if let waiting { try put(try reader.text(), at: waiting) }
            waiting = nil
        case BinaryRecords.sharedText, BinaryRecords.text, BinaryRecords.richText, BinaryRecords.number, BinaryRecords.shortNumber,
            BinaryRecords.yesOrError, BinaryRecords.formula:
            let cell = CellReference(row: try reader.word(), column: try reader.word())
            let form = globals.form(try reader.word())
            if let text = try text(of: record.id, &reader, form, at: cell) { try put(text, at: cell) }
        default: break
        }
    }

    /// The text of a cell; `nil` when it comes later.
    private mutating func text(of id: Int, _ reader: inout RecordReader, _ form: ValueForm, at cell: CellReference) throws(WorkbookError)
        -> String?
    {
        switch id {
        case BinaryRecords.sharedText:
            let index = Int(try reader.double())
            guard globals.texts.indices.contains(index) else { throw .broken(.cell("\(name)!\(cell.text)")) }
            return globals.texts[index]
        case BinaryRecords.number: return number(try reader.float(), form)
        case BinaryRecords.shortNumber: return number(try BinarySheet.shortNumber(&reader), form)
        case BinaryRecords.yesOrError:
            let value = try reader.byte()
            return try reader.byte() == 0 ? BinarySheet.yes(value) : BinarySheet.errors[value] ?? "#N/A"
        case BinaryRecords.formula: return try result(&reader, form, at: cell)
        default: return try reader.text()
        }
    }

    /// The result of a formula: a number, or in place of one that is none what else it is.
    private mutating func result(_ reader: inout RecordReader, _ form: ValueForm, at cell: CellReference) throws(WorkbookError) -> String? {
        let value = try reader.float().bitPattern
        guard value >> 48 == 0xFFFF else { return number(Double(bitPattern: value), form) }
        let content = UInt8(value >> 16 & 0xFF)
        switch value & 0xFF {
        case 0:
            waiting = cell
            return nil
        case 1: return BinarySheet.yes(content)
        case 2: return BinarySheet.errors[content] ?? "#N/A"
        default: return nil
        }
    }

    private func number(_ value: Double, _ form: ValueForm) -> String {
        String(decoding: CellValue.text(Array("\(value)".utf8), as: form, epoch: globals.epoch), as: UTF8.self)
    }

    private static func yes(_ value: UInt8) -> String { value != 0 ? "TRUE" : "FALSE" }

    /// Thirty bits of a whole number or of the upper half of another one, which may have been multiplied by 100.
    private static func shortNumber(_ reader: inout RecordReader) throws(WorkbookError) -> Double {
        let bits = try reader.double()
        let value = bits & 2 != 0 ? Double(Int32(bitPattern: bits) >> 2) : Double(bitPattern: UInt64(bits & ~3) << 32)
        return bits & 1 != 0 ? value / 100 : value
    }

    private mutating func readShortNumbers(_ reader: inout RecordReader) throws(WorkbookError) {
        let row = try reader.word()
        var column = try reader.word()
        while reader.left >= 8 {
            let form = globals.form(try reader.word())
            try put(number(try BinarySheet.shortNumber(&reader), form), at: CellReference(row: row, column: column))
            column += 1
        }
    }

    private mutating func readRow(_ reader: inout RecordReader) throws(WorkbookError) {
        let row = try reader.word()
        try reader.skip(10)
        // What a filter leaves out is hidden as well.
        if try reader.word() & 0x20 != 0 {
            try budget.keep(32)
            hiddenRows.insert(row)
        }
    }

    private mutating func readColumns(_ reader: inout RecordReader) throws(WorkbookError) {
        let (first, last) = (try reader.word(), min(try reader.word(), BinarySheet.mostColumns - 1))
        try reader.skip(4)
        if try reader.word() & 1 != 0, first <= last { hiddenColumns.formUnion(first...last) }
    }

    private mutating func readMerges(_ reader: inout RecordReader) throws(WorkbookError) {
        for _ in 0..<(try reader.word()) {
            let rows = (try reader.word(), try reader.word())
            let columns = (try reader.word(), try reader.word())
            guard rows.0 <= rows.1, columns.0 <= columns.1, columns.1 < BinarySheet.mostColumns else { throw .broken(.part(name)) }
            try budget.keep(64)
            merges.append(Grid.Merge(rows: rows.0...rows.1, columns: columns.0...columns.1))
        }
    }

    private mutating func put(_ text: String, at cell: CellReference) throws(WorkbookError) {
        guard cell.column < BinarySheet.mostColumns else { throw .broken(.cell("\(name)!\(cell.text)")) }
        guard !text.isEmpty else { return }
        try budget.keep(MemoryLayout<String>.stride + text.utf8.count)
        if cell.row >= rows.count {
            try budget.keep((cell.row + 1 - rows.count) * 64)
            rows += [[String]](repeating: [], count: cell.row + 1 - rows.count)
        }
        if cell.column >= rows[cell.row].count {
            let missing = cell.column + 1 - rows[cell.row].count
            try budget.keep(missing * MemoryLayout<String>.stride)
            rows[cell.row] += [String](repeating: "", count: missing)
        }
        rows[cell.row][cell.column] = text
    }
}
