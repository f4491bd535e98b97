/// What the styles of a document say about its tables: which are hidden, and which times go on beyond a day.
struct TableStyles {
    private(set) var hiddenTables: Set<String> = []
    private var durations: Set<String> = []
    /// The cells' styles that show times as durations.
    private var durationCells: Set<String> = []
    private var current: String?

    mutating func start(_ element: XMLElement, _ budget: PackageBudget) throws(WorkbookError) {
        switch element.family {
        case .number:
            guard element.isNamed("time-style"), element.text(TableAttribute.overflow) == "false" else { return }
            guard let name = element.text(TableAttribute.styleName) else { return }
            try budget.keep(64 + name.utf8.count)
            durations.insert(name)
        case .style where element.isNamed("style"):
            current = element.text(TableAttribute.styleName)
            guard let current, let data = element.text(TableAttribute.dataStyle), durations.contains(data) else { return }
            try budget.keep(64 + current.utf8.count)
            durationCells.insert(current)
        case .style where element.isNamed("table-properties"):
            guard let current, element.text(TableAttribute.display) == "false" else { return }
            try budget.keep(64 + current.utf8.count)
            hiddenTables.insert(current)
        default: break
        }
    }

    func isDuration(_ style: String) -> Bool { durationCells.contains(style) }
    var hasDurations: Bool { !durationCells.isEmpty }
}

/// The text of a cell as OpenDocument gives its value.
enum TableValue {
    /// The value by its type; `nil` when only the shown text says it.
    static func text(_ element: XMLElement, isDuration: Bool) -> [UInt8]? {
        guard let type = element.text(TableAttribute.type) else { return nil }
        switch type {
        case "float", "currency": return element[TableAttribute.value].map { TypedNumber.text(Array($0)) }
        case "percentage": return element[TableAttribute.value].map { TypedNumber.percentage(Array($0)) ?? Array($0) }
        case "date":
            return element[TableAttribute.date].map { bytes in ClockText.text(iso: Array(bytes)).map { Array($0.utf8) } ?? Array(bytes) }
        case "time":
            return element[TableAttribute.time].map { bytes in
                ClockText.text(period: Array(bytes), isDuration: isDuration).map { Array($0.utf8) } ?? Array(bytes)
            }
        case "boolean":
            return element[TableAttribute.boolean].map { $0.elementsEqual("true".utf8) ? Array("TRUE".utf8) : Array("FALSE".utf8) }
        // An error is an empty string whose shown text says which.
        default: return element[TableAttribute.string].flatMap { $0.isEmpty ? nil : Array($0) }
        }
    }
}

extension ClockText {
    /// A period in ISO 8601, `PT26H03M00.5S`: a time of day, or a duration when it says so or goes beyond a day; `nil` when it is none.
    static func text(period bytes: [UInt8], isDuration: Bool) -> String? {
        guard bytes.starts(with: "PT".utf8), bytes.last.map({ "HMS".utf8.contains($0) }) == true else { return nil }
        var (seconds, number, digits, units) = (0, 0, 0, Array("HMS".utf8))
        var fraction: [UInt8]?
        for byte in bytes.dropFirst(2) {
            if byte &- 0x30 < 10, digits < 7 {
                if fraction != nil { fraction?.append(byte) } else { (number, digits) = (number * 10 + Int(byte &- 0x30), digits + 1) }
            } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), fraction == nil, digits > 0 {
                fraction = []
            } else {
                guard digits > 0, let unit = units.firstIndex(of: byte), fraction == nil || byte == UInt8(ascii: "S") else { return nil }
                seconds += number * (byte == UInt8(ascii: "H") ? 3600 : byte == UInt8(ascii: "M") ? 60 : 1)
                units.removeFirst(unit + 1)
                (number, digits) = (0, 0)
            }
        }
        // Halves of a second come from the calculation, not from a person.
        if let first = fraction?.first, first >= 0x35 { seconds += 1 }
        let goesBeyond = isDuration || seconds >= 86400
        return text(seconds: seconds, always: goesBeyond)
    }
}
