/// A number of a workbook as a person typed it: workbooks hold the nearest binary fraction written out, 88.349999999999994 for 88.35.
enum TypedNumber {
    /// What spreadsheet programs show and keep of a number that is typed.
    private static let digits = 15
    /// Beyond these many places before the point, or zeros after it, an exponent is easier to read.
    private static let (mostBefore, mostZeros) = (21, 15)

    /// The decimal of at most 15 digits; the text itself when it is not a number.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        if isPlain(bytes) { return bytes }
        guard let number = parsed(bytes) else { return bytes }
        return layOut(number)
    }

    /// The share of 100 that a number below a percent format shows: 0.855 is 85.5%; `nil` when it is not a number.
    static func percentage(_ bytes: [UInt8]) -> [UInt8]? {
        guard var number = parsed(bytes) else { return nil }
        number.point += 2
        return layOut(number) + [0x25]
    }

    /// Digits, perhaps with a point among them, that are short and have no needless zero.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        var point: Int?
        for (position, byte) in bytes.enumerated() {
            if byte == 0x2E, point == nil { point = position } else if byte &- 0x30 > 9 { return false }
        }
        guard let first = bytes.first, let last = bytes.last, bytes.count <= digits else { return false }
        if point == nil { return first != 0x30 || bytes.count == 1 }
        return last != 0x2E && last != 0x30 && first != 0x2E && (first != 0x30 || point == 1)
    }

    private struct Number {
        var isNegative = false
        /// Without zeros at either end.
        var digits: [UInt8] = []
        /// How many digits are before the point; below 0 there are zeros after it.
        var point = 0
    }

    private static func parsed(_ bytes: [UInt8]) -> Number? {
        var (number, rest) = (Number(), bytes[...])
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 | 0x20 == 0x65 }) {
            // More than five digits do not fit any number.
            guard let value = Int(String(decoding: rest[(mark + 1)...], as: UTF8.self)), value.magnitude < 100_000 else { return nil }
            (exponent, rest) = (value, rest[..<mark])
        }
        if let sign = rest.first, sign == 0x2B || sign == 0x2D {
            number.isNegative = sign == 0x2D
            rest.removeFirst()
        }
        var point: Int?
        for byte in rest {
            if byte == 0x2E, point == nil {
                point = number.digits.count
            } else if byte &- 0x30 < 10 {
                number.digits.append(byte)
            } else {
                return nil
            }
        }
        guard !number.digits.isEmpty else { return nil }
        number.point = (point ?? number.digits.count) + exponent
        return rounded(number)
    }

    private static func rounded(_ number: Number) -> Number {
        var number = number
        let zeros = number.digits.prefix { $0 == 0x30 }.count
        number.digits.removeFirst(zeros)
        number.point -= zeros
        if number.digits.count > digits {
            let isUp = number.digits[digits] >= 0x35
            number.digits.removeLast(number.digits.count - digits)
            if isUp {
                while number.digits.last == 0x39 { number.digits.removeLast() }
                if let last = number.digits.popLast() {
                    number.digits.append(last + 1)
                } else {
                    number.digits = [0x31]
                    number.point += 1
                }
            }
        }
        while number.digits.last == 0x30 { number.digits.removeLast() }
        return number
    }

    private static func layOut(_ number: Number) -> [UInt8] {
        guard !number.digits.isEmpty else { return [0x30] }
        let sign: [UInt8] = number.isNegative ? [0x2D] : []
        if number.point > mostBefore || number.point < -mostZeros {
            let tail = number.digits.count > 1 ? [0x2E] + number.digits.dropFirst() : []
            return sign + number.digits.prefix(1) + tail + Array("e\(number.point - 1)".utf8)
        }
        if number.point <= 0 { return sign + [0x30, 0x2E] + [UInt8](repeating: 0x30, count: -number.point) + number.digits }
        let missing = max(0, number.point - number.digits.count)
        let whole = number.digits.prefix(number.point) + [UInt8](repeating: 0x30, count: missing)
        let rest = number.digits.dropFirst(number.point)
        return sign + whole + (rest.isEmpty ? [] : [0x2E] + rest)
    }
}
