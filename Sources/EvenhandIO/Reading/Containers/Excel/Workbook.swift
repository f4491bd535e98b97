/// The sheets of a workbook in the format of `.xlsx`.
struct Workbook {
    /// The visible sheets in their order. Rows of merged areas are counted as in `Grid.rows`.
    let sheets: [Grid]
    /// The names of the sheets that are hidden and so left out.
    let hidden: [String]
    /// Formulas whose result is not in the file, as `Sheet1!D17`; their cells are empty.
    let uncalculated: [String]

    /// Whether the bytes begin as an archive or a document of an older program: no text does.
    static func isRecognized(_ bytes: UnsafeRawBufferPointer) -> Bool { isArchive(bytes) || isOldDocument(bytes) }

    /// Reads a workbook; `path` is for the words of an error.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(ScoreSheetError) {
        do throws(WorkbookError) { try self.init(bytes) } catch { throw ScoreSheetError(error.kind, file: path) }
    }

    init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookError) {
        if Workbook.isOldDocument(bytes) { throw Workbook.holdsPackage(bytes) ? .encrypted : .old }
        let budget = PackageBudget()
        let archive = try Archive(bytes, budget: budget)
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
        var (sheets, uncalculated) = ([Grid](), [String]())
        for sheet in list.sheets where !sheet.isHidden {
            guard let target = relationships.targets[sheet.relationship] else { throw .broken(.missingPart(sheet.name)) }
            // A chart on a sheet of its own has no cells.
            guard target.type == "worksheet" else { continue }
            let cells = SheetCells(sheet: sheet.name, values: values, budget: budget)
            try archive.parse(target.part, cells)
            sheets.append(cells.grid)
            uncalculated += cells.uncalculated
        }
        self.sheets = sheets
        self.uncalculated = uncalculated
        hidden = list.sheets.filter(\.isHidden).map(\.name)
    }

    private static func mainPart(of archive: Archive, _ budget: PackageBudget) throws(WorkbookError) -> String {
        let usual = "xl/workbook.xml"
        guard let part = try Relationships(of: "", in: archive, budget: budget).first(of: "officeDocument") else {
            // Without the part that says so, the usual name will do.
            if archive.contains(usual) { return usual }
            throw .foreign
        }
        // The binary workbook of the same programs has the same relationships.
        if !part.lowercased().hasSuffix(".xml") { throw .foreign }
        return part
    }

    private static func isArchive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    private static func isOldDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    /// An encrypted workbook lies in such a document under this name.
    private static func holdsPackage(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let name = Array("EncryptedPackage".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        // Names of the directory begin at multiples of its entries' size.
        return stride(from: 0, to: bytes.count - name.count, by: 128).contains { bytes[$0] == name[0] && bytes[$0...].starts(with: name) }
    }
}
