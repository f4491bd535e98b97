import Testing

@testable import EvenhandIO

@Suite struct NameNormalizationTests {
    /// The forms follow Unicode Standard Annex 15 (NFKC) and the character charts.
    @Test(arguments: [
        ("Anna", "Anna"), (" Anna\t", "Anna"), ("中文 项目", "中文 项目"), ("\u{3000}中文\u{A0}", "中文"), ("Ａ１（甲）", "A1(甲)"), ("ｶﾞｷﾞ", "ガギ"),
        ("\u{1112}\u{1161}\u{11AB}", "한"), ("ﬁne ①", "fine 1"), ("e\u{301}", "é"), ("\u{FEFF}x\u{200B}", "x"), ("Å", "Å"), ("㈱", "(株)"),
        ("", ""), (" \u{3000}", ""),
    ])
    func `names are compared in one form`(text: String, expected: String) {
        let normalized = NameNormalization.normalized(text)
        #expect(Array(normalized.utf8) == Array(expected.utf8))
        #expect(NameNormalization.isNormalized(normalized))
        #expect(NameNormalization.isNormalized(text) == (Array(text.utf8) == Array(expected.utf8)))
    }

    @Test(arguments: [
        ("Alpha One", "alphaone", true), ("ＡＬＰＨＡ　ＯＮＥ", "alpha one", true), ("Straße", "STRASSE", true), ("A1", "A2", false),
        ("项目 一", "项目一", true), ("项目一", "项目二", false),
    ])
    func `names that differ by case, spaces and width are confusable`(a: String, b: String, areConfusable: Bool) {
        #expect((NameNormalization.confusableKey(a) == NameNormalization.confusableKey(b)) == areConfusable)
    }
}
