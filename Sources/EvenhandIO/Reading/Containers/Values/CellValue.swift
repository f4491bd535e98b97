/// The text of a number in the form that its cell shows it in, which text files and workbooks have in common.
enum CellValue {
    /// 88.35, 90%, 2026-05-09 10:09:24, 10:15 or 26:03:00; the text itself when it is not a number.
    static func text(_ bytes: [UInt8], as form: ValueForm, epoch: SerialDate.Epoch) -> [UInt8] {
        switch form {
        case .number: break
        case .truth: return Array(TypedNumber.text(bytes) == [0x30] ? "FALSE".utf8 : "TRUE".utf8)
        case .percentage: if let share = TypedNumber.percentage(bytes) { return share }
        case .date, .time, .duration:
            if let text = SerialDate(bytes, epoch: epoch)?.text(as: form) { return Array(text.utf8) }
        }
        return TypedNumber.text(bytes)
    }
}
