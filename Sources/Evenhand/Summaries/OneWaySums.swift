/// The sums of squares of a one-way layout, between groups and within them, exact before the last division.
///
/// With T_g and n_g the sum and size of group g, T and n those of all, and numbers counted from a whole-number pivot:
/// between = Σ T_g² / n_g − T² / n, within = Σ (Q_g − T_g² / n_g).
public struct OneWaySums: Sendable, Equatable {
    /// The number of groups less one.
    public let degreesOfFreedomBetween: Int
    /// The number of scores less the number of groups.
    public let degreesOfFreedomWithin: Int
    /// The squared distances of group means from the grand mean, weighted by size, in squared points.
    public let between: Double
    /// The squared distances from the group means, in squared points.
    public let within: Double

    /// The mean square between groups over that within; `nil` when the latter is 0 or has no degrees of freedom.
    public var fRatio: Double? {
        guard degreesOfFreedomBetween > 0, degreesOfFreedomWithin > 0, within > 0 else { return nil }
        return (between / Double(degreesOfFreedomBetween)) / (within / Double(degreesOfFreedomWithin))
    }

    /// The share of the total sum of squares that lies between groups; `nil` when there is none.
    public var etaSquared: Double? { between + within > 0 ? between / (between + within) : nil }

    /// The sums of scores in units in groups, none of them empty: exact of whole numbers, in two passes when one of them is none.
    ///
    /// - Throws: `FitError.overflow` when the sums pass 2¹²⁷.
    public init(groups: [[Double]], unitsPerPoint: Double) throws(FitError) {
        let count = groups.reduce(0) { $0 + $1.count }
        degreesOfFreedomBetween = groups.count - 1
        degreesOfFreedomWithin = count - groups.count
        let square = unitsPerPoint * unitsPerPoint
        guard let all = try PivotSums(groups.flatMap(\.self)) else {
            let (all, parts) = (Moments(of: groups.flatMap(\.self)), groups.map { Moments(of: $0) })
            between = parts.reduce(0) { $0 + OneWaySums.distance($1, all) } / square
            within = parts.reduce(0) { $0 + $1.sumOfSquares } / square
            return
        }
        var (between, within) = (0.0, 0.0)
        for group in groups {
            // Counted from the pivot of all, so that the group's part of the sum between is a small exact fraction.
            guard let sums = try PivotSums(group) else { continue }
            within += Double(try sums.squaredDeviations()) / (Double(group.count) * square)
            let shifted = sums.deviations + Int128(sums.pivot - all.pivot) * Int128(group.count)
            let gap = shifted * Int128(count) - all.deviations * Int128(group.count)
            between += Double(gap) / Double(count) * (Double(gap) / Double(count)) / (Double(group.count) * square)
        }
        (self.between, self.within) = (between, within)
    }

    /// The squared distance of a group's mean from that of all, as often as the group has scores.
    private static func distance(_ part: Moments, _ all: Moments) -> Double {
        let gap = (part.mean ?? 0) - (all.mean ?? 0)
        return Double(part.count) * gap * gap
    }
}
