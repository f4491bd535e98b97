/// The coefficient of each heat (修正系数): R / A_h, with A_h the mean of the heat's entry results and R that of all entries.
///
/// It makes all heats equally strong on average, which takes real differences between heats away with those of their panels.
public struct PanelCoefficient: Sendable, Equatable {
    /// The mean of the entry results of each heat, in points.
    public let heatMeans: [Double]
    /// The mean of all entry results, in points.
    public let overallMean: Double
    /// R / A_h for each heat.
    public let coefficients: [Double]

    /// The coefficients of a sheet of totals; an entry's result in a heat is the mean of its scores there.
    ///
    /// - Throws: `DesignError.zeroHeatMean` when a heat has mean 0.
    public init(of sheet: ScoreSheet) throws(DesignError) {
        var sums = [(total: Double, count: Int)](repeating: (0, 0), count: sheet.heats.count)
        for performance in sheet.performances {
            let total = performance.rows.reduce(0.0) { $0 + sheet.units[$1] }
            let heat = Int(performance.heat)
            sums[heat] = (sums[heat].total + total / Double(performance.rows.count), sums[heat].count + 1)
        }
        let total = sums.reduce(0.0) { $0 + $1.total }
        overallMean = total / Double(sheet.performances.count) / sheet.unitsPerPoint
        heatMeans = sums.map { $0.total / Double($0.count) / sheet.unitsPerPoint }
        for (heat, mean) in heatMeans.enumerated() where mean == 0 { throw .zeroHeatMean(heat: sheet.heats[heat].name ?? "") }
        let overall = overallMean
        coefficients = heatMeans.map { overall / $0 }
    }

    func applied(to sheet: ScoreSheet) -> [Double] {
        sheet.performances.flatMap { performance in
            performance.rows.map { sheet.units[$0] / sheet.unitsPerPoint * coefficients[Int(performance.heat)] }
        }
    }
}
