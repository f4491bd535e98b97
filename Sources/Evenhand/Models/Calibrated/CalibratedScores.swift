/// The scores of a calibrated model, entry after entry, measured from their mean in their standard deviations.
///
/// All scores of an entry by the same judge are one *meeting*: of its scores the model reads the number, the mean and the scatter about it.
struct CalibratedScores: Sendable {
    /// The meetings of entry i are `starts[i] ..< starts[i + 1]`.
    let starts: [Int]
    /// The judge of each meeting, ascending within an entry.
    let judges: [Int]
    /// Scores, their mean, and the sum of their squared distances from it, for each meeting.
    let counts: [Double]
    let means: [Double]
    let scatters: [Double]

    let judgeCount: Int
    let scoreCount: Int
    /// What 0 and 1 are in points.
    let center: Double
    let unit: Double
    /// The judges of each subset when there are several: then scales are compared inside subsets only.
    let subsets: [[Int]]

    var entryCount: Int { starts.count - 1 }
    /// The most judges whom an entry met.
    var mostMeetings: Int { zip(starts, starts.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) } }
    init(of sheet: ScoreSheet, _ panels: PanelDesign) {
        let count = Double(sheet.count)
        // In steps from the lowest score, so that scores in any unit are the same numbers to the last digit.
        let (lowest, step) = sheet.steps
        let scores = sheet.units.map { ($0 - lowest) / step }
        let mean = scores.reduce(0, +) / count
        let deviation = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        (center, unit) = ((lowest + step * mean) / sheet.unitsPerPoint, step * deviation / sheet.unitsPerPoint)
        (judgeCount, scoreCount) = (sheet.judges.count, sheet.count)

        let entries = EntryRows(of: sheet)
        var (starts, judges) = ([0], [Int]())
        var (counts, means, scatters) = ([Double](), [Double](), [Double]())
        for entry in 0..<entries.count {
            let rows = entries.performances(of: entry).flatMap { sheet.performances[Int($0)].rows }
            for row in rows.sorted(by: { (sheet.judgeCodes[$0], $0) < (sheet.judgeCodes[$1], $1) }) {
                let (judge, value) = (Int(sheet.judgeCodes[row]), (scores[row] - mean) / deviation)
                if judges.count > starts[entry], judges[judges.count - 1] == judge {
                    let last = judges.count - 1
                    let distance = value - means[last]
                    counts[last] += 1
                    means[last] += distance / counts[last]
                    scatters[last] += distance * (value - means[last])
                } else {
                    judges.append(judge)
                    counts.append(1)
                    means.append(value)
                    scatters.append(0)
                }
            }
            starts.append(judges.count)
        }
        (self.starts, self.judges) = (starts, judges)
        (self.counts, self.means, self.scatters) = (counts, means, scatters)

        var members = [[Int]](repeating: [], count: panels.subsetCount)
        for (judge, subset) in panels.subsetOfJudge.enumerated() { members[Int(subset)].append(judge) }
        subsets = members.count > 1 ? members : []
    }

    /// A sum over the meetings of each judge.
    func sums(_ value: (Int) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: judgeCount)
        for (meeting, judge) in judges.enumerated() { sums[judge] += value(meeting) }
        return sums
    }
}

extension ScoreSheet {
    /// The lowest score and the largest step of which all distances from it are multiples, in units; 1 for scores that are not exact or all
    /// equal.
    fileprivate var steps: (lowest: Double, step: Double) {
        let lowest = units.min() ?? 0
        guard isExact else { return (lowest, 1) }
        var step = 0.0
        for score in units {
            var (a, b) = (score - lowest, step)
            while b > 0 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
            step = a
            if step == 1 { break }
        }
        return (lowest, step > 0 ? step : 1)
    }
}
