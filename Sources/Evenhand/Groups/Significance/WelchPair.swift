/// The difference of two groups' means, each with a spread of its own; with heats, the difference within those that hold both.
///
/// In heat h the groups have n_ah and n_bh results; s² is a group's variance about its means in all its heats. With weights w_h
/// proportional to n_ah n_bh / (n_ah + n_bh) and adding up to 1, the difference is Σ w_h (m_ah − m_bh), its variance s_a² Σ w_h² / n_ah +
/// s_b² Σ w_h² / n_bh, on Satterthwaite's degrees of freedom. With one heat it is Welch's t test.
///
/// Source: Welch, *The generalization of "Student's" problem when several different population variances are involved*, Biometrika 34
/// (1947).
public struct WelchPair: Sendable, Equatable {
    /// The difference with its standard error and degrees of freedom; `nil` when the groups share no heat or neither has a spread.
    public let difference: Estimate?

    /// The difference of group `a` and group `b`.
    ///
    /// - Parameter heats: for each heat the results of the two groups; one heat for all results when heats do not matter.
    public init(heats: [(a: [Double], b: [Double])]) {
        let shared = heats.filter { !$0.a.isEmpty && !$0.b.isEmpty }
        let moments = shared.map { (a: Moments(of: $0.a), b: Moments(of: $0.b)) }
        let raw = shared.map { Double($0.a.count) * Double($0.b.count) / Double($0.a.count + $0.b.count) }
        let total = raw.reduce(0, +)
        guard total > 0, let a = Spread(heats.map { Moments(of: $0.a) }), let b = Spread(heats.map { Moments(of: $0.b) }) else {
            difference = nil
            return
        }
        let weights = raw.map { $0 / total }
        let value = zip(weights, moments).reduce(0) { $0 + $1.0 * (($1.1.a.mean ?? 0) - ($1.1.b.mean ?? 0)) }
        func part(_ spread: Spread, _ counts: [Int]) -> Double {
            spread.variance * zip(weights, counts).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1) }
        }
        let (first, second) = (part(a, shared.map(\.a.count)), part(b, shared.map(\.b.count)))
        let variance = first + second
        guard variance > 0 else {
            difference = nil
            return
        }
        let freedom = variance * variance / (first * first / a.degreesOfFreedom + second * second / b.degreesOfFreedom)
        difference = Estimate(value: value, standardError: variance.squareRoot(), degreesOfFreedom: freedom)
    }

    /// P(a difference as large, in either direction) when the groups do not differ.
    public var p: Double? {
        difference.map { 2 * StudentT(degreesOfFreedom: $0.degreesOfFreedom).upperTail(($0.value / $0.standardError).magnitude) }
    }

    /// The variance of a group within heats.
    private struct Spread {
        let variance: Double
        let degreesOfFreedom: Double

        init?(_ moments: [Moments]) {
            degreesOfFreedom = moments.reduce(0) { $0 + Double(max(0, $1.count - 1)) }
            guard degreesOfFreedom > 0 else { return nil }
            variance = moments.reduce(0) { $0 + $1.sumOfSquares } / degreesOfFreedom
        }
    }
}
