extension Workbook {
    /// Reads the format of `.xlsx`.
    mutating func readOpenXML(_ archive: Archive, _ budget: PackageBudget) throws(WorkbookError) {
        let main = try Workbook.mainPart(of: archive, budget)
        let list = SheetList(budget: budget)
        try archive.parse(main, list)
        try list.requireWorkbook()
        let relationships = try Relationships(of: main, in: archive, budget: budget)
        let shared = SharedStrings(budget: budget)
        if let part = relationships.first(of: "sharedStrings") { try archive.parse(part, shared) }
        let formats = CellFormats(budget: budget)
        // Programs that write no formats of their own may name the part and leave it out.
        if let part = relationships.first(of: "styles"), archive.contains(part) { try archive.parse(part, formats) }
        let values = SheetCells.Values(shared: shared.texts, forms: formats.forms, epoch: list.epoch)
        for sheet in list.sheets {
            guard !sheet.isHidden else {
                add(Grid(sheet: sheet.name, rows: [], lines: []), isHidden: true)
                continue
            }
            guard let target = relationships.targets[sheet.relationship] else { throw .broken(.missingPart(sheet.name)) }
            // A chart on a sheet of its own has no cells.
            guard target.type == "worksheet" else { continue }
            let cells = SheetCells(sheet: sheet.name, values: values, budget: budget)
            try archive.parse(target.part, cells)
            add(cells.grid, uncalculated: cells.uncalculated)
        }
    }

    private static func mainPart(of archive: Archive, _ budget: PackageBudget) throws(WorkbookError) -> String {
        let usual = "xl/workbook.xml"
        if let kind = FileKind(of: archive) { throw .other(kind) }
        guard let part = try Relationships(of: "", in: archive, budget: budget).first(of: "officeDocument") else {
            // Without the part that says so, the usual name will do.
            if archive.contains(usual) { return usual }
            throw .other(.zip)
        }
        // The binary workbook of the same programs has the same relationships.
        if !part.lowercased().hasSuffix(".xml") { throw .foreign }
        return part
    }
}

/// What the numbers of cells are, by the index of the format that each cell names.
final class CellFormats: XMLHandler {
    private enum Section { case outside, numberFormats, cellFormats }

    private var custom: [Int: ValueForm] = [:]
    private var ids: [Int] = []
    private var section = Section.outside
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    /// The forms in the order of the cells' formats; those without a number format of their own are numbers.
    var forms: [ValueForm] { ids.map { custom[$0] ?? ValueForm(builtIn: $0) } }

    func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("xf") {
            guard section == .cellFormats else { return }
            try budget.keep(32)
            ids.append(element.text("numFmtId").flatMap { Int($0) } ?? 0)
        } else if element.isNamed("numFmt") {
            // Formats of conditions and tables have number formats of their own.
            guard section == .numberFormats, let id = element.text("numFmtId").flatMap({ Int($0) }) else { return }
            guard let code = element["formatCode"] else { return }
            try budget.keep(64)
            custom[id] = ValueForm(code: Array(code))
        } else if element.isNamed("numFmts") {
            section = .numberFormats
        } else if element.isNamed("cellXfs") {
            section = .cellFormats
        }
    }

    func end(_ element: XMLElement) {
        if element.isNamed("numFmts") || element.isNamed("cellXfs") { section = .outside }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The texts that the cells of a workbook share. Runs of one text are joined whatever their looks.
final class SharedStrings: XMLHandler {
    private(set) var texts: [String] = []
    private var current = CellText()
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    func start(_ element: XMLElement) {
        if element.isNamed("t") {
            current.isOpen = true
        } else if element.isNamed("si") {
            current.clear()
        } else if element.isNamed("rPh") {
            current.aidDepth += 1
        }
    }

    func end(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("t") {
            current.isOpen = false
        } else if element.isNamed("si") {
            texts.append(try budget.text(current.unescaped))
        } else if element.isNamed("rPh") {
            current.aidDepth -= 1
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) { try current.append(bytes) }
}

/// The sheets that a workbook lists, in their order.
final class SheetList: XMLHandler {
    struct Sheet {
        let name: String
        let relationship: String
        let isHidden: Bool
    }

    private(set) var sheets: [Sheet] = []
    /// The day that dates count from.
    private(set) var epoch = SerialDate.Epoch.of1900
    private var isWorkbook = false
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    /// A text document of the same family is an archive of XML parts as well; its main part has another root.
    func requireWorkbook() throws(WorkbookError) {
        if !isWorkbook { throw .foreign }
    }

    func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("workbook") { isWorkbook = true }
        if element.isNamed("workbookPr"), element.isTrue("date1904") { epoch = .of1904 }
        guard isWorkbook, element.isNamed("sheet") else { return }
        let id =
            element.text("http://schemas.openxmlformats.org/officeDocument/2006/relationships|id")
            ?? element.text("http://purl.oclc.org/ooxml/officeDocument/relationships|id")
        guard let name = element.text("name"), let id else { return }
        try budget.keep(256 + name.utf8.count + id.utf8.count)
        // Hidden, or so hidden that only a program can show it.
        let state = element.text("state") ?? "visible"
        sheets.append(Sheet(name: name, relationship: id, isHidden: state != "visible"))
    }

    func end(_ element: XMLElement) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
