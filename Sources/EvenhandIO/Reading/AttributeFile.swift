import Evenhand

/// A file with one row per entry (or judge) and a column per attribute.
struct AttributeFile {
    private let columns: [(name: String, values: [String: String])]

    /// Reads the file.
    ///
    /// - Throws: `ScoreSheetError`; also when a name stands in two rows with different values.
    init(path: String, key: ColumnRole, columns named: [ColumnRole: String]) throws(ScoreSheetError) {
        let file = try ScoreFile(path: path, named: named.filter { $0.key == key }, required: [key])
        let keyColumn = file.plan.uses.firstIndex(of: .role(key)) ?? 0
        // Of two columns with one header the first is taken, as in the scores.
        var taken: Set<String> = [""]
        let others = file.plan.headers.indices.filter { $0 != keyColumn && taken.insert(file.plan.headers[$0]).inserted }
        var values = others.map { _ in [String: String]() }
        let scanner = FieldScanner(file.input, separator: file.separator)
        var (position, line) = (file.start, file.firstLine)
        while position < file.input.count {
            let (fields, next) = scanner.row(at: position)
            defer { (position, line) = (next, line + max(1, scanner.lineCount(from: position, to: next))) }
            if fields.count == 1, fields[0].length == 0 { continue }
            let texts = fields.map { scanner.text(of: $0) }
            try AttributeFile.check(texts, fields, file: file, keyColumn: keyColumn, line: line)
            for (index, column) in others.enumerated() {
                let known = values[index].updateValue(texts[column], forKey: texts[keyColumn])
                if let known, known != texts[column] {
                    throw ScoreSheetError(
                        .twoValues(entry: texts[keyColumn], first: known), file: path, line: line, column: file.plan.headers[column],
                        text: texts[column])
                }
            }
        }
        columns = zip(others, values).map { (file.plan.headers[$0], $1) }
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
