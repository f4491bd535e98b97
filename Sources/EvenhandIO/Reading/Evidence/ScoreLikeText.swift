/// How people write a score so that it is no number: 85分, 8/10, 9.5*, 8. 5, 8l, B+.
enum ScoreLikeText: Equatable {
    /// Digits with a unit, a maximum, marks or spaces around them.
    case digits
    /// A letter from A to F; only one with a plus or minus cannot be a name.
    case grade(isMarked: Bool)

    init?(_ text: String) {
        let text = WordFolding.folded(NameNormalization.normalized(text)).filter { !$0.isWhitespace }
        // Longer ones are sentences.
        guard let first = text.first, text.count <= 16 else { return nil }
        if text.count <= 2, ("a"..."f").contains(first) {
            guard let sign = text.dropFirst().first else { self = .grade(isMarked: false); return }
            guard "+-−–".contains(sign) else { return nil }
            self = .grade(isMarked: true)
            return
        }
        // A letter for a digit that looks like it: 8l, 9O.
        if first.isNumber, text.count <= 6, text.allSatisfy({ ScoreLikeText.isPartOfNumber($0) || "oil".contains($0) }),
            text.contains(where: \.isLetter)
        {
            self = .digits
            return
        }
        let unmarked = text.drop(while: ScoreLikeText.isMark)
        let number = unmarked.prefix(while: ScoreLikeText.isPartOfNumber)
        guard ScoreLikeText.isNumber(number) else { return nil }
        let rest = unmarked.dropFirst(number.count)
        let isOutOf = rest.first == "/" && ScoreLikeText.isNumber(rest.dropFirst())
        guard isOutOf || rest.allSatisfy(ScoreLikeText.isMark) || ScoreLikeText.isPoints(rest) else { return nil }
        self = .digits
    }

    private static func isMark(_ character: Character) -> Bool { "*†‡!?~≈+-−–'’\"“”()[]".contains(character) }

    private static func isPartOfNumber(_ character: Character) -> Bool {
        character.isASCII && character.isNumber || character == "." || character == ","
    }

    /// Digits with at most one point or comma between them; telephone numbers and years with months are longer.
    private static func isNumber(_ text: Substring) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: { !$0.isNumber })
        return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty } && text.count <= 7
            && text.allSatisfy(isPartOfNumber)
    }

    /// A word for points after the number: 85分, 8 pts.
    private static func isPoints(_ text: Substring) -> Bool {
        let word = String(text.filter { $0.isLetter })
        guard !word.isEmpty, !text.contains(where: \.isNumber) else { return false }
        if ScoreText.points.contains(word) || ["pkt", "star", "stars", "星"].contains(word) { return true }
        let words = HeaderWords(word)
        return words.isCovered && words.sequence.count == 1 && words.head.contains(.score)
    }
}
