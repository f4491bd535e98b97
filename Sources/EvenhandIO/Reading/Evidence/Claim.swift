/// What the words of a header claim that a column holds.
enum Claim: String, Sendable {
    case entry, judge, heat, stage, criterion, order
    case identifier, date, contact, count, fact, confidence, remark
    case sum, mean, result, rank, highest, lowest, spread, standardised, tiebreak
    case deduction, bonus, weight, maximum, score

    /// What the words say, as far as they are sure: the word in chief, or all words together.
    init?(_ words: HeaderWords) {
        // Herr Platz, 高老师: somebody's name, whatever else it means.
        if words.has(.honorific), words.sequence.count > 1 { return nil }
        let order: [(Claim, Set<Concept>)] = [
            (.deduction, [.deduction]), (.tiebreak, [.tiebreak]), (.standardised, [.standardised]), (.confidence, [.confidence]),
            (.bonus, [.bonus]), (.maximum, [.maximum]), (.count, [.count]), (.contact, [.contact]), (.spread, [.spread]),
        ]
        for (claim, concepts) in order where concepts.contains(where: words.says) {
            if claim == .count || claim == .contact, !words.head.isDisjoint(with: [.judge, .quality]), !words.head.contains(.count) {
                continue
            }
            self = claim
            return
        }
        if words.has(.tiebreak) { self = .tiebreak; return }
        if words.has(.confidence) { self = .confidence; return }
        if words.has(.standardised), words.head.contains(.score) || words.head.contains(.standardised) { self = .standardised; return }
        if words.isCovered || !words.head.isDisjoint(with: Claim.derived) || Claim.leads(words) {
            if words.says(.rank), !words.says(.order) || words.has(.score) || words.has(.result) { self = .rank; return }
            if words.says(.subtotal) { self = .sum; return }
            if words.says(.mean) || words.says(.median) { self = .mean; return }
            if words.says(.total) { self = words.has(.result) ? .result : .sum; return }
            if words.says(.result), !words.head.contains(.quality) || words.isCovered && !words.has(.quality) { self = .result; return }
            if words.says(.highest), !words.has(.quality) { self = .highest; return }
            if words.says(.lowest), !words.has(.quality) { self = .lowest; return }
        }
        if let claim = Claim.fact(words) { self = claim; return }
        return nil
    }

    private static let derived: Set<Concept> = [.total, .mean, .result, .rank, .subtotal, .median, .highest, .lowest]

    /// Whether a header begins with total, average or the like and ends with score: 综合成绩, Average presentation score.
    private static func leads(_ words: HeaderWords) -> Bool {
        words.head.contains(.score) && !(words.sequence.first?.concepts.isDisjoint(with: derived) ?? true)
    }

    private static func fact(_ words: HeaderWords) -> Claim? {
        let isQuality = words.head.contains(.quality) && !words.head.contains(.identifier)
        if words.head.contains(.date), !isQuality || words.isCovered && !words.has(.quality) { return .date }
        if words.isCovered, words.has(.date), !isQuality { return .date }
        if words.says(.order), !words.has(.identifier), !isQuality { return .order }
        if words.says(.identifier), !isQuality, !words.head.contains(.judge) { return words.has(.order) ? .order : .identifier }
        if words.sequence.last?.text == "#" { return .identifier }
        if words.head.contains(.fact), !isQuality { return .fact }
        if words.isCovered, words.has(.fact), !isQuality, !words.has(.judge), !words.has(.score) { return .fact }
        if words.says(.weight), !isQuality { return .weight }
        if words.head.contains(.remark), !words.head.contains(.score) { return .remark }
        return nil
    }

    /// Whether a column of it follows from the scores.
    var isDerived: Bool { [.sum, .mean, .result, .rank, .highest, .lowest, .spread].contains(self) }

    var derivation: Derivation? {
        switch self {
        case .sum: .sum
        case .mean: .mean
        case .result: .result
        case .rank: .rank
        case .highest: .highest
        case .lowest: .lowest
        default: nil
        }
    }
}

/// What the headers of score columns name: judges, criteria or entries.
enum Nature: Sendable {
    case judge, criterion, entry, unknown

    init(_ header: Header) {
        let text = header.name
        let words = HeaderWords(text)
        if words.has(.aside) || header.hasUnit { self = .unknown; return }
        if header.maximum != nil || header.weight != nil { self = .criterion; return }
        if Nature.isSeat(text) { self = .judge; return }
        let hasQuality = words.head.contains(.quality)
        if words.has(.judge), !hasQuality || words.isCovered { self = .judge; return }
        if words.has(.honorific), words.sequence.count > 1 || words.sequence.first?.kind == .run { self = .judge; return }
        let isPerson = !words.head.isDisjoint(with: [.person]) && !hasQuality || Nature.isName(text, words)
        if isPerson, !words.sequence.allSatisfy({ $0.concepts.contains(.quality) }) { self = .judge; return }
        if hasQuality || words.has(.quality) && words.isCovered && !words.has(.person) { self = .criterion; return }
        if words.has(.entry), words.sequence.count > 1 { self = .entry; return }
        self = .unknown
    }

    /// A, B; J1, P03; 甲; 评委3: the name of a seat.
    static func isSeat(_ text: String) -> Bool {
        let letters = Array(text)
        if letters.count == 1, let letter = letters.first {
            return letter.isLetter && letter.isUppercase || "甲乙丙丁戊己庚辛壬癸①②③④⑤⑥⑦⑧⑨".contains(letter)
        }
        guard let first = letters.first, "JjRrEeSsPGg".contains(first), letters.count <= 6 else { return false }
        return letters.dropFirst().allSatisfy { $0.isASCII && $0.isNumber || $0 == "." || $0 == "-" } && letters.contains(where: \.isNumber)
    }

    /// Whether a text has an initial: J. Rank.
    static func hasInitial(_ text: String) -> Bool {
        let pieces = text.split(separator: " ")
        return pieces.count > 1 && pieces.contains { $0.count == 2 && $0.last == "." && $0.first?.isUppercase == true }
    }

    /// Whether a text looks like a person's name: a surname before one or two characters, a capital with a point, a name of the table.
    static func isName(_ text: String, _ words: HeaderWords) -> Bool {
        let count = text.count
        if WordFolding.isRun(text), (2...4).contains(count), text.allSatisfy({ $0.unicodeScalars.allSatisfy { WordFolding.isRun($0) } }) {
            if words.has(.quality) { return false }
            for length in [2, 1] where count > length {
                if Words.all.concepts(of: WordFolding.folded(String(text.prefix(length)))).contains(.surname), count - length <= 2 {
                    return true
                }
            }
            return false
        }
        let pieces = text.split(separator: " ").map(String.init)
        let isInitial: (String) -> Bool = { $0.count == 2 && $0.last == "." && $0.first?.isUppercase == true }
        if pieces.count > 1, pieces.contains(where: isInitial) { return true }
        return pieces.count > 1 && pieces.count <= 3 && words.has(.person)
            && pieces.allSatisfy { $0.first?.isUppercase == true } && !words.has(.quality)
    }
}

/// What a column that follows from the scores holds: it is left out of them, and checked.
enum Derivation: CaseIterable, Sendable {
    /// The sum of the row's scores.
    case sum
    /// Their mean.
    case mean
    /// The result by a rule that the sheet does not state.
    case result
    case rank
    case highest
    case lowest
}
