import LinearAlgebra

/// The variance ratios that minimise the criterion of a crossed model: damped Newton steps with average information, kept at or above 0.
///
/// A ratio at 0 whose derivative is not negative stays there: a boundary solution. A step that would pass 0 stops at it; a step that does not
/// lower the criterion is halved. The information is corrected by what the gradient showed of it (symmetric rank one), which makes the last
/// steps faster than linear.
struct VarianceSearch {
    let equations: CrossedEquations
    let inverse: CrossedInverse
    /// How many times the equations were factored.
    private(set) var factorizations: Int
    /// The largest relative change of a ratio that another step would have made.
    let change: Double

    /// Steps relative to the ratio below this end the search.
    private static let tolerance = 1e-8
    private static let mostSteps = 200

    /// - Parameter isFree: which ratios are estimated; the others stay 0.
    init(_ design: CrossedDesign, from start: [Double], isFree: [Bool], by estimation: CrossedEffects.Estimation) throws(FitError) {
        var current = try CrossedEquations(design, ratios: start, by: estimation)
        var (count, last) = (1, Double.infinity)
        var correction = SecantCorrection(size: start.count)
        for _ in 0..<VarianceSearch.mostSteps {
            let inverse = try CrossedInverse(current)
            let slope = current.slope(inverse)
            correction.learn(from: slope, at: current.ratios)
            let open = start.indices.filter { isFree[$0] && (current.ratios[$0] > 0 || slope.gradient[$0] < 0) }
            let step = correction.step(slope, open)
            let change = zip(open, step).reduce(0) { max($0, $1.1.magnitude / max(current.ratios[$1.0], 1e-12)) }
            let stalled = { (best: Double) in best < 1e-6 }
            let next = change <= VarianceSearch.tolerance ? nil : try VarianceSearch.improved(current, open, step, estimation, &count)
            guard let next else {
                guard change <= VarianceSearch.tolerance || stalled(change) else { throw .notConverged(steps: count, change: change) }
                (equations, self.inverse, factorizations, self.change) = (current, inverse, count, change)
                return
            }
            (current, last) = (next, change)
        }
        throw .notConverged(steps: count, change: last)
    }

    /// The equations after a step, halved until the criterion is no worse; `nil` when no part of the step helps.
    private static func improved(
        _ current: CrossedEquations, _ open: [Int], _ step: [Double], _ estimation: CrossedEffects.Estimation, _ count: inout Int
    ) throws(FitError) -> CrossedEquations? {
        // What rounding makes of a sum of many logarithms.
        let slack = 1e-12 * (1 + current.criterion.magnitude)
        var fraction = 1.0
        for _ in 0..<40 {
            var ratios = current.ratios
            for (index, change) in zip(open, step) { ratios[index] = max(0, ratios[index] + fraction * change) }
            let trial = try CrossedEquations(current.design, ratios: ratios, by: estimation)
            count += 1
            if trial.criterion <= current.criterion + slack { return trial }
            fraction /= 2
        }
        return nil
    }
}

/// What the gradients of earlier steps say about the second derivatives beyond the average information.
private struct SecantCorrection {
    private var matrix: Matrix
    private var last: (ratios: [Double], slope: CrossedEquations.Slope)?

    init(size: Int) { matrix = Matrix(rows: size, columns: size) }

    /// The symmetric rank-one update (Nocedal and Wright 2006, section 6.2) with the mean information of two points as the first guess.
    mutating func learn(from slope: CrossedEquations.Slope, at ratios: [Double]) {
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
    func step(_ slope: CrossedEquations.Slope, _ open: [Int]) -> [Double] {
        let down = open.map { -slope.gradient[$0] }
        let information = Matrix(rows: open.count, columns: open.count) { slope.information[open[$0], open[$1]] }
        let corrected = Matrix(rows: open.count, columns: open.count) { information[$0, $1] + matrix[open[$0], open[$1]] }
        for candidate in [corrected, information] {
            if let cholesky = try? Cholesky(candidate) { return cholesky.solve(down) }
        }
        return open.indices.map { down[$0] / max(information[$0, $0], .leastNormalMagnitude) }
    }
}
