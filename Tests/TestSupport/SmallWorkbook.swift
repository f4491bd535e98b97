/// A workbook of texts and numbers as Excel writes it, made in memory.
public struct SmallWorkbook {
    private var entries: [ZipArchive.Entry] = []

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// A workbook of sheets, row by row; texts that are numbers become numbers.
    ///
    /// - Parameter merges: ranges such as `A1:H1` that are merged in every sheet.
    public init(_ sheets: KeyValuePairs<String, [[String]]>, merging merges: [String] = []) {
        self.init(sheets.map { ($0, $1) }, merging: merges)
    }

    /// The same of a list of sheets.
    public init(_ sheets: [(String, [[String]])], merging merges: [String] = []) {
        let list = sheets.enumerated().map { "<sheet name=\"\($1.0)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>" }.joined()
        let targets = sheets.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
        }.joined()
        let document = "<Relationship Id=\"rId1\" Type=\"\(Self.office)/officeDocument\" Target=\"xl/workbook.xml\"/>"
        entries = [
            ZipArchive.Entry("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ZipArchive.Entry("_rels/.rels", "<Relationships xmlns=\"\(Self.package)\">\(document)</Relationships>"),
            ZipArchive.Entry(
                "xl/workbook.xml", "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>\(list)</sheets></workbook>"),
            ZipArchive.Entry("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"\(Self.package)\">\(targets)</Relationships>"),
        ]
        let merged = merges.isEmpty ? "" : "<mergeCells>\(merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined())</mergeCells>"
        for (index, sheet) in sheets.enumerated() {
            let rows = sheet.1.map { "<row>\($0.map(Self.cell).joined())</row>" }.joined()
            let text = "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData>\(merged)</worksheet>"
            entries.append(ZipArchive.Entry("xl/worksheets/sheet\(index + 1).xml", text))
        }
    }

    private static func cell(_ text: String) -> String {
        if text.isEmpty { return "<c/>" }
        return Double(text) == nil ? "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" : "<c><v>\(text)</v></c>"
    }

    /// The bytes of the file.
    public var bytes: [UInt8] { ZipArchive(entries).bytes }
}
