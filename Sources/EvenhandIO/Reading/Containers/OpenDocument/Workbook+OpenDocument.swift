extension Workbook {
    /// Reads the format of `.ods`.
    mutating func readOpenDocument(_ archive: Archive, _ budget: PackageBudget) throws(WorkbookError) {
        let content = "content.xml"
        guard archive.contains(content) else { throw FileKind(of: archive).map { .other($0) } ?? .foreign }
        if archive.contains("META-INF/manifest.xml") {
            let list = PartList()
            // Older programs declare a document type in it, and nothing else depends on it.
            try? archive.parse("META-INF/manifest.xml", list)
            if list.isEncrypted { throw .encrypted }
        }
        let tables = TableCells(budget: budget)
        try archive.parse(content, tables)
        // Texts, drawings and charts of the same family have other contents.
        guard tables.isSpreadsheet else { throw tables.isText ? .other(.textDocument) : .foreign }
        for table in tables.tables { add(table.grid, isHidden: table.isHidden, uncalculated: table.uncalculated) }
    }
}

/// The list of an archive's parts, which says when they are encrypted.
private final class PartList: XMLHandler {
    private(set) var isEncrypted = false

    func start(_ element: XMLElement) { if element.isNamed("encryption-data") { isEncrypted = true } }
    func end(_ element: XMLElement) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The attributes that are read, after their namespaces.
enum TableAttribute {
    static let name: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|name"
    static let style: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|style-name"
    static let defaultStyle: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|default-cell-style-name"
    static let display: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|display"
    static let visibility: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|visibility"
    static let formula: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|formula"
    static let columnsRepeated: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|number-columns-repeated"
    static let rowsRepeated: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|number-rows-repeated"
    static let columnsSpanned: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|number-columns-spanned"
    static let rowsSpanned: StaticString = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|number-rows-spanned"
    static let type: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|value-type"
    static let value: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|value"
    static let date: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|date-value"
    static let time: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|time-value"
    static let boolean: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|boolean-value"
    static let string: StaticString = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|string-value"
    static let spaces: StaticString = "urn:oasis:names:tc:opendocument:xmlns:text:1.0|c"
    static let styleName: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0|name"
    static let dataStyle: StaticString = "urn:oasis:names:tc:opendocument:xmlns:style:1.0|data-style-name"
    static let overflow: StaticString = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0|truncate-on-overflow"
}

extension XMLElement {
    /// How often an element stands for itself; 1 when it does not say so.
    func count(_ attribute: StaticString) -> Int {
        guard let text = self[attribute], !text.isEmpty, text.count <= 9 else { return 1 }
        var number = 0
        for byte in text {
            guard byte &- 0x30 < 10 else { return 1 }
            number = number * 10 + Int(byte &- 0x30)
        }
        return max(1, number)
    }

    /// Whether rows or columns are not shown: hidden, or left out by a filter.
    var isCollapsed: Bool {
        self[TableAttribute.visibility].map { $0.elementsEqual("collapse".utf8) || $0.elementsEqual("filter".utf8) } ?? false
    }
}
