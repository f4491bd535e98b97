/// A file that names entries: those that were selected.
public struct EntryList: Sendable, Equatable {
    /// The names, each once, in the order of the file.
    public let names: [String]

    /// Reads a file with a column of entries; its other columns do not matter.
    ///
    /// - Parameters:
    ///   - path: where the file is: separated values or a workbook.
    ///   - options: the header of the entries, when it is none of the known ones, and the encoding.
    /// - Throws: `ScoreSheetError`.
    public init(contentsOf path: String, as options: ReadingOptions = ReadingOptions()) throws(ScoreSheetError) {
        let file = try AttributeFile(path: path, key: .entry, as: options)
        guard !file.names.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        var seen: Set<String> = []
        names = file.names.filter { seen.insert($0).inserted }
    }
}
