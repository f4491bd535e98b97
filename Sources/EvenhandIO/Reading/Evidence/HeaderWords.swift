/// What the words of a header, or of a row's label, say.
struct HeaderWords: Equatable, Sendable {
    /// A word or phrase of the table, or a word that is not in it.
    struct Word: Equatable, Sendable {
        let text: String
        let concepts: Set<Concept>
        let kind: Token.Kind
    }

    /// The words in their order, without signs and little words such as "of".
    let sequence: [Word]
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
        var words: [Word] = []
        var chief: Int?
        var position = 0
        while position < tokens.count {
            let token = tokens[position]
            if token.kind == .run {
                words += HeaderWords.runWords(token.text)
                position += 1
                continue
            }
            if let (length, key, concepts) = HeaderWords.phrase(at: position, in: tokens) {
                words.append(Word(text: key, concepts: concepts, kind: token.kind))
                position += length
                continue
            }
            // A single letter at the end is a name: Judge A.
            if HeaderWords.joining.contains(token.text), token.text.count > 1 || position < tokens.count - 1 {
                if HeaderWords.possessive.contains(token.text), chief == nil, !words.isEmpty { chief = words.count - 1 }
            } else if token.text == "#" || token.text == "№" {
                words.append(Word(text: token.text, concepts: [.identifier], kind: .sign))
            } else if token.kind != .sign {
                words += HeaderWords.words(of: token)
            }
            position += 1
        }
        sequence = words
        concepts = words.reduce(into: []) { $0.formUnion($1.concepts) }
        let texts = words.filter { $0.kind != .number }
        head = (chief.map { words[$0] } ?? texts.last)?.concepts ?? []
        unknown = texts.filter { $0.concepts.isEmpty }.map(\.text)
    }

    /// A word that is not in the table: a compound of two that are, or a word whose end says something.
    private static func words(of token: Token) -> [Word] {
        guard token.kind == .word else { return [Word(text: token.text, concepts: [], kind: token.kind)] }
        if let (front, back) = Words.all.compound(token.text) {
            return [front, back].map { Word(text: $0, concepts: Words.all.concepts(of: $0), kind: .word) }
        }
        return [Word(text: token.text, concepts: Words.all.concepts(ofEnd: token.text), kind: .word)]
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
    private static func runWords(_ text: String) -> [Word] {
        let letters = Array(text)
        var (words, position, open) = ([Word](), 0, "")
        func close(_ words: inout [Word], _ open: inout String) {
            if !open.isEmpty, !joining.contains(open) {
                words.append(Word(text: open, concepts: Words.all.concepts(ofEnd: open), kind: .run))
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
                close(&words, &open)
                words.append(Word(text: String(letters[position..<position + length]), concepts: found, kind: .run))
                position += length
            }
        }
        close(&words, &open)
        return words
    }

    /// Whether every word is in the table.
    var isCovered: Bool { unknown.isEmpty && sequence.contains { $0.kind != .number } }

    func has(_ concept: Concept) -> Bool { concepts.contains(concept) }

    /// Whether the word in chief means this, or the whole header is known and one of its words does.
    func says(_ concept: Concept) -> Bool { head.contains(concept) || isCovered && concepts.contains(concept) }
}
