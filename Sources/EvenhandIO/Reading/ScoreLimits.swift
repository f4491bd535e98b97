import Evenhand

/// The possible values of a score.
struct ScoreLimits {
    private let sheet: ScoreSheet
    private let low: Limit?
    private let high: Limit?
    private let maxima: [Limit?]

    /// A bound in units of the sheet.
    private struct Limit {
        let value: Fraction
        let units: Double

        init(_ value: Fraction, _ sheet: ScoreSheet) {
            self.value = value
            units = Double(value.numerator) * sheet.unitsPerPoint / Double(value.denominator)
        }

        var text: String { NumberFormat.shortest(value.value) }
    }

    init(_ sheet: ScoreSheet, range: (low: Fraction, high: Fraction)?, maxima: [String: Fraction]) {
        self.sheet = sheet
        (low, high) = (range.map { Limit($0.low, sheet) }, range.map { Limit($0.high, sheet) })
        self.maxima = sheet.criteria.map { maxima[$0].map { Limit($0, sheet) } }
    }

    /// What is wrong with a score.
    func kind(ofRow row: Int) -> ScoreSheetError.Kind? {
        let unit = sheet.direction.turned(sheet.units[row])
        if let low, let high, unit < low.units || unit > high.units { return .outOfRange(low: low.text, high: high.text) }
        guard !maxima.isEmpty, let maximum = maxima[Int(sheet.criterionCodes[row])], unit > maximum.units else { return nil }
        return .aboveMaximum(criterion: sheet.criteria[Int(sheet.criterionCodes[row])], maximum: maximum.text)
    }
}
