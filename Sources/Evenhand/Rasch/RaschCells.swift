/// The combinations of scale, judge and criterion that occur: scores of one combination have the same probabilities for an entry.
struct RaschCells: Sendable {
    let ratings: RaschRatings
    /// For each combination its scale and its elements in the facets after the first.
    let cells: [(scale: Int, elements: [Int])]
    /// The scale of each combination.
    let scaleOfCell: [Int]
    /// For each score the combination.
    let cellOfRow: [Int32]
    /// For each entry the scores that are used.
    let rowsOfEntry: [[Int]]
    /// The parameters of each combination, and of each entry.
    let positions: CellPositions
    let parametersOfEntry: [EntryParameters]
    /// The sum over all scores of what each parameter is multiplied by: the slope of the likelihood but for what is expected.
    let observed: [Double]

    init(of ratings: RaschRatings, _ layout: RaschLayout) {
        self.ratings = ratings
        var (known, cells) = ([[Int32]: Int32](), [(scale: Int, elements: [Int])]())
        var cellOfRow = [Int32](repeating: -1, count: ratings.count)
        var rows = [[Int]](repeating: [], count: ratings.names[0].count)
        for row in 0..<ratings.count where ratings.reduction.isUsed[row] {
            let key = [ratings.scaleCodes[row]] + ratings.codes.dropFirst().map { $0[row] }
            let cell = known[key] ?? Int32(cells.count)
            if known.updateValue(cell, forKey: key) == nil {
                cells.append((Int(key[0]), key.dropFirst().map { Int($0) }))
            }
            cellOfRow[row] = cell
            rows[Int(ratings.codes[0][row])].append(row)
        }
        (self.cells, scaleOfCell, self.cellOfRow, rowsOfEntry) = (cells, cells.map(\.scale), cellOfRow, rows)
        let positions = CellPositions(cells, ratings, layout)
        parametersOfEntry = rows.map { EntryParameters($0, cellOfRow, ratings, positions, last: layout.size) }
        observed = RaschCells.observed(ratings, layout, cellOfRow, positions)
        self.positions = positions
    }

    private static func observed(
        _ ratings: RaschRatings, _ layout: RaschLayout, _ cellOfRow: [Int32], _ positions: CellPositions
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: layout.size)
        for row in 0..<ratings.count where ratings.reduction.isUsed[row] {
            let scale = Int(ratings.scaleCodes[row])
            guard let lowest = ratings.reduction.spans[scale]?.lowerBound else { continue }
            let (weight, category) = (ratings.weights[row], ratings.categories[row] - Double(lowest))
            for element in positions.elements(of: Int(cellOfRow[row])) { sums[positions.elements[element]] += weight * category }
            let (lower, share) = RaschReduction.parts(of: category)
            for (k, part) in [(lower, 1 - share), (lower + 1, share)] where part > 0 {
                if let position = layout.sums[scale][lowest + k] { sums[position] += weight * part }
            }
        }
        return sums
    }
}

/// The parameters that the scores of an entry depend on.
struct EntryParameters: Sendable {
    /// Their positions, the standard deviation of entries first.
    private(set) var positions: [Int]
    /// The combination and the weight of each score.
    private(set) var scores: [(cell: Int, weight: Double)] = []
    /// Where among `positions` the elements of each score are, so many for each.
    private(set) var elements: [Int] = []
    /// The categories of each score with a threshold sum, and where among `positions` it is; those of a score are up to its end.
    private(set) var sums: [(k: Int, at: Int)] = []
    private(set) var sumEnds: [Int] = []

    /// - Parameters:
    ///   - rows: the scores of the entry.
    ///   - last: the position of the standard deviation of entries.
    init(_ rows: [Int], _ cellOfRow: [Int32], _ ratings: RaschRatings, _ positions: CellPositions, last: Int) {
        var indexOf = [Int32](repeating: -1, count: last + 1)
        var all = [last]
        indexOf[last] = 0
        func index(_ position: Int) -> Int {
            if indexOf[position] < 0 {
                indexOf[position] = Int32(all.count)
                all.append(position)
            }
            return Int(indexOf[position])
        }
        for row in rows {
            let cell = Int(cellOfRow[row])
            scores.append((cell, ratings.weights[row]))
            for element in positions.elements(of: cell) { elements.append(index(positions.elements[element])) }
            for sum in positions.sums(of: cell) { sums.append((positions.sums[sum].k, index(positions.sums[sum].at))) }
            sumEnds.append(sums.count)
        }
        self.positions = all
    }
}

/// The positions of the elements and threshold sums of each combination among the parameters, one combination after the other.
struct CellPositions: Sendable {
    /// How many elements a combination has.
    let width: Int
    private(set) var elements: [Int] = []
    private(set) var sums: [(k: Int, at: Int)] = []
    private var sumStarts = [0]

    init(_ cells: [(scale: Int, elements: [Int])], _ ratings: RaschRatings, _ layout: RaschLayout) {
        width = cells.first?.elements.count ?? 0
        for (scale, own) in cells {
            for (facet, element) in own.enumerated() { elements.append(layout.offsets[facet + 1] + element) }
            if let span = ratings.reduction.spans[scale] {
                for k in 0..<span.count { if let position = layout.sums[scale][span.lowerBound + k] { sums.append((k, position)) } }
            }
            sumStarts.append(sums.count)
        }
    }

    func elements(of cell: Int) -> Range<Int> { cell * width..<(cell + 1) * width }
    func sums(of cell: Int) -> Range<Int> { sumStarts[cell]..<sumStarts[cell + 1] }
}
