import CExpat

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What hears of the elements of a part as they come by.
protocol XMLHandler: AnyObject {
    func start(_ element: XMLElement) throws(WorkbookError)
    func end(_ element: XMLElement) throws(WorkbookError)
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError)
}

/// An element of one of the known namespaces; valid while its handler is called.
struct XMLElement {
    /// What follows a namespace in the names of elements and attributes that have one.
    static let separator: StaticString = "|"
    /// The families of elements that anyone listens to.
    enum Family { case workbook, relationships, office, table, text, style, number, drawing, manifest }

    /// Workbooks are transitional and strict.
    private static let namespaces: [(StaticString, Family)] = [
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main|", .workbook),
        ("http://purl.oclc.org/ooxml/spreadsheetml/main|", .workbook),
        ("http://schemas.openxmlformats.org/package/2006/relationships|", .relationships),
        ("urn:oasis:names:tc:opendocument:xmlns:table:1.0|", .table),
        ("urn:oasis:names:tc:opendocument:xmlns:text:1.0|", .text),
        ("urn:oasis:names:tc:opendocument:xmlns:office:1.0|", .office),
        ("urn:oasis:names:tc:opendocument:xmlns:style:1.0|", .style),
        ("urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0|", .number),
        ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0|", .drawing),
        ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0|", .manifest),
    ]

    let family: Family
    private let name: UnsafePointer<CChar>
    private let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// `nil` for an element of another namespace: extensions use the names of the format for things of their own.
    fileprivate init?(_ full: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>? = nil) {
        guard let full else { return nil }
        for (namespace, family) in XMLElement.namespaces {
            let length = namespace.utf8CodeUnitCount
            // Both end with a zero, so the comparison stops at the first difference.
            guard strncmp(full, XMLElement.characters(of: namespace), length) == 0 else { continue }
            (self.family, name, self.attributes) = (family, full + length, attributes)
            return
        }
        return nil
    }

    private static func characters(of text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static func isEqual(_ text: UnsafePointer<CChar>, _ other: StaticString) -> Bool { strcmp(text, characters(of: other)) == 0 }

    func isNamed(_ other: StaticString) -> Bool { XMLElement.isEqual(name, other) }

    /// The value of an attribute, by its name without a namespace or after `namespace|`.
    subscript(attribute: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard var position = attributes else { return nil }
        while let name = position.pointee, let value = position[1] {
            if XMLElement.isEqual(name, attribute) {
                let count = strlen(value)
                return value.withMemoryRebound(to: UInt8.self, capacity: count) { UnsafeBufferPointer(start: $0, count: count) }
            }
            position += 2
        }
        return nil
    }

    /// Whether an attribute says yes, as XML Schema writes it.
    func isTrue(_ attribute: StaticString) -> Bool {
        self[attribute].map { $0.elementsEqual("1".utf8) || $0.elementsEqual("true".utf8) } ?? false
    }

    func text(_ attribute: StaticString) -> String? { self[attribute].map { String(decoding: $0, as: UTF8.self) } }
}

/// Parses the pieces of a part of a workbook and tells its handler. Document types and so entities are refused.
final class XMLReader {
    /// A tag or a comment longer than this would be looked at again with every piece, and be kept whole.
    private static let longestToken = 1 << 20
    private static let deepest = 64

    private let parser: XML_Parser
    private let part: String
    private let handler: any XMLHandler
    private var error: WorkbookError?
    private var depth = 0
    private var fed = 0

    init(_ handler: any XMLHandler, part: String) throws(WorkbookError) {
        guard let parser = evenhand_xml_parser(WorkbookLimit.markup.most, CChar(XMLElement.separator.utf8Start.pointee)) else {
            throw .tooLarge(.markup)
        }
        (self.parser, self.handler, self.part) = (parser, handler, part)
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLReader.at($0)?.start($1, $2) }, { XMLReader.at($0)?.end($1) })
        XML_SetCharacterDataHandler(parser) { XMLReader.at($0)?.text($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, _ in
            guard let reader = XMLReader.at(reader) else { return }
            reader.stop(.broken(.documentType(part: reader.part)))
        }
    }

    deinit { XML_ParserFree(parser) }

    /// Parses the next piece; the last one may be empty.
    func parse(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(WorkbookError) {
        fed += piece.count
        let status = XML_Parse(parser, piece.bindMemory(to: CChar.self).baseAddress, Int32(clamping: piece.count), isLast ? 1 : 0)
        if let error { throw error }
        guard status == XML_STATUS_OK else {
            if XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY { throw .tooLarge(.markup) }
            throw .broken(.notXML(part: part, line: Int(clamping: XML_GetCurrentLineNumber(parser))))
        }
        if !isLast, fed - Int(clamping: XML_GetCurrentByteIndex(parser)) > XMLReader.longestToken { throw .tooLarge(.markup) }
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> XMLReader? {
        pointer.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func stop(_ reason: WorkbookError) {
        if error == nil { error = reason }
        XML_StopParser(parser, 0)
    }

    private func tell(_ event: () throws(WorkbookError) -> Void) {
        // A stopped parser may still tell the end of an empty element.
        guard error == nil else { return }
        do throws(WorkbookError) { try event() } catch { stop(error) }
    }

    private func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        depth += 1
        if depth > XMLReader.deepest { return stop(.tooLarge(.markup)) }
        guard let element = XMLElement(name, attributes) else { return }
        tell { () throws(WorkbookError) in try handler.start(element) }
    }

    private func end(_ name: UnsafePointer<CChar>?) {
        depth -= 1
        guard let element = XMLElement(name) else { return }
        tell { () throws(WorkbookError) in try handler.end(element) }
    }

    private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int32) {
        guard let bytes else { return }
        bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
            tell { () throws(WorkbookError) in try handler.text(UnsafeBufferPointer(start: bytes, count: Int(count))) }
        }
    }
}

extension Archive {
    /// Parses a part.
    func parse(_ part: String, _ handler: some XMLHandler) throws(WorkbookError) {
        let reader = try XMLReader(handler, part: part)
        try read(part) { piece throws(WorkbookError) in try reader.parse(piece, isLast: false) }
        try reader.parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    }
}
