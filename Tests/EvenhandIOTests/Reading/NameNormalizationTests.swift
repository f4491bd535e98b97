import Testing

@testable import EvenhandIO

@Suite struct NameNormalizationTests {
    @Test(arguments: [
        ("评委甲", "评委甲"), ("Ａ１", "A1"), ("ｶﾞｷﾞ", "ガギ"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("ﬁnal", "final"), ("Cafe\u{301}", "Caf\u{E9}"),
        ("\u{3000}张\u{3000}三\u{3000}", "张 三"), ("\u{A0}A\u{200B}\u{FEFF}", "A"), (" A B ", "A B"), ("", ""), (" \u{3000}\t", ""),
        ("㈱", "(株)"), ("Ⅳ", "IV"), ("①", "1"), ("（甲）", "(甲)"), ("\t李\r\n", "李"), ("😀", "😀"), ("a\u{0}b", "a\u{0}b"), ("ร้านลุงดำ", "ร้านลุงดำ"),
    ])
    func `a name is brought to one form`(text: String, expected: String) {
        let result = NameNormalization.normalized(text)
        // Swift compares by canonical equivalence; the bytes count here.
        #expect(Array(result.utf8) == Array(expected.utf8))
        #expect(Array(NameNormalization.normalized(result).utf8) == Array(result.utf8))
    }

    @Test(arguments: [
        ("评委甲", true), ("P-17 a", true), ("㐀", true), ("", true), (" a", false), ("a\t", false), ("Ａ", false), ("é", false), ("ぁ", false),
        ("甲\u{301}", false), ("\u{3000}", false), ("한", false), ("😀", false),
    ])
    func `the quick look is sure of ASCII and Chinese characters alone`(text: String, expected: Bool) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { NameNormalization.isNormalized($0) } == expected)
    }

    @Test func `whatever the quick look passes is normalized`() {
        let scalars = (UInt32(1)...0xFFFF).compactMap(Unicode.Scalar.init)
        let wrong = scalars.map { "a\($0)b" }.filter { text in
            guard Array(text.utf8).withUnsafeBufferPointer({ NameNormalization.isNormalized($0) }) else { return false }
            return Array(NameNormalization.normalized("\u{3000}" + text).utf8) != Array(text.utf8)
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        ("Team A", "team a"), ("Team A", "TeamA"), ("Ｔｅａｍ　Ａ", "team a"), ("Straße", "STRASSE"), ("张 三", "张三"), ("张\u{200B}三", "张三"),
        ("CAFÉ", "cafe\u{301}"), ("soft\u{AD}ware", "Software"),
    ])
    func `names that look alike share a key`(first: String, second: String) {
        #expect(NameNormalization.confusableKey(first) == NameNormalization.confusableKey(second))
    }

    @Test func `different names have different keys`() {
        #expect(Set(["张三", "张四", "A1", "A2", "Á1"].map(NameNormalization.confusableKey)).count == 5)
    }
}
