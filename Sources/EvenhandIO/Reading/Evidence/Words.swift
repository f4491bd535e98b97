import CUTF8Proc
import CWords

/// What a word in a header, in the label of a row or in a cell can mean.
enum Concept: String, CaseIterable, Sendable {
    case entry, title, name, judge, honorific, score, criterion, heat, stage, order, identifier, date, contact, count, fact, confidence
    case remark, total, subtotal, mean, median, result, rank, highest, lowest, spread, standardised, raw, tiebreak, deduction, bonus
    case weight, maximum, aside, signature, quality, missing, void, person, surname
    /// What is counted or timed and is best when there is least of it: errors, strokes, times; grades of which 1 is the best.
    case fault
    /// What is shown for comparison and is no entry: the line of a cut, last year's winner, an example of how to fill the sheet in.
    case reference
}

/// The words of headers in many languages: one table, which is data (words.tsv).
struct Words: Sendable {
    /// By the folded word; words of several tokens with one space between.
    private var concepts: [String: Set<Concept>] = [:]
    /// Ends of words, the longest first.
    private var endings: [(text: String, concept: Concept)] = []
    /// The words of languages that write compounds as one word.
    private var compounding: Set<String> = []
    private(set) var longestPhrase = 1
    private(set) var longestRun = 1

    private static let compoundLanguages: Set<String> = ["de", "nl", "sv", "da", "no", "nb", "fi"]

    static let all = Words()

    private init() {
        concepts.reserveCapacity(8192)
        Words.forEach(of: Set(Concept.allCases)) { word, concept, language in
            add(word, [concept], isCompounding: Words.compoundLanguages.contains(language))
        }
        endings.sort { $0.text.count > $1.text.count }
    }

    /// The words of some concepts, with the code of their language.
    private static func forEach(of wanted: Set<Concept>, _ body: (String, Concept, String) -> Void) {
        var count = 0
        let bytes = evenhand_words(&count)
        for line in UnsafeBufferPointer(start: bytes, count: count).split(separator: 0x0A) {
            // The first field before the others: of a few concepts most lines say nothing.
            let name = String(decoding: line.prefix { $0 != 0x09 }, as: UTF8.self)
            guard let concept = Concept(rawValue: name), wanted.contains(concept) else { continue }
            let fields = line.split(separator: 0x09)
            guard fields.count == 3 else { continue }
            let language = String(decoding: fields[1], as: UTF8.self)
            for word in fields[2].split(separator: 0x2C) {
                body(String(decoding: word.drop { $0 == 0x20 }, as: UTF8.self), concept, language)
            }
        }
    }

    /// - Parameter word: folded, as the whole table is.
    private mutating func add(_ word: String, _ concept: Set<Concept>, isCompounding: Bool) {
        if word.utf8.first == 0x2D {
            endings.append((String(word.dropFirst()), concept.first ?? .name))
            return
        }
        let spaces = word.utf8.count { $0 == 0x20 }
        longestPhrase = max(longestPhrase, 1 + spaces)
        if spaces == 0, WordFolding.isRun(word) { longestRun = max(longestRun, word.count) }
        if isCompounding { compounding.insert(word) }
        if concepts[word]?.formUnion(concept) == nil { concepts[word] = concept }
    }

    /// What a folded word, or words with a space between, can mean; empty when it is not in the table.
    func concepts(of key: String) -> Set<Concept> { concepts[key] ?? [] }

    /// Two words of the table written as one, or a word of a language that writes compounds at the end of one: Teamname, Zwischensumme.
    func compound(_ word: String) -> (front: String, back: String)? {
        guard (7...40).contains(word.count), !WordFolding.isRun(word) else { return nil }
        var end: (String, String)?
        for position in word.indices.dropFirst(3).dropLast(3) {
            let (front, back) = (String(word[..<position]), String(word[position...]))
            guard let known = concepts[back], known != [.missing] else { continue }
            let stem = concepts[front] != nil ? front : front.hasSuffix("s") ? String(front.dropLast()) : nil
            if let stem, concepts[stem] != nil { return (stem, back) }
            if end == nil, back.count > 3, compounding.contains(back) { end = (front, back) }
        }
        return end
    }

    /// What is looked for in many texts, as bytes and without the rest of the table.
    private enum Sought: CaseIterable {
        /// What names a heat, a stage or a criterion.
        case roles
        /// What says that something does not count.
        case voids
        /// What says that points are taken off.
        case penalties
        /// What a total, an average or an example is called.
        case summaries

        var concepts: Set<Concept> {
            switch self {
            case .roles: [.criterion, .heat, .stage]
            case .voids: [.void]
            case .penalties: [.deduction]
            case .summaries: [.total, .subtotal, .mean, .median, .result, .rank, .highest, .lowest, .reference]
            }
        }
    }

    private static let sought: [Sought: [[UInt8]]] = {
        var found: [Sought: [[UInt8]]] = [:]
        let kinds = Dictionary(uniqueKeysWithValues: Sought.allCases.flatMap { kind in kind.concepts.map { ($0, kind) } })
        forEach(of: Set(kinds.keys)) { word, concept, _ in
            if let kind = kinds[concept], !word.hasPrefix("-") { found[kind, default: []].append(Array(word.utf8)) }
        }
        return found
    }()

    /// Whether a header could name a heat, a stage or a criterion: a quick look before all words are asked.
    static func mayNameRole(_ header: String) -> Bool { mayContain(.roles, header) }

    /// Whether a text could say that something does not count, likewise.
    static func mayVoid(_ text: String) -> Bool { mayContain(.voids, text) }

    /// Whether a text could say that points are taken off, likewise.
    static func mayTakeOff(_ text: String) -> Bool { mayContain(.penalties, text) }

    /// Whether a name could be that of a total, an average or an example, likewise.
    static func maySumUp(_ name: String) -> Bool { mayContain(.summaries, name) }

    private static func mayContain(_ kind: Sought, _ text: String) -> Bool {
        let bytes = Array(Token.tokens(of: text).map(\.text).joined(separator: " ").utf8)
        return sought[kind, default: []].contains { word in
            // Bytes, since whole characters take a third of a millisecond for a header.
            bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
        }
    }

    /// What the end of a word says: -ity names a quality.
    func concepts(ofEnd word: String) -> Set<Concept> {
        let isLong: (String) -> Bool = { word.count > $0.count + (WordFolding.isRun(word) ? 0 : 1) }
        // Bytes first: of some hundred ends nearly none is this one.
        return endings.first { word.utf8.suffix($0.text.utf8.count).elementsEqual($0.text.utf8) && isLong($0.text) }.map { [$0.concept] }
            ?? []
    }
}

/// Brings a word to the form in which words are compared: no case, no accents, one form of width.
enum WordFolding {
    private static let plain: [Character: Character] = ["đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ı": "i", "İ": "i"]

    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Letters that people read as a letter with a mark, and Unicode does not.
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

    /// Signs for the average, which would be letters without their marks.
    private static let averages: Set<String> = ["Ø", "ø", "⌀", "x\u{304}", "X\u{304}", "x\u{305}", "X\u{305}"]

    /// Cuts a text at spaces and signs, between letters and digits, and where a small letter meets a capital one.
    static func tokens(of text: String) -> [Token] {
        var (tokens, current, kind) = ([Token](), String.UnicodeScalarView(), Kind.sign)
        var before: Unicode.Scalar?
        func close(before next: Unicode.Scalar? = nil) {
            let text = String(current)
            // Ø. Hansen is somebody.
            let isAverage = next != "." && averages.contains(text)
            if !text.isEmpty { tokens.append(Token(kind: kind, text: isAverage ? "ø" : WordFolding.folded(text))) }
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
                } else if "#№%+&×⌀".unicodeScalars.contains(scalar) {
                    .sign
                } else {
                    nil
                }
            let turnsCapital = next == .word && (before?.properties.isLowercase ?? false) && scalar.properties.isUppercase
            if next == nil || next != kind || turnsCapital || next == .sign { close(before: scalar) }
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
