import Evenhand

/// A chart of points with intervals, which follows the cells of its table.
///
/// It is what Excel calls a high-low-close chart: of the kinds that show an interval from two cells, it is the one that other programs
/// draw as well.
struct ChartXML {
    private let chart: OfficeWorkbook.Chart
    private let shown: ShownTable
    private let sheet: String

    init(_ chart: OfficeWorkbook.Chart, _ shown: ShownTable, sheetName: String) {
        (self.chart, self.shown, sheet) = (chart, shown, SheetName.quoted(sheetName))
    }

    /// How many intervals are drawn.
    var pointCount: Int { min(shown.table.rowCount, OfficeWorkbook.mostPoints) }
    /// Names on the slant take less space than upright ones and stay legible.
    private var angle: Int { pointCount > 30 ? -5_400_000 : pointCount > 6 ? -2_700_000 : 0 }

    private static let drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    private static let pointColor = "1F4E79"

    var text: String {
        let columns = [(chart.columns.high, false), (chart.columns.low, false), (chart.columns.point, true)]
        let series = columns.enumerated().compactMap { order, column in
            shown.index(of: column.0).map { self.series(order, column: $0, isMarked: column.1) }
        }
        let lines = "<c:hiLowLines><c:spPr>\(ChartXML.line("7F7F7F", width: 22_225))</c:spPr></c:hiLowLines>"
        return WorkbookPackage.head + "<c:chartSpace xmlns:c=\"\(ChartXML.drawing)/chart\" xmlns:a=\"\(ChartXML.drawing)/main\""
            + " xmlns:r=\"\(WorkbookPackage.office)\"><c:roundedCorners val=\"0\"/><c:chart>\(ChartXML.title(chart.title, size: 1200))"
            + "<c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/><c:stockChart>\(series.joined())\(lines)"
            + "<c:axId val=\"1\"/><c:axId val=\"2\"/></c:stockChart>\(nameAxis)\(numberAxis)</c:plotArea>"
            + "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart></c:chartSpace>"
    }

    private func series(_ order: Int, column: Int, isMarked: Bool) -> String {
        let fill = "<a:solidFill><a:srgbClr val=\"\(ChartXML.pointColor)\"/></a:solidFill>"
        let marker =
            isMarked
            ? "<c:symbol val=\"circle\"/><c:size val=\"7\"/><c:spPr>\(fill)<a:ln><a:noFill/></a:ln></c:spPr>" : "<c:symbol val=\"none\"/>"
        let heading = shown.columns[column].heading
        return "<c:ser><c:idx val=\"\(order)\"/><c:order val=\"\(order)\"/><c:tx>\(textReference(column, rows: 1...1, [heading]))</c:tx>"
            + "<c:spPr><a:ln w=\"19050\"><a:noFill/></a:ln></c:spPr><c:marker>\(marker)</c:marker>"
            + "<c:cat>\(names)</c:cat><c:val>\(numberReference(column))</c:val><c:smooth val=\"0\"/></c:ser>"
    }

    // MARK: - Cells

    private func address(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>) -> String {
        let (first, last) = (ShownTable.letters(columns.lowerBound), ShownTable.letters(columns.upperBound))
        let start = "\(sheet)!$\(first)$\(rows.lowerBound)"
        return WorkbookText.escaped(columns.count * rows.count == 1 ? start : "\(start):$\(last)$\(rows.upperBound)")
    }

    private var rows: ClosedRange<Int> { 2...max(2, pointCount + 1) }

    /// The names of the rows; in levels where several columns name them.
    private var names: String {
        if shown.keys > 1 {
            return "<c:multiLvlStrRef><c:f>\(address(0...shown.keys - 1, rows))</c:f></c:multiLvlStrRef>"
        }
        return textReference(0, rows: rows, (0..<pointCount).map { shown.columns[0].name(at: $0) })
    }

    private func textReference(_ column: Int, rows: ClosedRange<Int>, _ texts: [String]) -> String {
        let points = texts.enumerated().map { index, text in
            "<c:pt idx=\"\(index)\"><c:v>\(WorkbookText.escaped(WorkbookText.cell(text)))</c:v></c:pt>"
        }
        return "<c:strRef><c:f>\(address(column...column, rows))</c:f><c:strCache><c:ptCount val=\"\(texts.count)\"/>\(points.joined())"
            + "</c:strCache></c:strRef>"
    }

    private func numberReference(_ column: Int) -> String {
        let points = (0..<pointCount).map { row in
            shown.columns[column].number(at: row).map { "<c:pt idx=\"\(row)\"><c:v>\(NumberFormat.shortest($0))</c:v></c:pt>" } ?? ""
        }
        return "<c:numRef><c:f>\(address(column...column, rows))</c:f><c:numCache><c:formatCode>General</c:formatCode>"
            + "<c:ptCount val=\"\(pointCount)\"/>\(points.joined())</c:numCache></c:numRef>"
    }

    // MARK: - Axes

    /// The names are at the lower edge, wherever 0 is; “low” would be the upper edge of a scale that is turned over.
    private var nameAxis: String {
        ChartXML.axis(
            "catAx", 1, crossing: 2, position: "b", isReversed: false, title: "", labels: chart.isReversed ? "nextTo" : "low", angle: angle,
            end: "<c:crosses val=\"\(chart.isReversed ? "max" : "autoZero")\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/>"
                + "<c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/><c:noMultiLvlLbl val=\"0\"/>")
    }

    private var numberAxis: String {
        let heading = shown.index(of: chart.columns.point).map { shown.columns[$0].heading } ?? ""
        return ChartXML.axis(
            "valAx", 2, crossing: 1, position: "l", isReversed: chart.isReversed, title: heading, labels: "nextTo", angle: 0,
            end: "<c:crosses val=\"autoZero\"/><c:crossBetween val=\"between\"/>")
    }

    private static func axis(
        _ kind: String, _ number: Int, crossing other: Int, position: String, isReversed: Bool, title: String, labels: String, angle: Int,
        end: String
    ) -> String {
        let grid = kind == "valAx" ? "<c:majorGridlines><c:spPr>\(line("D9D9D9", width: 6350))</c:spPr></c:majorGridlines>" : ""
        let format = kind == "valAx" ? "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>" : ""
        // With an angle of 0 the program chooses one when names have no space.
        let rotation = angle == 0 ? "" : " rot=\"\(angle)\" vert=\"horz\""
        return "<c:\(kind)><c:axId val=\"\(number)\"/><c:scaling><c:orientation val=\"\(isReversed ? "maxMin" : "minMax")\"/></c:scaling>"
            + "<c:delete val=\"0\"/><c:axPos val=\"\(position)\"/>\(grid)\(title.isEmpty ? "" : self.title(title, size: 1000, angle: -5_400_000))\(format)"
            + "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"\(labels)\"/>"
            + "<c:spPr>\(line("BFBFBF", width: 9525))</c:spPr>"
            + "<c:txPr><a:bodyPr\(rotation)/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"900\"/></a:pPr><a:endParaRPr lang=\"en-US\"/></a:p></c:txPr>"
            + "<c:crossAx val=\"\(other)\"/>\(end)</c:\(kind)>"
    }

    private static func line(_ color: String, width: Int) -> String {
        "<a:ln w=\"\(width)\"><a:solidFill><a:srgbClr val=\"\(color)\"/></a:solidFill></a:ln>"
    }

    private static func title(_ text: String, size: Int, angle: Int = 0) -> String {
        "<c:title><c:tx><c:rich><a:bodyPr rot=\"\(angle)\" vert=\"horz\"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"\(size)\" b=\"0\"/></a:pPr><a:r>"
            + "<a:rPr lang=\"en-US\" sz=\"\(size)\" b=\"0\"/><a:t>\(WorkbookText.escaped(WorkbookText.printable(text)))</a:t></a:r></a:p>"
            + "</c:rich></c:tx><c:overlay val=\"0\"/></c:title>"
    }
}

extension Table.Column {
    /// The number of a cell, where there is one.
    fileprivate func number(at row: Int) -> Double? {
        let number: Double? =
            switch cells {
            case .factor, .texts: nil
            case .integers(let numbers): Double(numbers[row])
            case .numbers(let numbers, _): numbers[row]
            case .values(let values, _): values[row]
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}

/// The sheet of charts, and where each of them is on it.
enum DrawingXML {
    private static let drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    /// English metric units of a pixel.
    private static let pixel = 9525
    private static let height = 460
    /// The rows of a sheet that a chart and the space below it take, at 20 pixels each.
    private static let rowsOfChart = 25

    static var sheet: String {
        WorkbookPackage.head + "<worksheet xmlns=\"\(WorkbookPackage.main)\" xmlns:r=\"\(WorkbookPackage.office)\">"
            + "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"/></sheetViews>"
            + "<sheetFormatPr defaultRowHeight=\"15\"/><sheetData/>\(SheetEnd.page(isLandscape: true))<drawing r:id=\"rId1\"/></worksheet>"
    }

    static func drawing(_ charts: [ChartXML]) -> String {
        let anchors = charts.enumerated().map { index, chart in
            let width = max(640, min(1500, 160 + 32 * chart.pointCount))
            return "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>\(index * rowsOfChart)</xdr:row>"
                + "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"\(width * pixel)\" cy=\"\(height * pixel)\"/>"
                + "<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"\(index + 2)\" name=\"Chart \(index + 1)\"/>"
                + "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm>"
                + "<a:graphic><a:graphicData uri=\"\(drawing)/chart\"><c:chart xmlns:c=\"\(drawing)/chart\" r:id=\"rId\(index + 1)\"/>"
                + "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
        }
        return WorkbookPackage.head + "<xdr:wsDr xmlns:xdr=\"\(drawing)/spreadsheetDrawing\" xmlns:a=\"\(drawing)/main\""
            + " xmlns:r=\"\(WorkbookPackage.office)\">\(anchors.joined())</xdr:wsDr>"
    }
}
