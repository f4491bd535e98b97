import LinearAlgebra

/// The scores of a crossed model in sparse counts and sums, with the larger side set apart to be eliminated.
///
/// The *eliminated* factor is the one of entries and judges that has more levels; its block of the normal equations is diagonal. All
/// others, the *dense* columns, are in this order: levels of the smaller factor, heats, fixed effects (one for each group, which add up to
/// the constant).
struct CrossedDesign: Sendable {
    let levels: ScoreLevels
    /// The dense columns of each factor with random effects: the smaller factor, then the heats if asked for.
    let random: [Range<Int>]

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

    var isEntryEliminated: Bool { levels.isEntryEliminated }
    /// The group of each entry.
    var groupCodes: [Int32] { levels.groupCodes }
    /// The dense columns of the fixed effects.
    var fixed: Range<Int> { levels.fixed }
    /// The number of levels of the random factors: the eliminated one, the smaller one, the heats.
    var levelCounts: [Int] { [sizes.count] + random.map(\.count) }
    /// The number of scores.
    var scoreCount: Int { levels.sheet.count }
    /// The number of dense columns.
    var columnCount: Int { fixed.upperBound }

    init(of sheet: ScoreSheet, heats: Bool, groups: [Int32], groupCount: Int) {
        let isEntryEliminated = sheet.entries.count >= sheet.judges.count
        let denseCount = min(sheet.entries.count, sheet.judges.count)
        let heatCount = heats ? sheet.heats.count : 0
        let fixed = denseCount + heatCount..<denseCount + heatCount + groupCount
        let judgeSizes = sheet.judgeScoreCounts.map(Double.init)
        let entrySizes = sheet.scoreCounts.map(Double.init)
        let levels = ScoreLevels(
            sheet: sheet, groupCodes: groups, isEntryEliminated: isEntryEliminated, heats: heats ? denseCount : nil, fixed: fixed)
        self.levels = levels
        random = [0..<denseCount] + (heats ? [denseCount..<denseCount + heatCount] : [])
        (sizes, denseSizes) = isEntryEliminated ? (entrySizes, judgeSizes) : (judgeSizes, entrySizes)
        counts = isEntryEliminated ? CrossedDesign.countsByEntry(levels) : CrossedDesign.countsByJudge(levels)
        border = CrossedDesign.border(levels, from: denseCount)

        let mean = sheet.units.reduce(0, +) / Double(sheet.count)
        let pivot = sheet.isExact ? mean.rounded() : mean
        let (values, scale) = (sheet.units.map { $0 - pivot }, 1 / sheet.unitsPerPoint)
        let totals = levels.sums(over: values)
        center = pivot / sheet.unitsPerPoint
        sums = LevelValues(eliminated: totals.eliminated.map { $0 * scale }, columns: totals.columns.map { $0 * scale })
        squares = values.reduce(0) { $0 + $1 * $1 } * scale * scale
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
}

extension CrossedDesign {
    private static func countsByEntry(_ levels: ScoreLevels) -> SparseRows {
        let sheet = levels.sheet
        let rows = EntryRows(of: sheet)
        var builder = SparseRowBuilder(columnCount: levels.fixed.upperBound, elementCapacity: sheet.count + 2 * sheet.performances.count)
        for entry in 0..<rows.count {
            for index in rows.performances(of: entry) {
                let performance = sheet.performances[Int(index)]
                builder.addOnes(at: sheet.judgeCodes[performance.rows])
                levels.forEachShared(of: performance) { builder.add(Double(performance.rows.count), at: $0) }
            }
            builder.endRow()
        }
        return builder.rows()
    }

    private static func countsByJudge(_ levels: ScoreLevels) -> SparseRows {
        let sheet = levels.sheet
        var performances = [[Int32]](repeating: [], count: sheet.judges.count)
        for (index, performance) in sheet.performances.enumerated() {
            for row in performance.rows { performances[Int(sheet.judgeCodes[row])].append(Int32(index)) }
        }
        var builder = SparseRowBuilder(columnCount: levels.fixed.upperBound, elementCapacity: 3 * sheet.count)
        for met in performances {
            for index in met {
                let performance = sheet.performances[Int(index)]
                builder.add(1, at: Int(performance.entry))
                levels.forEachShared(of: performance) { builder.add(1, at: $0) }
            }
            builder.endRow()
        }
        return builder.rows()
    }

    private static func border(_ levels: ScoreLevels, from first: Int) -> Matrix {
        let sheet = levels.sheet
        var border = Matrix(rows: levels.fixed.upperBound, columns: levels.fixed.upperBound - first)
        for performance in sheet.performances {
            let size = Double(performance.rows.count)
            levels.forEachShared(of: performance) { column in
                levels.forEachShared(of: performance) { border[$0, column - first] += size }
                if levels.isEntryEliminated {
                    for row in performance.rows { border[Int(sheet.judgeCodes[row]), column - first] += 1 }
                } else {
                    border[Int(performance.entry), column - first] += size
                }
            }
        }
        return border
    }
}
