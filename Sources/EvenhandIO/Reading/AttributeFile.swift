import Evenhand

/// A file with one row per entry (or judge) and a column per attribute.
struct AttributeFile {
    let path: String
    /// The names of the entries (or judges), in the order of the file.
    let names: [String]
    private let columns: [(name: String, values: [String: String])]

    /// Reads the file.
    ///
    /// - Throws: `ScoreSheetError`; also when a name stands in two rows with different values.
    init(path: String, key: ColumnRole, as options: ReadingOptions) throws(ScoreSheetError) {
        let file = try ScoreFile(
            try AttributeFile.text(of: path, encoding: options.encoding), named: options.columns.filter { $0.key == key }, required: [key])
        self.path = path
        let keyColumn = file.plan.uses.firstIndex(of: .role(key)) ?? 0
        // Of two columns with one header the first is taken, as in the scores.
        var taken: Set<String> = [""]
        let others = file.plan.headers.indices.filter { $0 != keyColumn && taken.insert(file.plan.headers[$0]).inserted }
        var values = others.map { _ in [String: String]() }
        let scanner = FieldScanner(file.input, separator: file.separator)
        var names: [String] = []
        var (position, line) = (file.start, file.firstLine)
        while position < file.input.count {
            let (fields, next) = scanner.row(at: position)
            defer { (position, line) = (next, line + max(1, scanner.lineCount(from: position, to: next))) }
            if fields.count == 1, fields[0].length == 0 { continue }
            let texts = fields.enumerated().map { index, field in
                index == keyColumn ? NameNormalization.normalized(scanner.text(of: field)) : scanner.text(of: field)
            }
            try AttributeFile.check(texts, fields, file: file, keyColumn: keyColumn, line: line)
            names.append(texts[keyColumn])
            for (index, column) in others.enumerated() {
                let known = values[index].updateValue(texts[column], forKey: texts[keyColumn])
                if let known, known != texts[column] {
                    throw ScoreSheetError(
                        .twoValues(entry: texts[keyColumn], first: known), file: path, line: line, column: file.plan.headers[column],
                        text: texts[column])
                }
            }
        }
        self.names = names
        columns = zip(others, values).map { (file.plan.headers[$0], $1) }
    }

    /// The file as text in UTF-8; of a workbook the first sheet.
    private static func text(of path: String, encoding: String?) throws(ScoreSheetError) -> InputBytes {
        let input = try InputBytes(path: path)
        switch try SourceFormat(of: input, encoding: encoding) {
        case .text(let text, _, _): return text
        case .records(let grid, _): return InputBytes(path: path, bytes: grid.separatedValues)
        case .workbook(let workbook):
            guard let grid = workbook.sheets.first else { throw ScoreSheetError(.noRows, file: path) }
            return InputBytes(path: path, bytes: grid.filled.separatedValues)
        }
    }

    private static func check(_ texts: [String], _ fields: [Field], file: ScoreFile, keyColumn: Int, line: Int) throws(ScoreSheetError) {
        let expected = file.plan.headers.count
        func problem(_ kind: ScoreSheetError.Kind, _ column: Int?) -> ScoreSheetError {
            ScoreSheetError(
                kind, file: file.input.path, line: line, column: column.map { file.plan.headers[$0] },
                text: String(texts[min(column ?? texts.count - 1, texts.count - 1)].prefix(80)))
        }
        if fields.contains(where: \.isBroken) { throw problem(.brokenQuote, nil) }
        if texts.count < expected { throw problem(.missingField(found: texts.count, expected: expected), nil) }
        if texts.count > expected { throw problem(.extraField(found: texts.count, expected: expected), nil) }
        if texts[keyColumn].isEmpty { throw problem(.emptyName, keyColumn) }
        for (index, text) in texts.enumerated() where text.unicodeScalars.contains("\u{FFFD}") { throw problem(.invalidUTF8, index) }
    }

    /// The attributes of the names given, missing for those that the file lacks; ordered by name.
    func attributes(for names: [String]) -> [Attribute] {
        columns.map { column in
            Attribute(name: column.name, values: Factor(names.map { column.values[$0].flatMap { $0.isEmpty ? nil : $0 } }))
        }
    }
}
