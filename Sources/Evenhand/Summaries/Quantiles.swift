/// Order statistics of numbers.
public enum Quantiles {
    /// The quantile of type 7 (Hyndman & Fan 1996; the default of R, S and spreadsheets): with h = (n − 1) p, the value between the order
    /// statistics ⌊h⌋ and ⌊h⌋ + 1 (counted from 0) at the fraction of h.
    ///
    /// - Parameters:
    ///   - probability: between 0 and 1.
    ///   - sorted: numbers in ascending order, at least one.
    public static func quantile(_ probability: Double, ofSorted sorted: some RandomAccessCollection<Double>) -> Double {
        precondition(!sorted.isEmpty && (0...1).contains(probability), "a quantile needs numbers and a probability between 0 and 1")
        let position = Double(sorted.count - 1) * probability
        let below = Int(position)
        let low = sorted[sorted.index(sorted.startIndex, offsetBy: below)]
        guard below + 1 < sorted.count else { return low }
        let high = sorted[sorted.index(sorted.startIndex, offsetBy: below + 1)]
        return low + (position - Double(below)) * (high - low)
    }

    /// The middle number, or the mean of the two in the middle; of at least one number.
    public static func median(ofSorted sorted: some RandomAccessCollection<Double>) -> Double {
        precondition(!sorted.isEmpty, "a median needs numbers")
        let upper = sorted[sorted.index(sorted.startIndex, offsetBy: sorted.count / 2)]
        if sorted.count % 2 == 1 { return upper }
        return (sorted[sorted.index(sorted.startIndex, offsetBy: sorted.count / 2 - 1)] + upper) / 2
    }

    /// Each number less the median of the other numbers, which it does not move; of at least two.
    static func distancesFromMedianOfOthers(_ values: [Double]) -> [Double] {
        precondition(values.count > 1, "a number alone has no others")
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var distances = values
        for (rank, position) in order.enumerated() {
            func other(_ position: Int) -> Double { values[order[position < rank ? position : position + 1]] }
            let (others, middle) = (order.count - 1, (order.count - 1) / 2)
            distances[position] -= others % 2 == 1 ? other(middle) : (other(middle - 1) + other(middle)) / 2
        }
        return distances
    }

    /// The same of numbers in any order, which are moved about: found in linear time by partitions around a middle one (Hoare's
    /// quickselect).
    static func median(of values: UnsafeMutableBufferPointer<Double>) -> Double {
        let middle = values.count / 2
        select(middle, of: values)
        if values.count % 2 == 1 { return values[middle] }
        return (values[..<middle].reduce(-.infinity, max) + values[middle]) / 2
    }

    /// Moves the number that would be at `position` of the sorted numbers there, smaller ones before it and larger ones after.
    private static func select(_ position: Int, of values: UnsafeMutableBufferPointer<Double>) {
        var (low, high) = (0, values.count - 1)
        while high - low > 16 {
            let (a, b, c) = (values[low], values[(low + high) / 2], values[high])
            let pivot = max(min(a, b), min(max(a, b), c))
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while pivot < values[right] { right -= 1 }
                guard left <= right else { break }
                values.swapAt(left, right)
                (left, right) = (left + 1, right - 1)
            }
            if position > right, position < left { return }
            if position <= right { high = right } else { low = left }
        }
        var rest = values[low...high]
        rest.sort()
    }

    /// The median of the distances from the median, without a factor.
    public static func medianAbsoluteDeviation(ofSorted sorted: some RandomAccessCollection<Double>) -> Double {
        let center = median(ofSorted: sorted)
        return median(ofSorted: sorted.map { ($0 - center).magnitude }.sorted())
    }
}

/// A median with a scale about it that is not moved by a few wild numbers.
public struct RobustScale: Sendable, Equatable {
    /// The median.
    public let median: Double
    /// 1.4826 · MAD; when that is 0 although the numbers differ, 1.2533 · the mean distance from the median; 0 when all are equal.
    public let scale: Double

    /// 1 / Φ⁻¹(3/4) as R rounds it, so that the scale of normal numbers is their SD.
    static let medianFactor = 1.4826
    /// √(π/2), rounded likewise: the mean distance of normal numbers from their centre is SD · √(2/π).
    static let meanFactor = 1.2533

    /// The median and scale of at least one number, in any order.
    public init(of values: some Sequence<Double>) {
        let sorted = values.sorted()
        median = Quantiles.median(ofSorted: sorted)
        let deviation = Quantiles.medianAbsoluteDeviation(ofSorted: sorted)
        let center = median
        scale =
            deviation > 0
            ? RobustScale.medianFactor * deviation
            : RobustScale.meanFactor * sorted.reduce(0) { $0 + ($1 - center).magnitude } / Double(sorted.count)
    }
}
