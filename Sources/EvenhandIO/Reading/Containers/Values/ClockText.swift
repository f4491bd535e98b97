/// Dates and times as the grid writes them.
enum ClockText {
    /// `10:15`, or `10:15:30` where there are seconds, or always.
    static func text(seconds: Int, always: Bool) -> String {
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        return parts.prefix(always || parts[2] > 0 ? 3 : 2).map(twoDigits).joined(separator: ":")
    }

    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The Gregorian date of a day, by eras of 400 years that begin in March, so that the leap day comes last.
    static func date(daysSince1970 days: Int) -> String {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + twoDigits(month) + "-" + twoDigits(day)
    }
}

extension ClockText {
    /// A date or time in ISO 8601, `2026-05-09T10:09:24.000Z`, as the grid writes it; `nil` when it is none.
    static func text(iso bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        if rest.last == UInt8(ascii: "Z") { rest.removeLast() }
        let halves = rest.split(separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = halves.first else { return nil }
        if halves.count == 1, isShaped(first, like: "0000-00-00") { return String(decoding: first, as: UTF8.self) }
        let clock = halves.count == 2 ? halves[1] : first
        // Fractions of a second are what a computer's clock adds.
        let whole = clock.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ",") }
        guard isShaped(whole, like: "00:00:00") || isShaped(whole, like: "00:00") else { return nil }
        let time = String(decoding: whole, as: UTF8.self)
        let full = time.utf8.count == 5 ? time + ":00" : time
        if halves.count == 1 || first.isEmpty { return full.hasSuffix(":00") ? String(full.dropLast(3)) : full }
        guard isShaped(first, like: "0000-00-00") else { return nil }
        let date = String(decoding: first, as: UTF8.self)
        return full == "00:00:00" ? date : date + " " + full
    }

    private static func isShaped(_ text: ArraySlice<UInt8>, like shape: StaticString) -> Bool {
        let pattern = UnsafeBufferPointer(start: shape.utf8Start, count: shape.utf8CodeUnitCount)
        return text.count == pattern.count && zip(text, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? $0 &- 0x30 < 10 : $0 == $1 }
    }
}
