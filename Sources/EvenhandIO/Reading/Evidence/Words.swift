import CUTF8Proc
import CWords

/// What a word in a header, in the label of a row or in a cell can mean.
enum Concept: String, CaseIterable, Sendable {
    case entry, title, name, judge, honorific, score, criterion, heat, stage, order, identifier, date, contact, count, fact, confidence
    case remark, total, subtotal, mean, median, result, rank, highest, lowest, spread, standardised, raw, tiebreak, deduction, bonus
    case weight, maximum, aside, signature, quality, missing, person, surname
}

/// The words of headers in many languages: one table, which is data (words.tsv).
struct Words: Sendable {
    /// By the folded word; words of several tokens with one space between.
    private var concepts: [String: Set<Concept>] = [:]
    /// Ends of words, the longest first.
    private var endings: [(text: String, concept: Concept)] = []
    private(set) var longestPhrase = 1
    private(set) var longestRun = 1

    static let all: Words = {
        var count = 0
        let bytes = evenhand_words(&count)
        return Words(UnsafeBufferPointer(start: bytes, count: count))
    }()

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let concept = Concept(rawValue: String(fields[0])) else { continue }
            for word in fields[2].split(separator: ",") { add(NameNormalization.normalized(String(word)), concept) }
        }
        endings.sort { $0.text.count > $1.text.count }
    }

    private mutating func add(_ word: String, _ concept: Concept) {
        if word.hasPrefix("-") {
            endings.append((WordFolding.folded(String(word.dropFirst())), concept))
            return
        }
        let tokens = Token.tokens(of: word)
        guard !tokens.isEmpty else { return }
        let key = tokens.map(\.text).joined(separator: " ")
        concepts[key, default: []].insert(concept)
        longestPhrase = max(longestPhrase, tokens.count)
        if tokens.count == 1, tokens[0].kind == .run { longestRun = max(longestRun, key.count) }
    }

    /// What a folded word, or words with a space between, can mean; empty when it is not in the table.
    func concepts(of key: String) -> Set<Concept> { concepts[key] ?? [] }

    /// What the end of a word says: -ity names a quality.
    func concepts(ofEnd word: String) -> Set<Concept> {
        endings.first { word.count > $0.text.count + (WordFolding.isRun(word) ? 0 : 1) && word.hasSuffix($0.text) }.map { [$0.concept] }
            ?? []
    }
}

/// Brings a word to the form in which words are compared: no case, no accents, one form of width.
enum WordFolding {
    private static let plain: [Character: Character] = ["đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ı": "i", "İ": "i"]

    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Letters that are no letter with a mark to Unicode, and to people are.
        let text = String(text.map { plain[$0] ?? $0 })
        let flags = [UTF8PROC_STABLE, UTF8PROC_COMPAT, UTF8PROC_COMPOSE, UTF8PROC_CASEFOLD, UTF8PROC_STRIPMARK, UTF8PROC_IGNORE]
        // Marks are part of Japanese letters: が is another letter than か.
        let hasKana = text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
        return NameNormalization.mapped(text, hasKana ? flags.filter { $0 != UTF8PROC_STRIPMARK } : flags)
    }

    /// Whether a text is written without spaces between its words.
    static func isRun(_ text: String) -> Bool { text.unicodeScalars.first.map(isRun) ?? false }

    static func isRun(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x1100...0x11FF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}

/// A piece of a header: a word, a number, a stretch of Chinese, Japanese or Korean, or a sign.
struct Token: Equatable, Sendable {
    enum Kind: Sendable { case word, number, run, sign }
    let kind: Kind
    /// Folded.
    let text: String

    /// Cuts a text at spaces and signs, between letters and digits, and where a small letter meets a capital one.
    static func tokens(of text: String) -> [Token] {
        var (tokens, current, kind) = ([Token](), String.UnicodeScalarView(), Kind.sign)
        var before: Unicode.Scalar?
        func close() {
            if !current.isEmpty { tokens.append(Token(kind: kind, text: WordFolding.folded(String(current)))) }
            current = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            let next: Kind? =
                if WordFolding.isRun(scalar) {
                    .run
                } else if scalar.properties.numericType == .decimal {
                    .number
                } else if scalar.properties.isAlphabetic || (scalar.properties.generalCategory == .nonspacingMark && kind == .word) {
                    .word
                } else if "#№%+&×".unicodeScalars.contains(scalar) {
                    .sign
                } else {
                    nil
                }
            let turnsCapital = next == .word && (before?.properties.isLowercase ?? false) && scalar.properties.isUppercase
            if next == nil || next != kind || turnsCapital || next == .sign { close() }
            if let next {
                kind = next
                current.append(scalar)
            }
            before = scalar
        }
        close()
        return tokens
    }
}
