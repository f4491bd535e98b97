/// Mean, spread and middle of the results of each group's entries.
public struct GroupSummary: Sendable, Equatable {
    /// The groups.
    public let grouping: Grouping
    /// The mean of each group's results.
    public let means: [Double]
    /// Their sample standard deviation (n − 1); `nil` for a group of one.
    public let deviations: [Double?]
    /// Their median.
    public let medians: [Double]
    /// The pooled variance within groups, on `withinDegreesOfFreedom`; `nil` when every group has one entry.
    public let withinVariance: Double?
    /// The entries less the groups.
    public let withinDegreesOfFreedom: Int

    /// The summary of one result for each entry.
    ///
    /// - Precondition: results run parallel to the entries of the grouping.
    public init(of results: [Double], _ grouping: Grouping) {
        precondition(results.count == grouping.codes.count, "\(results.count) results for \(grouping.codes.count) entries")
        self.grouping = grouping
        var members = Members(results, grouping)
        let parts = members.map { values in (moments: Moments(of: values), median: Quantiles.median(of: values)) }
        means = parts.map { $0.moments.mean ?? 0 }
        deviations = parts.map(\.moments.standardDeviation)
        medians = parts.map(\.median)
        let freedom = grouping.sizes.reduce(0, +) - grouping.count
        withinDegreesOfFreedom = freedom
        withinVariance = freedom > 0 ? parts.reduce(0) { $0 + $1.moments.sumOfSquares } / Double(freedom) : nil
    }

    /// The mean of a group with the standard error that the spread of its results gives it, on n − 1 degrees of freedom.
    public func estimate(of group: Int) -> Estimate? {
        guard let deviation = deviations[group] else { return nil }
        let size = Double(grouping.sizes[group])
        return Estimate(value: means[group], standardError: deviation / size.squareRoot(), degreesOfFreedom: size - 1)
    }
}

/// The values of the entries of each group side by side, in the order of the entries.
struct Members {
    private let starts: [Int]
    private var sorted: [Double]

    init(_ values: [Double], _ grouping: Grouping) {
        var starts = [0]
        for size in grouping.sizes { starts.append((starts.last ?? 0) + size) }
        var (next, sorted) = (starts, [Double](repeating: 0, count: starts.last ?? 0))
        for (code, value) in zip(grouping.codes, values) where code != Factor.missing {
            sorted[next[Int(code)]] = value
            next[Int(code)] += 1
        }
        (self.starts, self.sorted) = (starts, sorted)
    }

    /// What `body` makes of each group's values, which it may move about among themselves.
    mutating func map<Result: Sendable>(_ body: @Sendable (UnsafeMutableBufferPointer<Double>) -> Result) -> [Result] {
        let (starts, count) = (starts, sorted.count)
        return sorted.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let values = values
            return Parallel.map(starts.count - 1, size: count) { group in
                body(UnsafeMutableBufferPointer(rebasing: values[starts[group]..<starts[group + 1]]))
            }
        }
    }
}

extension Grouping {
    /// The values of each group, in the order of the entries.
    public func parts(of values: [Double]) -> [[Double]] {
        precondition(values.count == codes.count, "\(values.count) values for \(codes.count) entries")
        var members = Members(values, self)
        return members.map { Array($0) }
    }
}
