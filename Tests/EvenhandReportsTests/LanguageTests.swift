import Testing

@testable import EvenhandReports

@Suite struct LanguageTests {
    @Test func `of a long list the first names are shown, and how many more there are`() {
        let names = (1...15).map { "J\($0)" }
        #expect(Language.en.list(Array(names[..<12])).hasSuffix("J11, J12"))
        #expect(Language.en.list(names).hasSuffix("J11, J12 and 3 more") && Language.zh.list(names).hasSuffix("J11、J12 等共 15 个"))
        #expect(Language.en.list(names, most: 2) == "J1, J2 and 13 more" && Language.zh.list(["J1"]) == "J1")
    }
}
