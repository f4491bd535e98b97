import Evenhand

/// Numbers in score columns that do not look like scores: codes for "not scored", places.
struct ScoreSuspicions {
    private let sheet: ScoreSheet
    private let options: ReadingOptions

    init(_ sheet: ScoreSheet, as options: ReadingOptions) { (self.sheet, self.options) = (sheet, options) }

    /// What has to be asked; nothing when the user said what scores can be.
    func question(isLowerBetter: Bool) -> Question? {
        guard options.range == nil, !options.takesNumbersAsScores, sheet.units.count > 3 else { return nil }
        if let code = code() { return code }
        // A column that the user called the score may hold places all the same.
        if !isLowerBetter, options.isLowerBetter == nil, let header = options.columns[.score],
            LayoutFinder.isAboutPlaces(header) || LayoutFinder.isAboutFaults(header) || Direction(statedIn: header) == .lowerIsBetter
        {
            let (low, high) = ends
            let range = [low, high].map { NumberFormat.shortest($0 / sheet.unitsPerPoint) }.joined(separator: ":")
            return Question(
                .lowest(names: [header]), answers: [.init(["--lower-is-better"], .lowestIsBest), .init(["--range", range], .allScores)])
        }
        if !isLowerBetter, options.isLowerBetter == nil, arePlaces() {
            let most = NumberFormat.shortest(sheet.score(at: sheet.units.indices.max { sheet.units[$0] < sheet.units[$1] } ?? 0))
            return Question(.places, answers: [.init(["--lower-is-better"], .lowestIsBest), .init(["--range", "1:\(most)"], .allScores)])
        }
        return nil
    }

    /// An end of the scale that is far from all other scores, and either negative, above them all by far, or frequent.
    private func code() -> Question? {
        let (low, high) = ends
        // Hardly any sheet has a code at an end of its scale, so most are looked at once.
        guard low < high else { return nil }
        for end in [high, low] where ScoreSuspicions.codes.contains(end / sheet.unitsPerPoint) {
            let isHigh = end == high
            var (count, next) = (0, isHigh ? -Double.infinity : Double.infinity)
            for unit in sheet.units {
                if unit == end { count += 1 } else { next = isHigh ? max(next, unit) : min(next, unit) }
            }
            let others = isHigh ? (low, next) : (next, high)
            let points = end / sheet.unitsPerPoint
            guard count < sheet.units.count else { continue }
            let gap = abs(end - next)
            // 99 among scores of up to 100 is a score.
            if isHigh, end < 4 * next { continue }
            let width = others.1 - others.0
            // Below zero where all others are above; at the other end twice as far as all others lie apart.
            let isOutside =
                points < 0 && others.0 >= 0 && gap > max(width * 0.5, 1.5 * sheet.unitsPerPoint)
                || gap > 2 * max(width, sheet.unitsPerPoint)
            let isFrequent = count > 1 && gap > max(width, sheet.unitsPerPoint)
            guard points == 0 ? isFrequent && others.0 > 0 && count > 2 : isOutside || isFrequent else { continue }
            let code = NumberFormat.shortest(points)
            let range = "\(NumberFormat.shortest(low / sheet.unitsPerPoint)):\(NumberFormat.shortest(high / sheet.unitsPerPoint))"
            return Question(
                .notScored(code: code, count: count),
                answers: [
                    .init(["--missing", code], .notScored(code)), .init(["--range", range], .allScores),
                ])
        }
        return nil
    }

    /// The lowest and the highest score, in units.
    private var ends: (low: Double, high: Double) {
        let units = sheet.units
        let pieces = Parallel.pieces(of: units.count)
        let parts = Parallel.map(pieces.count, size: units.count) { index in
            var (low, high) = (Double.infinity, -Double.infinity)
            // Comparing is several times faster than min and max, which ask for NaN.
            for unit in units[pieces[index]] {
                if unit < low { low = unit }
                if unit > high { high = unit }
            }
            return (low: low, high: high)
        }
        return (parts.lazy.map(\.low).min() ?? 0, parts.lazy.map(\.high).max() ?? 0)
    }

    private static let codes: Set<Double> = [-1, -2, -5, -8, -9, -88, -99, -999, -9999, 0, 9, 88, 99, 888, 999, 9999, 99999]

    /// Whether each judge of each heat gave the places 1 to n.
    private func arePlaces() -> Bool {
        guard sheet.criterionCodes.isEmpty, sheet.units.count <= 100_000,
            sheet.units.allSatisfy({ 2 * $0 == (2 * $0 / sheet.unitsPerPoint).rounded() * sheet.unitsPerPoint })
        else { return false }
        var given: [Int64: [Double]] = [:]
        for performance in sheet.performances.indices {
            let heat = Int64(sheet.performances[performance].heat)
            for row in sheet.performances[performance].rows {
                given[heat << 32 | Int64(sheet.judgeCodes[row]), default: []].append(sheet.units[row] / sheet.unitsPerPoint)
            }
        }
        let lists = given.values
        guard lists.count > 1, lists.allSatisfy({ $0.count > 3 || $0.count == 3 && lists.count > 3 }) else { return false }
        // Ties share a place, the first of theirs or the mean of them.
        return lists.allSatisfy { LayoutFinder.arePlaces($0, isDense: false) } && lists.contains { Set($0).count > 2 }
    }
}
