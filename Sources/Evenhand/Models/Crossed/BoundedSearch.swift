import LinearAlgebra

/// The variances, none below 0, that minimise the criterion of a small crossed model.
///
/// A minimum has some variances at 0 and is an inner one in the others, so each set of variances is searched by itself, and the best of all
/// is the answer; of equals the one with more variances at 0. Inside a set steps are taken in logarithms (Newton, or Fisher scoring where
/// that does not go down), from every hollow of a coarse grid: the criterion may have several.
///
/// Where the model explains the scores exactly, the criterion falls without bound as the noise σ² goes to 0. What the other variances go to
/// is then the answer, and σ² is 0: the search holds σ² at a share of the scatter at which they differ from their limits by rounding.
struct BoundedSearch: Sendable {
    /// The likelihood at the estimates; a noise of 0 is held at `vanishing` of the scatter where it has to be.
    let best: ContrastLikelihood
    /// The variances of the random factors, then that of the noise.
    let variances: [Double]
    /// How many times a covariance was factored.
    let factorizations: Int
    /// The largest relative change of a variance in the last step.
    let change: Double

    /// The share of the scatter (per score) that replaces 0 where 0 itself has no criterion.
    private static let vanishing = 1e-14
    private static let mostSteps = 200
    /// A criterion that is lower by this, relative, is not lower.
    private static let equal = 1e-12

    /// - Parameter isFree: which factors have variances.
    /// - Throws: `FitError.notPositiveDefinite` when no covariance can be factored, never seen.
    init(_ contrasts: ErrorContrasts, isFree: [Bool], by estimation: CrossedEffects.Estimation) throws(FitError) {
        let (factors, noise) = (isFree.indices.filter { isFree[$0] }, isFree.count)
        let size = contrasts.scatter / Double(contrasts.values.count + contrasts.restCount - 1)
        var count = 0
        var found: (point: Minimum, open: [Int])?
        for set in 0..<1 << factors.count {
            let open = factors.indices.filter { set >> $0 & 1 == 1 }.map { factors[$0] }
            // The noise is 0 only where nothing but factors is left to vary.
            let isExact = contrasts.restSquares == 0
            let noises = contrasts.restCount == 0 ? [nil, 0] : [isExact ? BoundedSearch.vanishing * size : nil]
            for held in noises {
                let face = Face(contrasts, open: open, noise: noise, held: held, size: size, estimation: estimation)
                for start in face.starts(&count) {
                    guard let point = face.minimum(from: start, BoundedSearch.mostSteps, &count) else { continue }
                    let slack = BoundedSearch.equal * (1 + point.likelihood.criterion.magnitude)
                    if let known = found, known.point.likelihood.criterion <= point.likelihood.criterion + slack { continue }
                    found = (point, open)
                }
            }
        }
        guard let found else { throw .notPositiveDefinite(minor: contrasts.values.count) }
        best = found.point.likelihood
        (factorizations, change) = (count, found.point.change)
        var variances = best.variances
        if variances[noise] <= 2 * BoundedSearch.vanishing * size { variances[noise] = 0 }
        self.variances = variances
    }
}

/// Where steps ended.
private struct Minimum {
    let likelihood: ContrastLikelihood
    let change: Double
}

/// All variances of a set, the others being 0.
private struct Face {
    let contrasts: ErrorContrasts
    let open: [Int]
    let noise: Int
    /// What the noise variance is held at, if it is not searched.
    let held: Double?
    /// The variance of all scores: the size of what is looked for.
    let size: Double
    let estimation: CrossedEffects.Estimation

    /// Below this share of `size` a variance is on its way to 0: another set's.
    private static let least = 1e-15
    /// The longest step of a logarithm.
    private static let longestStep = 3.0
    /// Hollows of the grid that are searched, the deepest first.
    private static let mostStarts = 4
    /// A step that lowers the criterion by no more than this share of it is the last.
    private static let leastGain = 1e-15

    init(
        _ contrasts: ErrorContrasts, open: [Int], noise: Int, held: Double?, size: Double, estimation: CrossedEffects.Estimation
    ) {
        (self.contrasts, self.open, self.noise, self.held, self.size, self.estimation) = (contrasts, open, noise, held, size, estimation)
    }

    private var searched: [Int] { open + (held == nil ? [noise] : []) }

    private func likelihood(_ variances: [Double]) -> ContrastLikelihood? { ContrastLikelihood(contrasts, variances, by: estimation) }

    /// The hollows of a grid of variance ratios, each at its best scale.
    func starts(_ count: inout Int) -> [[Double]] {
        guard !open.isEmpty else { return [variances([], scale: size)] }
        let axis = ratios
        let points = open.reduce([[]]) { points, _ in points.flatMap { point in axis.indices.map { point + [$0] } } }
        var values: [[Int]: (criterion: Double, variances: [Double])] = [:]
        for point in points {
            count += 1
            let trial = variances(point.map { axis[$0] }, scale: size)
            guard let likelihood = likelihood(trial) else { continue }
            let (criterion, scale) = held == nil ? likelihood.profiled : (likelihood.criterion, 1)
            values[point] = (criterion, trial.map { $0 * scale })
        }
        let hollows = points.compactMap { point -> (criterion: Double, variances: [Double])? in
            guard let own = values[point] else { return nil }
            let isLowest = point.indices.allSatisfy { position in
                [-1, 1].allSatisfy { way in
                    var beside = point
                    beside[position] += way
                    return (values[beside]?.criterion ?? .infinity) >= own.criterion
                }
            }
            return isLowest ? own : nil
        }
        return hollows.sorted { $0.criterion < $1.criterion }.prefix(Face.mostStarts).map(\.variances)
    }

    /// Variances over that of the noise, or over the scatter's where the noise is held.
    private var ratios: [Double] {
        let rest = contrasts.restCount > 0 ? contrasts.restSquares / Double(contrasts.restCount) : 0
        let spacing = open.count > 2 ? 2.0 : 1.0
        let (low, high) = held != nil ? (-10.0, 0.5) : (-1.5, rest > 0 ? min(14, max(0, logarithm10(size / rest)) + 1.5) : 6)
        return stride(from: low, through: high, by: spacing).map { exponential($0 * naturalLogarithm(10)) }
    }

    private func logarithm10(_ x: Double) -> Double { naturalLogarithm(x) / naturalLogarithm(10) }

    private func variances(_ ratios: [Double], scale: Double) -> [Double] {
        var variances = [Double](repeating: 0, count: noise + 1)
        variances[noise] = held ?? scale
        for (factor, ratio) in zip(open, ratios) { variances[factor] = ratio * scale }
        return variances
    }

    /// Steps down from a start; `nil` when a variance goes to 0 on the way, or nothing can be factored.
    func minimum(from start: [Double], _ mostSteps: Int, _ count: inout Int) -> Minimum? {
        guard var current = likelihood(start) else { return nil }
        count += 1
        let searched = searched
        guard !searched.isEmpty else { return Minimum(likelihood: current, change: 0) }
        var change = 0.0
        for _ in 0..<mostSteps {
            let step = step(current.derivatives(searched))
            change = step.map(\.magnitude).max() ?? 0
            guard let next = advance(from: current, step, searched, &count) else { break }
            guard searched.allSatisfy({ next.variances[$0] > Face.least * size }) else { return nil }
            let gain = current.criterion - next.criterion
            current = next
            if change < 1e-7 || gain <= Face.leastGain * (1 + current.criterion.magnitude) && change < 1e-3 { break }
        }
        return Minimum(likelihood: current, change: change)
    }

    /// The Newton step in logarithms, or that of Fisher scoring, or the way down.
    private func step(_ slope: (gradient: [Double], observed: Matrix, expected: Matrix)) -> [Double] {
        let down = slope.gradient.map { -$0 }
        let step = (try? Cholesky(slope.observed))?.solve(down) ?? (try? Cholesky(slope.expected))?.solve(down) ?? down
        let longest = step.map(\.magnitude).max() ?? 0
        return longest > Face.longestStep ? step.map { $0 * Face.longestStep / longest } : step
    }

    /// A step, halved until the criterion is lower; `nil` when no part of it helps.
    private func advance(from current: ContrastLikelihood, _ step: [Double], _ searched: [Int], _ count: inout Int) -> ContrastLikelihood? {
        var fraction = 1.0
        for _ in 0..<30 {
            var variances = current.variances
            for (position, move) in zip(searched, step) { variances[position] *= exponential(fraction * move) }
            count += 1
            if let next = likelihood(variances), next.criterion <= current.criterion { return next }
            fraction /= 2
        }
        return nil
    }
}
