import TestSupport

@testable import EvenhandIO

/// The parts of a small document of OpenDocument, each of which a test may replace.
struct DocumentParts {
    static let namespaces = [
        "office", "table", "text", "style", "number=datastyle", "draw=drawing", "manifest",
    ].map { name in
        let parts = name.split(separator: "=")
        return "xmlns:\(parts[0])=\"urn:oasis:names:tc:opendocument:xmlns:\(parts.last ?? ""):1.0\""
    }.joined(separator: " ")

    var mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    var styles = ""
    var body: String
    var others: [ZipArchive.Entry] = []

    /// The tables of a spreadsheet.
    init(tables: String) { body = "<office:spreadsheet>\(tables)</office:spreadsheet>" }

    /// One table with these rows.
    init(rows: String, columns: String = "") { self.init(tables: "<table:table table:name=\"Sheet1\">\(columns)\(rows)</table:table>") }

    var content: String {
        "<office:document-content \(DocumentParts.namespaces)><office:automatic-styles>\(styles)</office:automatic-styles>"
            + "<office:body>\(body)</office:body></office:document-content>"
    }

    var archive: ZipArchive {
        var entries = [ZipArchive.Entry("mimetype", mimetype), ZipArchive.Entry("content.xml", content)]
        for other in others {
            entries.removeAll { $0.name == other.name }
            entries.append(other)
        }
        return ZipArchive(entries)
    }

    func read() throws -> Workbook { try workbook(archive.bytes) }
    var fault: ScoreSheetError.Kind? { EvenhandIOTests.fault(archive.bytes) }

    /// A cell with a value of a type, and with what its element has besides.
    static func cell(_ type: String, _ value: String, _ attributes: String = "", text: String = "") -> String {
        let name = ["float", "percentage", "currency"].contains(type) ? "value" : "\(type)-value"
        return "<table:table-cell office:value-type=\"\(type)\" office:\(name)=\"\(value)\" \(attributes)>\(text)</table:table-cell>"
    }

    static func text(_ text: String, _ attributes: String = "") -> String {
        "<table:table-cell office:value-type=\"string\" \(attributes)><text:p>\(text)</text:p></table:table-cell>"
    }

    static func row(_ cells: String..., attributes: String = "") -> String {
        "<table:table-row \(attributes)>\(cells.joined())</table:table-row>"
    }
}
