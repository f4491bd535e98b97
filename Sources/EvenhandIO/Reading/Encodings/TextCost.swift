#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many bits the characters of words take in a language: the more a reading takes, the less plausible it is.
struct TextCost {
    private let language: WrittenLanguage
    private(set) var bits = 0.0
    private var previous: Unicode.Scalar = "\n"
    private var isPreviousOdd = false

    init(_ language: WrittenLanguage) { self.language = language }

    /// What every reading has in common: letters of ASCII, which a wrong one takes for halves of characters.
    private mutating func addASCII(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "A"..."Z", "a"..."z":
            bits += 4
            if isPreviousOdd { bits += 6 }
            // École, not ÉcOle.
            if scalar.value < 0x60, !previous.isASCII, previous.properties.isLowercase { bits += 6 }
        case "@", "[", "]", "^", "_", "`", "{", "|", "}", "~", "\\", "$": bits += 4
        case "\n", "\r", "\t", " "..."?": break
        default: bits += 15
        }
        isPreviousOdd = false
    }

    /// Adds the characters of an encoding of one byte each.
    mutating func addSingle(_ text: [Unicode.Scalar]) {
        for (position, scalar) in text.enumerated() {
            if scalar.isASCII {
                addASCII(scalar)
            } else {
                let next = position + 1 < text.count ? text[position + 1] : "\n"
                bits += Script.isLetter(scalar) ? letter(scalar, next) : mark(scalar, next)
            }
            previous = scalar
        }
    }

    private func letter(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Double {
        let lower = scalar == "İ" ? scalar : scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        var cost = 12.0
        if let rank = language.letters[lower] { cost = language.isLatin ? 5.5 + log2(Double(rank) + 1) : 1.8 + log2(Double(rank) + 1.5) }
        if lower != scalar || scalar.properties.isUppercase {
            if previous.properties.isLowercase {
                cost += 8
            } else if Script.isLetter(previous), next.properties.isLowercase {
                cost += 5
            } else {
                cost += 2
            }
        }
        // A word is written in one script.
        for other in [previous, next] where Script.isLetter(other) && Script(other) != Script(scalar) { cost += 12 }
        return cost
    }

    private func mark(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Double {
        let isCombining = scalar.properties.generalCategory == .nonspacingMark
        var cost: Double
        switch scalar {
        case _ where language.letters[scalar] != nil: cost = 7
        case "‘", "’", "“", "”", "–", "—", "…", "\u{A0}": cost = 9
        case "ª", "º", "°", "№", "«", "»", "€": cost = 11
        case _ where isCombining: cost = 10
        case _ where scalar.properties.generalCategory == .control: cost = 20
        default: cost = 14
        }
        // Signs are between words, but for the apostrophe.
        if Script.isLetter(previous), Script.isLetter(next), scalar != "’", !isCombining { cost += 8 }
        return cost
    }

    /// Adds a character of an encoding of several bytes.
    mutating func add(_ scalar: Unicode.Scalar, _ bytes: ArraySlice<UInt8>, _ form: EncodingCandidate.Form) {
        defer { previous = scalar }
        guard let lead = bytes.first, let trail = bytes.last else { return }
        if lead < 0x80 { return addASCII(scalar) }
        let script = Script(scalar)
        let rank = language.letters[scalar]
        let isOdd = rank == nil && script != .kana
        if isOdd, previous.isASCII, Script.isLetter(previous) { bits += 6 }
        isPreviousOdd = isOdd
        if let rank { return bits += form == .eucKR ? 4.5 + log2(Double(rank) + 6) * 0.75 : 5.5 + log2(Double(rank) + 8) * 0.75 }
        switch form {
        case .shiftJIS, .eucJP: bits += japanese(scalar, script, lead, trail, length: bytes.count, isShiftJIS: form == .shiftJIS)
        case .eucKR: bits += korean(scalar, script, lead, trail)
        default: bits += chinese(scalar, script, lead, trail, length: bytes.count, isBig5: form == .big5)
        }
    }

    /// The tables of the encodings have the frequent characters first: a level of 3,755 (GB 2312) or 5,401 (Big5), and one of rare ones.
    private func chinese(
        _ scalar: Unicode.Scalar, _ script: Script, _ lead: UInt8, _ trail: UInt8, length: Int, isBig5: Bool
    ) -> Double {
        switch script {
        case .han where isBig5: return (0xA4...0xC6).contains(lead) ? 14 : (0xC9...0xF9).contains(lead) ? 17.5 : 22
        case .han:
            if length == 4 { return 25 }
            guard trail >= 0xA1 else { return 21 }
            return (0xB0...0xD7).contains(lead) ? 13.5 : (0xD8...0xF7).contains(lead) ? 17 : 21
        case .wide: return 12
        case .punctuation: return 10
        case .kana: return 15
        case .latin, .cyrillic, .greek: return 16
        default: return length == 4 ? 26 : 18
        }
    }

    private func korean(_ scalar: Unicode.Scalar, _ script: Script, _ lead: UInt8, _ trail: UInt8) -> Double {
        switch script {
        case .hangul: return ((0xB0...0xC8).contains(lead) && trail >= 0xA1 ? 12 : 20) + (Script(previous) == .han ? 4 : 0)
        case .han: return 16 + (Script(previous) == .hangul ? 4 : 0)
        case .wide: return 13
        default: return 16
        }
    }

    private func japanese(
        _ scalar: Unicode.Scalar, _ script: Script, _ lead: UInt8, _ trail: UInt8, length: Int, isShiftJIS: Bool
    ) -> Double {
        switch script {
        case .kana: return scalar.value < 0x30A0 ? 7 : 8
        case .halfKana: return 11
        case .wide: return 12
        case .punctuation: return 9
        case .han:
            if length == 3 { return 24 }
            if isShiftJIS {
                let isFirstLevel = (0x88...0x97).contains(lead) || (lead == 0x98 && trail <= 0x72)
                return isFirstLevel ? 14 : lead <= 0xEA ? 18 : 22
            }
            return (0xB0...0xCF).contains(lead) ? 14 : lead <= 0xF4 ? 18 : 22
        default: return 17
        }
    }
}

/// The scripts that tell encodings apart.
enum Script: Equatable {
    case latin, greek, cyrillic, hebrew, arabic, thai, kana, halfKana, hangul, han, wide, punctuation, other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x3000...0x3002, 0x3005, 0x300A...0x300D, 0x30FB: self = .punctuation
        case 0..<0x250, 0x1E00..<0x1F00: self = .latin
        case 0x370..<0x400: self = .greek
        case 0x400..<0x530: self = .cyrillic
        case 0x590..<0x600: self = .hebrew
        case 0x600..<0x700: self = .arabic
        case 0xE00..<0xE80: self = .thai
        case 0x3040..<0x3100: self = .kana
        case 0x3400..<0xA000: self = .han
        case 0xAC00..<0xD7A4: self = .hangul
        case 0xFF01..<0xFF5F: self = .wide
        case 0xFF61..<0xFFA0: self = .halfKana
        default: self = .other
        }
    }

    /// Letters of words; the signs of ordinal numbers are none.
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "ª", "º": return false
        case "A"..."Z", "a"..."z": return true
        default: break
        }
        if scalar.isASCII { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }
}
