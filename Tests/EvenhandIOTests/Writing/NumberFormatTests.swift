import EvenhandIO
import Testing

@Suite struct NumberFormatTests {
    static let fixed: [(Double, decimals: Int, text: String)] = [
        (2.675, 2, "2.68"), (1.005, 2, "1.01"), (9.995, 2, "10.00"), (0.5, 0, "1"), (1.5, 0, "2"), (0.4999, 0, "0"), (88.35, 1, "88.4"),
        (-0.0001, 3, "0.000"), (-0.0, 1, "0.0"), (-0.0006, 3, "-0.001"), (-2.25, 2, "-2.25"), (0.05, 1, "0.1"), (0.005, 1, "0.0"),
        (999.995, 2, "1000.00"), (0, 2, "0.00"), (7, 0, "7"), (7, 3, "7.000"), (-0.125, 2, "-0.12"), (-0.1251, 2, "-0.13"),
        (1e15, 1, "1000000000000000.0"), (0.1 + 0.2, 2, "0.30"),
        (1e21, 0, "1000000000000000000000"), (1e21, 2, "1000000000000000000000.00"), (1.5e-7, 7, "0.0000002"), (1e-300, 4, "0.0000"),
        (.leastNonzeroMagnitude, 0, "0"), (1.7976931348623157e308, 0, "17976931348623157" + String(repeating: "0", count: 292)),
        (123_456_789.125, 2, "123456789.13"), (.infinity, 2, "∞"), (-.infinity, 2, "-∞"), (.nan, 2, "–"),
    ]

    @Test(
        arguments: [
            (1.25e-21, 2, "1.3e-21"), (-9.96e-5, 2, "-1.0e-4"), (0.5, 2, "5.0e-1"), (7, 1, "7"), (1234.5, 3, "1.23e3"), (0, 2, "0"),
            (1e-300, 2, "1.0e-300"),
        ] as [(Double, Int, String)]) func `small numbers are shown with a power of ten`(value: Double, digits: Int, text: String)
    {
        #expect(NumberFormat.scientific(value, digits: digits) == text)
    }

    @Test(arguments: fixed)
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

    @Test func `decimals of few places are written like any other number`() {
        for places in 1...7 {
            for numerator in [1, 3, 10, 99, 12_345, 99_999, 100_001, 123_456_789, 99_999_999_999_999] {
                let value = Double(numerator) / (0..<places).reduce(1.0) { power, _ in power * 10 }
                for neighbour in [value, value.nextUp, value.nextDown, -value] where neighbour.rounded() != neighbour {
                    #expect(NumberFormat.shortest(neighbour) == neighbour.description)
                }
            }
        }
    }

    @Test func `seventeen digits are those of the standard library`() {
        var state: UInt64 = 7
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11
        }
        for round in 0..<20_000 {
            // From below a thousandth to beyond 2⁵⁰; quotients; halves of the last place, which are ties.
            let values = [
                Double(sign: .plus, exponent: round % 64 - 12, significand: 1 + Double(next()) * 0x1p-53),
                Double(next() % 1_000_000) / Double(next() % 999 + 1), Double(next()) * 0x1p-40, Double(next() % 4096) * 0x1p-12 + 0x1p-7,
            ]
            for value in values where value.rounded() != value && value < 0x1p53 {
                #expect(NumberFormat.shortest(-value) == (-value).description)
            }
        }
    }
}
