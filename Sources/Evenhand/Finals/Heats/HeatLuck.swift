import LinearAlgebra

/// What the entries of each heat gained or lost, in points, by the panel that they met.
///
/// The luck of a heat is the mean severity of its panel's scores, lenient being positive, less that of all scores, from the posterior of
/// the crossed model; where heats have effects that are taken for leniency, those count as well. Judges who sit in several heats tell
/// panels apart; what no judge connects is known from the spread of judges alone, and the intervals are wide.
public struct HeatLuck: Sendable {
    /// One heat's luck.
    public struct Luck: Sendable, Equatable {
        /// An index of the heats of the fit's sheet.
        public let heat: Int
        /// Points that each entry gained (lost when negative).
        public let points: Double
        /// Its standard error.
        public let error: Double

        /// The interval that holds the luck with probability `level`.
        public func interval(level: Double) -> ClosedRange<Double> {
            let half = NormalDistribution.standard.quantile((1 + level) / 2) * error
            return points - half...points + half
        }
    }

    /// In the order of the heats.
    public let lucks: [Luck]

    /// The luck of the heats of a fitted model.
    public init(of fit: CrossedEffects, heatMeans: CrossedEffects.HeatMeans = .leniency) {
        let (sheet, design) = (fit.sheet, fit.design)
        var shares = [[Double]](repeating: [Double](repeating: 0, count: sheet.judges.count), count: sheet.heats.count)
        var sizes = [Double](repeating: 0, count: sheet.heats.count)
        for performance in sheet.performances {
            for row in performance.rows { shares[Int(performance.heat)][Int(sheet.judgeCodes[row])] += 1 }
            sizes[Int(performance.heat)] += Double(performance.rows.count)
        }
        let total = sizes.reduce(0, +)
        let overall = sheet.judges.indices.map { judge in shares.reduce(0.0) { $0 + $1[judge] } / total }
        let countsHeats = heatMeans == .leniency && design.random.count > 1
        lucks = sheet.heats.indices.map { heat in
            let judges = sheet.judges.indices.map { shares[heat][$0] / sizes[heat] - overall[$0] }
            let heats = sheet.heats.indices.map { countsHeats ? ($0 == heat ? 1 : 0) - sizes[$0] / total : 0 }
            return HeatLuck.luck(of: heat, fit, judges: judges, heats: heats)
        }
    }

    private static func luck(of heat: Int, _ fit: CrossedEffects, judges: [Double], heats: [Double]) -> Luck {
        let design = fit.design
        var columns = [Double](repeating: 0, count: design.columnCount)
        var own = 0.0
        if design.isEntryEliminated {
            for (judge, share) in judges.enumerated() { columns[design.random[0].lowerBound + judge] += share }
        } else {
            for (judge, share) in judges.enumerated() where share != 0 {
                for (column, count) in design.counts.row(judge) { columns[column] -= share * fit.weights[judge] * count }
                own += share * share * fit.weights[judge]
            }
        }
        var points = zip(judges, fit.judgeEffects).reduce(0.0) { $0 + $1.0 * $1.1 }
        if design.random.count > 1 {
            for (position, share) in heats.enumerated() {
                columns[design.random[1].lowerBound + position] += share
                points += share * fit.heatEffects[position]
            }
        }
        let positions = columns.indices.filter { columns[$0] != 0 }
        let form = fit.inverse.quadraticForm(positions.map { ($0, columns[$0]) })
        return Luck(heat: heat, points: points, error: (fit.workingVariance * max(0, own + form)).squareRoot())
    }
}
