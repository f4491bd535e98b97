import Evenhand

/// A file with one row per entry (or judge) and a column per attribute.
struct AttributeFile {
    let path: String
    /// The names of the entries (or judges), in the order of the file.
    let names: [String]
    private let columns: [(name: String, values: [String: String])]

    /// Reads the file.
    ///
    /// - Parameter names: those of the scores.
    /// - Throws: `ScoreSheetError`; also when a name is in two rows with different values.
    init(path: String, key: ColumnRole, among names: [String], as options: ReadingOptions) throws(ScoreSheetError) {
        let list = try ListFile(path: path, of: key, among: names, as: options)
        let headers = list.headers
        // Of two columns with one header the first is taken, as in the scores.
        var taken: Set<String> = [""]
        var columns: [(name: String, values: [String: String])] = []
        for column in headers.indices where column != list.key && taken.insert(headers[column]).inserted {
            if AttributeFile.isRunningNumber(column, in: list) { continue }
            var values: [String: String] = [:]
            for row in list.rows {
                let text = list.text(row, column)
                if let known = values.updateValue(text, forKey: list.name(row)), known != text {
                    throw list.problem(.twoValues(entry: list.name(row), first: known), row, column)
                }
            }
            columns.append((headers[column], values))
        }
        self.path = path
        self.names = list.rows.map(list.name)
        self.columns = columns
    }

    /// Whether a column only counts the rows (序号): 1, 2, 3, …
    private static func isRunningNumber(_ column: Int, in list: ListFile) -> Bool {
        list.rows.count > 1 && list.rows.enumerated().allSatisfy { Int(list.text($1, column)) == $0 + 1 }
            && HeaderWords(list.headers[column]).says(.identifier)
    }

    /// The attributes of the names given, missing for those that the file lacks; ordered by name.
    func attributes(for names: [String]) -> [Attribute] {
        columns.map { column in
            Attribute(name: column.name, values: Factor(names.map { column.values[$0].flatMap { $0.isEmpty ? nil : $0 } }))
        }
    }
}
