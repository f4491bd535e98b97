#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of names and whole numbers under one header, as databases write it: separated by commas, in UTF-8, with quotes where needed.
struct NumberFile {
    let path: String
    let header: [String]
    private let scanner: FieldScanner
    private let input: InputBytes
    private let start: Int

    /// - Parameter required: columns that have to be in the header.
    init(path: String, required: [String]) throws(PartialFileError) {
        let path = NumberFile.written(to: path)
        self.path = path
        do throws(ScoreSheetError) { input = try InputBytes(path: path) } catch {
            if case .unreadable(let reason) = error.problems[0].kind { throw PartialFileError(.unreadable(reason: reason), in: path) }
            throw PartialFileError(.unreadable(reason: "Is a directory"), in: path)
        }
        scanner = FieldScanner(input, separator: 0x2C)
        let mark = input.count >= 3 && Array(input[0..<3]) == [0xEF, 0xBB, 0xBF] ? 3 : 0
        let (fields, next) = scanner.row(at: mark)
        (header, start) = (fields.map(scanner.text), next)
        for column in required where !header.contains(column) { throw PartialFileError(.noColumn(column), in: path, line: 1) }
    }

    /// The file itself, where an engine makes a directory of it with one file inside.
    private static func written(to path: String) -> String {
        let parts = OutputFile.names(in: path).filter { $0.hasPrefix("part-") && $0.hasSuffix(".csv") }
        return parts.count == 1 ? "\(path)/\(parts[0])" : path
    }

    /// One row.
    struct Row {
        let file: NumberFile
        let fields: [Field]
        let line: Int

        func text(_ column: Int) -> String { file.scanner.text(of: fields[column]) }

        /// The name in a column, brought to the form that sheets are read in.
        func name(_ column: Int) throws(PartialFileError) -> String {
            let name = NameNormalization.normalized(text(column))
            if name.isEmpty { throw PartialFileError(.noName(column: file.header[column]), in: file.path, line: line) }
            return name
        }

        func number<Number: FixedWidthInteger>(_ column: Int, least: Number = .min) throws(PartialFileError) -> Number {
            let text = text(column)
            guard let number = Number(text), number >= least else {
                throw PartialFileError(.noWholeNumber(column: file.header[column], text: text), in: file.path, line: line)
            }
            return number
        }
    }

    /// Hands each row to `body`.
    func forEachRow(_ body: (Row) throws(PartialFileError) -> Void) throws(PartialFileError) {
        var (position, line) = (start, 2)
        while position < input.count {
            let (fields, next) = scanner.row(at: position)
            let isBlank = fields.count == 1 && fields[0].length == 0
            if !isBlank {
                guard fields.count == header.count else {
                    throw PartialFileError(.raggedRow(found: fields.count, expected: header.count), in: path, line: line)
                }
                try body(Row(file: self, fields: fields, line: line))
            }
            line += scanner.lineCount(from: position, to: next)
            position = next
        }
    }

    /// The index of a column, which the header has.
    func column(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
}

/// Where names are in a list, quick for names that come in runs.
struct NamePositions {
    private let positions: [String: Int32]
    private var last: (name: String, position: Int32)?

    init(_ names: [String]) { positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) }) }

    mutating func position(of name: String) -> Int32? {
        if let last, last.name == name { return last.position }
        guard let position = positions[name] else { return nil }
        last = (name, position)
        return position
    }
}
