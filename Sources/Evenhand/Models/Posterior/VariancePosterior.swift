import LinearAlgebra

/// What the scores say about the variance ratios of a crossed model: equations at some ratios, with weights that stand for their posterior.
///
/// With the prior 1/σ² on the noise the posterior of the ratios λ is exp(−criterion/2) times their prior, exactly. The ratio of entries has
/// a flat prior up to about 100, p(λ) ∝ (1 + λ/100)⁻²; those of judges and heats, which few levels say little about, a half Cauchy prior on
/// the ratio of standard deviations, p(λ) ∝ λ^(−1/2) / (1 + λ) (Gelman 2006). Flat in the ratio rather than in its root: with two dozen
/// entries and few judges that gives rank intervals and probabilities as wide as those of one who knows the variances, where a flat
/// standard deviation is 4 % wider and held variances are overconfident as soon as entries differ little. The priors are proper, so a
/// variance of 0 is not a special case.
///
/// The points are a low-discrepancy sequence (Roberts 2018) through independent Student quantiles around the peak in log λ, weighted by
/// posterior over proposal (Geweke, *Bayesian inference in econometric models using Monte Carlo integration*, Econometrica 57, 1989).
struct VariancePosterior: Sendable {
    /// Ratios and what part of the posterior they stand for.
    struct Point: Sendable {
        let equations: CrossedEquations
        let weight: Double
    }

    /// In the order of the entries' ratio; the weights add up to 1.
    let points: [Point]

    /// Many more points than the few that a smooth posterior of two or three ratios needs.
    private static let pointCount = 64
    /// Large designs know their variances, and each point costs a factorisation and keeps its factor.
    private static let largePointCount = 16
    private static let manyScores = 50_000
    private static let manyColumns = 500

    /// As many points as the design needs and half of the memory holds.
    private static func pointCount(for design: CrossedDesign, times factor: Int) -> Int {
        let isLarge = design.scoreCount > manyScores || design.columnCount > manyColumns
        let bytes = MemoryLayout<Double>.size * design.columnCount * design.columnCount
        return max(4, min(isLarge ? largePointCount : factor * pointCount, TableMemory.limit / 2 / max(1, bytes)))
    }

    /// - Parameters:
    ///   - design: who met whom, and the scores.
    ///   - start: ratios near the peak, such as those of the largest restricted likelihood.
    ///   - isFree: which ratios are unknown; the others stay as they are.
    ///   - factor: how many times as many points as means over the posterior need, unless the design is large: the tails of one ratio take
    ///     more.
    init(_ design: CrossedDesign, from start: [Double], isFree: [Bool], times factor: Int = 1) throws(FitError) {
        let density = RatioDensity(design: design, fixed: start, free: start.indices.filter { isFree[$0] })
        guard !density.free.isEmpty else {
            points = [Point(equations: try CrossedEquations(design, ratios: start, by: .reml), weight: 1)]
            return
        }
        let peak = RatioPeak(of: density, from: start)
        let count = VariancePosterior.pointCount(for: design, times: factor)
        let proposal = StudentT(degreesOfFreedom: VariancePosterior.freedom)
        let found = Parallel.map(count, size: count * design.scoreCount) { index -> (logWeight: Double, equations: CrossedEquations)? in
            let t = VariancePosterior.position(index, of: count, dimensions: density.free.count).map { proposal.quantile($0) }
            let logs = peak.logs(at: t)
            guard let equations = density.equations(at: logs) else { return nil }
            let proposed = t.reduce(0) {
                $0 - (VariancePosterior.freedom + 1) / 2 * naturalLogarithm(1 + $1 * $1 / VariancePosterior.freedom)
            }
            return (density.logDensity(of: equations, at: logs) - proposed, equations)
        }.compactMap(\.self)
        guard let most = found.map(\.logWeight).max() else { throw .notPositiveDefinite(minor: design.columnCount) }
        let weights = found.map { exponential($0.logWeight - most) }
        let sum = weights.reduce(0, +)
        let entry = design.isEntryEliminated ? 0 : 1
        points = zip(found, weights).map { Point(equations: $0.equations, weight: $1 / sum) }
            .sorted { $0.equations.ratios[entry] < $1.equations.ratios[entry] }
    }

    /// Heavier than normal, for posteriors that fall off slowly to one side.
    private static let freedom = 5.0

    /// A point of the additive recurrence with the powers of the root of x^(d+1) = x + 1, which fills the cube evenly.
    private static func position(_ index: Int, of count: Int, dimensions: Int) -> [Double] {
        let roots = [1.618033988749895, 1.324717957244746, 1.220744084605760]
        let root = roots[min(dimensions, roots.count) - 1]
        var power = 1.0
        return (0..<dimensions).map { _ in
            power /= root
            let sum = 0.5 + Double(index + 1) * power
            return min(max(sum - sum.rounded(.down), 0.5 / Double(count)), 1 - 0.5 / Double(count))
        }
    }
}

/// The posterior density of the logarithms of the free ratios, up to a factor.
private struct RatioDensity: Sendable {
    let design: CrossedDesign
    let fixed: [Double]
    let free: [Int]

    func equations(at logs: [Double]) -> CrossedEquations? {
        var ratios = fixed
        for (position, log) in zip(free, logs) { ratios[position] = exponential(log) }
        return try? CrossedEquations(design, ratios: ratios, by: .reml)
    }

    /// The log of the likelihood, the priors and the Jacobian λ.
    func logDensity(of equations: CrossedEquations, at logs: [Double]) -> Double {
        let entry = design.isEntryEliminated ? 0 : 1
        return zip(free, logs).reduce(-equations.criterion / 2) { sum, ratio in
            let value = exponential(ratio.1)
            let prior = ratio.0 == entry ? -2 * naturalLogarithm(1 + value / 100) : -0.5 * ratio.1 - naturalLogarithm(1 + value)
            return sum + prior + ratio.1
        }
    }

    func logDensity(at logs: [Double]) -> Double { equations(at: logs).map { logDensity(of: $0, at: logs) } ?? -.infinity }
}

/// The peak of the density and the spread around it, by Newton steps on differences.
private struct RatioPeak: Sendable {
    private(set) var center: [Double]
    /// The factor L of minus the second derivatives L·Lᵀ.
    private(set) var lower: Matrix

    /// Wide enough to see past the rounding of a criterion, narrow beside a logarithm that few levels leave open.
    private static let step = 0.25
    private static let mostSteps = 12

    init(of density: RatioDensity, from start: [Double]) {
        // A ratio at 0 starts where a level's scores hardly outweigh the noise.
        let least = 0.1 * Double(density.design.sizes.count) / Double(density.design.scoreCount)
        center = density.free.map { naturalLogarithm(max(start[$0], least)) }
        lower = Matrix.identity(density.free.count)
        var height = density.logDensity(at: center)
        for _ in 0..<RatioPeak.mostSteps {
            let move = newton(density, height)
            var fraction = 1.0
            var next: (center: [Double], height: Double)?
            while next == nil, fraction > 0.1 {
                let trial = zip(center, move).map { $0 + fraction * $1 }
                let there = density.logDensity(at: trial)
                if there >= height { next = (trial, there) }
                fraction /= 2
            }
            guard let next else { return }
            (center, height) = next
            // A peak that is missed by a tenth of a spread costs little.
            if lower.transposedTimes(move).allSatisfy({ $0.magnitude < 0.1 }) { return }
        }
    }

    /// The step to the peak of the parabola through neighbouring points; renews the curvature.
    private mutating func newton(_ density: RatioDensity, _ height: Double) -> [Double] {
        let (h, size) = (RatioPeak.step, center.count)
        func value(_ shifts: [(Int, Double)]) -> Double {
            var logs = center
            for (position, shift) in shifts { logs[position] += shift }
            return density.logDensity(at: logs)
        }
        let up = (0..<size).map { value([($0, h)]) }
        let down = (0..<size).map { value([($0, -h)]) }
        var matrix = Matrix(rows: size, columns: size)
        for k in 0..<size {
            matrix[k, k] = max(0.02, -(up[k] + down[k] - 2 * height) / (h * h))
            for l in 0..<k {
                let cross = -(value([(k, h), (l, h)]) - up[k] - up[l] + height) / (h * h)
                (matrix[k, l], matrix[l, k]) = (cross, cross)
            }
        }
        let diagonal = Matrix(rows: size, columns: size) { $0 == $1 ? matrix[$0, $1] : 0 }
        let gradient = (0..<size).map { (up[$0] - down[$0]) / (2 * h) }
        guard let curvature = (try? Cholesky(matrix)) ?? (try? Cholesky(diagonal)) else { return gradient.map { min(max($0, -2), 2) } }
        lower = curvature.lower
        return curvature.solve(gradient).map { min(max($0, -2), 2) }
    }

    /// The logarithms that lie t spreads from the peak: center + L⁻ᵀ t.
    func logs(at t: [Double]) -> [Double] {
        var shift = t
        for k in shift.indices.reversed() {
            for l in k + 1..<max(k + 1, shift.count) { shift[k] -= lower[l, k] * shift[l] }
            shift[k] /= lower[k, k]
        }
        return zip(center, shift).map { $0 + $1 }
    }
}
