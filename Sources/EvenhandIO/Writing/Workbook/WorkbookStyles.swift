/// How cells look: the numbers of formats, which cells refer to, and the part that defines them.
enum WorkbookStyles {
    static let header = 1
    static let numberHeader = 2
    /// The format `@`: what an editor types over such a cell stays text.
    static let text = 3
    static let wrapped = 4
    static let label = 5
    static let answer = 6
    static let link = 7
    /// A sentence, with the mark that makes an editor's entry a text. Some programs show `####` for a long text of the format `@`.
    static let note = 8
    private static let firstNumber = 9
    private static let mostDecimals = 15

    /// Numbers with so many decimals.
    static func number(decimals: Int) -> Int { firstNumber + max(0, min(mostDecimals, decimals)) }

    // The formats that conditions add.
    static func tint(_ tint: OfficeWorkbook.Tint) -> Int { tint.rawValue }
    /// A line above the row, which also has the colour.
    static func lineAbove(_ tint: OfficeWorkbook.Tint?) -> Int { OfficeWorkbook.Tint.allCases.count + (tint.map { $0.rawValue + 1 } ?? 0) }

    static let barColor = "FF9DC3E6"

    private static func list(_ name: String, _ items: [String]) -> String {
        "<\(name) count=\"\(items.count)\">\(items.joined())</\(name)>"
    }

    static func text(font: String) -> String {
        let name = "<name val=\"\(WorkbookText.escaped(font))\"/><family val=\"2\"/>"
        let fonts = [
            "<font><sz val=\"11\"/>\(name)</font>", "<font><b/><sz val=\"11\"/>\(name)</font>",
            "<font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/>\(name)</font>",
        ]
        let fills = [
            "<fill><patternFill patternType=\"none\"/></fill>", "<fill><patternFill patternType=\"gray125\"/></fill>",
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF7\"/><bgColor indexed=\"64\"/></patternFill></fill>",
        ]
        let borders = [
            "<border><left/><right/><top/><bottom/><diagonal/></border>",
            "<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF7F7F7F\"/></bottom><diagonal/></border>",
        ]
        // 0 and 0.00 are built in.
        let numberFormats = (0...mostDecimals).map { $0 == 0 ? 1 : $0 == 2 ? 2 : 164 + $0 }
        let ownFormats = (0...mostDecimals).filter { numberFormats[$0] > 163 }.map {
            "<numFmt numFmtId=\"\(numberFormats[$0])\" formatCode=\"0.\(String(repeating: "0", count: $0))\"/>"
        }
        let texts = [
            cell(), cell(49, font: 1, fill: 2, border: 1, " horizontal=\"left\" vertical=\"center\" wrapText=\"1\" indent=\"1\""),
            cell(49, font: 1, fill: 2, border: 1, " horizontal=\"center\" vertical=\"center\" wrapText=\"1\""),
            cell(49, " horizontal=\"left\" vertical=\"top\" indent=\"1\""),
            cell(49, " horizontal=\"left\" vertical=\"top\" wrapText=\"1\" indent=\"1\""),
            cell(font: 1, " vertical=\"top\""), cell(font: 1, isQuoted: true, " vertical=\"top\" wrapText=\"1\""),
            cell(font: 2, isQuoted: true, " vertical=\"top\" wrapText=\"1\""), cell(isQuoted: true, " vertical=\"top\" wrapText=\"1\""),
        ]
        let tints = ["FFE2EFDA", "FFFFF2CC"].map { "<fill><patternFill><bgColor rgb=\"\($0)\"/></patternFill></fill>" }
        let line = "<border><top style=\"thin\"><color rgb=\"FFC00000\"/></top></border>"
        let conditional = (tints + [line] + tints.map { $0 + line }).map { "<dxf>\($0)</dxf>" }
        return WorkbookPackage.head + "<styleSheet xmlns=\"\(WorkbookPackage.main)\">" + list("numFmts", ownFormats) + list("fonts", fonts)
            + list("fills", fills) + list("borders", borders)
            + list("cellStyleXfs", ["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"])
            + list("cellXfs", texts + numberFormats.map { cell($0, " vertical=\"top\"") })
            + list("cellStyles", ["<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"]) + list("dxfs", conditional) + "</styleSheet>"
    }

    private static func cell(
        _ number: Int = 0, font: Int = 0, fill: Int = 0, border: Int = 0, isQuoted: Bool = false, _ alignment: String = ""
    ) -> String {
        let applied =
            [("NumberFormat", number), ("Font", font), ("Fill", fill), ("Border", border)].filter { $0.1 > 0 }
            .map { " apply\($0.0)=\"1\"" }.joined() + (isQuoted ? " quotePrefix=\"1\"" : "")
        let start = "<xf numFmtId=\"\(number)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\" xfId=\"0\"\(applied)"
        return alignment.isEmpty ? start + "/>" : start + " applyAlignment=\"1\"><alignment\(alignment)/></xf>"
    }
}
