/// A decimal number as it is written: `mantissa` / 10^`decimals`, or, when it has more digits than that can hold, the nearest Double.
enum Decimal: Equatable {
    case exact(mantissa: Int64, decimals: Int)
    case inexact(Double)
    /// `nan` or `inf`.
    case notFinite
    /// So large that a Double does not hold its last digits.
    case tooLarge
    case notANumber

    /// More decimals than any judge writes: a quotient that a spreadsheet wrote out.
    static let mostDecimals = 6
    /// No score is as large as this: the first power of ten above 2⁵³, from where on a Double does not hold every whole number.
    static let limit = 1e16

    /// Reads a field; the digits of a short one are taken from its word.
    @inline(__always)
    init(_ cell: FieldBatch.Cell, _ scanner: FieldScanner) {
        if cell.length > 0, cell.length <= 8, let short = Decimal(short: cell.word, cell.length) {
            self = short
        } else {
            self.init(UnsafeBufferPointer(start: scanner.base + cell.start, count: max(0, cell.length)))
        }
    }

    /// One to eight bytes: digits with at most one point among them, and nothing else.
    @inline(__always)
    private init?(short word: UInt64, _ length: Int) {
        // Marks the high bit of the first byte that is a point; marks above it may be false.
        let points = word ^ 0x2E2E_2E2E_2E2E_2E2E
        let marks = (points &- 0x0101_0101_0101_0101) & ~points & 0x8080_8080_8080_8080
        var (digits, count, decimals) = (word, length, 0)
        if marks != 0 {
            let before = (1 &<< UInt64(truncatingIfNeeded: marks.trailingZeroBitCount & 0x38)) &- 1
            digits = word & before | (word >> 8) & ~before
            (count, decimals) = (length &- 1, length &- 1 &- marks.trailingZeroBitCount >> 3)
        }
        guard count > 0, decimals <= Decimal.mostDecimals else { return nil }
        let shift = UInt64(truncatingIfNeeded: 8 &* (8 &- count))
        let padded = digits &<< shift | (EightDigits.zeros >> 8) &>> (56 &- shift)
        guard let mantissa = EightDigits.value(padded) else { return nil }
        self = .exact(mantissa: Int64(mantissa), decimals: decimals)
    }

    /// Reads digits with an optional sign, point and exponent; spaces around them are allowed.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        var (mantissa, decimals, digits, seenPoint) = (Int64(0), 0, 0, false)
        var position = 0
        let negative = text.first == 0x2D
        if negative || text.first == 0x2B { position = 1 }
        while position < text.count {
            let byte = text[position]
            let digit = byte &- 0x30
            if digit < 10 {
                digits += 1
                guard digits < 18 else { break }
                mantissa = mantissa &* 10 &+ Int64(digit)
                if seenPoint { decimals += 1 }
            } else if byte == 0x2E, !seenPoint {
                seenPoint = true
            } else {
                break
            }
            position += 1
        }
        if position == text.count, digits > 0 {
            self = Decimal.reduced(negative ? -mantissa : mantissa, decimals)
        } else {
            self = Decimal.general(text)
        }
    }

    @inline(__always)
    private static func reduced(_ mantissa: Int64, _ decimals: Int) -> Decimal {
        if decimals <= mostDecimals, mantissa.magnitude < 1 << 53 { return .exact(mantissa: mantissa, decimals: decimals) }
        var (mantissa, decimals) = (mantissa, decimals)
        while decimals > 0, mantissa % 10 == 0 { (mantissa, decimals) = (mantissa / 10, decimals - 1) }
        if decimals <= mostDecimals, mantissa.magnitude < 1 << 53 { return .exact(mantissa: mantissa, decimals: decimals) }
        return .inexact(Double("\(mantissa)e-\(decimals)") ?? 0)
    }

    /// What the quick way could not read: white space, an exponent, many digits, or no number at all.
    private static func general(_ text: UnsafeBufferPointer<UInt8>) -> Decimal {
        let trimmed = FieldScanner.trimmed(text, unescaping: false)
        let string = String(decoding: trimmed, as: UTF8.self)
        let allowed = trimmed.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        guard allowed, let value = Double(string) else {
            return isNotFinite(string) ? .notFinite : .notANumber
        }
        guard value.magnitude < limit else { return .tooLarge }
        if value.rounded() == value, value.magnitude < 0x1p53 { return .exact(mantissa: Int64(value), decimals: 0) }
        // Without the white space, or with the exponent carried out (8.85E+01), it may be a plain decimal.
        let plain = trimmed.contains { $0 | 0x20 == 0x65 } ? Array(value.description.utf8) : trimmed
        let isNew = plain.count < text.count || plain != trimmed
        return isNew && !plain.contains(0x65) ? plain.withUnsafeBufferPointer { Decimal($0) } : .inexact(value)
    }

    private static func isNotFinite(_ string: String) -> Bool {
        let word = string.lowercased().drop { $0 == "-" || $0 == "+" }
        return ["nan", "inf", "infinity", "#num!", "#div/0!"].contains(String(word))
    }
}
