/// Why a score is missing, as the sheet says it.
public enum MissingKind: String, Sendable, CaseIterable {
    /// Nothing is there.
    case empty
    /// A dash or a stroke.
    case dash
    /// The judge was absent.
    case absent
    /// The judge abstained.
    case abstained
    /// The judge stepped back for a conflict of interest.
    case conflict
    /// Not available.
    case notAvailable = "not-available"

    /// The texts of each kind, in lower case.
    var texts: [String] {
        switch self {
        case .empty: [""]
        case .dash: ["-", "--", "---", "–", "—", "——", "/", "\\", "×", "x", "✗", "✕", "*", "…", "...", "n/v"]
        case .absent: ["absent", "缺席", "缺考", "未到"]
        case .abstained: ["abstain", "abstained", "弃权"]
        case .conflict: ["conflict", "recused", "回避"]
        case .notAvailable: ["na", "n/a", "#n/a", "null"]
        }
    }

    private static let kinds = Dictionary(allCases.flatMap { kind in kind.texts.map { ($0, kind) } }) { first, _ in first }

    /// The kind that a normalised text means.
    init?(_ text: String) {
        if let kind = MissingKind.kinds[text.lowercased()] {
            self = kind
            return
        }
        // Words of other languages; those who write sentences mean something else.
        guard text.utf8.count <= 48, text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        let words = HeaderWords(text)
        guard !words.sequence.isEmpty, words.sequence.allSatisfy({ $0.concepts.contains(.missing) }) else { return nil }
        self = .notAvailable
    }
}

/// What is in the cell of a score.
enum ScoreText: Equatable {
    /// A number in plain digits; `change` says what had to be done to it.
    case number(String, change: Reading.Change.Reason?)
    case missing(MissingKind)
    /// The digits before a percent sign.
    case percentage(String)
    /// 1,234.5: what the comma means cannot be known.
    case thousands
    /// 88,5 where commas separate columns.
    case decimalComma
    /// No number; the reader of rows reports it.
    case other(String)

    /// Reads the text of a cell.
    ///
    /// - Parameter hasDecimalComma: whether a comma stands for the decimal point, as in files that are separated by semicolons.
    init(_ text: String, hasDecimalComma: Bool) {
        if ScoreText.isPlain(text) {
            self = .number(text, change: nil)
            return
        }
        let normalized = ScoreText.withPlainMinus(NameNormalization.normalized(text))
        if let kind = MissingKind(normalized) {
            self = .missing(kind)
        } else if ScoreText.isNumber(normalized) {
            self = .number(normalized, change: normalized == text ? nil : ScoreText.trimmed(text) == normalized ? .trimmed : .normalized)
        } else if let digits = ScoreText.percentage(normalized, hasDecimalComma: hasDecimalComma) {
            self = .percentage(digits)
        } else if ScoreText.isGrouped(normalized, by: hasDecimalComma ? ". '" : ", '", point: hasDecimalComma ? "," : ".") {
            self = .thousands
        } else if normalized.filter({ $0 == "," }).count == 1, !normalized.contains("."),
            case let pointed = String(normalized.map { $0 == "," ? "." : $0 }), ScoreText.isNumber(pointed)
        {
            self = hasDecimalComma ? .number(pointed, change: .decimalComma) : .decimalComma
        } else {
            self = .other(text)
        }
    }

    /// Digits with at most one point after the first: 2026.5.1 is a date.
    static func isPlain(_ text: String) -> Bool {
        var points = 0
        for byte in text.utf8 {
            if byte == 0x2E { points += 1 } else if byte &- 0x30 > 9 { return false }
        }
        return points <= 1 && text.utf8.first.map { $0 != 0x2E } ?? false
    }

    /// The minus sign of typesetters and the dash in its place, before a digit.
    private static func withPlainMinus(_ text: String) -> String {
        guard let first = text.first, "−–".contains(first), text.dropFirst().first.map({ $0.isASCII && $0.isNumber }) ?? false else {
            return text
        }
        return "-" + text.dropFirst()
    }

    /// The digits before a word for points: 9分, -5 points.
    static func digits(beforePoints text: String) -> String? {
        let normalized = withPlainMinus(NameNormalization.normalized(text))
        guard let unit = points.first(where: { normalized.lowercased().hasSuffix($0) }) else { return nil }
        let digits = NameNormalization.normalized(String(normalized.dropLast(unit.count)))
        return isNumber(digits) ? digits : nil
    }

    /// Words for points, the longest first.
    static let points = ["points", "punkte", "puntos", "pontos", "punti", "point", "punkt", "pts", "pt", "分", "点", "點", "점"]

    private static func percentage(_ text: String, hasDecimalComma: Bool) -> String? {
        guard text.hasSuffix("%") else { return nil }
        let digits = NameNormalization.normalized(String(text.dropLast()))
        if isNumber(digits) { return digits }
        let pointed = String(digits.map { $0 == "," ? "." : $0 })
        return digits.filter { $0 == "," }.count == 1 && hasDecimalComma && isNumber(pointed) ? pointed : nil
    }

    private static func isNumber(_ text: String) -> Bool {
        switch Decimal(text: text) {
        case .exact, .inexact, .tooLarge, .notFinite: true
        case .notANumber: false
        }
    }

    private static func trimmed(_ text: String) -> String {
        Array(text.utf8).withUnsafeBufferPointer { String(decoding: FieldScanner.trimmed($0, unescaping: false), as: UTF8.self) }
    }

    /// Digits in groups of three, as in 1,234,567.8.
    private static func isGrouped(_ text: String, by marks: String, point: Character) -> Bool {
        let parts = text.split(separator: point, omittingEmptySubsequences: false)
        let isDigits: (Substring) -> Bool = { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard parts.count <= 2, parts.count == 1 || isDigits(parts[1]), let whole = parts.first else { return false }
        for mark in marks {
            let groups = whole.drop { $0 == "-" || $0 == "+" }.split(separator: mark, omittingEmptySubsequences: false)
            guard groups.count > 1, groups.allSatisfy(isDigits), let first = groups.first else { continue }
            if first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) { return true }
        }
        return false
    }
}

extension Decimal {
    /// Reads a text.
    init(text: String) {
        self = Array(text.utf8).withUnsafeBufferPointer { Decimal($0) }
    }
}
