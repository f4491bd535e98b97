import Evenhand

/// A JSON value that keeps the order of its keys; numbers are the shortest decimals that read back as the same Double.
public indirect enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A number; one that is not finite is written as `null`.
    case number(Double)
    /// A string.
    case string(String)
    /// A list.
    case array([JSON])
    /// An object; its keys keep their order.
    case object([(String, JSON)])
    /// The rows of a table, each an array.
    case rows(Table)

    /// The value as UTF-8, members of the outer two levels on lines of their own.
    public var bytes: [UInt8] {
        var buffer = TextBuffer(capacity: 1 << 12)
        append(to: &buffer, depth: 0)
        buffer.append(0x0A)
        return Array(buffer.bytes)
    }

    private func append(to bytes: inout TextBuffer, depth: Int) {
        switch self {
        case .null: bytes.append("null")
        case .bool(let value): bytes.append(value ? "true" : "false")
        case .integer(let value): bytes.append(integer: value)
        case .number(let value): value.isFinite ? bytes.append(shortest: value) : bytes.append("null")
        case .string(let text): JSON.append(text, to: &bytes)
        case .array(let values):
            JSON.append(values, open: 0x5B, close: 0x5D, depth: depth, to: &bytes) { $0.append(to: &$1, depth: depth + 1) }
        case .object(let members):
            JSON.append(members, open: 0x7B, close: 0x7D, depth: depth, to: &bytes) { member, bytes in
                JSON.append(member.0, to: &bytes)
                bytes.append(": ")
                member.1.append(to: &bytes, depth: depth + 1)
            }
        case .rows(let table):
            JSON.append(0..<table.rowCount, open: 0x5B, close: 0x5D, depth: 0, to: &bytes) { row, bytes in
                let cells = table.columns.map { $0.cells.json(row) }
                JSON.append(cells, open: 0x5B, close: 0x5D, depth: 9, to: &bytes) { $0.append(to: &$1, depth: 9) }
            }
        }
    }

    private static func append<Members: Collection>(
        _ members: Members, open: UInt8, close: UInt8, depth: Int, to bytes: inout TextBuffer,
        _ each: (Members.Element, inout TextBuffer) -> Void
    ) {
        bytes.append(open)
        var isFirst = true
        for member in members {
            if !isFirst { bytes.append(0x2C) }
            isFirst = false
            bytes.append(depth < 2 ? 0x0A : 0x20)
            if depth < 2 { bytes.append(String(repeating: " ", count: 2 * (depth + 1))) }
            each(member, &bytes)
        }
        if depth < 2, !isFirst { bytes.append(0x0A) }
        if depth == 1, !isFirst { bytes.append("  ") }
        bytes.append(close)
    }

    private static func append(_ text: String, to bytes: inout TextBuffer) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C:
                bytes.append(0x5C)
                bytes.append(byte)
            case 0x0A: bytes.append("\\n")
            case 0..<0x20:
                let hex = Array("0123456789abcdef".utf8)
                bytes.append("\\u00")
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    /// Equal when they are written alike.
    public static func == (a: JSON, b: JSON) -> Bool { a.bytes == b.bytes }
}

extension Table.Cells {
    fileprivate func json(_ row: Int) -> JSON {
        switch self {
        case .factor(let factor): factor[row].map(JSON.string) ?? .null
        case .texts(let texts): .string(texts[row])
        case .integers(let numbers): .integer(numbers[row])
        case .numbers(let numbers, _): numbers[row].map(JSON.number) ?? .null
        case .values(let values, _): .number(values[row])
        }
    }
}

extension Table {
    /// `{"columns": […], "rows": [[…]]}`.
    public var json: JSON { .object([("columns", .array(columns.map { .string($0.name) })), ("rows", .rows(self))]) }
}
