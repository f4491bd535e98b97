import LinearAlgebra

/// What the scores say about the variance ratios of a facet model: models at some ratios, with weights that stand for their posterior.
///
/// Priors are those of `VariancePosterior`: flat up to about 100 for the ratio of entries, a half Cauchy one for the ratio of standard
/// deviations of all others. The points are a low-discrepancy sequence through independent Student quantiles around the peak, spread by the
/// average information there, and weighted by posterior over proposal.
struct RatioPosterior<Point: RatioPoint>: Sendable {
    /// Models and what part of the posterior they stand for.
    let points: [(point: Point, weight: Double)]

    /// Large equations know their variances, and each point costs a factorisation.
    static var manyColumns: Int { 1500 }

    private let isEntry: [Bool]

    init(from estimate: Point, _ isEntry: [Bool], isLarge: Bool, _ make: ([Double]) throws(FitError) -> Point) throws(FitError) {
        self.isEntry = isEntry
        let count = isEntry.count
        var logs = try RatioPosterior.start(of: estimate)
        var curvature = Matrix.identity(count)
        // A peak that is missed by a tenth of a spread costs little.
        var (current, height) = (Point?.none, -Double.infinity)
        for _ in 0..<(isLarge ? 1 : 12) {
            let point: Point
            if let current {
                point = current
            } else {
                point = try make(logs.map { exponential($0) })
                height = RatioPosterior.logDensity(of: point, at: logs, isEntry)
            }
            let slope = try RatioPosterior.slope(of: point, at: logs, isEntry)
            curvature = slope.curvature
            guard let cholesky = try? Cholesky(curvature) else { break }
            let move = cholesky.solve(slope.gradient).map { min(max($0, -2), 2) }
            guard !cholesky.lower.transposedTimes(move).allSatisfy({ $0.magnitude < 0.1 }) else { break }
            var (fraction, next) = (1.0, (point: Point, logs: [Double], height: Double)?.none)
            while next == nil, fraction > 0.1 {
                let trial = zip(logs, move).map { $0 + fraction * $1 }
                if let there = try? make(trial.map { exponential($0) }) {
                    let found = RatioPosterior.logDensity(of: there, at: trial, isEntry)
                    if found >= height { next = (there, trial, found) }
                }
                fraction /= 2
            }
            guard let next else { break }
            (current, logs, height) = (next.point, next.logs, next.height)
        }
        let lower = ((try? Cholesky(curvature)) ?? (try? Cholesky(curvature.diagonalPart)))?.lower ?? Matrix.identity(count)
        var found: [(point: Point, logWeight: Double)] = []
        let proposal = StudentT(degreesOfFreedom: RatioPosterior.spread)
        let size = isLarge ? 16 : 128
        for index in 0..<size {
            let t = RatioPosterior.position(index, of: size, dimensions: count).map { proposal.quantile($0) }
            let at = RatioPosterior.shifted(logs, by: t, lower)
            guard let point = try? make(at.map { exponential($0) }) else { continue }
            let proposed = t.reduce(0) { $0 - (RatioPosterior.spread + 1) / 2 * naturalLogarithm(1 + $1 * $1 / RatioPosterior.spread) }
            found.append((point, RatioPosterior.logDensity(of: point, at: at, isEntry) - proposed))
        }
        guard let most = found.map(\.logWeight).max() else { throw .notPositiveDefinite(minor: count) }
        let weights = found.map { exponential($0.logWeight - most) }
        let sum = weights.reduce(0, +)
        // Points that no draw would fall on are left out.
        points = zip(found, weights).compactMap { $1 / sum < 1e-6 ? nil : ($0.point, $1 / sum) }
    }

    /// Heavier than normal, for posteriors that fall off slowly to one side.
    private static var spread: Double { 7 }

    /// The logarithms of the estimates; a ratio at 0 starts where its levels hardly outweigh the noise.
    private static func start(of estimate: Point) throws(FitError) -> [Double] {
        let slope = try estimate.slope()
        return estimate.ratios.indices.map { index in
            let least = 1 / max(slope.gradient[index].magnitude, slope.information[index, index].squareRoot(), 1e-6)
            return naturalLogarithm(max(estimate.ratios[index], 0.3 * least))
        }
    }

    /// The log of likelihood, priors and Jacobian, up to a constant.
    private static func logDensity(of point: Point, at logs: [Double], _ isEntry: [Bool]) -> Double {
        zip(logs, isEntry).reduce(-point.criterion / 2) { sum, ratio in
            let value = exponential(ratio.0)
            return sum + (ratio.1 ? ratio.0 - 2 * naturalLogarithm(1 + value / 100) : 0.5 * ratio.0 - naturalLogarithm(1 + value))
        }
    }

    /// Its derivatives by the logarithms: the first, and minus the second without what could make it negative.
    private static func slope(
        of point: Point, at logs: [Double], _ isEntry: [Bool]
    ) throws(FitError) -> (gradient: [Double], curvature: Matrix) {
        let (slope, ratios) = (try point.slope(), point.ratios)
        let gradient = ratios.indices.map { index in
            let value = ratios[index]
            let prior = isEntry[index] ? 1 - 2 * value / (100 + value) : 0.5 - value / (1 + value)
            return prior - value * slope.gradient[index] / 2
        }
        let curvature = Matrix(rows: ratios.count, columns: ratios.count) { first, second in
            let information = ratios[first] * ratios[second] * slope.information[first, second] / 2
            guard first == second else { return information }
            let value = ratios[first]
            let prior = isEntry[first] ? 200 * value / ((100 + value) * (100 + value)) : value / ((1 + value) * (1 + value))
            return max(0.05, information + prior + max(0, value * slope.gradient[first] / 2))
        }
        return (gradient, curvature)
    }

    /// A point of the additive recurrence with the powers of the root of x^(d+1) = x + 1, which fills the cube evenly (Roberts 2018).
    private static func position(_ index: Int, of count: Int, dimensions: Int) -> [Double] {
        var root = 1.5
        for _ in 0..<60 { root = exponential(naturalLogarithm(1 + root) / Double(dimensions + 1)) }
        var power = 1.0
        return (0..<dimensions).map { _ in
            power /= root
            let sum = 0.5 + Double(index + 1) * power
            return min(max(sum - sum.rounded(.down), 0.5 / Double(count)), 1 - 0.5 / Double(count))
        }
    }

    /// The logarithms that lie t spreads from the peak: logs + L⁻ᵀ t.
    private static func shifted(_ logs: [Double], by t: [Double], _ lower: Matrix) -> [Double] {
        var shift = t
        for k in shift.indices.reversed() {
            for l in k + 1..<max(k + 1, shift.count) { shift[k] -= lower[l, k] * shift[l] }
            shift[k] /= lower[k, k]
        }
        return zip(logs, shift).map { $0 + $1 }
    }
}

extension Matrix {
    fileprivate var diagonalPart: Matrix { Matrix(rows: rows, columns: columns) { $0 == $1 ? self[$0, $1] : 0 } }
}
