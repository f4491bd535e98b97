/// Objects of JSON as rows of a sheet: a list of them, one on each line, or the one list in an object that has the rest around it.
struct JSONRecords {
    private var headers: [String] = []
    private var columnOfHeader: [String: Int] = [:]
    private var rows: [[String]] = []
    private var lines: [Int] = []
    /// Whether the rows are lists of cells themselves.
    private var areLists = false
    private let budget = PackageBudget()

    /// Whether a text in UTF-8 begins as objects of JSON; a list of numbers could be the cell of a sheet.
    static func isRecognized(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes[(bytes.starts(with: mark) ? 3 : 0)...].prefix(1 << 16)
        guard let first = start.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        let marks = start.lazy.filter { $0 > 0x20 }.prefix(3)
        let second = marks.dropFirst().first
        if first == UInt8(ascii: "{") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
        if second == UInt8(ascii: "[") {
            return marks.dropFirst(2).first.map { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 } ?? false
        }
        return second == UInt8(ascii: "{")
    }

    fileprivate init(_ bytes: UnsafeRawBufferPointer) throws(JSONRecordsError) {
        var only: JSONValue?
        var count = 0
        var items = JSONItems(Array(bytes))
        while let value = try JSONRecords.next(&items) {
            count += 1
            (only, areLists) = (count == 1 ? value : nil, areLists || value.isList)
            try add(value)
        }
        // Services wrap their records: {"count": 2, "records": [ … ]}.
        if let only, let wrapped = only.records {
            (headers, columnOfHeader, rows, lines) = ([], [:], [], [])
            for value in wrapped { try add(value) }
        }
    }

    private static func next(_ items: inout JSONItems) throws(JSONRecordsError) -> JSONValue? {
        do throws(JSONError) {
            return try items.next()
        } catch {
            guard case .syntax(let expected) = error.problem else { return nil }
            throw .notJSON(line: error.line, expected: expected)
        }
    }

    fileprivate var grid: Grid {
        let head = areLists || headers.isEmpty ? [] : [headers]
        return Grid(sheet: nil, rows: head + rows, lines: head.map { _ in lines.first ?? 1 } + lines)
    }

    private mutating func add(_ value: JSONValue) throws(JSONRecordsError) {
        var row: [String] = []
        switch value.content {
        case .object(let members):
            guard !areLists else { throw .notRecords(line: value.line) }
            for member in members {
                if case .object(let inner) = member.value.content {
                    for part in inner { try put(part.value.cell, under: "\(member.key).\(part.key)", in: &row) }
                } else {
                    try put(member.value.cell, under: member.key, in: &row)
                }
            }
        case .array(let values):
            guard headers.isEmpty else { throw .notRecords(line: value.line) }
            row = values.map(\.cell)
            try keep(row.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count })
        default: throw .notRecords(line: value.line)
        }
        try keep(64)
        rows.append(row)
        lines.append(value.line)
    }

    private mutating func put(_ text: String, under header: String, in row: inout [String]) throws(JSONRecordsError) {
        let column: Int
        if let known = columnOfHeader[header] {
            column = known
        } else {
            column = headers.count
            if column >= WorkbookLimit.columns.most { throw .tooLarge(.columns) }
            try keep(128 + 2 * header.utf8.count)
            headers.append(header)
            columnOfHeader[header] = column
        }
        let missing = max(0, column + 1 - row.count)
        try keep(missing * MemoryLayout<String>.stride + text.utf8.count)
        row += [String](repeating: "", count: missing)
        row[column] = text
    }

    private func keep(_ bytes: Int) throws(JSONRecordsError) {
        do throws(WorkbookError) { try budget.keep(bytes) } catch { throw .tooLarge(.contentBytes) }
    }
}

/// Why JSON cannot be read as a sheet.
enum JSONRecordsError: Error, Equatable {
    case notJSON(line: Int, expected: String)
    /// Something other than an object is on this line.
    case notRecords(line: Int)
    case tooLarge(WorkbookLimit)
}

extension Grid {
    /// Reads JSON in UTF-8; `path` is for the words of an error.
    init(json bytes: UnsafeRawBufferPointer, path: String) throws(ScoreSheetError) {
        do throws(JSONRecordsError) {
            self = try JSONRecords(bytes).grid
        } catch {
            switch error {
            case .notJSON(let line, let expected): throw ScoreSheetError(.brokenJSON(expected: expected), file: path, line: line)
            case .notRecords(let line): throw ScoreSheetError(.noRecords, file: path, line: line)
            case .tooLarge(let limit): throw ScoreSheetError(.workbookTooLarge(limit), file: path)
            }
        }
    }
}

extension JSONValue {
    fileprivate var isList: Bool {
        if case .array = content { return true }
        return false
    }

    private var isObject: Bool {
        if case .object = content { return true }
        return false
    }

    /// The one list of objects among the members of an object.
    fileprivate var records: [JSONValue]? {
        guard case .object(let members) = content else { return nil }
        let lists = members.compactMap { member -> [JSONValue]? in
            guard case .array(let values) = member.value.content, !values.isEmpty, values.allSatisfy(\.isObject) else { return nil }
            return values
        }
        return lists.count == 1 ? lists[0] : nil
    }

    /// The value in the form that cells of all files have in common.
    fileprivate var cell: String {
        switch content {
        case .null: ""
        case .bool(let value): value ? "TRUE" : "FALSE"
        case .number(let digits): digits
        case .string(let text): text
        case .array(let values): values.map(\.cell).joined(separator: ",")
        case .object(let members): members.map { "\($0.key)=\($0.value.cell)" }.joined(separator: ",")
        }
    }
}
