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
    private static let deepest = 46.0

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
        var grid = MarginalGrid(cells, curves, offsets, step: step, range: found.range(reaching: MarginalSums.deepest, precision))
        let normal = naturalLogarithm(step) - spread - 0.5 * naturalLogarithm(2 * .pi)
        for entry in modes.indices {
            guard let posterior = EntryPlaces(entry, cells, point, curves, offsets, &grid, mode: modes[entry], precision) else {
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
        let (ratings, last) = (cells.ratings, layout.size)
        // The parameters that this entry's scores depend on.
        var placeOf: [Int: Int] = [last: 0]
        var places = [last]
        func index(_ place: Int) -> Int {
            if let known = placeOf[place] { return known }
            placeOf[place] = places.count
            places.append(place)
            return places.count - 1
        }
        let scores = cells.rowsOfEntry[entry].map { row in
            let cell = Int(cells.cellOfRow[row])
            let scale = cells.cells[cell].scale
            let lowest = ratings.reduction.spans[scale]?.lowerBound ?? 0
            let elements = cells.cells[cell].elements.enumerated().map { index(layout.offsets[$0 + 1] + $1) }
            let sums = (0..<grid.lengths[cell]).compactMap { k in layout.sums[scale][lowest + k].map { (k: k, at: index($0)) } }
            return (cell: cell, weight: ratings.weights[row], elements: elements, sums: sums)
        }
        let count = posterior.weights.count
        var slopes = Matrix(rows: places.count, columns: count)
        for (offset, weight) in posterior.weights.enumerated() {
            let node = posterior.first + offset
            let place = grid.place(of: node)
            slopes[0, offset] = place * place * precision
            slope[last] += weight * (place * place * precision - 1)
            completeInformation[last, last] += weight * 2 * place * place * precision
            for score in scores {
                grid.add(weight * score.weight, to: score.cell, node)
                let base = grid.base(score.cell, node)
                for element in score.elements { slopes[element, offset] += score.weight * grid.values[base + 1] }
                for sum in score.sums { slopes[sum.at, offset] += score.weight * grid.values[base + 3 + sum.k] }
            }
        }
        for row in 0..<places.count {
            let mean = (0..<count).reduce(0) { $0 + posterior.weights[$1] * slopes[row, $1] }
            for column in 0..<count { slopes[row, column] = (slopes[row, column] - mean) * posterior.weights[column].squareRoot() }
        }
        let covariance = slopes * slopes.transposed
        for a in places.indices {
            for b in places.indices where places[a] >= places[b] { information[places[a], places[b]] -= covariance[a, b] }
        }
    }

    /// Adds the information of scores whose entries' places are known, weighted by the posterior.
    private mutating func addComplete(_ cells: RaschCells, _ layout: RaschLayout, _ grid: MarginalGrid) {
        for (cell, found) in cells.cells.enumerated() {
            let elements = found.elements.enumerated().map { layout.offsets[$0 + 1] + $1 }
            let lowest = cells.ratings.reduction.spans[found.scale]?.lowerBound ?? 0
            let sums = (0..<grid.lengths[cell]).compactMap { k in layout.sums[found.scale][lowest + k].map { (k: k, at: $0) } }
            for node in grid.nodes {
                let weight = grid.counts[cell * grid.nodes.count + node]
                guard weight > 0 else { continue }
                let base = grid.base(cell, node)
                let (mean, variance) = (grid.values[base + 1], grid.values[base + 2])
                for (place, a) in elements.enumerated() {
                    for b in elements[...place] { completeInformation[a, b] += weight * variance }
                    for sum in sums {
                        completeInformation[sum.at, a] += weight * grid.values[base + 3 + sum.k] * (Double(sum.k) - mean)
                    }
                }
                for (place, a) in sums.enumerated() {
                    let probability = grid.values[base + 3 + a.k]
                    completeInformation[a.at, a.at] += weight * probability
                    for b in sums[...place] { completeInformation[a.at, b.at] -= weight * probability * grid.values[base + 3 + b.k] }
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
                if let place = layout.sums[found.scale][curve.lowest + k] { slope[place] -= ratings.weights[row] * part }
            }
        }
        for (cell, found) in cells.cells.enumerated() {
            guard let curve = curves[found.scale] else { continue }
            for node in grid.nodes {
                let weight = grid.counts[cell * grid.nodes.count + node]
                guard weight > 0 else { continue }
                let base = grid.base(cell, node)
                for (facet, element) in found.elements.enumerated() {
                    slope[layout.offsets[facet + 1] + element] += weight * grid.values[base + 1]
                }
                for k in 0..<curve.count {
                    if let place = layout.sums[found.scale][curve.lowest + k] { slope[place] += weight * grid.values[base + 3 + k] }
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
            var (place, information) = (point.entries[entry], precision)
            for _ in 0..<100 {
                var slope = -precision * place
                information = precision
                for row in cells.rowsOfEntry[entry] {
                    let cell = Int(cells.cellOfRow[row])
                    guard let curve = curves[cells.cells[cell].scale] else { continue }
                    let moments = curve.moments(at: place + offsets[cell], &probabilities)
                    let weight = cells.ratings.weights[row]
                    slope += weight * (cells.ratings.categories[row] - Double(curve.lowest) - moments.mean)
                    information += weight * moments.variance
                }
                let step = max(-2, min(2, slope / information))
                place += step
                // Only where the grid begins depends on it.
                if step.magnitude < 1e-6 { break }
            }
            found.modes[entry] = place
            found.narrowest = min(found.narrowest, 1 / information.squareRoot())
        }
        return found
    }
}

/// The probabilities of every combination at equally spaced places, worked out where a posterior needs them.
struct MarginalGrid {
    /// The number of categories of each combination.
    let lengths: [Int]
    /// For each combination and place: the logarithm of the sum, mean, variance and probabilities.
    private(set) var values: [Double]
    /// How many scores of each combination are expected at each place.
    private(set) var counts: [Double]
    let nodes: Range<Int>
    private var isFilled: [Bool]
    private let (step, low): (Double, Double)
    private let width: Int
    private let curves: [RaschCurve?]
    private let scaleOfCell: [Int]
    private let offsets: [Double]

    init(_ cells: RaschCells, _ curves: [RaschCurve?], _ offsets: [Double], step: Double, range: ClosedRange<Double>) {
        (self.step, self.curves, self.offsets) = (step, curves, offsets)
        low = (range.lowerBound / step).rounded(.down) * step
        nodes = 0..<Int(((range.upperBound - low) / step).rounded(.up)) + 1
        scaleOfCell = cells.cells.map(\.scale)
        lengths = scaleOfCell.map { curves[$0]?.count ?? 0 }
        width = 3 + (lengths.max() ?? 0)
        values = [Double](repeating: 0, count: lengths.count * nodes.count * width)
        counts = [Double](repeating: 0, count: lengths.count * nodes.count)
        isFilled = [Bool](repeating: false, count: nodes.count)
    }

    func place(of node: Int) -> Double { low + Double(node) * step }

    /// The nearest place.
    func node(at place: Double) -> Int { min(nodes.upperBound - 1, max(0, Int(((place - low) / step).rounded()))) }

    func base(_ cell: Int, _ node: Int) -> Int { (cell * nodes.count + node) * width }

    mutating func add(_ weight: Double, to cell: Int, _ node: Int) { counts[cell * nodes.count + node] += weight }

    mutating func fill(_ node: Int) {
        if isFilled[node] { return }
        isFilled[node] = true
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        for cell in lengths.indices {
            guard let curve = curves[scaleOfCell[cell]] else { continue }
            let moments = curve.moments(at: place(of: node) + offsets[cell], &probabilities)
            let base = base(cell, node)
            (values[base], values[base + 1], values[base + 2]) = (moments.logSum, moments.mean, moments.variance)
            for k in 0..<curve.count { values[base + 3 + k] = probabilities[k] }
        }
    }
}

/// The posterior of one entry on the grid.
private struct EntryPlaces {
    /// The first place, and the probability of each from there on.
    let first: Int
    private(set) var weights: [Double]
    /// The logarithm of the sum of the joint density over places.
    let logSum: Double
    let mean: Double
    let variance: Double

    /// `nil` of an entry without a score that is used.
    init?(
        _ entry: Int, _ cells: RaschCells, _ point: RaschPoint, _ curves: [RaschCurve?], _ offsets: [Double], _ grid: inout MarginalGrid,
        mode: Double, _ precision: Double
    ) {
        let rows = cells.rowsOfEntry[entry]
        guard !rows.isEmpty else { return nil }
        let ratings = cells.ratings
        var (score, constant) = (0.0, 0.0)
        for row in rows {
            let cell = Int(cells.cellOfRow[row])
            guard let curve = curves[cells.cells[cell].scale] else { continue }
            let (weight, category) = (ratings.weights[row], ratings.categories[row] - Double(curve.lowest))
            let (lower, share) = RaschReduction.parts(of: category)
            score += weight * category
            constant += weight * category * offsets[cell] - weight * (1 - share) * (curve.sums[lower] ?? 0)
            if share > 0 { constant -= weight * share * (curve.sums[lower + 1] ?? 0) }
        }
        func logDensity(_ node: Int) -> Double {
            grid.fill(node)
            let place = grid.place(of: node)
            var sum = constant + place * score - 0.5 * precision * place * place
            for row in rows { sum -= ratings.weights[row] * grid.values[grid.base(Int(cells.cellOfRow[row]), node)] }
            return sum
        }
        let middle = grid.node(at: mode)
        let top = logDensity(middle)
        var (below, above) = ([Double](), [Double]())
        var node = middle - 1
        while node >= 0 {
            let value = logDensity(node)
            if value < top - 46 { break }
            below.append(value)
            node -= 1
        }
        node = middle + 1
        while node < grid.nodes.upperBound {
            let value = logDensity(node)
            if value < top - 46 { break }
            above.append(value)
            node += 1
        }
        let all = below.reversed() + [top] + above
        first = middle - below.count
        let highest = all.max() ?? top
        let densities = all.map { exponential($0 - highest) }
        let sum = densities.reduce(0, +)
        logSum = highest + naturalLogarithm(sum)
        weights = densities.map { $0 / sum }
        var (mean, square) = (0.0, 0.0)
        for (offset, weight) in weights.enumerated() { mean += weight * grid.place(of: first + offset) }
        for (offset, weight) in weights.enumerated() {
            let deviation = grid.place(of: first + offset) - mean
            square += weight * deviation * deviation
        }
        (self.mean, variance) = (mean, square)
    }
}
