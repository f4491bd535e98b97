/// The probabilities of every combination at equally spaced nodes, worked out where a posterior needs them.
///
/// Each quantity is stored node after node, so that sums over nodes run along memory.
struct MarginalGrid {
    /// The number of categories of each combination.
    let lengths: [Int]
    /// The nodes, counted from 0.
    let nodes: Range<Int>
    /// For each combination and node the logarithm of the sum of e^(kη − κ_k), and the mean and variance of the category.
    private(set) var logSums: [Double], means: [Double], variances: [Double]
    /// For each combination, category and node the probability.
    private(set) var probabilities: [Double]
    /// How many scores of each combination are expected at each node.
    private(set) var counts: [Double]
    private var isFilled: [Bool]
    /// Where quantities begin.
    let shape: Shape
    private let step: Double
    private let low: Double
    private let curves: [RaschCurve?]
    private let scaleOfCell: [Int]
    private let offsets: [Double]

    /// The order of quantities: a value of its own, so that a loop over them does not hold the grid.
    struct Shape: Sendable {
        fileprivate let nodes: Int
        fileprivate let longest: Int

        /// Where the nodes of a combination begin.
        func start(_ cell: Int) -> Int { cell * nodes }

        /// Where the probabilities of a category begin.
        func start(_ cell: Int, _ category: Int) -> Int { (cell * longest + category) * nodes }
    }

    init(_ cells: RaschCells, _ curves: [RaschCurve?], _ offsets: [Double], step: Double, range: ClosedRange<Double>) {
        (self.step, self.curves, self.offsets) = (step, curves, offsets)
        low = (range.lowerBound / step).rounded(.down) * step
        nodes = 0..<Int(((range.upperBound - low) / step).rounded(.up)) + 1
        scaleOfCell = cells.scaleOfCell
        lengths = scaleOfCell.map { curves[$0]?.count ?? 0 }
        let longest = lengths.max() ?? 0
        shape = Shape(nodes: nodes.count, longest: longest)
        logSums = [Double](repeating: 0, count: lengths.count * nodes.count)
        (means, variances, counts) = (logSums, logSums, logSums)
        probabilities = [Double](repeating: 0, count: lengths.count * nodes.count * longest)
        isFilled = [Bool](repeating: false, count: nodes.count)
    }

    func position(of node: Int) -> Double { low + Double(node) * step }

    /// The nearest node.
    func node(at position: Double) -> Int { min(nodes.upperBound - 1, max(0, Int(((position - low) / step).rounded()))) }

    mutating func add(_ weights: [Double], times factor: Double, to cell: Int, from first: Int) {
        let start = shape.start(cell) + first
        counts.withUnsafeMutableBufferPointer { counts in
            for offset in weights.indices { counts[start + offset] += factor * weights[offset] }
        }
    }

    mutating func fill(_ range: Range<Int>) {
        let open = range.filter { !isFilled[$0] }
        guard !open.isEmpty else { return }
        for node in open { isFilled[node] = true }
        var found = [Double](repeating: 0, count: RaschScale.mostCategories)
        for cell in lengths.indices {
            guard let curve = curves[scaleOfCell[cell]] else { continue }
            let (start, first) = (shape.start(cell), shape.start(cell, 0))
            for node in open {
                let moments = curve.moments(at: position(of: node) + offsets[cell], &found)
                (logSums[start + node], means[start + node], variances[start + node]) = (moments.logSum, moments.mean, moments.variance)
                for k in 0..<curve.count { probabilities[first + k * nodes.count + node] = found[k] }
            }
        }
    }
}

/// The posterior of one entry on the grid.
struct EntryNodes {
    /// The first node, and the probability of each from there on.
    let first: Int
    let weights: [Double]
    /// The logarithm of the sum of the joint density over nodes.
    let logSum: Double
    let mean: Double
    let variance: Double

    /// Where the densities of `reach` nodes on both sides are not yet low enough, so many more are added at a time.
    private static let block = 8

    /// `nil` of an entry without a score that is used.
    init?(
        _ entry: Int, _ cells: RaschCells, _ curves: [RaschCurve?], _ offsets: [Double], _ grid: inout MarginalGrid, around middle: Int,
        reach: Int, depth: Double, _ precision: Double
    ) {
        let rows = cells.rowsOfEntry[entry]
        guard !rows.isEmpty else { return nil }
        let ratings = cells.ratings
        var (score, constant) = (0.0, 0.0)
        for row in rows {
            let cell = Int(cells.cellOfRow[row])
            guard let curve = curves[cells.scaleOfCell[cell]] else { continue }
            let (weight, category) = (ratings.weights[row], ratings.categories[row] - Double(curve.lowest))
            let (lower, share) = RaschReduction.parts(of: category)
            score += weight * category
            constant += weight * category * offsets[cell] - weight * (1 - share) * (curve.sums[lower] ?? 0)
            if share > 0 { constant -= weight * share * (curve.sums[lower + 1] ?? 0) }
        }
        func logDensities(_ range: Range<Int>) -> [Double] {
            grid.fill(range)
            let shape = grid.shape
            var densities = range.map { node in
                let position = grid.position(of: node)
                return constant + position * score - 0.5 * precision * position * position
            }
            densities.withUnsafeMutableBufferPointer { densities in
                grid.logSums.withUnsafeBufferPointer { sums in
                    for row in rows {
                        let (weight, start) = (ratings.weights[row], shape.start(Int(cells.cellOfRow[row])) + range.lowerBound)
                        for offset in densities.indices { densities[offset] -= weight * sums[start + offset] }
                    }
                }
            }
            return densities
        }
        let end = grid.nodes.upperBound
        var range = max(0, middle - reach)..<min(end, middle + reach + 1)
        var all = logDensities(range)
        let top = all.max() ?? 0
        while range.lowerBound > 0, all[0] > top - depth {
            let more = max(0, range.lowerBound - EntryNodes.block)..<range.lowerBound
            all = logDensities(more) + all
            range = more.lowerBound..<range.upperBound
        }
        while range.upperBound < end, all[all.count - 1] > top - depth {
            let more = range.upperBound..<min(end, range.upperBound + EntryNodes.block)
            all += logDensities(more)
            range = range.lowerBound..<more.upperBound
        }
        first = range.lowerBound
        let densities = all.map { exponential($0 - top) }
        let sum = densities.reduce(0, +)
        logSum = top + naturalLogarithm(sum)
        weights = densities.map { $0 / sum }
        var (mean, square) = (0.0, 0.0)
        for (offset, weight) in weights.enumerated() { mean += weight * grid.position(of: first + offset) }
        for (offset, weight) in weights.enumerated() {
            let deviation = grid.position(of: first + offset) - mean
            square += weight * deviation * deviation
        }
        (self.mean, variance) = (mean, square)
    }
}
