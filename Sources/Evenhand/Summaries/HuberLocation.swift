/// Huber's M-estimate of location with the scale held fixed: the μ that solves Σ ψ((x − μ) / s) = 0 with ψ(u) = max(−k, min(k, u)).
///
/// Numbers within k scales of μ count as they are, those further off count as if they were k scales off (Huber 1964).
/// s is that of `RobustScale`; when it is 0 all numbers are equal and μ is that number.
public struct HuberLocation: Sendable, Equatable {
    /// The estimate, in the unit of the numbers.
    public let value: Double
    /// The number of numbers that were drawn in.
    public let drawnIn: Int

    /// The usual bend: 96 % as efficient as the mean for normal numbers.
    public static let defaultBend = 1.5

    /// The estimate of at least one number.
    public init(of values: some Collection<Double>, bend: Double = HuberLocation.defaultBend) {
        let robust = RobustScale(of: values)
        let sorted = values.sorted()
        guard robust.scale > 0 else {
            (value, drawnIn) = (robust.median, 0)
            return
        }
        let reach = bend * robust.scale
        // For a given set of drawn-in numbers the equation is linear; each step solves it and looks again, until the set stays.
        var center = robust.median
        var count = 0
        for _ in 0..<200 {
            let low = sorted.prefix { $0 < center - reach }.count
            let high = sorted.reversed().prefix { $0 > center + reach }.count
            count = low + high
            let inner = sorted[low..<sorted.count - high]
            guard !inner.isEmpty else { break }
            let next = (inner.reduce(0, +) + reach * Double(high - low)) / Double(inner.count)
            if next == center { break }
            center = next
        }
        (value, drawnIn) = (center, count)
    }
}
