import LinearAlgebra

/// The scores of a facet model by cells: scores that agree in every facet are one cell, with their mean.
///
/// The levels of one facet, the swept one, are blocks: effects with that facet are in the equations of one block alone, and are eliminated
/// there. Of the others, the kept ones, equations are formed and factored. Cells that agree in a second facet too are a group: effects of
/// both together (entry × item and entry × judge × item, say) are part of its covariance, and have no equations at all.
struct FacetCells: Sendable {
    /// Where the effects of a term are.
    enum Role: Sendable { case kept, swept, group }

    let terms: [FacetTerms.Term]
    let roles: [Role]
    let swept: Facets
    let scoreCount: Int
    let center: Double

    /// How many scores each cell has, and their mean in points, less `center`.
    let sizes, values: [Double]
    /// The cell of each score.
    let cellOf: [Int32]
    /// The sums of squares and products within cells: of covariates and, last, of the scores.
    let within: Matrix
    /// The level of each cell in each term; −1 where it is anchored.
    let codes: [[Int32]]
    /// The first cell of each group, the first group of each block, and the ends.
    let groups, blocks: [Int]
    /// The first element of each group in the matrices of all groups, one after another, and the end.
    let squares: [Int]

    /// The first column of each kept term; then come the constant and the covariates.
    let offsets: [Int]
    let constant: Int
    let keptCount: Int
    /// The kept columns of each cell, and what is in them.
    let keptColumns: [Int32]
    let keptWeights: [Double]
    let keptWidth: Int
    /// The swept columns of each cell, counted within its block.
    let sweptColumns: [Int32]
    let sweptWidth: Int
    /// The first swept column of each block, and the end.
    let columnStarts: [Int]
    /// The swept column of each level of each swept term; none for others.
    let columnOf: [[Int32]]

    var cellCount: Int { sizes.count }
    var blockCount: Int { blocks.count - 1 }
    var sweptCount: Int { columnStarts[blockCount] }
    var covariateCount: Int { keptCount - constant - 1 }
    /// Whether many cells leave little doubt about variances, and each solution takes long.
    var isLarge: Bool { cellCount > 20_000 }
    /// n − p.
    var freedom: Double { Double(scoreCount - covariateCount - 1) }

    /// - Parameters:
    ///   - covariates: a value for each score, of mean 0.
    ///   - values: the scores in points, less `center`.
    init(_ sheet: ScoreSheet, _ terms: [FacetTerms.Term], covariates: [[Double]], values: [Double], center: Double, by sweep: CellSweep) {
        (self.terms, swept, self.center, scoreCount) = (terms, sweep.swept, center, sheet.count)
        roles = terms.map(sweep.role)
        let order = CellOrder(sheet, first: [sweep.swept, sweep.grouped])
        (groups, blocks, cellOf) = (order.groups, order.blocks, order.cellOf)
        squares = zip(groups, groups.dropFirst()).reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1.1 - $1.0) * ($1.1 - $1.0)) }
        codes = terms.map { term in order.firstRows.map { term.codes[$0] } }
        sizes = order.sizes
        let columns = covariates + [values]
        let means = columns.map { order.means($0) }
        self.values = means[covariates.count]
        let deviations = zip(columns, means).map { order.deviations($0, from: $1) }
        within = Matrix(rows: columns.count, columns: columns.count) { first, second in
            zip(deviations[first], deviations[second]).reduce(0) { $0 + $1.0 * $1.1 }
        }

        var (offsets, next) = ([Int](repeating: 0, count: terms.count), 0)
        for term in terms.indices where roles[term] == .kept {
            offsets[term] = next
            next += terms[term].levelCount
        }
        (self.offsets, constant, keptCount) = (offsets, next, next + 1 + covariates.count)
        let keptTerms = terms.indices.filter { [roles] in roles[$0] == .kept }
        keptWidth = keptTerms.count + 1 + covariates.count
        var (keptColumns, keptWeights) = ([Int32](), [Double]())
        keptColumns.reserveCapacity(keptWidth * sizes.count)
        keptWeights.reserveCapacity(keptWidth * sizes.count)
        for cell in sizes.indices {
            for term in keptTerms {
                keptColumns.append(Int32(offsets[term]) + max(0, codes[term][cell]))
                keptWeights.append(codes[term][cell] < 0 ? 0 : 1)
            }
            for column in 0...covariates.count { keptColumns.append(Int32(next + column)) }
            keptWeights.append(1)
            for covariate in covariates.indices { keptWeights.append(means[covariate][cell]) }
        }
        (self.keptColumns, self.keptWeights) = (keptColumns, keptWeights)

        // Terms of one facet come last, so that nothing of their block comes after them.
        let sweptTerms = terms.indices.filter { [roles] in roles[$0] == .swept }.reversed()
        sweptWidth = sweptTerms.count
        var (columnOf, starts) = (terms.map { _ in [Int32]() }, [0])
        for term in sweptTerms { columnOf[term] = [Int32](repeating: -1, count: terms[term].levelCount) }
        var sweptColumns = [Int32](repeating: 0, count: sweptWidth * sizes.count)
        for block in 0..<blocks.count - 1 {
            let first = starts[block]
            var column = first
            for (position, term) in sweptTerms.enumerated() {
                for cell in groups[blocks[block]]..<groups[blocks[block + 1]] {
                    let level = Int(codes[term][cell])
                    if columnOf[term][level] < 0 {
                        columnOf[term][level] = Int32(column)
                        column += 1
                    }
                    sweptColumns[cell * sweptWidth + position] = columnOf[term][level] - Int32(first)
                }
            }
            starts.append(column)
        }
        (self.columnOf, self.sweptColumns, columnStarts) = (columnOf, sweptColumns, starts)
    }

    /// The sum over the cells of each level of a term.
    func sums(of cells: [Double], over term: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: terms[term].levelCount)
        for (code, value) in zip(codes[term], cells) where code >= 0 { sums[Int(code)] += value }
        return sums
    }
}

/// The scores in the order of their cells.
private struct CellOrder {
    let rows: [Int]
    /// The first score of each cell, by its position in `rows`, and the end.
    let cells: [Int]
    let groups, blocks: [Int]
    let cellOf: [Int32]

    var firstRows: [Int] { cells.dropLast().map { rows[$0] } }
    var sizes: [Double] { zip(cells, cells.dropFirst()).map { Double($1 - $0) } }

    init(_ sheet: ScoreSheet, first: [Facets]) {
        let columns = FacetColumns(sheet)
        let leading = first.flatMap(\.positions)
        var (keys, count) = ([Int](repeating: 0, count: sheet.count), 1)
        for facet in leading + (0..<5).filter({ !leading.contains($0) }) where columns.levelCounts[facet] > 1 {
            let (codes, width) = (columns.codes[facet], columns.levelCounts[facet])
            // Combinations that occur are counted anew each time, so that no product passes the scores times a facet.
            let found = FacetColumns.recoded(keys.indices.map { keys[$0] * width + Int(codes[$0]) }, below: count * width)
            (keys, count) = (found.codes.map(Int.init), found.count)
        }
        var starts = [Int](repeating: 0, count: count + 1)
        for key in keys { starts[key + 1] += 1 }
        for key in 0..<count { starts[key + 1] += starts[key] }
        var (next, rows) = (starts, [Int](repeating: 0, count: keys.count))
        for (row, key) in keys.enumerated() {
            rows[next[key]] = row
            next[key] += 1
        }
        (self.rows, cells, cellOf) = (rows, starts, keys.map { Int32($0) })
        let codes = leading.map { columns.codes[$0] }
        var (groups, blocks) = ([Int](), [Int]())
        for cell in 0..<count {
            let (row, last) = (rows[starts[cell]], cell == 0 ? nil : rows[starts[cell - 1]])
            let isNewBlock = last.map { codes[0][$0] != codes[0][row] } ?? true
            if isNewBlock { blocks.append(groups.count) }
            if isNewBlock || last.map({ codes[1][$0] != codes[1][row] }) ?? true { groups.append(cell) }
        }
        (self.groups, self.blocks) = (groups + [count], blocks + [groups.count])
    }

    func means(_ values: [Double]) -> [Double] {
        zip(cells, cells.dropFirst()).map { first, end in rows[first..<end].reduce(0) { $0 + values[$1] } / Double(end - first) }
    }

    /// Each score's distance from the mean of its cell.
    func deviations(_ values: [Double], from means: [Double]) -> [Double] {
        var deviations: [Double] = []
        deviations.reserveCapacity(values.count)
        for (cell, mean) in means.enumerated() { for row in rows[cells[cell]..<cells[cell + 1]] { deviations.append(values[row] - mean) } }
        return deviations
    }
}
