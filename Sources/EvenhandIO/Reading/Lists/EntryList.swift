/// A file that names the entries that were selected.
public struct EntryList: Sendable, Equatable {
    /// The names, each once, in the order of the file.
    public let names: [String]

    /// Reads a file with a column of entries; its other columns do not matter.
    ///
    /// - Parameters:
    ///   - path: where the file is: separated values or a workbook.
    ///   - entries: the names of the entries that there are; of several columns that could be meant, the one that shares most with them is.
    ///   - options: the header of the entries, when it is not a known one, and the encoding.
    /// - Throws: `ScoreSheetError`.
    public init(
        contentsOf path: String, among entries: [String] = [], as options: ReadingOptions = ReadingOptions()
    ) throws(ScoreSheetError) {
        let list = try ListFile(path: path, of: .entry, among: entries, as: options)
        guard !list.rows.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        var seen: Set<String> = []
        names = list.rows.map(list.name).filter { seen.insert($0).inserted }
    }
}
