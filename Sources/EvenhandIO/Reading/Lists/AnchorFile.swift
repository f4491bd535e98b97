public import Evenhand

/// A file of effects of judges or of items that are to be kept, such as the table `effects` of an earlier contest.
public struct AnchorFile: Sendable, Equatable {
    /// The anchors, in the order of the file.
    public let anchors: [FacetModel.Anchor]

    /// Reads a file: columns `facet` and `level`, or one of judges or of items, with `effect` and, if there is one, its standard error
    /// `se`.
    ///
    /// Rows of other facets, and those without an effect, are passed over.
    /// - Parameters:
    ///   - path: where the file is.
    ///   - sheet: the scores, whose names and direction count.
    ///   - encoding: that of a text file; detected from its bytes when `nil`.
    /// - Throws: `ScoreSheetError` for a file that cannot be read, without such columns, a name in two rows and an effect that is not a
    ///   number.
    public init(contentsOf path: String, of sheet: ScoreSheet, encoding: String? = nil) throws(ScoreSheetError) {
        var options = ReadingOptions()
        options.encoding = encoding
        let items = try? AnchorFile.list(path, of: .item, among: sheet.items.levels, as: options)
        let isItems = items.map { ColumnRole.item.headers.contains($0.headers[$0.key].lowercased()) } ?? false
        options.columns[.judge] = "level"
        let list = if let items, isItems { items } else { try AnchorFile.list(path, of: .judge, among: sheet.judges, as: options) }
        let headers = list.headers.map { $0.lowercased() }
        guard let value = headers.firstIndex(of: "effect") else {
            throw ScoreSheetError(.noNamedColumn(role: .score, header: "effect", headers: list.headers), file: path)
        }
        let (error, facet) = (headers.firstIndex(of: "se"), headers.firstIndex(of: "facet"))
        let facets: [String: Facets] = ["judge": .judge, "评委": .judge, "item": .item, "题目": .item]
        var (anchors, lines) = ([FacetModel.Anchor](), [Int: [String: Int]]())
        for row in list.rows {
            let own = facet.map { facets[list.text(row, $0).lowercased()] } ?? (isItems ? .item : .judge)
            guard let own, let found = try AnchorFile.number(in: list, row, value) else { continue }
            if let first = lines[own.rawValue, default: [:]].updateValue(list.grid.lines[row], forKey: list.name(row)) {
                throw list.problem(.duplicate(firstLine: first), row, list.key)
            }
            let spread = if let error { try AnchorFile.number(in: list, row, error) ?? 0 } else { 0.0 }
            if spread < 0 { throw list.problem(.outOfRange(low: "0", high: "∞"), row, error) }
            anchors.append(
                FacetModel.Anchor(of: own, list.name(row), value: sheet.direction.turned(found), standardError: spread))
        }
        self.anchors = anchors
    }

    /// The list whose header names effects too, in any sheet of a workbook: a row of an item may have the word "item" in it.
    private static func list(
        _ path: String, of role: ColumnRole, among names: [String], as options: ReadingOptions
    ) throws(ScoreSheetError) -> ListFile {
        let complete = try? ListFile(path: path, of: role, among: names, as: options) { headers in
            headers.contains { $0.sequence.map(\.text) == ["effect"] }
        }
        return if let complete { complete } else { try ListFile(path: path, of: role, among: names, as: options) }
    }

    private static func number(in list: ListFile, _ row: Int, _ column: Int) throws(ScoreSheetError) -> Double? {
        let text = list.text(row, column)
        if text.isEmpty { return nil }
        guard let number = Double(list.hasDecimalComma ? String(text.map { $0 == "," ? "." : $0 }) : text), number.isFinite else {
            throw list.problem(.notANumber, row, column)
        }
        return number
    }
}
