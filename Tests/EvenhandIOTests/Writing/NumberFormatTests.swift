import EvenhandIO
import Testing

@Suite struct NumberFormatTests {
    @Test(arguments: [
        (2.675, 2, "2.68"), (0.5, 0, "1"), (-0.5, 0, "-1"), (1.5, 0, "2"), (2.5, 0, "3"), (0.05, 1, "0.1"), (0.049, 1, "0.0"),
        (-0.0001, 3, "0.000"), (-0.0, 1, "0.0"), (0.0, 0, "0"), (9.995, 2, "10.00"), (99.99, 1, "100.0"), (0.999, 2, "1.00"),
        (-9.96, 1, "-10.0"),
        (88.35, 1, "88.4"), (88.35, 4, "88.3500"), (1e15, 1, "1000000000000000.0"), (1e21, 0, "1000000000000000000000"), (1e-7, 3, "0.000"),
        (1e-7, 7, "0.0000001"), (5e-8, 7, "0.0000001"), (123456789.123, 2, "123456789.12"), (.nan, 2, "–"), (.infinity, 1, "∞"),
        (-.infinity, 1, "-∞"),
    ])
    func `numbers are rounded half up in decimal`(value: Double, decimals: Int, text: String) {
        #expect(NumberFormat.fixed(value, decimals: decimals) == text)
    }

    @Test(arguments: [
        (7.0, "7"), (-7.0, "-7"), (0.0, "0"), (-0.0, "0"), (0.1, "0.1"), (88.35, "88.35"), (1e6, "1000000"),
        (1.0 / 3, "0.3333333333333333"),
        (999_999_999_999_999.0, "999999999999999"), (-1234.5, "-1234.5"), (1e15, "1000000000000000"), (0.0001, "0.0001"),
        (0.00001, "1e-05"), (9_007_199_254_740_994.0, "9.007199254740994e+15"),
    ])
    func `the shortest decimal has no point without need`(value: Double, text: String) {
        #expect(NumberFormat.shortest(value) == text)
    }

    @Test func `the shortest decimal reads back as the same number`() {
        var state: UInt64 = 1
        for _ in 0..<2000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: state)
            guard value.isFinite else { continue }
            #expect(Double(NumberFormat.shortest(value)) == value)
        }
    }
}
