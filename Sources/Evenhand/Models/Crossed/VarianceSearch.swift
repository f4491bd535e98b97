import LinearAlgebra

/// The variance ratios that minimise the criterion of a crossed model: damped Newton steps with average information, kept at or above 0.
///
/// A ratio at 0 whose derivative is not negative stays there: a boundary solution. A step that would pass 0 stops at it; a step that does
/// not lower the criterion is halved. The information is corrected by what the gradient showed of it (symmetric rank one), which makes the
/// last steps faster than linear. The last step is so small that no new factor is needed: effects are refined with the one at hand, and the
/// criterion follows from its derivatives.
struct VarianceSearch {
    /// The equations before the last step. Posterior variances are theirs.
    let equations: InvertedEquations
    /// The estimates.
    let ratios: [Double]
    /// The effects at the estimates.
    let solution: CrossedSolution
    /// The criterion at the estimates.
    let criterion: Double
    /// How many times the equations were factored.
    let factorizations: Int
    /// The largest relative change of a ratio in the last step.
    let change: Double

    private static let mostSteps = 200

    /// - Parameters:
    ///   - isFree: which ratios are estimated; the others stay 0.
    ///   - tolerance: a step that changes no ratio by more than this, relative to itself, is the last.
    init(
        _ design: CrossedDesign, from start: [Double], isFree: [Bool], by estimation: CrossedEffects.Estimation, tolerance: Double = 1e-6
    ) throws(FitError) {
        var path = try SearchPath(design, from: start, by: estimation)
        var correction = SecantCorrection(size: start.count)
        var change = Double.infinity
        for _ in 0..<VarianceSearch.mostSteps {
            // Below this what is left is the rounding of the scores, and the ratios have no bound.
            guard path.current.solution.penalizedSquares > 1e-22 * design.squares else { throw .noResidual }
            let (slope, ratios) = (CrossedSlope(of: path.current), path.current.ratios)
            correction.learn(from: slope, at: ratios)
            let open = start.indices.filter { isFree[$0] && (ratios[$0] > 0 || slope.gradient[$0] < 0) }
            let step = correction.step(slope, at: ratios, open)
            change = zip(open, step).reduce(0) { max($0, $1.1.magnitude / max(ratios[$1.0], 1e-12)) }
            guard change <= tolerance else {
                guard try path.advance(open, step) else { break }
                continue
            }
            path.current.mirror()
            var last = ratios
            for (index, change) in zip(open, step) { last[index] = max(0, last[index] + change) }
            (equations, self.ratios, solution) = (path.current, last, path.current.solution(at: last))
            // The gradient at the estimates is 0: half of the step times the gradient before it.
            criterion = path.current.criterion + zip(open, step).reduce(0) { $0 + slope.gradient[$1.0] * $1.1 } / 2
            (factorizations, self.change) = (path.count, change)
            return
        }
        throw .notConverged(steps: path.count, change: change)
    }
}

/// The equations on the way; one matrix serves all of them.
private struct SearchPath {
    var current: InvertedEquations
    /// How many times the equations were factored.
    private(set) var count = 1

    init(_ design: CrossedDesign, from start: [Double], by estimation: CrossedEffects.Estimation) throws(FitError) {
        let storage = Matrix(rows: design.columnCount, columns: design.columnCount)
        current = try InvertedEquations(design, ratios: start, by: estimation, in: consume storage)
    }

    /// Takes a step, halved until the criterion is no worse; stays, and says so, when no part of the step helps.
    mutating func advance(_ open: [Int], _ step: [Double]) throws(FitError) -> Bool {
        let (start, criterion) = (current.ratios, current.criterion)
        // What rounding makes of a sum of many logarithms.
        let slack = 1e-12 * (1 + criterion.magnitude)
        var fraction = 1.0
        for _ in 0..<40 {
            var ratios = start
            for (index, change) in zip(open, step) { ratios[index] = max(0, ratios[index] + fraction * change) }
            try move(to: ratios)
            if current.criterion <= criterion + slack { return true }
            fraction /= 2
        }
        try move(to: start)
        return false
    }

    private mutating func move(to ratios: [Double]) throws(FitError) {
        let (design, estimation) = (current.design, current.estimation)
        current = try InvertedEquations(design, ratios: ratios, by: estimation, in: current.releaseStorage())
        count += 1
    }
}

/// What the gradients of earlier steps say about the second derivatives beyond the average information.
private struct SecantCorrection {
    private var matrix: Matrix
    private var last: (ratios: [Double], slope: CrossedSlope)?

    init(size: Int) { matrix = Matrix(rows: size, columns: size) }

    /// The symmetric rank-one update (Nocedal and Wright 2006, section 6.2) with the mean information of two points as the first guess.
    mutating func learn(from slope: CrossedSlope, at ratios: [Double]) {
        defer { last = (ratios, slope) }
        guard let last else { return }
        let step = zip(ratios, last.ratios).map { $0 - $1 }
        let isSmall = zip(step, last.ratios).allSatisfy { $0.magnitude < 0.2 * $1 }
        guard isSmall else {
            matrix = Matrix(rows: matrix.rows, columns: matrix.columns)
            return
        }
        let mean = Matrix(rows: matrix.rows, columns: matrix.columns) { (slope.information[$0, $1] + last.slope.information[$0, $1]) / 2 }
        let known = zip(mean * step, matrix * step).map { $0 + $1 }
        let rest = ratios.indices.map { slope.gradient[$0] - last.slope.gradient[$0] - known[$0] }
        let product = zip(rest, step).reduce(0) { $0 + $1.0 * $1.1 }
        let size = (rest.reduce(0) { $0 + $1 * $1 } * step.reduce(0) { $0 + $1 * $1 }).squareRoot()
        guard product.magnitude > 1e-6 * size else { return }
        for column in ratios.indices {
            for row in ratios.indices { matrix[row, column] += rest[row] * rest[column] / product }
        }
    }

    /// The Newton step of the open ratios; by average information alone, or down the gradient, where the rest is not positive definite.
    ///
    /// A ratio of which next to nothing is known, such as the judges' when each gave every place once, would lend the others a step of any
    /// size: it goes to 0, or doubles, on its own.
    func step(_ slope: CrossedSlope, at ratios: [Double], _ open: [Int]) -> [Double] {
        func isFlat(_ index: Int) -> Bool {
            slope.gradient[index].magnitude > SecantCorrection.longestStep * slope.information[index, index] * max(1, ratios[index])
        }
        let known = newton(slope, open.filter { !isFlat($0) })
        var next = known.makeIterator()
        return open.map { index in
            guard isFlat(index) else { return next.next() ?? 0 }
            return slope.gradient[index] > 0 ? -ratios[index] : max(1, ratios[index])
        }
    }

    /// Beyond this, relative to the ratio or to 1, a ratio's own Newton step says that its information is rounding.
    private static let longestStep = 1e8

    private func newton(_ slope: CrossedSlope, _ open: [Int]) -> [Double] {
        let down = open.map { -slope.gradient[$0] }
        let information = Matrix(rows: open.count, columns: open.count) { slope.information[open[$0], open[$1]] }
        let corrected = Matrix(rows: open.count, columns: open.count) { information[$0, $1] + matrix[open[$0], open[$1]] }
        for candidate in [corrected, information] {
            if let cholesky = try? Cholesky(candidate) { return cholesky.solve(down) }
        }
        return open.indices.map { down[$0] / max(information[$0, $0], .leastNormalMagnitude) }
    }
}
