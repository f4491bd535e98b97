import Testing

@testable import EvenhandIO

/// Coordinates by hand: of 720 units a label of two letters takes 14 and 12 after it, so lines go from 32 to 706 over the range.
@Suite struct PlotSVGTests {
    private static func numbers(_ svg: String, _ tag: String, _ name: String) -> [String] {
        svg.split(separator: "<\(tag) ").dropFirst().compactMap { part in
            part.firstRange(of: " \(name)=\"").map { String(part[$0.upperBound...].prefix { $0 != "\"" }) }
        }
    }

    @Test func `an interval, its inner part and its point are where their numbers are`() {
        let plot = Plot(
            title: "T", caption: "C", .rows(Plot.Rows([Plot.Row(["ab"], .interval(low: 0, point: 5, high: 10, inner: 2.5...7.5))])))
        let svg = plot.svg(id: "p1")
        #expect(PlotSVGTests.numbers(svg, "circle", "cx") == ["369"])
        let bold = svg.split(separator: "<line ").filter { $0.hasPrefix("class=\"bd\"") }
        #expect(bold.count == 1 && bold[0].contains("x1=\"200.5\"") && bold[0].contains("x2=\"537.5\""))
        let thin = svg.split(separator: "<line ").filter { $0.hasPrefix("class=\"th\"") }
        #expect(thin.count == 3 && thin[0].contains("x1=\"32\"") && thin[0].contains("x2=\"706\""))
        #expect(svg.contains("role=\"img\" aria-labelledby=\"p1-title p1-desc\""))
        #expect(svg.contains("<title id=\"p1-title\">T</title><desc id=\"p1-desc\">C</desc>"))
    }

    @Test func `tones have shapes of their own`() {
        let rows = Plot.Tone.allCases.map { Plot.Row(["a"], .point(1), tone: $0) }
        let svg = Plot(title: "", .rows(Plot.Rows(rows))).svg(id: "p")
        let shapes = [
            "<circle class=\"pt\"", "<path class=\"pt good\"", "<circle class=\"ring open\"", "<path class=\"ring bad\"",
        ]
        for shape in shapes { #expect(svg.ranges(of: shape).count == 1, "\(shape)") }
    }

    @Test(
        arguments: [(60, nil, 60, "0"), (61, nil, 30, "0"), (61, 40, 30, "25"), (200, 199, 30, "170"), (200, 3, 30, "0")]
            as [(Int, Int?, Int, String)])
    func `of more than sixty rows thirty around the one that matters are drawn`(count: Int, focus: Int?, drawn: Int, first: String) {
        let rows = (0..<count).map { Plot.Row(["\($0)"], .point(Double($0))) }
        let plot = Plot(title: "", .rows(Plot.Rows(rows, hasScale: false, focus: focus)))
        let texts = plot.svg(id: "p").split(separator: "<text ").dropFirst().map { $0.split(separator: ">")[1].prefix { $0 != "<" } }
        #expect(texts.count == drawn && texts.first.map(String.init) == first)
        #expect(plot.extent.all == count && plot.extent.drawn == drawn)
    }

    @Test func `a bar begins at 0 and ends at its number`() {
        let svg = Plot(title: "", .rows(Plot.Rows([Plot.Row(["ab"], .bar(4)), Plot.Row(["ab"], .bar(1))]))).svg(id: "p")
        #expect(PlotSVGTests.numbers(svg, "rect", "x") == ["32", "32"])
        #expect(PlotSVGTests.numbers(svg, "rect", "width") == ["674", "168.5"])
    }

    @Test func `a field's colour is its distance from the middle, and the strongest have signs`() {
        let grid = Plot.Grid(
            rows: ["a"], columns: ["1", "2", "3", "4"], values: [[-3, 0.4, nil, 2.6]], decimals: nil, middle: 0, extent: 3)
        let svg = Plot(title: "", .grid(grid)).svg(id: "p")
        let levels = svg.split(separator: "<path class=\"h").dropFirst().map { $0.prefix(1) }
        #expect(levels == ["0", "3", "6"])
        #expect(svg.contains(">−</text>") && svg.contains(">+</text>"))
        #expect(grid.table(heading: "e").columns.map(\.name) == ["row", "1", "2", "3", "4"])
    }

    @Test func `what falls on the same part of a ruler shares a line, the largest first`() {
        let ruler = Plot.Ruler([
            Plot.Ruler.Column("n", values: [1, 1.2, 9]), Plot.Ruler.Column("who", names: ["A", "B", "C"], values: [1.5, 1.9, 9]),
        ])
        let bins = RulerBins(ruler, most: 8)
        #expect(bins.rows.map(\.label) == ["9", "8", "7", "6", "5", "4", "3", "2", "1"])
        #expect(bins.rows.last?.cells.map(\.count) == [2, 2] && bins.rows.last?.cells[1].names == ["B", "A"])
        let text = Plot(title: "R", .ruler(ruler)).text()
        #expect(text.split(separator: "\n").first == "R" && text.contains(" B A\n1.0  ████████████████████████\n"), "\(text)")
        #expect(Plot(title: "", .ruler(Plot.Ruler([]))).svg(id: "p").hasPrefix("<svg"))
    }

    @Test func `the ranks of an entry are joined from column to column`() {
        let paths = Plot.Paths(columns: ["m", "z"], [.init("A", [1, 2]), .init("B", [2, 1], tone: .open)], reference: 1.5)
        let plot = Plot(title: "", .paths(paths))
        let lines = plot.svg(id: "p").split(separator: "<path class=\"th").dropFirst()
        #expect(lines.count == 2 && lines.last?.hasPrefix(" open\"") == true)
        #expect(plot.text() == "   m  z\nA  1  2\nB  2  1\n")
    }

    /// A has the lines 1, 2 and B 2, 1: at the left A is above B, at the right below it.
    @Test func `the names at both ends are at the ends of their lines`() throws {
        let paths = Plot.Paths(columns: ["m", "z"], [.init("A", [1, 2]), .init("B", [2, 1])])
        let texts = Plot(title: "", .paths(paths)).svg(id: "p").split(separator: "<text ").dropFirst()
        let heights = ["A", "B"].map { name in
            texts.filter { $0.contains(">\(name)</text>") }.compactMap { text in
                text.firstRange(of: "y=\"").flatMap { Double(text[$0.upperBound...].prefix { $0 != "\"" }) }
            }
        }
        try #require(heights.allSatisfy { $0.count == 2 })
        #expect(heights[0] == heights[1].reversed() && heights[0][0] < heights[0][1])
    }

    @Test func `hidden names are replaced in every kind of picture`() {
        let contents: [Plot.Content] = [
            .rows(Plot.Rows([Plot.Row(["Li"], .point(1), value: "Li")], scale: "Li")),
            .grid(Plot.Grid(rows: ["Li"], columns: ["Li"], values: [[1]], decimals: 0, middle: 0, extent: 1)),
            .ruler(Plot.Ruler([Plot.Ruler.Column("Li", names: ["Li"], values: [1])])),
            .paths(Plot.Paths(columns: ["Li"], [Plot.Paths.Path("Li", [1])])),
        ]
        for content in contents {
            let table = Table(name: "t", columns: [Table.Column("a", .texts(["Li"]))])
            let plot = Plot(title: "Li", caption: "Li", content, numbers: table)
            let hidden = plot.mapTexts({ $0 == "Li" ? "J1" : $0 }, numbers: { _ in Table(name: "none", columns: []) })
            #expect(!"\(hidden)".contains("Li"), "\(hidden)")
            #expect(!hidden.svg(id: "p").contains("Li"))
        }
    }
}
