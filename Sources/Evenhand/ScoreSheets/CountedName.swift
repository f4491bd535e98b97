/// The name of a heat or stage as people read it: words and numbers, so that 第2场 comes before 第10场, and 第二场 and 第2场 are one name.
///
/// Numbers may be written in digits of any width or in Chinese; 第 before a number, white space and case do not count.
struct CountedName: Hashable {
    private enum Token: Hashable {
        case number(Int)
        case text(String)
    }

    private let tokens: [Token]

    init(_ name: String) {
        let scalars = Array(name.unicodeScalars)
        var (tokens, text, position) = ([Token](), String.UnicodeScalarView(), 0)
        while position < scalars.count {
            guard let (value, end) = CountedName.number(in: scalars, at: position) else {
                if !scalars[position].properties.isWhitespace { text.append(scalars[position]) }
                position += 1
                continue
            }
            if text.last == "第" { text.removeLast() }
            if !text.isEmpty { tokens.append(.text(String(text).lowercased())) }
            tokens.append(.number(value))
            (text, position) = (String.UnicodeScalarView(), end)
        }
        if !text.isEmpty { tokens.append(.text(String(text).lowercased())) }
        self.tokens = tokens
    }

    /// The number of a name that is a number and perhaps one of some words: 2, 第2阶段, Stage 2.
    func number(beside words: Set<String>) -> Int? {
        var number: Int?
        for token in tokens {
            switch token {
            case .number(let value):
                if number != nil { return nil }
                number = value
            case .text(let text): if !words.contains(text) { return nil }
            }
        }
        return number
    }

    /// The text before the first number, or all of it.
    var beginning: String {
        guard case .text(let text)? = tokens.first else { return "" }
        return text
    }

    /// Below, at or above zero when `a` comes before `b`, has the same words and numbers, or comes after it; numbers come before words.
    static func order(_ a: CountedName, _ b: CountedName) -> Int {
        for (x, y) in zip(a.tokens, b.tokens) where x != y {
            switch (x, y) {
            case (.number(let x), .number(let y)): return x < y ? -1 : 1
            case (.number, .text): return -1
            case (.text, .number): return 1
            case (.text(let x), .text(let y)): return Factor.order(x, y)
            }
        }
        return a.tokens.count - b.tokens.count
    }

    /// The number that begins at an index, and where it ends.
    private static func number(in scalars: [Unicode.Scalar], at start: Int) -> (value: Int, end: Int)? {
        var (end, digits) = (start, [Int]())
        while end < scalars.count, let digit = digit(scalars[end]) {
            digits.append(digit)
            end += 1
        }
        if !digits.isEmpty { return digits.count <= 18 ? (digits.reduce(0) { 10 * $0 + $1 }, end) : nil }
        return chinese(in: scalars, at: start)
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        guard scalar.properties.numericType == .decimal else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    private static let chineseDigits: [Unicode.Scalar: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let chinesePowers: [Unicode.Scalar: Int] = ["十": 10, "百": 100]

    /// 十二 is 12, 二十 20, 一百零三 103, 二〇二四 2024.
    private static func chinese(in scalars: [Unicode.Scalar], at start: Int) -> (value: Int, end: Int)? {
        var (end, sum, last) = (start, 0, Int?.none)
        while end < scalars.count, end - start < 9 {
            if let digit = chineseDigits[scalars[end]] {
                last = 10 * (last ?? 0) + digit
            } else if let power = chinesePowers[scalars[end]] {
                (sum, last) = (sum + (last ?? 1) * power, nil)
            } else {
                break
            }
            end += 1
        }
        return end > start ? (sum + (last ?? 0), end) : nil
    }
}

extension CountedName {
    /// Names as people count, each once.
    static func sorted(_ names: some Sequence<String>) -> [String] {
        Set(names).map { (CountedName($0), $0) }.sorted { a, b in
            let order = order(a.0, b.0)
            return order != 0 ? order < 0 : Factor.precedes(a.1, b.1)
        }.map(\.1)
    }

    /// The positions of a name among others: where it is, or else where it is in another form.
    static func positions(of name: String, among names: [String?]) -> [Int] {
        let exact = names.indices.filter { names[$0] == name }
        if !exact.isEmpty { return exact }
        let wanted = CountedName(name)
        let same = names.indices.filter { names[$0].map { CountedName($0) == wanted } ?? false }
        // Two names that differ only in form are two names.
        return Set(same.map { names[$0] }).count == 1 ? same : []
    }
}

extension Heat {
    /// Heats in canonical order, as people count: by stage, then by name, a missing name first; each once.
    package static func sorted(_ heats: Set<Heat>) -> [Heat] {
        heats.map { (stage: CountedName($0.stage ?? ""), name: CountedName($0.name ?? ""), heat: $0) }.sorted { a, b in
            if a.heat.stage != b.heat.stage {
                let order = CountedName.order(a.stage, b.stage)
                return order != 0 ? order < 0 : Factor.precedes(a.heat.stage ?? "", b.heat.stage ?? "")
            }
            let order = CountedName.order(a.name, b.name)
            return order != 0 ? order < 0 : Factor.precedes(a.heat.name ?? "", b.heat.name ?? "")
        }.map(\.heat)
    }
}
