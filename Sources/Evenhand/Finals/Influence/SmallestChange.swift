/// The smallest change of a single score that brings an entry across the cut.
///
/// An entry that is out comes in when fewer than k others are above it, one that is in falls out when k are; equal results share a rank. A
/// score of its own may change, or, when one rank decides, one of another entry. For the mean, the trimmed mean and the median the answer
/// is exact (where scores are not, of their first nine decimals); for other methods it is searched among the entry's own scores by halving,
/// which finds it where a higher score never makes a result worse.
public struct SmallestChange: Sendable, Equatable {
    /// Whose score changes.
    public let scored: Int
    /// Who gave it.
    public let judge: String
    /// By how much, in points of the judge's total: positive for more.
    public let points: Double

    /// The change for each entry of a list; `nil` where no single score can do it, or where it was not searched.
    ///
    /// - Parameters:
    ///   - list: by any method or rule.
    ///   - places: the k of the cut.
    ///   - range: what scores can be, in points, when it is known.
    public static func all(of list: OfficialList, places: Int, range: ClosedRange<Double>? = nil) -> [SmallestChange?] {
        guard places < list.entries.count else { return list.entries.map { _ in nil } }
        if list.recipe.stageWeights.isEmpty, list.recipe.tieBreaks.isEmpty, case .method(let method) = list.recipe.basis,
            let exact = exact(list), let trimmed = TrimmedChange(exact, method, range: range)
        {
            return Parallel.map(list.entries.count, size: list.totals.sheet.count * list.entries.count) {
                trimmed.smallest(for: $0, places: places)
            }
        }
        let search = ChangeSearch(list, places: places, range: range)
        return Parallel.map(list.entries.count) { search.smallest(for: $0) }
    }

    private static func exact(_ list: OfficialList) -> OfficialList? {
        list.totals.sheet.isExact ? list : list.contest.cut.flatMap { try? list.remade(of: $0) }
    }
}

/// Changes of results that are means of what is left when `drop` scores are cut off each side; the median cuts off all but one or two.
private struct TrimmedChange {
    let sheet: ScoreSheet
    let rows: [[Int]]
    let results: [Fraction]
    /// The results from the highest to the lowest.
    let descending: [Fraction]
    let drops: [Int]
    let limits: (low: Double, high: Double)

    init?(_ list: OfficialList, _ method: ScoringMethod, range: ClosedRange<Double>?) {
        guard let results = list.column.results.fractions else { return nil }
        let sheet = list.totals.sheet
        let rows = sheet.rowsOfEntries
        switch method {
        case .mean: drops = rows.map { _ in 0 }
        case .median: drops = rows.map { max(0, ($0.count - 1) / 2) }
        case .trimmed(let trim): drops = rows.map { trim.dropped(of: $0.count) * 2 < $0.count ? trim.dropped(of: $0.count) : 0 }
        default: return nil
        }
        (self.sheet, self.rows, self.results, descending) = (sheet, rows, results, results.sorted(by: >))
        let units = range.map(sheet.direction.turned).map {
            (($0.lowerBound * sheet.unitsPerPoint).rounded(), ($0.upperBound * sheet.unitsPerPoint).rounded())
        }
        limits = units ?? (-0x1p53, 0x1p53)
    }

    /// What a result has to do.
    private enum Aim { case atLeast, below, above, atMost }

    func smallest(for entry: Int, places: Int) -> SmallestChange? {
        let above = countAbove(results[entry])
        let isIn = above < places
        // The last place that others leave: one of these results is the entry's own.
        let bar = descending[isIn ? places : places - 1]
        var best = change(of: entry, isIn ? .below : .atLeast, bar)
        // One other entry that passes decides only when a single rank does.
        if isIn ? above == places - 1 : above == places {
            for rival in results.indices where rival != entry && isIn == !(results[entry] < results[rival]) {
                let candidate = change(of: rival, isIn ? .above : .atMost, results[entry])
                if let candidate, candidate.points.magnitude < best?.points.magnitude ?? .infinity { best = candidate }
            }
        }
        return best
    }

    /// How many results are higher, by halving.
    private func countAbove(_ result: Fraction) -> Int {
        var (low, high) = (0, descending.count)
        while low < high {
            let middle = (low + high) / 2
            if result < descending[middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The smallest change of one of the entry's scores that brings its result to the bar.
    private func change(of entry: Int, _ aim: Aim, _ bar: Fraction) -> SmallestChange? {
        let mine = rows[entry]
        let drop = drops[entry]
        let kept = Int128(mine.count - 2 * drop)
        // The least sum of kept scores, in units, that reaches the bar, and the largest that does not pass it.
        let (numerator, over) = bar.numerator.multipliedReportingOverflow(by: kept * Int128(sheet.unitsPerPoint))
        guard !over else { return nil }
        let floor = numerator >= 0 ? numerator / bar.denominator : -((-numerator + bar.denominator - 1) / bar.denominator)
        let ceiling = floor * bar.denominator == numerator ? floor : floor + 1
        var best: (row: Int, change: Double)?
        let sorted = mine.map { sheet.units[$0] }.sorted()
        for row in mine {
            var rest = sorted
            rest.remove(at: sorted.firstIndex(of: sheet.units[row]) ?? 0)
            let sum = rest[drop..<max(drop, rest.count - drop)].reduce(Int128(0)) { $0 + Int128($1) }
            let low = max(limits.low, drop > 0 ? rest[drop - 1] : -.infinity)
            let high = min(limits.high, drop > 0 ? rest[rest.count - drop] : .infinity)
            let target: Int128 =
                switch aim {
                case .atLeast: ceiling - sum
                case .below: ceiling - 1 - sum
                case .above: floor + 1 - sum
                case .atMost: floor - sum
                }
            let needed = Double(target)
            let isWithin = aim == .atLeast || aim == .above ? needed <= high : needed >= low
            // Scores outside the limits are clamped, so a target inside is reached by the score itself.
            let change = needed - sheet.units[row]
            guard isWithin, change.magnitude < best?.change.magnitude ?? .infinity else { continue }
            best = (row, change)
        }
        return best.map { row, change in
            SmallestChange(
                scored: entry, judge: sheet.judges[Int(sheet.judgeCodes[row])], points: sheet.direction.turned(change / sheet.unitsPerPoint)
            )
        }
    }
}

extension ScoreSheet {
    /// The rows of the scores of each entry, over all its performances.
    var rowsOfEntries: [[Int]] {
        var rows = [[Int]](repeating: [], count: entries.count)
        for performance in performances { rows[Int(performance.entry)] += performance.rows }
        return rows
    }

    /// The sheet with another number of units in one row.
    func replacing(row: Int, units new: Double) -> ScoreSheet {
        var units = units
        units[row] = new
        return replacing(units: units)
    }

    /// Scores that are not exact, to nine decimals; `nil` for scores that have no room for so many.
    fileprivate var cut: ScoreSheet? {
        let billionths = units.map { ($0 * 1e9 / unitsPerPoint).rounded() }
        return billionths.allSatisfy { $0.magnitude < 0x1p53 } ? replacing(units: billionths, unitsPerPoint: 1e9, isExact: true) : nil
    }

    /// The same design with other scores, in units.
    func replacing(
        units new: [Double], unitsPerPoint perPoint: Double? = nil, isExact newlyExact: Bool? = nil,
        direction newDirection: Direction? = nil
    ) -> ScoreSheet {
        ScoreSheet(
            entries: entries, judges: judges, criteria: criteria, heats: heats, performances: performances, judgeCodes: judgeCodes,
            criterionCodes: criterionCodes, items: items, repetitions: repetitions, units: new, unitsPerPoint: perPoint ?? unitsPerPoint,
            isExact: newlyExact ?? isExact,
            direction: newDirection ?? direction, entryAttributes: entryAttributes, judgeAttributes: judgeAttributes,
            scoreAttributes: scoreAttributes)
    }
}
