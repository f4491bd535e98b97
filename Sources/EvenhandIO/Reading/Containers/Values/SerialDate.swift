/// Days since the beginning of a workbook's calendar, with the time as the fraction of a day.
struct SerialDate {
    /// The day that a workbook counts from.
    enum Epoch: Sendable { case of1900, of1904 }

    private static let secondsOfDay = 86400
    /// The last day of the year 9999, which programs show no later days than.
    private static let lastDay = 2_958_465

    private let value: Double
    private let epoch: Epoch

    /// `nil` for a number that is not a day.
    init?(_ text: [UInt8], epoch: Epoch) {
        guard let value = Double(String(decoding: text, as: UTF8.self)), value >= 0, value < Double(SerialDate.lastDay + 1) else {
            return nil
        }
        (self.value, self.epoch) = (value, epoch)
    }

    /// The text of the value in the form of its cell; `nil` when the form is none of dates and times.
    func text(as form: ValueForm) -> String? {
        switch form {
        case .number, .percentage, .truth: return nil
        // Below one day there is only a time.
        case .date: return value < 1 ? time(decimals: 0, isWholeDay: true) : dateText
        case .time(let decimals): return time(decimals: decimals, isWholeDay: true)
        case .duration(let decimals): return time(decimals: decimals, isWholeDay: false)
        }
    }

    private var dateText: String {
        let seconds = Int((value * Double(SerialDate.secondsOfDay)).rounded())
        let date = day(seconds / SerialDate.secondsOfDay)
        let rest = seconds % SerialDate.secondsOfDay
        return rest == 0 ? date : date + " " + ClockText.text(seconds: rest, always: true)
    }

    /// `2026-05-09`. 1900 has a 29th of February here, which the first of these programs believed in and all others had to.
    private func day(_ number: Int) -> String {
        switch epoch {
        case .of1904: return ClockText.date(daysSince1970: number - 24107)
        case .of1900:
            if number == 60 { return "1900-02-29" }
            return ClockText.date(daysSince1970: number - (number < 60 ? 25568 : 25569))
        }
    }

    private func time(decimals: Int, isWholeDay: Bool) -> String {
        let scale = [1, 10, 100, 1000][min(decimals, 3)]
        let day = isWholeDay ? value - value.rounded(.down) : value
        var ticks = Int((day * Double(SerialDate.secondsOfDay * scale)).rounded())
        if isWholeDay { ticks %= SerialDate.secondsOfDay * scale }
        let text = ClockText.text(seconds: ticks / scale, always: !isWholeDay || ticks % scale > 0)
        guard ticks % scale > 0 else { return text }
        let fraction = String(ticks % scale)
        return text + "." + String(repeating: "0", count: min(decimals, 3) - fraction.count) + fraction
    }
}
