/// What a number of a workbook is, as the format of its cell shows it.
enum ValueForm: Sendable, Equatable {
    case number
    case percentage
    /// Yes or no, which some programs write as a number that is shown as one of two words.
    case truth
    /// A day, perhaps with a time.
    case date
    /// A time of day; `decimals` of its seconds are shown.
    case time(decimals: Int)
    /// Hours, minutes or seconds that go on beyond a day.
    case duration(decimals: Int)

    /// The form of a format that programs know by its number alone; number for every other.
    init(builtIn id: Int) {
        switch id {
        case 9, 10: self = .percentage
        case 14...17, 22: self = .date
        case 18...21, 32, 33, 45: self = .time(decimals: 0)
        case 46: self = .duration(decimals: 0)
        case 47: self = .time(decimals: 1)
        // Dates of Chinese, Japanese and Korean programs; where some of them show a time instead, the value has no days.
        case 27...36, 50...58: self = .date
        default: self = .number
        }
    }

    /// The form of a format code such as `yyyy"年"m"月"d"日"`, `[h]:mm` or `0.0%`: of its first section, which positive numbers take.
    init(code: [UInt8]) {
        if code.elementsEqual("\"TRUE\";\"TRUE\";\"FALSE\"".utf8) {
            self = .truth
            return
        }
        var code = FormatCode(code)
        code.readSection()
        self = code.form
    }
}

/// One section of a format code on its way to a form.
private struct FormatCode {
    private let bytes: [UInt8]
    private var position = 0
    /// The letters of dates and times in their order, each run of one letter once.
    private var letters: [UInt8] = []
    private var (isElapsed, hasPercent, hasDigits, decimals) = (false, false, false, 0)
    private var hasMonthName = false

    /// Longer codes than programs accept say no more.
    private static let longest = 512

    init(_ bytes: [UInt8]) { self.bytes = bytes.prefix(FormatCode.longest).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }

    var form: ValueForm {
        // "0.0 s" is a number with a word after it.
        if hasDigits { return hasPercent ? .percentage : .number }
        let isTime = letters.contains(UInt8(ascii: "h")) || letters.contains(UInt8(ascii: "s"))
        if isElapsed { return .duration(decimals: decimals) }
        if letters.contains(where: { "dyegb".utf8.contains($0) }) || hasMonthName { return .date }
        if isTime { return .time(decimals: decimals) }
        // Without hours or seconds next to it, m is a month.
        if letters.contains(UInt8(ascii: "m")) { return .date }
        return hasPercent ? .percentage : .number
    }

    mutating func readSection() {
        while position < bytes.count, bytes[position] != UInt8(ascii: ";") {
            switch bytes[position] {
            case UInt8(ascii: "\""): position = end(of: UInt8(ascii: "\""))
            case UInt8(ascii: "["): readBracket()
            // The next character stands for itself, for its width, or for what fills the cell.
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"), UInt8(ascii: "!"): position += 2
            case UInt8(ascii: "%"): (hasPercent, position) = (true, position + 1)
            case UInt8(ascii: "0"), UInt8(ascii: "#"), UInt8(ascii: "?"): readDigits()
            case UInt8(ascii: "a")...UInt8(ascii: "z"): readLetters()
            default: position += 1
            }
        }
    }

    /// The position after the next `mark`, or the end.
    private func end(of mark: UInt8) -> Int { bytes[(position + 1)...].firstIndex(of: mark).map { $0 + 1 } ?? bytes.count }

    /// `[h]` and its like go on beyond a day; a colour, a condition or a language says nothing of the form.
    private mutating func readBracket() {
        let behind = end(of: UInt8(ascii: "]"))
        let content = bytes[(position + 1)..<behind].filter { $0 != UInt8(ascii: "]") }
        position = behind
        guard let first = content.first, "hms".utf8.contains(first), content.allSatisfy({ $0 == first }) else { return }
        isElapsed = true
        letters.append(first)
    }

    /// Digits after seconds are their decimals; elsewhere they make the format one of numbers.
    private mutating func readDigits() {
        let count = bytes[position...].prefix { $0 == UInt8(ascii: "0") }.count
        if letters.last == UInt8(ascii: "s"), position > 0, bytes[position - 1] == UInt8(ascii: "."), count > 0 {
            (decimals, position) = (min(count, 3), position + count)
        } else {
            (hasDigits, position) = (true, position + 1)
        }
    }

    private mutating func readLetters() {
        // G/通用格式 is what Chinese programs call the general format.
        for word in ["general", "g/", "am/pm", "a/p"] where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return
        }
        let letter = bytes[position]
        let count = bytes[position...].prefix { $0 == letter }.count
        position += count
        // 1.5E+03
        if letter == UInt8(ascii: "e"), position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
        {
            return
        }
        // The day of the week in Chinese and Japanese programs.
        if letter == UInt8(ascii: "a"), count >= 3 { letters.append(UInt8(ascii: "d")) }
        if letter == UInt8(ascii: "m"), count >= 3 { hasMonthName = true }
        if "dmyhsegb".utf8.contains(letter) { letters.append(letter) }
    }
}
