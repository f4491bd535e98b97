import Evenhand
import TestSupport
import Testing

@Suite struct FractionTests {
    static let most = Int128.max

    static let ordered: [(Fraction, Fraction)] = [
        (Fraction(1, over: 3), Fraction(1, over: 2)),
        (Fraction(-1, over: 2), Fraction(-1, over: 3)),
        (Fraction(-1, over: 2), Fraction(0)),
        // One apart where a Double sees none.
        (Fraction((1 << 60) - 1, over: 1 << 60), Fraction(1)),
        // Cross-products beyond 2¹²⁷, of either sign.
        (Fraction(most - 1, over: 3), Fraction(most, over: 3)),
        (Fraction(most - 1, over: most), Fraction(1)),
        (Fraction(most - 1, over: most), Fraction(most, over: most - 1)),
        (Fraction(-most, over: 3), Fraction(1 - most, over: 3)),
        (Fraction(.min, over: 3), Fraction(-most, over: 3)),
        (Fraction(.min, over: 2), Fraction(.min, over: 3)),
        (Fraction(-most, over: 3), Fraction(most, over: 3)),
        (Fraction(.min, over: most), Fraction(-1)),
    ]

    @Test func `fractions are compared exactly`() {
        for (smaller, larger) in Self.ordered {
            #expect(smaller < larger && !(larger < smaller) && smaller != larger, "\(smaller), \(larger)")
            #expect(smaller == smaller && larger == larger)
        }
    }

    static let equals: [(Fraction, Fraction)] = [
        (Fraction(2, over: 4), Fraction(1, over: 2)),
        (Fraction(0, over: 7), Fraction(0)),
        (Fraction(most, over: most), Fraction(1)),
        (Fraction(.min, over: 2), Fraction(-(1 << 126))),
        (Fraction(1 << 60, over: 3 << 60), Fraction(1, over: 3)),
        (Fraction(-(1 << 70), over: 5 << 70), Fraction(-1, over: 5)),
    ]

    @Test func `equal fractions have the same lowest terms and the same Double`() {
        for (a, b) in Self.equals {
            #expect(a == b && a.value == b.value)
            #expect(a.reduced.numerator == b.reduced.numerator && a.reduced.denominator == b.reduced.denominator)
        }
    }

    static let huge: Int128 = 10_000_000_000_000_000_000_001
    static let values: [(Fraction, Double)] = [
        (Fraction((1 << 53) - 1), 0x1p53 - 1),
        (Fraction(1 << 53), 0x1p53),
        (Fraction((1 << 53) + 2), 0x1p53 + 2),
        (Fraction((1 << 53) - 1, over: (1 << 53) - 2), 1.0000000000000002),
        (Fraction((1 << 53) + 1, over: 1 << 53), 1),
        (Fraction(huge, over: 7), 1_428_571_428_571_428_571_571.5),
        (Fraction(-huge, over: 7), -1_428_571_428_571_428_571_571.5),
        (Fraction(1, over: 10), 0.1),
        (Fraction(26505, over: 300), 88.35),
    ]

    // 2⁵³ is where whole numbers stop being Doubles: on either side the quotient is within one unit of its last place.
    @Test func `the value is the nearest Double or its neighbour`() {
        for (fraction, value) in Self.values {
            #expect((fraction.value - value).magnitude <= value.ulp, "\(fraction)")
        }
    }

    static let roundings: [(Fraction, decimals: Int, rounded: Fraction)] = [
        (Fraction(-1, over: 8), 2, Fraction(-12, over: 100)),
        (Fraction(1, over: 8), 2, Fraction(13, over: 100)),
        (Fraction(-126, over: 1000), 2, Fraction(-13, over: 100)),
        (Fraction(-124, over: 1000), 2, Fraction(-12, over: 100)),
        (Fraction(1, over: 2), 0, Fraction(1)),
        (Fraction(-1, over: 2), 0, Fraction(0)),
        (Fraction(-3, over: 2), 0, Fraction(-1)),
        (Fraction(-7, over: 3), 0, Fraction(-2)),
        (Fraction(2675, over: 1000), 2, Fraction(268, over: 100)),
        (Fraction(1005, over: 1000), 2, Fraction(101, over: 100)),
        (Fraction(9995, over: 1000), 2, Fraction(10)),
        (Fraction(26505, over: 300), 1, Fraction(884, over: 10)),
        (Fraction(2, over: 3), 12, Fraction(666_666_666_667, over: 1_000_000_000_000)),
    ]

    @Test func `rounding is half up`() {
        for (fraction, decimals, rounded) in Self.roundings {
            #expect(fraction.rounded(toDecimals: decimals) == rounded, "\(fraction)")
        }
    }

    @Test func `rounding beyond 128 bits gives nothing`() {
        #expect(Fraction(Self.most / 100, over: 3).rounded(toDecimals: 2) == nil)
        #expect(Fraction(1, over: Self.most).rounded(toDecimals: 0) == nil)
        #expect(Fraction(1).rounded(toDecimals: 40) == nil)
        #expect(Fraction(Int128.min).rounded(toDecimals: 0) == nil)
    }

    static let texts: [(String, Fraction)] = [
        ("0.35", Fraction(35, over: 100)), ("-2.5", Fraction(-5, over: 2)), ("+7", Fraction(7)), (".5", Fraction(1, over: 2)),
        ("5.", Fraction(5)), ("000.10", Fraction(1, over: 10)), ("123456789.012345", Fraction(123_456_789_012_345, over: 1_000_000)),
    ]

    @Test func `decimals are read exactly`() {
        for (text, fraction) in Self.texts {
            #expect(Fraction(decimal: text) == fraction)
        }
    }

    @Test(arguments: ["", ".", "-", "1e3", "1.2.3", " 1", "1,5", "１", "1234567890.123456", "--1"])
    func `other texts are not decimals`(text: String) { #expect(Fraction(decimal: text) == nil) }
}
