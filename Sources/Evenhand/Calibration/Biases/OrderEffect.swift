/// Whether scores rise or fall with the order of appearance.
///
/// Overall: the slope of performances' fair averages on their position within the heat, in points per position. Unless the order was drawn
/// by lot it is not identified: where strong entries appear last, their quality is a slope as well. It is shown and never corrected.
///
/// Per judge (*drift*): the slope of one judge's scores on the position, with performances and judges as fixed effects: the judge against
/// the rest of the panel on the same performances, which does not depend on a lot.
public struct OrderEffect: Sendable {
    /// One judge's drift.
    public struct Drift: Sendable, Equatable {
        /// The index of the judge.
        public let judge: Int
        /// Points per position; `nil` for fewer than `leastScores` scores, or when it cannot be separated from severity.
        public let slope: Estimate?
        /// The judge's scores of performances whose position is known.
        public let scores: Int
    }

    /// Points per position for all performances; `nil` when there are too few.
    public let overall: Estimate?
    /// The number of performances whose position is known.
    public let performances: Int
    /// The drift of each judge.
    public let drifts: [Drift]

    /// Fewer scores say nothing about a judge's drift.
    public static let leastScores = 5

    /// The effect in a fit of performances and judges; `nil` when no order is known.
    init?(of fit: Additive) {
        let (sheet, design) = (fit.sheet, fit.design)
        let positions = OrderEffect.centeredPositions(of: sheet)
        let known = positions.compactMap(\.self)
        guard !known.isEmpty, sheet.performances.count == sheet.entries.count else { return nil }
        performances = known.count
        overall = OrderEffect.slope(positions, fit)

        let values = zip(sheet.performances, positions).flatMap { [Double](repeating: $1 ?? 0, count: $0.rows.count) }
        let isKnown = zip(sheet.performances, positions).flatMap { [Bool](repeating: $1 != nil, count: $0.rows.count) }
        var (counts, products) = ([Int](repeating: 0, count: sheet.judges.count), [Double](repeating: 0, count: sheet.judges.count))
        for row in values.indices where isKnown[row] {
            counts[Int(sheet.judgeCodes[row])] += 1
            products[Int(sheet.judgeCodes[row])] += values[row] * fit.residuals[row]
        }
        let tested = counts.indices.filter { counts[$0] >= OrderEffect.leastScores }
        let squares = Dictionary(uniqueKeysWithValues: zip(tested, design.ownSquares(values, of: tested)))
        let (whole, left) = (fit.residuals.reduce(0) { $0 + $1 * $1 }, Double(design.degreesOfFreedom - 1))
        drifts = counts.indices.map { judge in
            guard let own = squares[judge], own > 1e-9, left > 0 else { return Drift(judge: judge, slope: nil, scores: counts[judge]) }
            let slope = products[judge] / own
            let variance = max(0, whole - slope * products[judge]) / left
            let error = (variance / own).squareRoot()
            return Drift(
                judge: judge, slope: Estimate(value: slope, standardError: error, degreesOfFreedom: left), scores: counts[judge])
        }
    }

    /// The position of each performance less the mean of its heat's.
    private static func centeredPositions(of sheet: ScoreSheet) -> [Double?] {
        var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: sheet.heats.count)
        let positions = sheet.performances.map { $0.order.map(Double.init) }
        for (performance, position) in zip(sheet.performances, positions) {
            guard let position else { continue }
            let known = sums[Int(performance.heat)]
            sums[Int(performance.heat)] = (known.sum + position, known.count + 1)
        }
        return zip(sheet.performances, positions).map { performance, position in
            position.map { $0 - sums[Int(performance.heat)].sum / sums[Int(performance.heat)].count }
        }
    }

    /// Least squares of fair averages on the position, with the mean of each heat taken out.
    private static func slope(_ positions: [Double?], _ fit: Additive) -> Estimate? {
        let sheet = fit.sheet
        var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: sheet.heats.count)
        for (performance, position) in zip(sheet.performances, positions) where position != nil {
            let known = sums[Int(performance.heat)]
            sums[Int(performance.heat)] = (known.sum + fit.fairAverages[Int(performance.entry)], known.count + 1)
        }
        var (xx, xy, yy, count) = (0.0, 0.0, 0.0, 0)
        for (performance, position) in zip(sheet.performances, positions) {
            guard let position else { continue }
            let known = sums[Int(performance.heat)]
            let value = fit.fairAverages[Int(performance.entry)] - known.sum / known.count
            (xx, xy, yy, count) = (xx + position * position, xy + position * value, yy + value * value, count + 1)
        }
        let left = Double(count - sums.count { $0.count > 0 } - 1)
        guard xx > 0, left > 0 else { return nil }
        return Estimate(value: xy / xx, standardError: (max(0, yy - xy * xy / xx) / left / xx).squareRoot(), degreesOfFreedom: left)
    }
}
