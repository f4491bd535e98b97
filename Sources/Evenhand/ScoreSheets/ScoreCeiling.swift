/// Scores that pile up at the best one that was given: judges who might have given some entries more, but could not.
///
/// Scores of a scale that is open above grow rare toward its end. A ceiling shows where the best score was given at least `fewest` times
/// and more than twice as often as the next best. The scores do not show what entries at the ceiling are worth beyond it, and models of
/// open scales place them nearer to the others than they are.
public struct ScoreCeiling: Sendable, Equatable {
    /// The best score, in points as judges give them.
    public let score: Double
    /// How many scores of the sheet have reached it.
    public let count: Int
    /// How many scores of each entry.
    public let countOfEntry: [Int]

    /// Fewer scores at the end of a scale are a coincidence.
    public static let fewest = 5

    /// The ceiling of a sheet of totals; `nil` where none shows.
    public init?(of sheet: ScoreSheet) {
        guard let best = sheet.units.max(), let next = sheet.units.filter({ $0 < best }).max() else { return nil }
        let (count, below) = (sheet.units.count { $0 == best }, sheet.units.count { $0 == next })
        guard count >= ScoreCeiling.fewest, count > 2 * below else { return nil }
        var counts = [Int](repeating: 0, count: sheet.entries.count)
        for performance in sheet.performances {
            counts[Int(performance.entry)] += sheet.units[performance.rows].count { $0 == best }
        }
        (score, self.count, countOfEntry) = (sheet.direction.turned(best / sheet.unitsPerPoint), count, counts)
    }
}
