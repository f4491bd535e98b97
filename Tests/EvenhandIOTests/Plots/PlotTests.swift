import Testing

@testable import EvenhandIO

@Suite struct PlotTests {
    private let plot = Plot(
        title: "Means",
        rows: [
            Plot.Row(["生物医药"], .interval(low: 70, point: 75, high: 80), value: "75.0"),
            Plot.Row(["AI"], .interval(low: 78, point: 85, high: 90, inner: 83...87), value: "85.0"),
            Plot.Row(["x"], .point(72), value: "72.0"), Plot.Row(["y"], .empty, value: "–"),
        ], reference: 78)

    @Test func `points are on one scale with their intervals around the reference`() {
        let lines = plot.text(width: 56).split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 56 })
        #expect(lines[1].contains("├") && lines[1].contains("●") && lines[1].contains("┼"))
        #expect(lines[2].contains("━") && !lines[3].contains("─"))
    }

    @Test func `bars begin at 0, and what is not 0 is seen`() {
        let bars = Plot(
            title: "",
            rows: [Plot.Row(["a", "in"], .bar(38), value: "38"), Plot.Row(["", "out"], .bar(0.01)), Plot.Row(["b", "in"], .bar(0))],
            hasScale: false)
        #expect(
            bars.text(width: 23) == """
                a  in   ███████████  38
                   out  ▏
                b  in

                """)
    }

    @Test func `without numbers there are the labels, and one number is in the middle`() {
        #expect(Plot(title: "t", rows: [Plot.Row(["a"], .empty, value: "–")]).text(width: 20).hasPrefix("t\na  "))
        let one = Plot(title: "", rows: [Plot.Row(["a"], .point(5))]).text(width: 24).split(separator: "\n")
        #expect(one[0] == "a" + String(repeating: " ", count: 12) + "●")
        #expect(Plot(title: "", rows: []).text() == "\n")
    }

    @Test func `a terminal that is too narrow still shows every row`() {
        #expect(plot.text(width: 3).split(separator: "\n").count == 7)
    }
}
