import Evenhand

/// Numbers as text.
public enum NumberFormat {
    /// `decimals` places, half up in decimal: the shortest decimal that reads back as the number is rounded, so that 2.675 becomes 2.68.
    ///
    /// A negative number that rounds to zero loses its sign.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "-∞" : "∞" }
        var (digits, point) = shortestDigits(value.magnitude)
        // Digit `keep` is the first to go; half up looks at it alone.
        let keep = point + decimals
        if keep < 0 {
            digits = []
        } else if keep < digits.count {
            // Half up is toward zero for a negative half.
            let isHalf = digits[keep] == 5 && digits.count == keep + 1
            let roundsUp = digits[keep] >= 5 && !(isHalf && value < 0)
            digits.removeLast(digits.count - keep)
            if roundsUp { carry(&digits, &point) }
        }
        let isZero = digits.allSatisfy { $0 == 0 }
        return (value < 0 && !isZero ? "-" : "") + layOut(digits, point: point, decimals: decimals)
    }

    /// So many digits and a power of ten, half up in decimal: 1.3e-21.
    public static func scientific(_ value: Double, digits count: Int) -> String {
        guard value.isFinite, value != 0, count > 0 else { return fixed(value, decimals: 0) }
        var (digits, point) = shortestDigits(value.magnitude)
        if digits.count > count {
            let roundsUp = digits[count] >= 5
            digits.removeLast(digits.count - count)
            if roundsUp { carry(&digits, &point) }
        }
        let text = layOut(digits, point: 1, decimals: count - 1)
        return (value < 0 ? "-" : "") + text + (point == 1 ? "" : "e\(point - 1)")
    }

    /// The shortest decimal that reads back as the same Double.
    public static func shortest(_ value: Double) -> String {
        var buffer = TextBuffer(capacity: TextBuffer.longestNumber)
        buffer.append(shortest: value)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private static func carry(_ digits: inout [UInt8], _ point: inout Int) {
        for position in digits.indices.reversed() {
            if digits[position] < 9 {
                digits[position] += 1
                return
            }
            digits[position] = 0
        }
        digits.insert(1, at: 0)
        point += 1
    }

    private static func layOut(_ digits: [UInt8], point: Int, decimals: Int) -> String {
        func digit(_ position: Int) -> Character {
            Character(UnicodeScalar(48 + (digits.indices.contains(position) ? digits[position] : 0)))
        }
        let whole = point > 0 ? String((0..<point).map(digit)) : "0"
        return decimals == 0 ? whole : whole + "." + String((point..<point + decimals).map(digit))
    }

    /// The digits of the shortest decimal that reads back as `value`, and how many of them are before the point (negative: zeros after it).
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        var (digits, point, exponent) = ([UInt8](), Int?.none, 0)
        var text = value.description.utf8[...]
        if let mark = text.firstIndex(where: { $0 | 0x20 == 0x65 }) {
            exponent = Int(String(Substring(text[text.index(after: mark)...]))) ?? 0
            text = text[..<mark]
        }
        for byte in text {
            if byte == 0x2E { point = digits.count } else { digits.append(byte - 48) }
        }
        var before = (point ?? digits.count) + exponent
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        before -= zeros
        return (digits, before)
    }
}
