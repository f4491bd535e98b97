/// An encoding that a text could be written in, when it is not Unicode's own.
struct EncodingCandidate: Sendable {
    /// How the bytes beyond ASCII make characters.
    enum Form: Sendable { case single, gb18030, big5, eucKR, shiftJIS, eucJP }

    let encoding: TextEncoding
    let form: Form
    /// How much rarer than the commonest ones the encoding is, in bits.
    let rarity: Double
    let languages: [WrittenLanguage]
    /// What the detector's library calls it.
    let knownAs: [String]

    private init(
        _ name: String, _ form: Form = .single, rarity: Double, _ languages: [WrittenLanguage], knownAs: [String]
    ) {
        encoding = form == .gb18030 ? .gb18030 : .named(name)
        (self.form, self.rarity, self.languages, self.knownAs) = (form, rarity, languages, knownAs)
    }

    private static let western: [WrittenLanguage] = [.english, .french, .german, .spanish, .portuguese, .italian, .swedish, .danish]
    private static let central: [WrittenLanguage] = [.czech, .polish, .hungarian, .romanian, .croatian]

    /// Of two that read a text alike the first is named.
    static let all = [
        EncodingCandidate("windows-1252", rarity: 0, western, knownAs: ["WINDOWS-1252", "ISO-8859-1", "ISO-8859-15"]),
        EncodingCandidate("windows-1250", rarity: 3, central + [.german], knownAs: ["WINDOWS-1250"]),
        EncodingCandidate("windows-1251", rarity: 1, [.russian, .ukrainian], knownAs: ["WINDOWS-1251"]),
        EncodingCandidate("windows-1253", rarity: 2, [.greek], knownAs: ["WINDOWS-1253", "ISO-8859-7"]),
        EncodingCandidate("windows-1254", rarity: 3, [.turkish, .german, .french], knownAs: ["ISO-8859-9"]),
        EncodingCandidate("windows-1255", rarity: 4, [.hebrew], knownAs: ["WINDOWS-1255", "ISO-8859-8"]),
        EncodingCandidate("windows-1256", rarity: 5, [.arabic], knownAs: ["WINDOWS-1256"]),
        EncodingCandidate(
            "windows-1257", rarity: 6, [.lithuanian, .latvian, .estonian, .german, .polish],
            knownAs: ["WINDOWS-1257", "ISO-8859-13", "ISO-8859-4"]),
        EncodingCandidate("CP874", rarity: 8, [.thai], knownAs: ["TIS-620"]),
        EncodingCandidate("ISO-8859-2", rarity: 8, central, knownAs: ["ISO-8859-2"]),
        EncodingCandidate("KOI8-R", rarity: 4, [.russian], knownAs: ["KOI8-R"]),
        EncodingCandidate("CP866", rarity: 5, [.russian], knownAs: ["IBM866"]),
        EncodingCandidate("macintosh", rarity: 4, western, knownAs: []),
        EncodingCandidate("GB18030", .gb18030, rarity: 0, [.simplifiedChinese], knownAs: ["GB18030"]),
        EncodingCandidate("Big5", .big5, rarity: 1, [.traditionalChinese], knownAs: ["BIG5"]),
        EncodingCandidate("EUC-KR", .eucKR, rarity: 1, [.korean], knownAs: ["UHC", "EUC-KR"]),
        EncodingCandidate("Shift_JIS", .shiftJIS, rarity: 1, [.japanese], knownAs: ["SHIFT_JIS"]),
        EncodingCandidate("EUC-JP", .eucJP, rarity: 3, [.japanese], knownAs: ["EUC-JP"]),
    ]
}
