/// The sheets that a workbook lists, in their order.
final class SheetList: XMLHandler {
    struct Sheet {
        let name: String
        let relationship: String
        let isHidden: Bool
    }

    private(set) var sheets: [Sheet] = []
    /// The day that dates count from.
    private(set) var epoch = SerialDate.Epoch.of1900
    private var isWorkbook = false
    private let budget: PackageBudget

    init(budget: PackageBudget) { self.budget = budget }

    /// A text document of the same family is an archive of XML parts as well; its main part has another root.
    func requireWorkbook() throws(WorkbookError) {
        if !isWorkbook { throw .foreign }
    }

    func start(_ element: XMLElement) throws(WorkbookError) {
        if element.isNamed("workbook") { isWorkbook = true }
        if element.isNamed("workbookPr"), element.isTrue("date1904") { epoch = .of1904 }
        guard isWorkbook, element.isNamed("sheet") else { return }
        let id =
            element.text("http://schemas.openxmlformats.org/officeDocument/2006/relationships|id")
            ?? element.text("http://purl.oclc.org/ooxml/officeDocument/relationships|id")
        guard let name = element.text("name"), let id else { return }
        try budget.keep(256 + name.utf8.count + id.utf8.count)
        // Hidden, or so hidden that only a program can show it.
        let state = element.text("state") ?? "visible"
        sheets.append(Sheet(name: name, relationship: id, isHidden: state != "visible"))
    }

    func end(_ element: XMLElement) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
