import Testing

@testable import EvenhandIO

@Suite struct ScaleTests {
    @Test(arguments: [
        (0.2...1.7, ["0.5", "1.0", "1.5"]), (0...100, ["0", "50", "100"]), (-0.03...0.03, ["-0.02", "0.00", "0.02"]),
        (3...3, ["2.0", "2.5", "3.0", "3.5", "4.0"]),
    ])
    func `round numbers have the decimals that tell them apart`(range: ClosedRange<Double>, texts: [String]) {
        #expect(Scale(range).ticks(most: 4).map(\.text) == texts)
    }
}
