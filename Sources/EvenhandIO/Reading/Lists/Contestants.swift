package import Evenhand

/// A list of entries or of judges before there are scores: their names, each once, in canonical order, and what else the file says.
package struct Contestants: Sendable, Equatable {
    /// Where the file is.
    package let path: String
    /// The names.
    package let names: [String]
    /// The other columns: for each name its value, missing where the cell is empty.
    package let attributes: [Attribute]

    /// Reads a list.
    ///
    /// - Throws: `ScoreSheetError`; also when a name is in two rows with different values.
    package init(contentsOf path: String, of role: ColumnRole, as options: ReadingOptions = ReadingOptions()) throws(ScoreSheetError) {
        let file = try AttributeFile(path: path, key: role, among: [], as: options)
        guard !file.names.isEmpty else { throw ScoreSheetError(.noRows, file: path) }
        self.path = path
        names = Factor(file.names).levels
        attributes = file.attributes(for: names)
    }

    /// The values of a column, one for each name; `nil` when there is no such column, in any case of letters.
    package func attribute(_ name: String) -> [String?]? {
        let found = attributes.first { $0.name == name } ?? attributes.first { $0.name.lowercased() == name.lowercased() }
        return found.map { attribute in names.indices.map { attribute.values[$0] } }
    }
}
