import Evenhand

/// The cells of a sheet that take only numbers of a range; a spreadsheet refuses anything else.
struct ValidationXML {
    private let shown: ShownTable

    /// What Excel takes of a title and of a message, in UTF-16.
    private static let (longestTitle, longestMessage) = (32, 225)

    init(_ shown: ShownTable) { self.shown = shown }

    var text: String {
        let rules = shown.columns.enumerated().compactMap { index, column in column.blanks.map { rule($0, ShownTable.letters(index)) } }
        guard !rules.isEmpty, shown.table.rowCount > 0 else { return "" }
        return "<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations>"
    }

    private func rule(_ blanks: ScoreBlanks, _ letters: String) -> String {
        func attribute(_ text: String, _ longest: Int) -> String {
            WorkbookText.escaped(WorkbookText.prefix(WorkbookText.printable(text), longest))
        }
        let title = attribute(blanks.title, ValidationXML.longestTitle)
        let message = attribute(blanks.message, ValidationXML.longestMessage)
        return "<dataValidation type=\"decimal\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" errorTitle=\"\(title)\""
            + " error=\"\(message)\" promptTitle=\"\(title)\" prompt=\"\(message)\" sqref=\"\(letters)2:\(letters)\(shown.lastRow)\">"
            + "<formula1>0</formula1><formula2>\(NumberFormat.shortest(blanks.most.value))</formula2></dataValidation>"
    }
}
