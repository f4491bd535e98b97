import LinearAlgebra

/// The marginal log-likelihood, its slope and its information at a point, by quadrature over the measure of each entry.
///
/// The nodes are equally spaced, a part of the narrowest posterior standard deviation apart, and each entry's go on until the posterior
/// density is next to nothing: the error of the trapezoidal rule then falls exponentially with the number of nodes, since densities are
/// analytic and vanish at both ends (Trefethen and Weideman, *The exponentially convergent trapezoidal rule*, SIAM Review 56 (2014)).
struct MarginalSums {
    private(set) var logLikelihood = 0.0
    /// The slope along the parameters besides entries, and last along the logarithm of the standard deviation of entries.
    private(set) var slope: [Double]
    /// The information about the same.
    private(set) var information: Matrix
    /// The same if the measures of entries were known.
    private(set) var completeInformation: Matrix
    /// The posterior mode, mean and variance of each entry.
    private(set) var modes: [Double], means: [Double], variances: [Double]

    /// How closely an entry's posterior is followed.
    struct Quadrature: Equatable, Sendable {
        /// The distance of nodes, in standard deviations of the narrowest posterior: of a normal one the error is 2 e^(−2π² / spacing²). A
        /// posterior wider than 1.6 / m, with m categories, counts as that: the sum of m powers of e^η is 0 no nearer than 2π / m from the
        /// real axis unless thresholds are far from their order, which makes the error e^(−2.5π² / spacing).
        var spacing: Double
        /// Nodes end where the density is e^−depth of the highest.
        var depth: Double

        /// To about 10⁻⁸: enough to come near the maximum.
        static let coarse = Quadrature(spacing: 1, depth: 18)
        /// To rounding, where posteriors are up to one and a half times as curved elsewhere as at their mode.
        static let fine = Quadrature(spacing: 0.6, depth: 38)

        fileprivate func step(_ deviations: [Double], categories: Int) -> Double {
            spacing * min(deviations.min() ?? 1, 1.6 / Double(max(2, categories)))
        }
    }

    /// - Parameter spread: the logarithm of the standard deviation of entries.
    init(_ cells: RaschCells, _ point: RaschPoint, _ spread: Double, _ quadrature: Quadrature) {
        let size = point.layout.size + 1
        let terms = MarginalTerms(cells, point, precision: exponential(-2 * spread))
        let found = terms.modes
        modes = found.modes
        let step = quadrature.step(found.deviations, categories: terms.curves.map { $0?.count ?? 0 }.max() ?? 0)
        let sums = ExpectedSums(terms, found, step: step, depth: quadrature.depth)
        (means, variances, slope) = (sums.means, sums.variances, sums.slope)
        completeInformation = sums.completeInformation
        information = Matrix(rows: size, columns: size) { sums.completeInformation[$0, $1] - sums.shared[$0, $1] }
        let normal = naturalLogarithm(step) - spread - 0.5 * naturalLogarithm(2 * .pi)
        logLikelihood = sums.logLikelihood + Double(sums.entryCount) * normal
        for position in cells.observed.indices { slope[position] -= cells.observed[position] }
    }
}

/// What the sums over all entries have in common.
private struct MarginalTerms: Sendable {
    let cells: RaschCells
    let layout: RaschLayout
    /// One over the variance of entries.
    let precision: Double
    let curves: [RaschCurve?]
    /// What a combination adds to the measure of an entry.
    let offsets: [Double]
    private let start: [Double]

    init(_ cells: RaschCells, _ point: RaschPoint, precision: Double) {
        (self.cells, layout, self.precision, start) = (cells, point.layout, precision, point.entries)
        curves = point.curves(cells.ratings)
        offsets = cells.cells.indices.map { cell in
            cells.positions.elements(of: cell).reduce(0) { $0 - point.others[cells.positions.elements[$1]] }
        }
    }

    /// The measures within which every posterior falls by so much, since it is at least as curved as the distribution of entries.
    private func range(of modes: [Double], reaching depth: Double) -> ClosedRange<Double> {
        let reach = (2 * depth / precision).squareRoot()
        return (modes.min() ?? 0) - reach...(modes.max() ?? 0) + reach
    }

    /// A grid for entries with such modes.
    func grid(for modes: [Double], step: Double, depth: Double) -> MarginalGrid {
        MarginalGrid(cells, curves, offsets, step: step, range: range(of: modes, reaching: depth))
    }

    /// Where the posterior of each entry is highest, and its standard deviation if it were as curved everywhere.
    var modes: (modes: [Double], deviations: [Double]) {
        var (modes, deviations) = ([Double](), [Double]())
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        // Most sheets have one curve: it is taken once, not for each score.
        var (scale, curve) = (-1, RaschCurve.none)
        for entry in start.indices {
            var (position, information) = (start[entry], precision)
            for _ in 0..<100 {
                var slope = -precision * position
                information = precision
                for row in cells.rowsOfEntry[entry] {
                    let cell = Int(cells.cellOfRow[row])
                    if cells.scaleOfCell[cell] != scale {
                        guard let own = curves[cells.scaleOfCell[cell]] else { continue }
                        (scale, curve) = (cells.scaleOfCell[cell], own)
                    }
                    let moments = curve.moments(at: position + offsets[cell], &probabilities)
                    let weight = cells.ratings.weights[row]
                    slope += weight * (cells.ratings.categories[row] - Double(curve.lowest) - moments.mean)
                    information += weight * moments.variance
                }
                let step = max(-2, min(2, slope / information))
                position += step
                // Only where the grid begins depends on it.
                if step * step * information < 0.01 { break }
            }
            modes.append(position)
            deviations.append(1 / information.squareRoot())
        }
        return (modes, deviations)
    }
}

/// The sums over entries, but for what their scores are.
private struct ExpectedSums {
    private(set) var logLikelihood = 0.0
    /// The entries with a score that is used.
    private(set) var entryCount = 0
    /// What is expected of the scores, and the slope along the standard deviation of entries.
    private(set) var slope: [Double]
    private(set) var completeInformation: Matrix
    /// The posterior covariance of the slopes of entries.
    private(set) var shared: Matrix
    private(set) var means: [Double] = []
    private(set) var variances: [Double] = []

    init(_ terms: MarginalTerms, _ found: (modes: [Double], deviations: [Double]), step: Double, depth: Double) {
        let size = terms.layout.size + 1
        slope = [Double](repeating: 0, count: size)
        completeInformation = Matrix(rows: size, columns: size)
        shared = completeInformation
        var grid = terms.grid(for: found.modes, step: step, depth: depth)
        for (entry, mode) in found.modes.enumerated() {
            let reach = Int((found.deviations[entry] * (2 * depth).squareRoot() / step).rounded(.up))
            let posterior = EntryNodes(
                entry, terms.cells, terms.curves, terms.offsets, &grid, around: grid.node(at: mode), reach: reach, depth: depth,
                terms.precision)
            means.append(posterior?.mean ?? 0)
            variances.append(posterior?.variance ?? 1 / terms.precision)
            guard let posterior else { continue }
            entryCount += 1
            logLikelihood += posterior.logSum
            add(posterior, entry, terms, &grid)
        }
        for cell in terms.cells.cells.indices { addExpected(cell, terms, grid) }
    }

    /// Adds an entry's share of expected scores, and the posterior covariance of its slope.
    private mutating func add(
        _ posterior: EntryNodes, _ entry: Int, _ terms: MarginalTerms, _ grid: inout MarginalGrid
    ) {
        let last = terms.layout.size
        let parameters = terms.cells.parametersOfEntry[entry]
        let (count, weights, shape) = (posterior.weights.count, posterior.weights, grid.shape)
        // A row of the slope at each node for each parameter.
        var slopes = [Double](repeating: 0, count: parameters.positions.count * count)
        for offset in 0..<count {
            let position = grid.position(of: posterior.first + offset)
            slopes[offset] = position * position * terms.precision
            slope[last] += weights[offset] * (slopes[offset] - 1)
            completeInformation[last, last] += weights[offset] * 2 * slopes[offset]
        }
        slopes.withUnsafeMutableBufferPointer { slopes in
            func slope(of parameter: Int) -> Slice<UnsafeMutableBufferPointer<Double>> {
                slopes[parameter * count..<(parameter + 1) * count]
            }
            var sum = 0
            let width = terms.cells.positions.width
            for (position, score) in parameters.scores.enumerated() {
                grid.add(weights, times: score.weight, to: score.cell, from: posterior.first)
                grid.means.withUnsafeBufferPointer { means in
                    let start = shape.start(score.cell) + posterior.first
                    for element in parameters.elements[position * width..<(position + 1) * width] {
                        addMultiple(of: means[start..<start + count], by: score.weight, to: slope(of: element))
                    }
                }
                grid.probabilities.withUnsafeBufferPointer { probabilities in
                    while sum < parameters.sumEnds[position] {
                        let (k, at) = parameters.sums[sum]
                        let start = shape.start(score.cell, k) + posterior.first
                        addMultiple(of: probabilities[start..<start + count], by: score.weight, to: slope(of: at))
                        sum += 1
                    }
                }
            }
        }
        let roots = weights.map { $0.squareRoot() }
        for row in parameters.positions.indices {
            var mean = 0.0
            for offset in 0..<count { mean += weights[offset] * slopes[row * count + offset] }
            for offset in 0..<count { slopes[row * count + offset] = (slopes[row * count + offset] - mean) * roots[offset] }
        }
        let covariance = Matrix(rows: count, columns: parameters.positions.count, elements: slopes).gram
        for (a, row) in parameters.positions.enumerated() {
            for (b, column) in parameters.positions.enumerated() where row >= column { shared[row, column] += covariance[a, b] }
        }
    }

    /// Adds what is expected of the scores of a combination, and their information, weighted by where their entries are.
    private mutating func addExpected(_ cell: Int, _ terms: MarginalTerms, _ grid: MarginalGrid) {
        let (positions, start) = (terms.cells.positions, grid.shape.start(cell))
        let (elements, sums) = (positions.elements[positions.elements(of: cell)], Array(positions.sums[positions.sums(of: cell)]))
        var (total, spread) = (0.0, 0.0)
        var (expected, along) = ([Double](repeating: 0, count: sums.count), [Double](repeating: 0, count: sums.count))
        var products = [Double](repeating: 0, count: sums.count * sums.count)
        for node in grid.nodes {
            let weight = grid.counts[start + node]
            guard weight > 0 else { continue }
            let mean = grid.means[start + node]
            total += weight * mean
            spread += weight * grid.variances[start + node]
            for (order, sum) in sums.enumerated() {
                let probability = weight * grid.probabilities[grid.shape.start(cell, sum.k) + node]
                expected[order] += probability
                along[order] += probability * (Double(sum.k) - mean)
                for other in 0...order {
                    products[order * sums.count + other] += probability * grid.probabilities[grid.shape.start(cell, sums[other].k) + node]
                }
            }
        }
        for (order, a) in elements.enumerated() {
            slope[a] += total
            for b in elements.prefix(order + 1) { completeInformation[a, b] += spread }
            for (order, sum) in sums.enumerated() { completeInformation[sum.at, a] += along[order] }
        }
        for (order, a) in sums.enumerated() {
            slope[a.at] += expected[order]
            completeInformation[a.at, a.at] += expected[order]
            for (other, b) in sums[...order].enumerated() { completeInformation[a.at, b.at] -= products[order * sums.count + other] }
        }
    }
}

/// Adds a multiple of numbers side by side to others: rebased, so that the loop is over vectors of them.
@inline(__always)
private func addMultiple(
    of values: Slice<UnsafeBufferPointer<Double>>, by factor: Double, to sums: Slice<UnsafeMutableBufferPointer<Double>>
) {
    let (values, sums) = (UnsafeBufferPointer(rebasing: values), UnsafeMutableBufferPointer(rebasing: sums))
    for index in 0..<min(values.count, sums.count) { sums[index] += factor * values[index] }
}
