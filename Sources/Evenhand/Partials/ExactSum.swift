/// Count, sum and extremes of some scores in whole units: what adds up exactly, in any order and on any number of machines.
public struct ExactSum: Sendable, Equatable {
    /// The number of scores, at least one.
    public private(set) var count: Int
    /// Σs.
    public private(set) var sum: Int128
    /// Σs²; 0 where only entries are summed up, which need none.
    public private(set) var squares: Int128
    /// The lowest score.
    public private(set) var least: Int64
    /// The highest score.
    public private(set) var most: Int64

    /// Sums that were made elsewhere.
    public init(count: Int, sum: Int128, squares: Int128 = 0, least: Int64, most: Int64) {
        (self.count, self.sum, self.squares, self.least, self.most) = (count, sum, squares, least, most)
    }

    /// Whether numbers such as these can come from scores at all: n · min ≤ Σs ≤ n · max, and every score has an opposite.
    public var isPossible: Bool {
        guard count > 0, least > .min, least <= most, squares >= 0 else { return false }
        return Int128(count) * Int128(least) <= sum && sum <= Int128(count) * Int128(most)
    }

    /// Adds the scores of another sum.
    ///
    /// - Throws: `FitError.overflow` when Σs² passes 2¹²⁷.
    mutating func add(_ other: ExactSum) throws(FitError) {
        let (all, over) = count.addingReportingOverflow(other.count)
        let (total, over1) = sum.addingReportingOverflow(other.sum)
        let (square, over2) = squares.addingReportingOverflow(other.squares)
        if over || over1 || over2 { throw .overflow(of: "squared scores") }
        (count, sum, squares) = (all, total, square)
        (least, most) = (min(least, other.least), max(most, other.most))
    }

    /// The same in a unit that is `factor` times smaller.
    func finer(by factor: Int64) throws(FitError) -> ExactSum {
        let (total, over) = sum.multipliedReportingOverflow(by: Int128(factor))
        let (square, over1) = squares.multipliedReportingOverflow(by: Int128(factor) * Int128(factor))
        let (low, over2) = least.multipliedReportingOverflow(by: factor)
        let (high, over3) = most.multipliedReportingOverflow(by: factor)
        if over || over1 || over2 || over3 { throw .overflow(of: "squared scores") }
        return ExactSum(count: count, sum: total, squares: square, least: low, most: high)
    }

    /// The same of scores with the sign turned.
    func turned(_ direction: Direction) -> ExactSum {
        direction == .higherIsBetter ? self : ExactSum(count: count, sum: 0 - sum, squares: squares, least: 0 - most, most: 0 - least)
    }
}
