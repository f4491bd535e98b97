extension Fraction {
    /// The value of a decimal text, exactly: "0.35" is 35/100. `nil` when it is not a decimal of at most 15 digits.
    public init?(decimal text: String) {
        var (numerator, denominator, digits) = (Int128(0), Int128(1), 0)
        var (seenPoint, hasDigits) = (false, false)
        var body = text.utf8[...]
        let isNegative = body.first == 0x2D
        if isNegative || body.first == 0x2B { body = body.dropFirst() }
        for byte in body {
            if byte == 0x2E, !seenPoint {
                seenPoint = true
            } else if (0x30...0x39).contains(byte), digits < 15 {
                if numerator > 0 || byte != 0x30 || denominator > 1 { digits += 1 }
                hasDigits = true
                numerator = numerator * 10 + Int128(byte - 0x30)
                if seenPoint { denominator *= 10 }
            } else {
                return nil
            }
        }
        guard hasDigits else { return nil }
        self.init(isNegative ? -numerator : numerator, over: denominator)
    }
}
