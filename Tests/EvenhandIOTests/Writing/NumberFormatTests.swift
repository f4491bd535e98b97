import EvenhandIO
import Testing

@Suite struct NumberFormatTests {
    static let fixed: [(Double, decimals: Int, text: String)] = [
        (2.675, 2, "2.68"), (1.005, 2, "1.01"), (9.995, 2, "10.00"), (0.5, 0, "1"), (1.5, 0, "2"), (0.4999, 0, "0"), (88.35, 1, "88.4"),
        (-0.0001, 3, "0.000"), (-0.0, 1, "0.0"), (-0.0006, 3, "-0.001"), (-2.25, 2, "-2.25"), (0.05, 1, "0.1"), (0.005, 1, "0.0"),
        (999.995, 2, "1000.00"), (0, 2, "0.00"), (7, 0, "7"), (7, 3, "7.000"), (0.1 + 0.2, 2, "0.30"),
        (1e21, 0, "1000000000000000000000"), (1e21, 2, "1000000000000000000000.00"), (1.5e-7, 7, "0.0000002"), (1e-300, 4, "0.0000"),
        (.leastNonzeroMagnitude, 0, "0"), (1.7976931348623157e308, 0, "17976931348623157" + String(repeating: "0", count: 292)),
        (123_456_789.125, 2, "123456789.13"), (.infinity, 2, "∞"), (-.infinity, 2, "-∞"), (.nan, 2, "–"),
    ]

    @Test(arguments: fixed)
    func `numbers are rounded half up in decimal`(value: Double, decimals: Int, text: String) {
        #expect(NumberFormat.fixed(value, decimals: decimals) == text)
    }

    static let shortest: [(Double, text: String)] = [
        (7, "7"), (88.35, "88.35"), (-0.5, "-0.5"), (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"),
        (999_999_999_999_999, "999999999999999"), (-12, "-12"), (0, "0"), (1e-7, "1e-07"), (1e300, "1e+300"),
    ]

    @Test(arguments: shortest)
    func `the shortest text reads back as the same number`(value: Double, text: String) {
        #expect(NumberFormat.shortest(value) == text)
        #expect(Double(text) == value)
    }
}
