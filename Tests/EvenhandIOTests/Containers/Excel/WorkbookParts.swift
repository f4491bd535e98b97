import TestSupport

@testable import EvenhandIO

/// The parts of a small workbook, each of which a test may replace.
struct WorkbookParts {
    static let transitional = (
        main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        relationships: "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    static let strict = (
        main: "http://purl.oclc.org/ooxml/spreadsheetml/main", relationships: "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )

    var namespaces = transitional
    /// Name, state and content of each sheet, from after the root on.
    var sheets: [(name: String, state: String, content: String)] = []
    var shared: String?
    /// The formats of cells, from after the root on.
    var styles: String?
    /// The relationships name the formats, but they are not there.
    var leavesOutStyles = false
    /// What the workbook says before the list of its sheets.
    var properties = ""
    /// Where the sheets are, as the workbook's relationships give it.
    var folder = "worksheets/"
    /// Parts that replace others or come after them.
    var others: [ZipArchive.Entry] = []

    /// One sheet with these rows.
    init(rows: String, behind: String = "") { sheets = [("Sheet1", "visible", "<sheetData>\(rows)</sheetData>\(behind)")] }

    init(_ sheets: (name: String, state: String, content: String)...) { self.sheets = sheets }

    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    private func relationships(_ targets: [(type: String, target: String)]) -> String {
        let lines = targets.enumerated().map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(namespaces.relationships)/\($1.type)\" Target=\"\($1.target)\"/>"
        }
        return "<Relationships xmlns=\"\(WorkbookParts.package)\">\(lines.joined())</Relationships>"
    }

    var archive: ZipArchive {
        let list = sheets.enumerated().map {
            "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" state=\"\($1.state)\" r:id=\"rId\($0 + 1)\"/>"
        }
        let root = "xmlns=\"\(namespaces.main)\" xmlns:r=\"\(namespaces.relationships)\""
        let targets = sheets.indices.map { ("worksheet", "\(folder)sheet\($0 + 1).xml") }
        let shared = shared.map { ZipArchive.Entry("xl/sharedStrings.xml", "<sst \(root)>\($0)</sst>") }
        let styles = styles.map { ZipArchive.Entry("xl/styles.xml", "<styleSheet \(root)>\($0)</styleSheet>") }
        let named = (shared == nil ? [] : [("sharedStrings", "sharedStrings.xml")]) + (styles == nil ? [] : [("styles", "styles.xml")])
        var entries = [
            ZipArchive.Entry("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ZipArchive.Entry("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            ZipArchive.Entry("xl/workbook.xml", "<workbook \(root)>\(properties)<sheets>\(list.joined())</sheets></workbook>"),
            ZipArchive.Entry("xl/_rels/workbook.xml.rels", relationships(targets + named)),
        ]
        if let shared { entries.append(shared) }
        if let styles, !leavesOutStyles { entries.append(styles) }
        for (index, sheet) in sheets.enumerated() {
            entries.append(ZipArchive.Entry("xl/worksheets/sheet\(index + 1).xml", "<worksheet \(root)>\(sheet.content)</worksheet>"))
        }
        for other in others {
            entries.removeAll { $0.name == other.name }
            entries.append(other)
        }
        return ZipArchive(entries)
    }

    func read() throws -> Workbook { try workbook(archive.bytes) }
}

func workbook(_ bytes: [UInt8]) throws -> Workbook { try bytes.withUnsafeBytes { try Workbook($0, path: "w.xlsx") } }

/// What is wrong with a workbook; `nil` when it can be read.
func fault(_ bytes: [UInt8]) -> ScoreSheetError.Kind? {
    do {
        _ = try workbook(bytes)
        return nil
    } catch {
        return (error as? ScoreSheetError)?.problems.first?.kind
    }
}
