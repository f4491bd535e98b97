/// Judges whose scores are on another scale than those of the others: 50 to 80 beside 5 to 9.
///
/// Judges are put in the order of their means and parted where the means of two neighbours have the largest ratio. The smaller part is on
/// another scale when that ratio is at least 4 and no score of one part reaches those of the other; means and trimmed means would add the
/// numbers as they are. `nil` of sheets with criteria or more than 400 judges, of scores that are not all above 0,
/// and of judges who differ less.
public struct OtherScale: Sendable, Equatable {
    /// The judges on the other scale, by their index in the sheet; those with the higher scores when both parts are equally many.
    public let judges: [Int]
    /// The lowest and the highest score of these judges, and of the others, in points.
    public let own, others: ClosedRange<Double>

    /// The ratio of neighbouring means from which on they are on two scales.
    static let leastRatio = 4.0

    /// Thousands of judges do not write down scores by themselves.
    static let mostJudges = 400

    /// Looks at the judges of a sheet.
    public init?(of sheet: ScoreSheet) {
        let count = sheet.judges.count
        guard sheet.criterionCodes.isEmpty, (2...OtherScale.mostJudges).contains(count), sheet.count >= 3 * count else { return nil }
        var (numbers, sums) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var (least, most) = ([Double](repeating: .infinity, count: count), [Double](repeating: -.infinity, count: count))
        for (row, unit) in sheet.units.enumerated() {
            let (judge, size) = (Int(sheet.judgeCodes[row]), unit.magnitude)
            numbers[judge] += 1
            sums[judge] += size
            least[judge] = min(least[judge], size)
            most[judge] = max(most[judge], size)
        }
        guard !numbers.contains(0), (least.min() ?? 0) > 0 else { return nil }
        let means = zip(sums, numbers).map { $0 / $1 }
        let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
        let ratios = zip(order, order.dropFirst()).map { means[$1] / means[$0] }
        guard let end = ratios.indices.max(by: { ratios[$0] < ratios[$1] }), ratios[end] >= OtherScale.leastRatio else { return nil }
        let (low, high) = (Array(order[...end]), Array(order[(end + 1)...]))
        func range(_ judges: [Int]) -> ClosedRange<Double> {
            let low = judges.reduce(Double.infinity) { min($0, least[$1]) }
            return low / sheet.unitsPerPoint...judges.reduce(low) { max($0, most[$1]) } / sheet.unitsPerPoint
        }
        guard range(low).upperBound < range(high).lowerBound else { return nil }
        let isHigh = high.count <= low.count
        judges = (isHigh ? high : low).sorted()
        (own, others) = (range(isHigh ? high : low), range(isHigh ? low : high))
    }
}
