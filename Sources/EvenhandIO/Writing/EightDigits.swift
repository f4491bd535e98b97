/// Eight decimal digits in a word, the first in its lowest byte, read and made without a loop.
enum EightDigits {
    /// Eight zeros.
    static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// The number; `nil` when a byte is not a digit.
    @inline(__always)
    static func value(_ word: UInt64) -> Int? {
        let digits = word ^ zeros
        // A byte above 9 reaches the high bit by the addition, or has it already.
        guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Neighbours are joined to numbers below 100, then 10⁴, then 10⁸.
        let pairs = (digits &* (1 + 10 << 8)) >> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* (1 + 100 << 16)) >> 16 & 0x0000_FFFF_0000_FFFF
        return Int(truncatingIfNeeded: (fours &* (1 + 10_000 << 32)) >> 32)
    }

    /// The digits of a number below 10⁸, as numbers and not as text.
    @inline(__always)
    static func digits(of value: UInt64) -> UInt64 {
        // Split into numbers below 10⁴, then 100, then ten; the factors are 1/100 and 1/10 in binary, exact for numbers so small.
        let high = value / 10_000
        let fours = high | (value &- high &* 10_000) << 32
        let hundreds = (fours &* 5243) >> 19 & 0x0000_007F_0000_007F
        let pairs = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
        return tens | (pairs &- tens &* 10) << 8
    }
}
