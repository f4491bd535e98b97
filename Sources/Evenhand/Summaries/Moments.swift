/// Count, mean and standard deviation of scores, from sums that are exact.
///
/// With a whole-number pivot p near the scores, D = Σ(x − p) and Q = Σ(x − p)² are whole numbers, so that
/// mean = p + D / n and SD = √((n Q − D²) / (n (n − 1))) are rounded once or twice at the very end (Chan, Golub & LeVeque 1983 show what
/// happens otherwise). Scores that are not exact are summed in their order, in two passes.
public struct Moments: Sendable, Equatable {
    /// The number of scores.
    public let count: Int
    /// The arithmetic mean, in points; `nil` for no scores.
    public let mean: Double?
    /// The sample standard deviation (divisor n − 1), in points; `nil` for fewer than two scores.
    public let standardDeviation: Double?
    /// Σ(x − mean)², in squared points.
    public let sumOfSquares: Double

    /// The standard deviation with divisor n; `nil` for no scores.
    public var populationStandardDeviation: Double? { count == 0 ? nil : (sumOfSquares / Double(count)).squareRoot() }

    /// The moments of scores in units: exact of whole numbers, in two passes when one of them is none.
    ///
    /// - Throws: `FitError.overflow` when the sums pass 2¹²⁷.
    public init(ofUnits units: some Collection<Double>, unitsPerPoint: Double) throws(FitError) {
        guard let sums = try PivotSums(units) else {
            let plain = Moments(of: units.map { $0 / unitsPerPoint })
            (count, mean, standardDeviation, sumOfSquares) = (plain.count, plain.mean, plain.standardDeviation, plain.sumOfSquares)
            return
        }
        count = units.count
        mean = sums.mean.map { $0.quotient(unitsPerPoint) }
        let squares = try sums.squaredDeviations()
        sumOfSquares = count == 0 ? 0 : Double(squares) / (Double(count) * unitsPerPoint * unitsPerPoint)
        standardDeviation = count < 2 ? nil : (Double(squares) / (Double(count) * Double(count - 1))).squareRoot() / unitsPerPoint
    }

    /// The moments of any numbers, in two passes in their order.
    public init(of values: some Collection<Double>) {
        count = values.count
        let total = values.reduce(0, +)
        let center = count == 0 ? 0 : total / Double(count)
        // The second pass also corrects the mean for what the first one rounded away.
        let (rest, squares) = values.reduce((0.0, 0.0)) { ($0.0 + ($1 - center), $0.1 + ($1 - center) * ($1 - center)) }
        mean = count == 0 ? nil : center + rest / Double(count)
        sumOfSquares = count == 0 ? 0 : max(0, squares - rest * rest / Double(count))
        standardDeviation = count < 2 ? nil : (sumOfSquares / Double(count - 1)).squareRoot()
    }
}

/// Sums about a whole-number pivot, exact.
struct PivotSums: Equatable {
    let count: Int
    let pivot: Int64
    let deviations: Int128
    let squares: Int128

    /// The sums of whole numbers; `nil` when one of them is none, or passes 2⁶³.
    init?(_ units: some Collection<Double>) throws(FitError) {
        guard let first = units.first.map({ Int64(exactly: $0) }) ?? 0 else { return nil }
        (count, pivot) = (units.count, first)
        var (sum, sumOfSquares) = (Int128(0), Int128(0))
        for unit in units {
            guard let whole = Int64(exactly: unit) else { return nil }
            let deviation = Int128(whole) - Int128(first)
            sum += deviation
            let (square, tooLarge) = deviation.multipliedReportingOverflow(by: deviation)
            let (total, over) = sumOfSquares.addingReportingOverflow(square)
            if tooLarge || over { throw .overflow(of: "squared scores") }
            sumOfSquares = total
        }
        (deviations, squares) = (sum, sumOfSquares)
    }

    /// n Σx² − (Σx)², which does not depend on the pivot.
    func squaredDeviations() throws(FitError) -> Int128 {
        let (product, over) = squares.multipliedReportingOverflow(by: Int128(count))
        let (square, over2) = deviations.multipliedReportingOverflow(by: deviations)
        if over || over2 { throw .overflow(of: "squared scores") }
        return product - square
    }

    /// The mean in units, as a whole part and a fraction of n.
    var mean: PivotMean? { count == 0 ? nil : PivotMean(total: Int128(pivot) * Int128(count) + deviations, count: Int128(count)) }
}

/// A mean before its last division.
struct PivotMean {
    let total: Int128
    let count: Int128

    /// The mean in points, rounded once where both parts are below 2⁵³.
    func quotient(_ unitsPerPoint: Double) -> Double { Fraction(total, over: count * Int128(unitsPerPoint)).value }
}
