/// A value for each eliminated level and for each dense column of a crossed model: effects, or sums over their scores.
struct LevelValues: Sendable {
    var eliminated: [Double]
    var columns: [Double]
}

/// Which levels of a crossed model each score belongs to; what is done score by score, in the order of the sheet.
struct ScoreLevels: Sendable {
    let sheet: ScoreSheet
    /// The group of each entry.
    let groupCodes: [Int32]
    let isEntryEliminated: Bool
    /// The first dense column of the heats, if they have effects.
    let heats: Int?
    /// The dense columns of the groups.
    let fixed: Range<Int>

    /// The dense columns on which all scores of a performance fall, entry and judges apart.
    @inline(__always)
    func forEachShared(of performance: Performance, _ body: (Int) -> Void) {
        if let heats { body(heats + Int(performance.heat)) }
        body(fixed.lowerBound + Int(groupCodes[Int(performance.entry)]))
    }

    /// The sums of values, one for each score, over the scores of each level.
    func sums(over values: [Double]) -> LevelValues {
        var entries = [Double](repeating: 0, count: sheet.entries.count)
        var judges = [Double](repeating: 0, count: sheet.judges.count)
        var columns = [Double](repeating: 0, count: fixed.upperBound)
        for performance in sheet.performances {
            var sum = 0.0
            for row in performance.rows {
                sum += values[row]
                judges[Int(sheet.judgeCodes[row])] += values[row]
            }
            entries[Int(performance.entry)] += sum
            forEachShared(of: performance) { columns[$0] += sum }
        }
        let dense = isEntryEliminated ? judges : entries
        columns.replaceSubrange(dense.indices, with: dense)
        return LevelValues(eliminated: isEntryEliminated ? entries : judges, columns: columns)
    }

    /// Σ (x − effects)², score by score: a difference of sums would lose the digits that the effects explain.
    func residualSquares(_ effects: LevelValues, center: Double) -> Double {
        let (entries, judges) = isEntryEliminated ? (effects.eliminated, effects.columns) : (effects.columns, effects.eliminated)
        let (scale, pivot) = (1 / sheet.unitsPerPoint, center * sheet.unitsPerPoint)
        var total = 0.0
        for performance in sheet.performances {
            var (base, squares) = (entries[Int(performance.entry)], 0.0)
            forEachShared(of: performance) { base += effects.columns[$0] }
            for row in performance.rows {
                let residual = (sheet.units[row] - pivot) * scale - base - judges[Int(sheet.judgeCodes[row])]
                squares += residual * residual
            }
            total += squares
        }
        return total
    }
}
