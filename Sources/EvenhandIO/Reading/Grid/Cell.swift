/// What one cell of a sheet holds, inferred from the form of its text: workbooks bring their dates and percentages to the same forms.
enum Cell: Equatable, Sendable {
    case empty
    case number(CellNumber)
    /// Of 100: `90 %` is 90.
    case percentage(CellNumber)
    case date
    /// A time of day or a duration.
    case time
    case yesNo
    /// `#REF!`: a formula that failed.
    case error
    /// A word for a score that is not there.
    case missing(MissingKind)
    /// A number whose comma or point could mean two things.
    case unclearNumber
    case text

    /// - Parameter hasDecimalComma: whether a comma stands for the decimal point, as in files that are separated by semicolons.
    init(_ text: String, hasDecimalComma: Bool) {
        if text.isEmpty {
            self = .empty
            return
        }
        switch ScoreText(text, hasDecimalComma: hasDecimalComma) {
        case .number(let digits, _): self = CellNumber(digits).map(Cell.number) ?? .text
        case .percentage(let digits): self = CellNumber(digits).map(Cell.percentage) ?? .text
        case .missing(let kind): self = kind == .empty ? .empty : .missing(kind)
        case .thousands, .decimalComma: self = .unclearNumber
        case .other: self = Cell(otherText: NameNormalization.normalized(text))
        }
    }

    private init(otherText text: String) {
        if text.hasPrefix("#"), Cell.errors.contains(text.uppercased()) {
            self = .error
        } else if ["true", "false", "yes", "no", "是", "否", "ja", "nein", "oui", "non", "да", "예", "아니오", "はい", "いいえ"].contains(
            text.lowercased())
        {
            self = .yesNo
        } else if DateForm.isDate(text) {
            self = .date
        } else if DateForm.isTime(text) {
            self = .time
        } else {
            self = .text
        }
    }

    private static let errors: Set<String> = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!"]

    /// The number in the cell; a percentage in hundredths.
    var number: CellNumber? {
        switch self {
        case .number(let number), .percentage(let number): number
        default: nil
        }
    }
}

/// A number as it is written.
struct CellNumber: Equatable, Sendable {
    /// A whole number of millionths, if it is one.
    let millionths: Int128?
    let value: Double
    /// How many decimals were written.
    let decimals: Int

    static let one: Int128 = 1_000_000

    init?(_ text: String) {
        switch Decimal(text: text) {
        case .exact(let mantissa, let decimals):
            let scale = (decimals..<Decimal.mostDecimals).reduce(Int64(1)) { power, _ in power * 10 }
            // The Double is made of Int64: from Int128 it took more than a quarter of a run with a wide sheet.
            let value = Double(mantissa) / Double(Int64(CellNumber.one) / scale)
            self.init(millionths: Int128(mantissa) * Int128(scale), value: value, decimals: decimals)
        case .inexact(let value): self.init(millionths: nil, value: value, decimals: 15)
        case .tooLarge, .notFinite, .notANumber: return nil
        }
    }

    init(millionths: Int128?, value: Double, decimals: Int) {
        (self.millionths, self.value, self.decimals) = (millionths, value, decimals)
    }

    var isWhole: Bool { value.rounded() == value }
}

/// The forms in which people and programs write dates and times.
enum DateForm {
    /// 2026-05-01 10:03, 2026.5.1, 5/1/2026, 2026年5月1日, May 1, 2026; with a time after it or without.
    static func isDate(_ text: String) -> Bool {
        let parts = pieces(of: text)
        guard parts.count >= 3 else { return false }
        if isNumericDate(parts) { return true }
        // A month by its name, a day and perhaps a year: May 9 2026, 9 May 2026, 9. Mai 2026.
        let words = parts.prefix(4).compactMap { if case .word(let word) = $0 { word } else { nil } }
        let numbers = parts.prefix(7).compactMap { if case .number(let value, _) = $0 { value } else { nil } }
        return words.contains { months.contains(String($0.prefix(3))) } && numbers.contains { (1900...2199).contains($0) }
            && numbers.contains { (1...31).contains($0) } && parts.count <= 12
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai", "okt", "dez", "mrz", "mär", "ene", "abr",
        "ago", "dic", "fév", "avr", "aoû", "déc", "mei", "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    ]

    private static func isNumericDate(_ parts: [Piece]) -> Bool {
        guard parts.count >= 5, case .number(let first, let firstDigits) = parts[0], case .sign(let one) = parts[1],
            case .number(let second, _) = parts[2], case .sign(let two) = parts[3], case .number(let third, let thirdDigits) = parts[4]
        else { return false }
        let isYearFirst = firstDigits == 4 && (1800...2199).contains(first) && (1...12).contains(second) && (1...31).contains(third)
        if one == "年", two == "月" || two == "." { return isYearFirst || (1...12).contains(second) }
        guard one == two, "-/.".contains(one) else { return false }
        if parts.count > 5, case .sign(let mark) = parts[5], mark == one, one == "." || one == "/" { return false }
        let isYearLast = thirdDigits == 4 && (1800...2199).contains(third)
        let isShortYear = thirdDigits == 2 && one != "-"
        let isDayAndMonth = (1...31).contains(first) && (1...31).contains(second) && (first <= 12 || second <= 12)
        return isYearFirst || (isYearLast || isShortYear) && isDayAndMonth
    }

    /// 10:03, 10:03:20, 10:03 AM, 26:03:00, 10:03-10:15.
    static func isTime(_ text: String) -> Bool {
        let parts = pieces(of: text)
        guard parts.count >= 3, case .number = parts[0], case .sign(":") = parts[1], case .number(let minutes, let digits) = parts[2],
            digits == 2,
            minutes < 60
        else { return false }
        return parts.dropFirst(3).allSatisfy {
            switch $0 {
            case .number: true
            case .sign(let sign): ":.-–+~".contains(sign)
            case .word(let word): ["am", "pm", "a", "m", "p", "uhr", "h", "gmt", "utc", "z", "cet"].contains(word)
            }
        }
    }

    private enum Piece {
        case number(Int, digits: Int)
        case word(String)
        case sign(Character)
    }

    private static func pieces(of text: String) -> [Piece] {
        guard text.utf8.count <= 64 else { return [] }
        var (parts, digits, letters) = ([Piece](), "", "")
        func close() {
            if let value = Int(digits) { parts.append(.number(value, digits: digits.count)) }
            if !letters.isEmpty { parts.append(.word(letters.lowercased())) }
            (digits, letters) = ("", "")
        }
        for character in text {
            if character.isASCII, character.isNumber {
                if !letters.isEmpty { close() }
                digits.append(character)
            } else if character.isLetter, !"年月日时分秒".contains(character) {
                if !digits.isEmpty { close() }
                letters.append(character)
            } else {
                close()
                if character != " ", character != "," { parts.append(.sign(character)) }
            }
        }
        close()
        return parts
    }
}
