/// The shortest decimal that reads back as the same Double, and of several the nearest: what `description` says, in a third of its time.
///
/// A Double between 0.001 and 2⁵³ is c · 2^q with a whole number c; times 10^k it has 17 digits before the point, and so have the ends of
/// the interval that is read as this Double. All three are whole numbers of 2^(q − 1) below 2¹²⁸, so that the shortest number between the
/// ends is found exactly (the idea is that of Steele & White 1990).
struct ShortestDecimal {
    /// The decimal is `digits` / 10^`places`.
    let digits: UInt64
    let places: Int

    private static let powers: [UInt64] = (0...19).reduce(into: [1]) { powers, position in
        if position > 0 { powers.append(powers[position - 1] * 10) }
    }
    /// 0.01, 0.1, 1, …: from each on, a place fewer is needed.
    private static let steps = (-2...16).map { $0 < 0 ? 1 / Double(powers[-$0]) : Double(powers[$0]) }

    static func power(_ exponent: Int) -> UInt64 { powers[exponent] }

    /// `nil` for numbers out of the range, for powers of two, whose neighbours are at unequal distances, and where two decimals are equally
    /// near.
    init?(_ value: Double) {
        guard value >= 0.001, value < 0x1p53, value.significandBitPattern != 0 else { return nil }
        let significand = value.significandBitPattern | 1 << 52
        let shift = UInt128(52 - value.exponent)
        var places = 19
        for step in ShortestDecimal.steps {
            if value < step { break }
            places -= 1
        }
        let power = ShortestDecimal.powers[places]
        let product = significand.multipliedFullWidth(by: power)
        let scaled = UInt128(product.high) << 64 | UInt128(product.low)
        // An end of the interval is read as this Double only when its last bit is 0.
        let outside: UInt128 = significand & 1 == 0 ? 0 : 1
        let least = UInt64((scaled &* 2 &- UInt128(power) &+ outside &+ (2 &<< shift) &- 1) &>> (shift &+ 1))
        let most = UInt64((scaled &* 2 &+ UInt128(power) &- outside) &>> (shift &+ 1))
        guard let digits = ShortestDecimal.roundest(scaled, shift, in: least, most) else { return nil }
        (self.digits, self.places) = (digits, places)
    }

    /// The number between the ends with the most zeros, and of several the nearest; a multiple of 100 has no other near it.
    @inline(__always)
    private static func roundest(_ scaled: UInt128, _ shift: UInt128, in least: UInt64, _ most: UInt64) -> UInt64? {
        let hundreds = most / 100 * 100
        if hundreds >= least { return hundreds }
        let (unit, fraction) = (UInt128(1) &<< shift, (UInt128(1) &<< shift) &- 1)
        let fivesUp = scaled &+ unit &* 5
        let tens = UInt64(fivesUp &>> shift) / 10 * 10
        if tens >= least, tens <= most {
            let isBetween = fivesUp & fraction == 0 && tens == UInt64(fivesUp &>> shift) && tens &- 10 >= least
            return isBetween ? nil : tens
        }
        let halfUp = scaled &+ unit / 2
        return halfUp & fraction == 0 ? nil : UInt64(halfUp &>> shift)
    }
}
