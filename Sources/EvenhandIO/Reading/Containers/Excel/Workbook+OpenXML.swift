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
