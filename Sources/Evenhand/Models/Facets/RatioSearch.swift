import LinearAlgebra

/// The variance ratios, none below 0, that minimise the criterion of a facet model: damped Newton steps with average information.
///
/// A ratio at 0 whose derivative is not negative stays there: a boundary solution. A step that would pass 0 stops at it; a step that does
/// not lower the criterion is halved.
struct RatioSearch<Point: RatioPoint>: Sendable {
    /// The model at the estimates.
    let point: Point
    /// The derivatives there.
    let slope: RatioSlope
    /// How many times equations were solved.
    let solutions: Int

    private static var mostSteps: Int { 300 }

    /// - Parameters:
    ///   - start: where the search begins.
    ///   - tolerance: a step that changes no ratio by more than this, relative to itself, is the last.
    ///   - point: the model at some ratios.
    init(from start: [Double], tolerance: Double = 1e-9, _ point: ([Double]) throws(FitError) -> Point) throws(FitError) {
        var (current, count) = (try point(start), 1)
        var slope = try current.slope()
        var change = 0.0
        for _ in 0..<Self.mostSteps {
            let ratios = current.ratios
            let open = ratios.indices.filter { ratios[$0] > 0 || slope.gradient[$0] < 0 }
            let step = Self.step(slope, open)
            let target = Self.moved(ratios, open, step, 1)
            change = open.reduce(0) { max($0, (target[$1] - ratios[$1]).magnitude / max(ratios[$1], 1e-9)) }
            guard change > tolerance else { break }
            let slack = 1e-12 * (1 + current.criterion.magnitude)
            var (fraction, next) = (1.0, Point?.none)
            while next == nil, fraction > 1e-9 {
                count += 1
                let trial = try point(Self.moved(ratios, open, step, fraction))
                if trial.criterion <= current.criterion + slack { next = trial }
                fraction /= 2
            }
            guard let next else { break }
            let gain = current.criterion - next.criterion
            current = next
            slope = try current.slope()
            // What is left is rounding.
            if change < 1e-6, gain <= 0 { break }
        }
        guard change < 1e-5 else { throw .notConverged(steps: count, change: change) }
        (self.point, self.slope, solutions) = (current, slope, count)
    }

    /// On all sides the search also begins where all ratios are low, all are high, and each is high alone: of few scores the criterion may
    /// have several minima. The first of those that end alike is kept.
    init(
        from start: [Double], onAllSides isThorough: Bool, _ point: ([Double]) throws(FitError) -> Point
    ) throws(FitError) {
        let (low, high) = (0.03, 3.0)
        let single = start.indices.map { position in start.indices.map { $0 == position ? high : low } }
        let others = isThorough ? [start.map { _ in low }, start.map { _ in high }] + single : []
        var best = try RatioSearch(from: start, point)
        for start in others {
            guard let other = try? RatioSearch(from: start, point) else { continue }
            if other.point.criterion < best.point.criterion - Self.nearlyEqual { best = other }
        }
        self = best
    }

    /// Criteria that differ by less are those of one minimum.
    private static var nearlyEqual: Double { 1e-7 }

    private static func moved(_ ratios: [Double], _ open: [Int], _ step: [Double], _ fraction: Double) -> [Double] {
        var moved = ratios
        for (index, move) in zip(open, step) { moved[index] = max(0, ratios[index] + fraction * move) }
        return moved
    }

    /// The Newton step of the open ratios; of nearly singular information only its diagonal.
    private static func step(_ slope: RatioSlope, _ open: [Int]) -> [Double] {
        let down = open.map { -slope.gradient[$0] }
        let information = Matrix(rows: open.count, columns: open.count) { slope.information[open[$0], open[$1]] }
        if let step = (try? Cholesky(information))?.solve(down), step.allSatisfy(\.isFinite) { return step }
        return zip(down, open).map { $0 / max(slope.information[$1, $1], .leastNormalMagnitude) }
    }
}
