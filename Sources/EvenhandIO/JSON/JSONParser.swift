/// Reads JSON text (RFC 8259): the design of a contest whole, and records one by one.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var depth = 0

    /// Nested deeper than this, a text is an attack on the stack rather than a design.
    private static let deepest = 64
    /// Values take far more memory than their text; this many are more than any record or design has.
    private static let mostValues = 1 << 21
    private var values = 0

    /// The one value that the text holds.
    static func value(of bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: byteOrderMark) { parser.position = byteOrderMark.count }
        let value = try parser.value()
        guard parser.next == nil else { throw parser.expected("the end of the text") }
        return value
    }

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// The items of a list, or values one after the other; `nil` at the end.
    fileprivate mutating func nextItem(isInList: inout Bool?) throws(JSONError) -> JSONValue? {
        values = 0
        guard let inList = isInList else {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) { position = 3 }
            isInList = next == UInt8(ascii: "[")
            if isInList == true {
                position += 1
                if next != UInt8(ascii: "]") { return try value() }
                return try end()
            }
            return next == nil ? nil : try value()
        }
        guard inList else { return next == nil ? nil : try value() }
        if next == UInt8(ascii: "]") { return try end() }
        try skip(",", orExpect: "a comma or ]")
        return try value()
    }

    /// Nothing may follow the bracket of the list.
    private mutating func end() throws(JSONError) -> JSONValue? {
        position += 1
        guard next == nil else { throw expected("the end of the text") }
        return nil
    }

    /// The next byte that is not white space.
    private var next: UInt8? {
        mutating get {
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\n"): line += 1
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
                default: return bytes[position]
                }
                position += 1
            }
            return nil
        }
    }

    private func expected(_ what: String) -> JSONError { JSONError(line: line, problem: .syntax(expected: what)) }

    private mutating func skip(_ byte: Unicode.Scalar, orExpect what: String) throws(JSONError) {
        guard next == UInt8(ascii: byte) else { throw expected(what) }
        position += 1
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        let first = next
        let start = line
        values += 1
        guard values <= Self.mostValues else { throw expected("fewer values") }
        let content: JSONValue.Content
        switch first {
        case UInt8(ascii: "{"): content = .object(try items(until: "}") { parser throws(JSONError) in try parser.member() })
        case UInt8(ascii: "["): content = .array(try items(until: "]") { parser throws(JSONError) in try parser.value() })
        case UInt8(ascii: "\""): content = .string(try string())
        default: content = try word()
        }
        return JSONValue(content: content, line: start)
    }

    private mutating func items<T>(
        until end: Unicode.Scalar, _ item: (inout JSONParser) throws(JSONError) -> T
    ) throws(JSONError) -> [T] {
        position += 1
        depth += 1
        guard depth <= Self.deepest else { throw expected("less nesting") }
        defer { depth -= 1 }
        var items: [T] = []
        while next != UInt8(ascii: end) {
            if !items.isEmpty { try skip(",", orExpect: "a comma or \(end)") }
            items.append(try item(&self))
        }
        position += 1
        return items
    }

    private mutating func member() throws(JSONError) -> JSONMember {
        guard next == UInt8(ascii: "\"") else { throw expected("a name in quotes") }
        let key = try string()
        try skip(":", orExpect: "a colon")
        return JSONMember(key: key, value: try value())
    }

    /// A number or one of JSON's three words.
    private mutating func word() throws(JSONError) -> JSONValue.Content {
        let ends = Array(",]} \t\r\n".utf8)
        let word = String(decoding: bytes[position...].prefix { !ends.contains($0) }, as: UTF8.self)
        position += word.utf8.count
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard let first = word.utf8.first, UInt8(ascii: "-") == first || (48...57).contains(first), Double(word) != nil else {
                throw expected("a value")
            }
            return .number(word)
        }
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw expected("text in UTF-8") }
                return text
            case UInt8(ascii: "\\"): text += try escaped().utf8
            case 0..<0x20: throw expected("a closing quote")
            default: text.append(byte)
            }
        }
        throw expected("a closing quote")
    }

    private mutating func escaped() throws(JSONError) -> String {
        guard position < bytes.count else { throw expected("an escaped character") }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw expected("an escaped character")
        }
    }

    /// One UTF-16 unit, or two where the first is half of a pair.
    private mutating func unicodeEscape() throws(JSONError) -> String {
        var units = [try hexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: Array("\\u".utf8)) {
            position += 2
            units.append(try hexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw expected("a complete UTF-16 pair") }
        return text
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.first?.isHexDigit == true, let unit = UInt16(digits, radix: 16) else {
            throw expected("four hexadecimal digits")
        }
        position += 4
        return unit
    }
}

/// The records of a text one by one: the items of its list, or its values, each perhaps on a line of its own.
struct JSONItems {
    private var parser: JSONParser
    private var isInList: Bool?

    init(_ bytes: [UInt8]) { parser = JSONParser(bytes: bytes) }

    mutating func next() throws(JSONError) -> JSONValue? { try parser.nextItem(isInList: &isInList) }
}
