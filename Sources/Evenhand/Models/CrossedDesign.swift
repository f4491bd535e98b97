import LinearAlgebra

/// The scores of a crossed model in sparse counts, with the larger side set apart to be eliminated.
///
/// The *eliminated* factor is the one of entries and judges that has more levels; its block of the normal equations is diagonal. All others,
/// the *dense* columns, stand in this order: levels of the smaller factor, heats, fixed effects (one for each group, which add up to the
/// constant).
struct CrossedDesign: Sendable {
    let isEntryEliminated: Bool
    /// For each eliminated level (row) how many of its scores fall on each dense column.
    let counts: SparseRows
    /// The number of scores of each eliminated level.
    let sizes: [Double]
    /// The number of scores of each level of the smaller factor.
    let denseSizes: [Double]
    /// Scores shared by each dense column (row) with the columns from the heats on: RᵀR without its diagonal first block.
    let border: Matrix
    /// The dense columns of each factor with random effects: the smaller factor, then the heats if asked for.
    let random: [Range<Int>]
    /// The dense columns of the fixed effects.
    let fixed: Range<Int>

    /// For each score its eliminated level, and its dense columns one factor after the other.
    let eliminatedCodes: [Int32]
    let columnCodes: [[Int32]]
    /// The scores in points less their mean, and that mean.
    let values: [Double]
    let center: Double

    /// The number of scores.
    var scoreCount: Int { values.count }
    /// The number of dense columns.
    var columnCount: Int { fixed.upperBound }

    init(of sheet: ScoreSheet, heats: Bool, groups: [Int32], groupCount: Int) {
        isEntryEliminated = sheet.entries.count >= sheet.judges.count
        let entryCodes = sheet.performances.flatMap { [Int32](repeating: $0.entry, count: $0.rows.count) }
        let denseCount = min(sheet.entries.count, sheet.judges.count)
        let heatCount = heats ? sheet.heats.count : 0
        random = [0..<denseCount] + (heats ? [denseCount..<denseCount + heatCount] : [])
        fixed = denseCount + heatCount..<denseCount + heatCount + groupCount
        eliminatedCodes = isEntryEliminated ? entryCodes : sheet.judgeCodes
        var codes = [isEntryEliminated ? sheet.judgeCodes : entryCodes]
        if heats { codes.append(sheet.performances.flatMap { [Int32](repeating: $0.heat + Int32(denseCount), count: $0.rows.count) }) }
        let first = Int32(fixed.lowerBound)
        codes.append(groupCount == 1 ? [Int32](repeating: first, count: sheet.count) : entryCodes.map { groups[Int($0)] + first })
        columnCodes = codes

        let perPoint = sheet.unitsPerPoint
        center = sheet.units.reduce(0, +) / perPoint / Double(sheet.count)
        values = sheet.units.map { [center] in $0 / perPoint - center }
        counts = CrossedDesign.counts(
            eliminatedCodes, codes, levels: max(sheet.entries.count, sheet.judges.count), columns: fixed.upperBound)
        sizes = CrossedDesign.sizes(eliminatedCodes, levels: counts.rowCount)
        denseSizes = CrossedDesign.sizes(codes[0], levels: denseCount)
        border = CrossedDesign.border(codes, columns: fixed.upperBound, from: denseCount)
    }

    /// RᵀR of the dense columns, lower triangle.
    func gram() -> Matrix {
        var gram = Matrix(rows: columnCount, columns: columnCount)
        for (column, size) in denseSizes.enumerated() { gram[column, column] = size }
        let first = columnCount - border.columns
        for column in 0..<border.columns {
            for row in 0..<first { gram[first + column, row] = border[row, column] }
            for row in first..<columnCount { gram[row, first + column] = border[row, column] }
        }
        return gram
    }

    /// The sums of values, one for each score, over the scores of each eliminated level and of each dense column.
    func sums(_ values: [Double]) -> (eliminated: [Double], columns: [Double]) {
        var eliminated = [Double](repeating: 0, count: counts.rowCount)
        for (code, value) in zip(eliminatedCodes, values) { eliminated[Int(code)] += value }
        var columns = [Double](repeating: 0, count: columnCount)
        for codes in columnCodes {
            for (code, value) in zip(codes, values) { columns[Int(code)] += value }
        }
        return (eliminated, columns)
    }

    private static func sizes(_ codes: [Int32], levels: Int) -> [Double] {
        codes.reduce(into: [Double](repeating: 0, count: levels)) { $0[Int($1)] += 1 }
    }

    private static func counts(_ codes: [Int32], _ columnCodes: [[Int32]], levels: Int, columns: Int) -> SparseRows {
        // The scores of each level, by counting.
        var starts = [Int](repeating: 0, count: levels + 1)
        for code in codes { starts[Int(code) + 1] += 1 }
        for level in 0..<levels { starts[level + 1] += starts[level] }
        var (next, order) = (starts, [Int32](repeating: 0, count: codes.count))
        for (row, code) in codes.enumerated() {
            order[next[Int(code)]] = Int32(row)
            next[Int(code)] += 1
        }
        var (rowStarts, found, values) = ([0], [Int32](), [Double]())
        var count = [Double](repeating: 0, count: columns)
        var touched: [Int32] = []
        for level in 0..<levels {
            touched.removeAll(keepingCapacity: true)
            for place in starts[level]..<starts[level + 1] {
                let row = Int(order[place])
                for factor in columnCodes.indices {
                    let column = columnCodes[factor][row]
                    if count[Int(column)] == 0 { touched.append(column) }
                    count[Int(column)] += 1
                }
            }
            touched.sort()
            for column in touched {
                found.append(column)
                values.append(count[Int(column)])
                count[Int(column)] = 0
            }
            rowStarts.append(found.count)
        }
        return SparseRows(columnCount: columns, starts: rowStarts, columns: found, values: values)
    }

    private static func border(_ codes: [[Int32]], columns: Int, from first: Int) -> Matrix {
        var border = Matrix(rows: columns, columns: columns - first)
        for row in codes[0].indices {
            for low in codes.dropFirst() {
                for high in codes { border[Int(high[row]), Int(low[row]) - first] += 1 }
            }
        }
        return border
    }
}
