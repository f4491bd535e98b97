import Foundation
import Testing

@testable import EvenhandReports

/// Contrast by the formula of WCAG 2.2: (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances of sRGB.
@Suite struct PageStyleTests {
    private static func luminance(_ colour: String) -> Double {
        let channels = (0..<3).compactMap { Int(colour.dropFirst(1 + 2 * $0).prefix(2), radix: 16) }.map { Double($0) / 255 }
        let linear = channels.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func contrast(_ a: String, _ b: String) -> Double {
        let both = [luminance(a), luminance(b)].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }

    private static func colour(_ name: String, dark: Bool) -> String {
        PageStyle.colours.first { $0.name == name }.map { dark ? $0.dark : $0.light } ?? ""
    }

    @Test func `black on white has a contrast of 21`() { #expect(PageStyleTests.contrast("#000000", "#ffffff") == 21) }

    @Test(arguments: [false, true], ["ink", "muted", "accent", "good", "open", "bad"])
    func `every text can be read on paper and on raised ground`(dark: Bool, text: String) {
        for ground in ["paper", "raised"] {
            let contrast = PageStyleTests.contrast(
                PageStyleTests.colour(text, dark: dark), PageStyleTests.colour(ground, dark: dark))
            #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
    }

    @Test(arguments: [false, true], ["line", "accent", "good", "open", "bad", "ink"])
    func `every mark can be seen`(dark: Bool, mark: String) {
        let contrast = PageStyleTests.contrast(PageStyleTests.colour(mark, dark: dark), PageStyleTests.colour("paper", dark: dark))
        #expect(contrast >= 3, "\(mark): \(contrast)")
    }

    @Test(arguments: [false, true])
    func `numbers and signs can be read in every field of a grid`(dark: Bool) {
        for level in PageStyle.levels {
            let contrast = PageStyleTests.contrast(PageStyleTests.colour("ink", dark: dark), dark ? level.dark : level.light)
            #expect(contrast >= 4.5, "\(level): \(contrast)")
        }
    }

    @Test func `nothing is fetched from anywhere`() {
        #expect(!PageStyle.sheet.contains("url(") && !PageStyle.sheet.contains("@import") && !PageStyle.sheet.contains("http"))
    }
}
