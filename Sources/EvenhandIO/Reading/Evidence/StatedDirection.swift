import Evenhand

extension Direction {
    /// What a text says about the ends of its scale: `1 = best`, `Note (1=sehr gut, 6=ungenügend)`; `nil` when it says nothing about them.
    init?(statedIn text: String) {
        // Nearly no header states it, and a sheet can have a hundred thousand.
        guard text.contains(where: { "=＝为為".contains($0) }) || text.contains(" is ") else { return nil }
        let folded = WordFolding.folded(NameNormalization.normalized(text))
        let marked = [" is the ", " is ", "为", "為"].reduce(folded) { $0.replacing($1, with: "=") }
        let parts = marked.split(separator: "=", omittingEmptySubsequences: false)
        var best: [Double] = []
        var worst: [Double] = []
        for (front, back) in zip(parts, parts.dropFirst()) {
            let (left, right) = (Token.tokens(of: String(front)), Token.tokens(of: String(back)))
            let (number, words) =
                left.last?.kind == .number ? (left.last, Direction.firstWords(right)) : (right.first, Direction.lastWords(left))
            guard let number, number.kind == .number, let value = Double(number.text), !Direction.endsWithName(front) else { continue }
            if Direction.best.contains(where: words.contains) { best.append(value) }
            if Direction.worst.contains(where: words.contains) { worst.append(value) }
        }
        // One end alone says enough: a scale begins at 0 or 1.
        switch (best.first, worst.first) {
        case (let high?, let low?) where high != low: self = high < low ? .lowerIsBetter : .higherIsBetter
        case (let high?, nil): self = high <= 1 ? .lowerIsBetter : .higherIsBetter
        case (nil, let low?): self = low > 1 ? .lowerIsBetter : .higherIsBetter
        default: return nil
        }
    }

    /// What a title, or one of a few headers, says in these or other words: 1 (excellent) to 10 (poor), 1 - best, lowest total wins.
    init?(toldIn text: String) {
        if let direction = Direction(statedIn: text) { self = direction; return }
        let folded = WordFolding.folded(NameNormalization.normalized(text))
        if Direction.winning.contains(where: folded.contains) { self = .lowerIsBetter; return }
        var (best, worst) = ([Double](), [Double]())
        for match in folded.matches(of: /(\d+(?:\.\d+)?)\s*[(\-–—]\s*([^\d()\-–—,;\/]+)/) {
            let tokens = Token.tokens(of: String(match.2))
            // Round 1 - best of three is about something else.
            guard let value = Double(match.1), tokens.count <= 2 else { continue }
            let words = Direction.firstWords(tokens)
            if Direction.best.contains(where: words.contains) { best.append(value) }
            if Direction.worst.contains(where: words.contains) { worst.append(value) }
        }
        switch (best.first, worst.first) {
        case (let high?, let low?) where high != low: self = high < low ? .lowerIsBetter : .higherIsBetter
        case (1?, nil): self = .lowerIsBetter
        default: return nil
        }
    }

    /// The lowest is the best, in words.
    private static let winning = [
        "lowest total wins", "lowest score wins", "lowest wins", "lower is better", "lower scores are better", "lowest is best",
        "low score wins", "fewest points win", "menor pontuacao vence", "menor puntuacion gana", "niedrigste punktzahl gewinnt",
        "niedrigste summe gewinnt", "kleinste summe gewinnt", "le plus petit total gagne", "najmniejsza suma wygrywa", "越低越好", "低者为胜",
        "最低者胜",
        "数字が小さいほど", "小さいほど良い", "1位が最高", "1등이 최고", "낮을수록 좋",
    ]

    /// Whether the number at the end is part of a name: a judge 1 can be called Best.
    private static func endsWithName(_ text: Substring) -> Bool {
        let rest = text.reversed().drop { $0.isWhitespace || $0.isNumber }
        guard rest.first?.isLetter ?? false, let word = Token.tokens(of: String(rest.reversed())).last else { return false }
        let named: Set<Concept> = [.judge, .entry, .identifier, .heat, .stage, .order]
        return word.text.count == 1 || !Words.all.concepts(of: word.text).isDisjoint(with: named)
    }

    /// The first word, and the first two together.
    private static func firstWords(_ tokens: [Token]) -> [String] {
        let words = tokens.drop { $0.text == "the" }.prefix { $0.kind != .number }.prefix(2).map(\.text)
        return [words.first, words.joined(separator: " ")].compactMap(\.self)
    }

    /// The last word, and the last two together.
    private static func lastWords(_ tokens: [Token]) -> [String] {
        let words = tokens.suffix(2).drop { $0.kind == .number }.map(\.text)
        return [words.last, words.joined(separator: " ")].compactMap(\.self)
    }

    /// As `WordFolding` writes them.
    private static let best: Set<String> = [
        "best", "beste", "bester", "bestes", "excellent", "excellente", "outstanding", "very good", "sehr gut", "ausgezeichnet",
        "hervorragend", "meilleur", "meilleure", "tres bien", "mejor", "excelente", "muy bueno", "melhor", "migliore", "ottimo",
        "eccellente", "uitstekend", "najlepszy", "najlepsza", "nejlepsi", "vyborny", "лучшии", "лучшая", "отлично", "最好", "最佳", "最优",
        "最優", "优秀", "優秀", "最良", "최고", "лучшии результат", "best score", "best place",
    ]
    private static let worst: Set<String> = [
        "worst", "poor", "very poor", "bad", "insufficient", "unsatisfactory", "ungenugend", "mangelhaft", "schlecht", "schlechteste",
        "pire", "mauvais", "insuffisant", "peor", "malo", "pior", "ruim", "peggiore", "pessimo", "insufficiente", "slecht", "slechtst",
        "najgorszy", "najgorsza", "nejhorsi", "худшии", "худшая", "плохо", "最差", "最坏", "最悪", "최악",
    ]
}
