import LinearAlgebra

/// The marginal log-likelihood, its slope and its information at a point, by quadrature over the place of each entry.
///
/// The places are equally spaced, a third of the narrowest posterior standard deviation apart, and each entry's go on until the posterior
/// density is 10⁻²⁰ of its height: the trapezoidal rule is then exact to rounding, since densities are analytic and vanish at both ends
/// (Trefethen and Weideman, *The exponentially convergent trapezoidal rule*, SIAM Review 56 (2014)).
struct MarginalSums {
    private(set) var logLikelihood = 0.0
    /// The slope along the parameters besides entries, and last along the logarithm of the standard deviation of entries.
    private(set) var slope: [Double]
    /// The information about the same.
    private(set) var information: Matrix
    /// The same if the places of entries were known.
    private(set) var completeInformation: Matrix
    /// The posterior mode, mean and variance of each entry.
    private(set) var modes: [Double], means: [Double], variances: [Double]

    private static let spacing = 0.35

    /// - Parameter spread: the logarithm of the standard deviation of entries.
    init(_ cells: RaschCells, _ point: RaschPoint, _ spread: Double) {
        let (ratings, layout) = (cells.ratings, point.layout)
        let size = layout.size + 1
        slope = [Double](repeating: 0, count: size)
        information = Matrix(rows: size, columns: size)
        completeInformation = information
        let precision = exponential(-2 * spread)
        let curves = point.curves(ratings)
        let offsets = cells.cells.map { cell in
            cell.elements.enumerated().reduce(0) { $0 - point.others[layout.offsets[$1.offset + 1] + $1.element] }
        }
        let found = MarginalSums.modes(cells, point, curves, offsets, precision)
        modes = found.modes
        means = modes
        variances = modes
        let step = MarginalSums.spacing * found.narrowest
        var grid = MarginalGrid(cells, curves, offsets, step: step, range: found.range(reaching: EntryPlaces.deepest, precision))
        let normal = naturalLogarithm(step) - spread - 0.5 * naturalLogarithm(2 * .pi)
        for entry in modes.indices {
            guard let posterior = EntryPlaces(entry, cells, curves, offsets, &grid, mode: modes[entry], precision) else {
                (means[entry], variances[entry]) = (0, 1 / precision)
                continue
            }
            logLikelihood += posterior.logSum + normal
            (means[entry], variances[entry]) = (posterior.mean, posterior.variance)
            add(posterior, entry, cells, layout, &grid, precision)
        }
        addComplete(cells, layout, grid)
        for column in 0..<size { for row in column..<size { information[row, column] += completeInformation[row, column] } }
        addSlope(cells, layout, curves, grid)
    }

    /// Adds an entry's share of expected scores, and takes the posterior covariance of its slope off the information.
    private mutating func add(
        _ posterior: EntryPlaces, _ entry: Int, _ cells: RaschCells, _ layout: RaschLayout, _ grid: inout MarginalGrid, _ precision: Double
    ) {
        let last = layout.size
        let parameters = EntryParameters(entry, cells, layout, grid)
        let (count, weights) = (posterior.weights.count, posterior.weights)
        // A row of the slope at each place for each parameter.
        var slopes = [Double](repeating: 0, count: parameters.places.count * count)
        for offset in 0..<count {
            let position = grid.position(of: posterior.first + offset)
            slopes[offset] = position * position * precision
            slope[last] += weights[offset] * (slopes[offset] - 1)
            completeInformation[last, last] += weights[offset] * 2 * slopes[offset]
        }
        slopes.withUnsafeMutableBufferPointer { slopes in
            for score in parameters.scores {
                grid.add(weights, times: score.weight, to: score.cell, from: posterior.first)
                grid.means.withUnsafeBufferPointer { means in
                    let start = grid.start(score.cell) + posterior.first
                    for element in score.elements {
                        for offset in 0..<count { slopes[element * count + offset] += score.weight * means[start + offset] }
                    }
                }
                grid.probabilities.withUnsafeBufferPointer { probabilities in
                    for sum in score.sums {
                        let start = grid.start(score.cell, sum.k) + posterior.first
                        for offset in 0..<count { slopes[sum.at * count + offset] += score.weight * probabilities[start + offset] }
                    }
                }
            }
        }
        let roots = weights.map { $0.squareRoot() }
        for row in parameters.places.indices {
            var mean = 0.0
            for offset in 0..<count { mean += weights[offset] * slopes[row * count + offset] }
            for offset in 0..<count { slopes[row * count + offset] = (slopes[row * count + offset] - mean) * roots[offset] }
        }
        let covariance = Matrix(rows: count, columns: parameters.places.count, elements: slopes).gram
        for (a, row) in parameters.places.enumerated() {
            for (b, column) in parameters.places.enumerated() where row >= column { information[row, column] -= covariance[a, b] }
        }
    }

    /// Adds the information of scores whose entries' places are known, weighted by the posterior.
    private mutating func addComplete(_ cells: RaschCells, _ layout: RaschLayout, _ grid: MarginalGrid) {
        for (cell, found) in cells.cells.enumerated() {
            let elements = found.elements.enumerated().map { layout.offsets[$0 + 1] + $1 }
            let lowest = cells.ratings.reduction.spans[found.scale]?.lowerBound ?? 0
            let sums = (0..<grid.lengths[cell]).compactMap { k in layout.sums[found.scale][lowest + k].map { (k: k, at: $0) } }
            for node in grid.nodes {
                let position = grid.start(cell) + node
                let weight = grid.counts[position]
                guard weight > 0 else { continue }
                let (mean, variance) = (grid.means[position], grid.variances[position])
                for (order, a) in elements.enumerated() {
                    for b in elements[...order] { completeInformation[a, b] += weight * variance }
                    for sum in sums {
                        let probability = grid.probabilities[grid.start(cell, sum.k) + node]
                        completeInformation[sum.at, a] += weight * probability * (Double(sum.k) - mean)
                    }
                }
                for (order, a) in sums.enumerated() {
                    let probability = grid.probabilities[grid.start(cell, a.k) + node]
                    completeInformation[a.at, a.at] += weight * probability
                    for b in sums[...order] {
                        completeInformation[a.at, b.at] -= weight * probability * grid.probabilities[grid.start(cell, b.k) + node]
                    }
                }
            }
        }
    }

    /// Adds what scores are less what is expected of them.
    private mutating func addSlope(_ cells: RaschCells, _ layout: RaschLayout, _ curves: [RaschCurve?], _ grid: MarginalGrid) {
        let ratings = cells.ratings
        for row in 0..<ratings.count where ratings.reduction.isUsed[row] {
            let found = cells.cells[Int(cells.cellOfRow[row])]
            guard let curve = curves[found.scale] else { continue }
            let category = ratings.categories[row] - Double(curve.lowest)
            let (lower, share) = RaschReduction.parts(of: category)
            for (facet, element) in found.elements.enumerated() {
                slope[layout.offsets[facet + 1] + element] -= ratings.weights[row] * category
            }
            for (k, part) in [(lower, 1 - share), (lower + 1, share)] where part > 0 {
                if let position = layout.sums[found.scale][curve.lowest + k] { slope[position] -= ratings.weights[row] * part }
            }
        }
        for (cell, found) in cells.cells.enumerated() {
            guard let curve = curves[found.scale] else { continue }
            for node in grid.nodes {
                let weight = grid.counts[grid.start(cell) + node]
                guard weight > 0 else { continue }
                let mean = grid.means[grid.start(cell) + node]
                for (facet, element) in found.elements.enumerated() { slope[layout.offsets[facet + 1] + element] += weight * mean }
                for k in 0..<curve.count {
                    guard let position = layout.sums[found.scale][curve.lowest + k] else { continue }
                    slope[position] += weight * grid.probabilities[grid.start(cell, k) + node]
                }
            }
        }
    }
}

extension MarginalSums {
    /// Where the posterior of each entry is highest, and the narrowest standard deviation there.
    fileprivate struct Modes {
        var modes: [Double]
        var narrowest: Double

        /// The places within which every posterior falls by so much, since it is at least as curved as the distribution of entries.
        func range(reaching depth: Double, _ precision: Double) -> ClosedRange<Double> {
            let reach = (2 * depth / precision).squareRoot()
            return (modes.min() ?? 0) - reach...(modes.max() ?? 0) + reach
        }
    }

    fileprivate static func modes(
        _ cells: RaschCells, _ point: RaschPoint, _ curves: [RaschCurve?], _ offsets: [Double], _ precision: Double
    ) -> Modes {
        var found = Modes(modes: point.entries, narrowest: (1 / precision).squareRoot())
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        for entry in point.entries.indices {
            var (position, information) = (point.entries[entry], precision)
            for _ in 0..<100 {
                var slope = -precision * position
                information = precision
                for row in cells.rowsOfEntry[entry] {
                    let cell = Int(cells.cellOfRow[row])
                    guard let curve = curves[cells.cells[cell].scale] else { continue }
                    let moments = curve.moments(at: position + offsets[cell], &probabilities)
                    let weight = cells.ratings.weights[row]
                    slope += weight * (cells.ratings.categories[row] - Double(curve.lowest) - moments.mean)
                    information += weight * moments.variance
                }
                let step = max(-2, min(2, slope / information))
                position += step
                // Only where the grid begins depends on it.
                if step.magnitude < 1e-6 { break }
            }
            found.modes[entry] = position
            found.narrowest = min(found.narrowest, 1 / information.squareRoot())
        }
        return found
    }
}
