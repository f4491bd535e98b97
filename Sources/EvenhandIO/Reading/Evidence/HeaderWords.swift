/// What the words of a header, or of a row's label, say.
struct HeaderWords: Equatable, Sendable {
    /// A word or phrase of the table, or a word that is not in it.
    struct Part: Equatable, Sendable {
        let text: String
        let concepts: Set<Concept>
        let kind: Token.Kind
    }

    /// The words in their order, without signs and little words such as "of".
    let parts: [Part]
    /// All that some word of the header can mean.
    let concepts: Set<Concept>
    /// What the word in chief means: the last one, or the one before "of".
    let head: Set<Concept>
    /// Words that are not in the table.
    let unknown: [String]

    /// Words that join others, and the word "number sign".
    private static let joining: Set<String> = [
        "of", "the", "a", "an", "per", "for", "by", "in", "to", "at", "your", "and", "&", "de", "du", "des", "la", "le", "les", "del",
        "los",
        "las", "el", "d", "l", "der", "die", "das", "von", "vom", "im", "am", "di", "da", "do", "dos", "van", "het", "и", "в", "по", "за",
        "的", "の",
        "each", "all", "this", "which", "how", "was", "is", "it", "does", "what", "did", "are", "you", "s", "please", "rate", "judging",
        "well", "from",
    ]
    private static let possessive: Set<String> = ["of", "de", "du", "des", "del", "der", "von", "di", "da", "do", "van", "per", "for"]

    init(_ text: String) {
        let tokens = Token.tokens(of: text)
        var parts: [Part] = []
        var chief: Int?
        var position = 0
        while position < tokens.count {
            let token = tokens[position]
            if token.kind == .run {
                parts += HeaderWords.runParts(token.text)
                position += 1
                continue
            }
            if let (length, key, concepts) = HeaderWords.phrase(at: position, in: tokens) {
                parts.append(Part(text: key, concepts: concepts, kind: token.kind))
                position += length
                continue
            }
            // A single letter at the end is a name: Judge A.
            if HeaderWords.joining.contains(token.text), token.text.count > 1 || position < tokens.count - 1 {
                if HeaderWords.possessive.contains(token.text), chief == nil, !parts.isEmpty { chief = parts.count - 1 }
            } else if token.text == "#" || token.text == "№" {
                parts.append(Part(text: token.text, concepts: [.identifier], kind: .sign))
            } else if token.kind != .sign {
                parts += HeaderWords.parts(of: token)
            }
            position += 1
        }
        self.parts = parts
        concepts = parts.reduce(into: []) { $0.formUnion($1.concepts) }
        let words = parts.filter { $0.kind != .number }
        let chiefPart = chief.map { parts[$0] } ?? words.last
        head = chiefPart?.concepts ?? []
        unknown = words.filter { $0.concepts.isEmpty }.map(\.text)
    }

    /// A word that is not in the table: a compound of two that are, or a word whose end says something.
    private static func parts(of token: Token) -> [Part] {
        guard token.kind == .word else { return [Part(text: token.text, concepts: [], kind: token.kind)] }
        if let (front, back) = Words.all.compound(token.text) {
            return [front, back].map { Part(text: $0, concepts: Words.all.concepts(of: $0), kind: .word) }
        }
        return [Part(text: token.text, concepts: Words.all.concepts(ofEnd: token.text), kind: .word)]
    }

    /// The longest phrase of the table that begins at a token.
    private static func phrase(at position: Int, in tokens: [Token]) -> (Int, String, Set<Concept>)? {
        var length = min(Words.all.longestPhrase, tokens.count - position)
        while length > 0 {
            let key = tokens[position..<position + length].map(\.text).joined(separator: " ")
            let concepts = Words.all.concepts(of: key)
            if !concepts.isEmpty { return (length, key, concepts) }
            length -= 1
        }
        return nil
    }

    /// Cuts a text without spaces into words of the table, from the left the longest ones, and what is between them.
    private static func runParts(_ text: String) -> [Part] {
        let letters = Array(text)
        var (parts, position, open) = ([Part](), 0, "")
        func close(_ parts: inout [Part], _ open: inout String) {
            if !open.isEmpty, !joining.contains(open) {
                parts.append(Part(text: open, concepts: Words.all.concepts(ofEnd: open), kind: .run))
            }
            open = ""
        }
        while position < letters.count {
            var length = min(Words.all.longestRun, letters.count - position)
            var found: Set<Concept> = []
            while length > 0 {
                found = Words.all.concepts(of: String(letters[position..<position + length]))
                // A single character is a word only next to other words or alone.
                if !found.isEmpty, length > 1 || letters.count <= 2 || open.isEmpty || position == letters.count - 1 { break }
                found = []
                length -= 1
            }
            if found.isEmpty {
                open.append(letters[position])
                position += 1
            } else {
                close(&parts, &open)
                parts.append(Part(text: String(letters[position..<position + length]), concepts: found, kind: .run))
                position += length
            }
        }
        close(&parts, &open)
        return parts
    }

    /// Whether every word is in the table.
    var isCovered: Bool { unknown.isEmpty && parts.contains { $0.kind != .number } }

    func has(_ concept: Concept) -> Bool { concepts.contains(concept) }

    /// Whether the word in chief means this, or the whole header is known and one of its words does.
    func says(_ concept: Concept) -> Bool { head.contains(concept) || isCovered && concepts.contains(concept) }
}
