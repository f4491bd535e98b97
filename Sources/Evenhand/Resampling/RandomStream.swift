/// A reproducible stream of random numbers: xoshiro256\*\*, whose state SplitMix64 fills from a seed.
///
/// Every replicate of a resampling draws from its own stream, `RandomStream(seed: seed, stream: replicate)`, so that an answer
/// depends neither on the number of threads nor on the order in which the replicates ran. Stream 0 of a seed is the generator
/// seeded the way its authors advise. The period is 2²⁵⁶ − 1. Not for secrets.
///
/// Source: Blackman and Vigna, *Scrambled linear pseudorandom number generators*, ACM Transactions on Mathematical Software 47
/// (2021); Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014 (SplitMix64).
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
    private var a, b, c, d: UInt64

    /// The stream of that number under a seed; every pair of the two is a different, unrelated stream.
    public init(seed: UInt64, stream: UInt64 = 0) {
        var seeder = SplitMix64(state: seed &+ SplitMix64.scrambled(stream))
        self.init(state: (seeder.next(), seeder.next(), seeder.next(), seeder.next()))
    }

    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (a, b, c, d) = state
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let output = Self.rotated(b &* 5, by: 7) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = Self.rotated(d, by: 45)
        return output
    }

    private static func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
        bits << count | bits >> (64 - count)
    }
}

extension RandomStream {
    /// A number in [0, 1): one of the 2⁵³ multiples of 2⁻⁵³, all equally likely.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A whole number in 0 ..< `bound`, all equally likely; `bound` must be positive.
    ///
    /// Our own, because the standard library may change how it draws `Int.random(in:using:)` from the same bits.
    /// Source: Lemire, *Fast random integer generation in an interval*, ACM Transactions on Modeling and Computer Simulation 29 (2019).
    public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "a random index needs a positive bound, not \(bound)")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let unfair = (0 &- range) % range
            while product.low < unfair { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// The elements in random order, all orders equally likely (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in elements.indices.dropFirst().reversed() { elements.swapAt(last, index(below: last + 1)) }
        return elements
    }

    /// A standard normal number: mean 0, standard deviation 1.
    ///
    /// A ratio of uniforms: (u, v) uniform on the region v² ≤ −4u² ln u gives v/u the normal density. Two ellipses decide 99 % of the
    /// points; the logarithm only compares, so the result is the same on every machine unless two C libraries disagree
    /// in the last place just where it matters (a chance of about 10⁻¹⁶ a draw).
    ///
    /// Source: Leva, *A fast normal random number generator*, ACM Transactions on Mathematical Software 18 (1992), 449–453.
    public mutating func normal() -> Double {
        while true {
            let u = 1 - uniform()
            let v = 1.7156 * (uniform() - 0.5)
            let x = u - 0.449871
            let y = v.magnitude + 0.386595
            let ellipse = x * x + y * (0.19600 * y - 0.25472 * x)
            if ellipse > 0.27846 { continue }
            if ellipse < 0.27597 || v * v <= -4 * u * u * naturalLogarithm(u) { return v / u }
        }
    }
}

/// The generator that turns one seed into a well-mixed state for a larger one.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.scrambled(state)
    }

    /// One-to-one on 64 bits, and 0 stays 0.
    static func scrambled(_ bits: UInt64) -> UInt64 {
        var bits = bits
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

extension RandomStream {
    /// A χ² number with the given degrees of freedom, which must be positive: the mean is `freedom`, the variance twice that.
    ///
    /// Twice a gamma number of shape `freedom`/2, by squeezing a cubed normal; below two degrees of freedom by a power of a uniform number.
    ///
    /// Source: Marsaglia and Tsang, *A simple method for generating gamma variables*, ACM Transactions on Mathematical Software 26 (2000),
    /// 363–372.
    public mutating func chiSquared(_ freedom: Double) -> Double {
        precondition(freedom > 0, "a χ² number needs positive degrees of freedom, not \(freedom)")
        let shape = freedom / 2
        guard shape >= 1 else {
            let larger = chiSquared(freedom + 2)
            return larger * exponential(naturalLogarithm(1 - uniform()) / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = 1 - uniform()
            let square = x * x
            if u < 1 - 0.0331 * square * square { return 2 * d * v }
            if naturalLogarithm(u) < square / 2 + d * (1 - v + naturalLogarithm(v)) { return 2 * d * v }
        }
    }
}
