import LinearAlgebra

/// A value for each eliminated level and for each dense column of a crossed model: effects, or sums over their scores.
struct LevelValues: Sendable {
    var eliminated: [Double]
    var columns: [Double]
}

/// The scores of a crossed model in sparse counts and sums, with the larger side set apart to be eliminated.
///
/// The *eliminated* factor is the one of entries and judges that has more levels; its block of the normal equations is diagonal. All others,
/// the *dense* columns, stand in this order: levels of the smaller factor, heats, fixed effects (one for each group, which add up to the
/// constant).
struct CrossedDesign: Sendable {
    let sheet: ScoreSheet
    /// The group of each entry.
    let groupCodes: [Int32]
    let isEntryEliminated: Bool
    /// The dense columns of each factor with random effects: the smaller factor, then the heats if asked for.
    let random: [Range<Int>]
    /// The dense columns of the fixed effects.
    let fixed: Range<Int>

    /// For each eliminated level (row) how many of its scores fall on each dense column: N.
    let counts: SparseRows
    /// The number of scores of each eliminated level.
    let sizes: [Double]
    /// The number of scores of each level of the smaller factor.
    let denseSizes: [Double]
    /// Scores shared by each dense column (row) with the columns from the heats on: RᵀR without its diagonal first block.
    let border: Matrix

    /// What the scores are counted from, in points: a whole number of units near their mean, so that sums of exact scores are exact.
    let center: Double
    /// The sums of the scores, less `center`.
    let sums: LevelValues
    /// Their sum of squares.
    let squares: Double

    /// The number of scores.
    var scoreCount: Int { sheet.count }
    /// The number of dense columns.
    var columnCount: Int { fixed.upperBound }

    init(of sheet: ScoreSheet, heats: Bool, groups: [Int32], groupCount: Int) {
        let isEntryEliminated = sheet.entries.count >= sheet.judges.count
        let denseCount = min(sheet.entries.count, sheet.judges.count)
        let heatCount = heats ? sheet.heats.count : 0
        let fixed = denseCount + heatCount..<denseCount + heatCount + groupCount
        let judgeSizes = sheet.judgeScoreCounts.map(Double.init)
        let entrySizes = sheet.scoreCounts.map(Double.init)
        (self.sheet, groupCodes, self.isEntryEliminated, self.fixed) = (sheet, groups, isEntryEliminated, fixed)
        random = [0..<denseCount] + (heats ? [denseCount..<denseCount + heatCount] : [])
        (sizes, denseSizes) = isEntryEliminated ? (entrySizes, judgeSizes) : (judgeSizes, entrySizes)

        let columns = BorderColumns(heats: heats ? denseCount : nil, fixed: fixed.lowerBound, groups: groups)
        counts =
            isEntryEliminated
            ? CrossedDesign.countsByEntry(sheet, columns, columnCount: fixed.upperBound)
            : CrossedDesign.countsByJudge(sheet, columns, columnCount: fixed.upperBound)
        border = CrossedDesign.border(sheet, columns, isEntryEliminated, from: denseCount, to: fixed.upperBound)

        let mean = sheet.units.reduce(0, +) / Double(sheet.count)
        let pivot = sheet.isExact ? mean.rounded() : mean
        center = pivot / sheet.unitsPerPoint
        let totals = CrossedDesign.totals(sheet, pivot)
        var dense = isEntryEliminated ? totals.judges : totals.entries
        dense += [Double](repeating: 0, count: heatCount + groupCount)
        for (performance, sum) in zip(sheet.performances, totals.performances) {
            columns.forEach(of: performance) { dense[$0] += sum }
        }
        sums = LevelValues(eliminated: isEntryEliminated ? totals.entries : totals.judges, columns: dense)
        squares = totals.squares
    }

    /// The sums over scores that effects would give: N and the normal equations' other blocks times the effects.
    func sums(of effects: LevelValues) -> LevelValues {
        let tasks = Parallel.tasks(size: scoreCount)
        var eliminated = counts.times(effects.columns, tasks: tasks)
        for level in eliminated.indices { eliminated[level] += sizes[level] * effects.eliminated[level] }
        var columns = counts.transposedTimes(effects.eliminated, tasks: tasks)
        for (column, value) in gramTimes(effects.columns).enumerated() { columns[column] += value }
        return LevelValues(eliminated: eliminated, columns: columns)
    }

    /// RᵀR times values of the dense columns.
    func gramTimes(_ values: [Double]) -> [Double] {
        var product = border * Array(values[denseSizes.count...])
        for column in denseSizes.indices { product[column] += denseSizes[column] * values[column] }
        // The border as rows; its last square was counted with the columns.
        let dense = values[..<denseSizes.count] + [Double](repeating: 0, count: border.columns)
        for (column, value) in border.transposedTimes(Array(dense)).enumerated() { product[denseSizes.count + column] += value }
        return product
    }

    /// Σ (x − effects)², score by score: a difference of sums would lose the digits that the effects explain.
    func residualSquares(_ effects: LevelValues) -> Double {
        let columns = BorderColumns(heats: random.count > 1 ? denseSizes.count : nil, fixed: fixed.lowerBound, groups: groupCodes)
        let (entries, judges) = isEntryEliminated ? (effects.eliminated, effects.columns) : (effects.columns, effects.eliminated)
        let scale = 1 / sheet.unitsPerPoint
        let pivot = center * sheet.unitsPerPoint
        var total = 0.0
        for performance in sheet.performances {
            var base = entries[Int(performance.entry)]
            columns.forEach(of: performance) { base += effects.columns[$0] }
            var squares = 0.0
            for row in performance.rows {
                let residual = (sheet.units[row] - pivot) * scale - base - judges[Int(sheet.judgeCodes[row])]
                squares += residual * residual
            }
            total += squares
        }
        return total
    }
}

/// The dense columns on which all scores of a performance fall.
private struct BorderColumns {
    /// The first column of the heats.
    let heats: Int?
    let fixed: Int
    let groups: [Int32]

    @inline(__always)
    func forEach(of performance: Performance, _ body: (Int) -> Void) {
        if let heats { body(heats + Int(performance.heat)) }
        body(fixed + Int(groups[Int(performance.entry)]))
    }
}

extension CrossedDesign {
    private static func countsByEntry(_ sheet: ScoreSheet, _ border: BorderColumns, columnCount: Int) -> SparseRows {
        let rows = EntryRows(of: sheet)
        var builder = SparseRowBuilder(columnCount: columnCount, elementCapacity: sheet.count + 2 * sheet.performances.count)
        for entry in 0..<rows.count {
            for index in rows.performances(of: entry) {
                let performance = sheet.performances[Int(index)]
                builder.addOnes(at: sheet.judgeCodes[performance.rows])
                border.forEach(of: performance) { builder.add(Double(performance.rows.count), at: $0) }
            }
            builder.endRow()
        }
        return builder.rows()
    }

    private static func countsByJudge(_ sheet: ScoreSheet, _ border: BorderColumns, columnCount: Int) -> SparseRows {
        var performances = [[Int32]](repeating: [], count: sheet.judges.count)
        for (index, performance) in sheet.performances.enumerated() {
            for row in performance.rows { performances[Int(sheet.judgeCodes[row])].append(Int32(index)) }
        }
        var builder = SparseRowBuilder(columnCount: columnCount, elementCapacity: 3 * sheet.count)
        for met in performances {
            for index in met {
                let performance = sheet.performances[Int(index)]
                builder.add(1, at: Int(performance.entry))
                border.forEach(of: performance) { builder.add(1, at: $0) }
            }
            builder.endRow()
        }
        return builder.rows()
    }

    private static func border(_ sheet: ScoreSheet, _ columns: BorderColumns, _ isEntryEliminated: Bool, from first: Int, to count: Int)
        -> Matrix
    {
        var border = Matrix(rows: count, columns: count - first)
        for performance in sheet.performances {
            let size = Double(performance.rows.count)
            columns.forEach(of: performance) { column in
                columns.forEach(of: performance) { border[$0, column - first] += size }
                if isEntryEliminated {
                    for row in performance.rows { border[Int(sheet.judgeCodes[row]), column - first] += 1 }
                } else {
                    border[Int(performance.entry), column - first] += size
                }
            }
        }
        return border
    }

    /// Sums of scores less the pivot, in units until the last step.
    private static func totals(_ sheet: ScoreSheet, _ pivot: Double) -> (
        entries: [Double], judges: [Double], performances: [Double], squares: Double
    ) {
        var entries = [Double](repeating: 0, count: sheet.entries.count)
        var judges = [Double](repeating: 0, count: sheet.judges.count)
        var squares = 0.0
        let scale = sheet.unitsPerPoint
        let performances = sheet.performances.map { performance in
            var sum = 0.0
            for row in performance.rows {
                let value = sheet.units[row] - pivot
                sum += value
                squares += value * value
                judges[Int(sheet.judgeCodes[row])] += value
            }
            entries[Int(performance.entry)] += sum
            return sum
        }
        return (entries.map { $0 / scale }, judges.map { $0 / scale }, performances.map { $0 / scale }, squares / (scale * scale))
    }
}
