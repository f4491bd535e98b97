/// Whether a judge puts entries in the order of the others: the correlation of a judge's scores with the mean of the rest of the panel on
/// the same performances.
///
/// Severity and scale do not affect it. It is lower for any judge whose entries lie close together (restriction of range).
public struct Consistency: Sendable {
    /// For each judge, between −1 and 1; `nil` for fewer than three performances shared with others, or when one side does not vary.
    public let judges: [Double?]

    /// The consistency of the judges of a sheet of totals.
    public init(of sheet: ScoreSheet) {
        var moments = [PairMoments](repeating: PairMoments(), count: sheet.judges.count)
        for performance in sheet.performances where performance.rows.count > 1 {
            let sum = performance.rows.reduce(0) { $0 + sheet.units[$1] }
            let others = Double(performance.rows.count - 1)
            for row in performance.rows { moments[Int(sheet.judgeCodes[row])].add(sheet.units[row], (sum - sheet.units[row]) / others) }
        }
        judges = moments.map(\.correlation)
    }
}
