extension Workbook {
    /// Reads the format of `.xls` since 1997, which other programs write under other names, `.et` above all.
    mutating func readBinary(_ file: CompoundFile, _ budget: PackageBudget) throws(WorkbookError) {
        let names = file.names
        if names.contains("EncryptedPackage") { throw .encrypted }
        guard let stream = try file.stream("Workbook") else { throw Workbook.kind(of: names) }
        let records = try BinaryRecords(stream)
        let globals = try BinaryGlobals(records, budget)
        for sheet in globals.sheets where sheet.hasCells {
            if sheet.isHidden {
                add(Grid(sheet: sheet.name, rows: [], lines: []), isHidden: true)
            } else {
                add(try BinarySheet(sheet, globals, records, budget).grid())
            }
        }
    }

    private static func kind(of names: Set<String>) -> WorkbookError {
        if names.contains("WordDocument") { return .other(.textDocument) }
        return names.contains("PowerPoint Document") ? .other(.slides) : .old
    }
}
