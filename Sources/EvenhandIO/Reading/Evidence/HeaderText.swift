import Evenhand

/// A header of a sheet, brought to one form, with the maximum or weight that it states.
struct Header: Equatable, Sendable {
    /// The text as it is shown, without the maximum or weight.
    let name: String
    /// The maximum score, when the header states it: `创新性(30)`, `Market (max 25)`, `Taste /10`, `Idea (1-5)`.
    let maximum: Fraction?
    /// What it counts for, when the header states it: `Idea (40%)`, `创新性（权重30%）` are 2/5 and 3/10; `Artistry (x2)` is 2.
    let weight: Fraction?
    /// The text with its maximum.
    let text: String

    init(_ text: String) {
        let joined = String(text.map { $0.isNewline ? " " : $0 })
        self.text = NameNormalization.normalized(joined)
        (name, maximum, weight) = Header.split(self.text)
    }

    private init(name: String, maximum: Fraction?, weight: Fraction?, text: String) {
        (self.name, self.maximum, self.weight, self.text) = (name, maximum, weight, text)
    }

    /// The header where brackets are part of the name: `评委(1)` next to `评委(2)`.
    var withoutAmount: Header { Header(name: text, maximum: nil, weight: nil, text: text) }

    /// A share without a sign for it, which may be part of a name: Model 0.5.
    var bareShare: Fraction? { weight.flatMap { $0.value < 1 && !text.contains { "%％".contains($0) } ? $0 : nil } }

    /// Whether the header ends with a unit of something that is not a score: (min), (EUR), (kg).
    var hasUnit: Bool {
        guard let last = text.last, ")]】".contains(last), let start = text.lastIndex(where: { "([【".contains($0) }) else { return false }
        let inside = text[text.index(after: start)...].dropLast().lowercased()
        return Header.units.contains(NameNormalization.normalized(inside).replacing("%", with: "").replacing(" ", with: ""))
    }

    /// Whether the name is a unit: seconds.
    var isUnit: Bool { Header.units.contains(name.lowercased()) }

    private static let units: Set<String> = [
        "min", "mins", "minutes", "s", "sec", "secs", "seconds", "h", "hrs", "hours", "m", "km", "cm", "mm", "kg", "g", "lb", "lbs", "eur",
        "usd",
        "gbp", "€", "$", "£", "¥", "k€", "$k", "keur", "chf", "pln", "czk", "rub", "тыс.руб.", "руб", "years", "yrs", "year", "jahre",
        "anos", "años", "ans",
        "anni", "lat", "let", "лет", "мин", "сек", "vol", "°c", "分钟", "秒", "元", "万元", "万", "岁", "人", "厘米", "公斤", "歳", "円", "名", "원", "명",
        "세", "분",
        "months", "days", "weeks", "people", "personen", "mb", "kb", "px", "words", "pages",
    ]

    /// The words of the name.
    var words: HeaderWords { HeaderWords(name) }

    /// Takes a maximum or a weight off the end of a header.
    private static func split(_ text: String) -> (String, Fraction?, Fraction?) {
        let pairs: [Character: Character] = [")": "(", "]": "[", "】": "【"]
        if let last = text.last, let opening = pairs[last], let start = text.lastIndex(of: opening) {
            let inside = String(text[text.index(after: start)...].dropLast())
            let name = NameNormalization.normalized(String(text[..<start]))
            if !name.isEmpty, let amount = Amount(inside) { return (name, amount.maximum, amount.weight) }
            return (text, nil, nil)
        }
        // Without brackets: Design 50%, Taste /10, 创新性30分, 展示权重20%.
        guard let start = text.indices.last(where: { !isAmount(text[$0]) }).map(text.index(after:)), start < text.endIndex else {
            return (text, nil, nil)
        }
        let (front, tail) = (String(text[..<start]), NameNormalization.normalized(String(text[start...])))
        let name = NameNormalization.normalized(front)
        // 创新性 0.3, 创新性×0.3: less than a point is a share of the whole, not the most that can be given.
        if let share = Fraction(decimal: tail), (0..<1).contains(share.value), share.numerator > 0 {
            let bare = name.last.map { "x×*".contains($0) && name.count > 1 } ?? false ? String(name.dropLast()) : name
            return name.isEmpty ? (text, nil, nil) : (NameNormalization.normalized(bare), nil, share)
        }
        guard tail.hasSuffix("%") || tail.hasPrefix("/") || tail.hasSuffix("分"), tail.contains(where: \.isNumber), let amount = Amount(tail)
        else {
            return (text, nil, nil)
        }
        let stripped = ["权重", "占比", "满分", "weight", "max", "-", ":", "：", "–"].reduce(name) { name, word in
            name.lowercased().hasSuffix(word) && name.count > word.count
                ? NameNormalization.normalized(String(name.dropLast(word.count))) : name
        }
        return stripped.isEmpty ? (text, nil, nil) : (stripped, amount.maximum, amount.weight)
    }

    private static func isAmount(_ character: Character) -> Bool { character.isASCII && character.isNumber || "%./分 ".contains(character) }
}

/// What is in the brackets after a header's name.
private struct Amount {
    var maximum: Fraction?
    var weight: Fraction?

    /// The words that may accompany the number, the longest first: 満点 ends with 点.
    private static let words = [
        "满分", "滿分", "配分", "分值", "权重", "權重", "占比", "比重", "maximum", "max.", "max", "weighting", "weight", "gewicht", "gewichtung",
        "peso", "poids", "out of", "up to",
        "points", "point", "punkte", "puntos", "pontos", "punti", "баллов", "баллы", "балл", "pts", "pt", "marks", "of", "sur", "von",
        "de", "di", "van", "от", "до", "из", "z", "hochstens", "maximal", "maxi", "au plus", "como maximo", "massimo", "maks.", "maks",
        "점", "点", "點", "分", "до", ":", "：", "=", "/", " ", "vikt", "waga", "вес", "배점", "配点", "満点", "점만점", "만점", "bis", "hasta", "even",
    ].sorted { $0.count > $1.count }

    init?(_ text: String) {
        var inside = WordFolding.folded(NameNormalization.normalized(text))[...]
        var said: Set<String> = []
        while let word = Amount.words.first(where: { inside.hasPrefix($0) }) {
            said.insert(word)
            inside = inside.dropFirst(word.count)
        }
        while let word = Amount.words.first(where: { inside.hasSuffix($0) }) { inside = inside.dropLast(word.count) }
        if inside.hasSuffix("%"),
            let percent = Fraction(decimal: NameNormalization.normalized(String(inside.dropLast()).replacing(",", with: ".")))
        {
            guard percent.numerator > 0 else { return nil }
            let share = Fraction(percent.numerator, over: percent.denominator * 100)
            weight = share
            return
        }
        if let mark = inside.first, "x×*".contains(mark) || inside.last.map({ "x×".contains($0) }) ?? false {
            let digits = inside.filter { !"x×* ".contains($0) }
            guard let factor = Fraction(decimal: String(digits)), factor.numerator > 0 else { return nil }
            weight = factor
            return
        }
        let ends = inside.split(whereSeparator: { "-–~—".contains($0) }).map { NameNormalization.normalized(String($0)) }
        guard (1...2).contains(ends.count), let last = ends.last, let high = Fraction(decimal: last), high.numerator > 0,
            ends.count == 1 || Fraction(decimal: ends[0]) != nil
        else { return nil }
        if !said.isDisjoint(with: ["权重", "權重", "占比", "比重", "weight", "weighting", "gewicht", "peso", "poids", "waga", "вес"]),
            ends.count == 1
        {
            weight = high
        } else if ends.count == 1, high.value < 1 {
            weight = high
        } else {
            maximum = high
        }
    }
}
