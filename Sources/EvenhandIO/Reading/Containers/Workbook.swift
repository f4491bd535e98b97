/// The sheets of a workbook, whatever program wrote it.
struct Workbook {
    /// The visible sheets in their order. Rows of merged areas are counted as in `Grid.rows`.
    private(set) var sheets: [Grid] = []
    /// The names of the sheets that are hidden and so left out.
    private(set) var hidden: [String] = []
    /// Formulas whose result is not in the file, as `Sheet1!D17`; their cells are empty.
    private(set) var uncalculated: [String] = []

    /// Whether the bytes begin as an archive or a document of an older program: no text does.
    static func isRecognized(_ bytes: UnsafeRawBufferPointer) -> Bool { isArchive(bytes) || CompoundFile.isRecognized(bytes) }

    /// Reads a workbook; `path` is for the words of an error.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(ScoreSheetError) {
        do throws(WorkbookError) { try self.init(bytes) } catch { throw ScoreSheetError(error.kind, file: path) }
    }

    init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookError) {
        let budget = PackageBudget()
        if CompoundFile.isRecognized(bytes) {
            try readBinary(CompoundFile(bytes, budget: budget), budget)
        } else {
            let archive = try Archive(bytes, budget: budget)
            if archive.contains("mimetype") || archive.contains("content.xml") {
                try readOpenDocument(archive, budget)
            } else {
                try readOpenXML(archive, budget)
            }
        }
    }

    private static func isArchive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// Adds a sheet, or its name alone when it is hidden.
    mutating func add(_ grid: Grid, isHidden: Bool = false, uncalculated cells: [String] = []) {
        if isHidden {
            hidden.append(grid.sheet ?? "")
        } else {
            sheets.append(grid)
            uncalculated += cells
        }
    }
}
