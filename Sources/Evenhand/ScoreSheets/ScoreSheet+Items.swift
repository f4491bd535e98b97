extension ScoreSheet {
    /// Whether judges gave several scores to a performance: for items, or in repetitions.
    public var hasItems: Bool { items.isPresent || repetitions.isPresent }

    /// The sheet of each judge's mean over items and repetitions, for a sheet without criteria.
    ///
    /// Means stay exact: the unit becomes a fraction of the old one that all numbers of scores divide, unless it passes 2⁵³.
    func averagingItems() -> ScoreSheet {
        guard hasItems else { return self }
        var (judges, sums, counts, averaged) = ([Int32](), [Double](), [Int](), [Performance]())
        for performance in performances {
            let first = judges.count
            for row in performance.rows {
                if row == performance.rows.lowerBound || judgeCodes[row] != judgeCodes[row - 1] {
                    judges.append(judgeCodes[row])
                    sums.append(0)
                    counts.append(0)
                }
                sums[sums.count - 1] += units[row]
                counts[counts.count - 1] += 1
            }
            averaged.append(performance.moved(entry: performance.entry, heat: performance.heat, rows: first..<judges.count))
        }
        let common = Set(counts).reduce(into: Int?(1)) { common, count in common = common.flatMap { ScoreSheet.commonMultiple($0, count) } }
        let exact = common.map { common in zip(sums, counts).map { $0 * Double(common / $1) } }
        let perPoint = unitsPerPoint * Double(common ?? 1)
        let staysExact = isExact && perPoint < 0x1p53 && (exact?.allSatisfy { $0.magnitude < 0x1p53 } ?? false)
        return ScoreSheet(
            entries: entries, judges: self.judges, criteria: [], heats: heats, performances: averaged, judgeCodes: judges,
            criterionCodes: [], units: staysExact ? exact ?? sums : zip(sums, counts).map { $0 / Double($1) / unitsPerPoint },
            unitsPerPoint: staysExact ? perPoint : 1, isExact: staysExact, direction: direction, entryAttributes: entryAttributes,
            judgeAttributes: judgeAttributes)
    }

    /// What each score counts in the result of its entry, the mean of judges' means over items and repetitions.
    var resultWeights: [Double] {
        var (weights, ballots) = ([Double](repeating: 0, count: count), [Int](repeating: 0, count: entries.count))
        for performance in performances {
            var start = performance.rows.lowerBound
            for row in performance.rows where row + 1 == performance.rows.upperBound || judgeCodes[row + 1] != judgeCodes[row] {
                for own in start...row { weights[own] = 1 / Double(row + 1 - start) }
                start = row + 1
                ballots[Int(performance.entry)] += 1
            }
        }
        for performance in performances { for row in performance.rows { weights[row] /= Double(ballots[Int(performance.entry)]) } }
        return weights
    }

    /// The sheet with the items as its judges, of the means over judges and repetitions.
    var itemsAsJudges: ScoreSheet? {
        guard items.isPresent, judges.count == 1 else { return nil }
        return ScoreSheet(
            entries: entries, judges: items.levels, criteria: [], heats: heats, performances: performances, judgeCodes: items.codes,
            criterionCodes: [], items: .none, repetitions: repetitions, units: units, unitsPerPoint: unitsPerPoint, isExact: isExact,
            direction: direction, entryAttributes: entryAttributes, judgeAttributes: []
        ).averagingItems()
    }

    /// The least common multiple, as long as it is below 2⁴⁰.
    private static func commonMultiple(_ a: Int, _ b: Int) -> Int? {
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        let multiple = a / x * b
        return multiple < 1 << 40 ? multiple : nil
    }
}
