/// Entries and judges by least squares: x = θ_entry + β_judge + ε, both fixed, nothing shrunken.
///
/// The judges of each subset add up to 0, so a fair average is what the average judge of the entry's subset would have given; across
/// subsets that share no judge it rests on the assumption that their panels are equally severe on average.
///
/// Source: Searle, *Linear Models* (1971), chapter 7.
public struct Additive: Sendable {
    /// The sheet of totals.
    public let sheet: ScoreSheet
    /// Which judges are connected.
    public let panels: PanelDesign
    /// What the average judge of its subset would have given each entry, in points.
    public let fairAverages: [Double]
    /// Points that each judge scores the same entries above (positive) or below the average judge of the subset.
    public let judgeEffects: [Double]
    /// Scores less entries, judges and one for each subset.
    public let degreesOfFreedom: Int
    /// The noise variance; `nil` without degrees of freedom.
    public let residualVariance: Double?
    /// The standard errors of the fair averages; `nil` without degrees of freedom.
    public let fairAverageErrors: [Double]?
    /// The standard errors of the judges' effects; 0 for the only judge of a subset.
    public let judgeErrors: [Double]?

    let design: AdditiveDesign
    /// What entries and judges leave of each score, in points.
    package let residuals: [Double]

    /// Fits a sheet of totals.
    ///
    /// Time and memory grow with the cube and the square of the number of judges.
    /// - Throws: `FitError.tooLarge` for more judges than memory has room for; `FitError.notPositiveDefinite`, never seen.
    public init(of sheet: ScoreSheet) throws(FitError) {
        let design = try AdditiveDesign(of: sheet)
        // In units, whose sums are exact.
        let (fit, perPoint) = (design.fit(sheet.units), sheet.unitsPerPoint)
        (self.sheet, panels, self.design) = (sheet, design.panels, design)
        (fairAverages, judgeEffects) = (fit.entries.map { $0 / perPoint }, fit.judges.map { $0 / perPoint })
        residuals = fit.residuals.map { $0 / perPoint }
        degreesOfFreedom = design.degreesOfFreedom
        guard degreesOfFreedom > 0 else {
            (residualVariance, fairAverageErrors, judgeErrors) = (nil, nil, nil)
            return
        }
        // Below this what is left is the rounding of the arithmetic.
        let variance = fit.squares < Additive.rounding(sheet) ? 0 : fit.squares / (perPoint * perPoint) / Double(degreesOfFreedom)
        let factors = design.factors
        judgeErrors = factors.judges.map { (variance * $0).squareRoot() }
        fairAverageErrors = factors.entries.map { (variance * $0).squareRoot() }
        residualVariance = variance
    }

    /// The squares that rounding leaves of scores that are explained exactly; for inexact scores also what they were rounded by.
    private static func rounding(_ sheet: ScoreSheet) -> Double {
        let mean = sheet.units.reduce(0, +) / Double(max(1, sheet.count))
        let squares = sheet.units.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let lost = sheet.isExact ? 0 : sheet.units.reduce(0) { max($0, $1.magnitude) }.ulp
        return 1e-24 * squares + Double(sheet.count) * lost * lost
    }
}
