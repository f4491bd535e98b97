/// The population that maximises the likelihood of the sparse method: quasi-Newton steps as in `PopulationSearch`.
///
/// The derivative of the volume along the judges' maximum x̂(φ) needs x̂′ = H⁻¹ ∂φ∇ log p, one solve for each coordinate, all side by side;
/// then the volume is computed once more a small way along each.
struct SparseSearch: Sendable {
    let mode: SparseMode
    /// Steps that were taken.
    let steps: Int
    /// The largest change (relative, for variances) that another step would have made.
    let change: Double

    private static let tolerance = 1e-5
    private static let mostSteps = 100

    /// - Parameter isFree: which of the coordinates are estimated; the others stay as they are.
    init(_ design: SparseDesign, from start: JudgePopulation, isFree: [Bool]) throws(FitError) {
        let first = PopulationCoordinates(start)
        let mode = try SparseMode(design, start, from: JudgePoint(judges: design.judgeCount), nil)
        var current = try SparsePoint(first, mode, isFree, from: nil)
        var curvature = PopulationCurvature(design.scores, at: first)
        for steps in 0..<SparseSearch.mostSteps {
            let open = current.coordinates.open(isFree, current.gradient)
            let step = curvature.step(current.gradient, open)
            let change = current.coordinates.change(by: step, of: open)
            let better = change <= SparseSearch.tolerance ? nil : SparseSearch.improved(current, open, step)
            guard let better else {
                guard change < 1e-3 else { throw .notConverged(steps: steps, change: change) }
                if let settled = try current.coordinates.settled(isFree) {
                    self.mode = try SparseMode(
                        design, settled.population, from: current.mode.terms.point, current.mode.factors.covariances)
                } else {
                    self.mode = current.mode
                }
                (self.steps, self.change) = (steps, change)
                return
            }
            let next = try SparsePoint(better.coordinates, better.mode, isFree, from: current.shifts)
            curvature.learn(from: (current.coordinates, current.gradient), to: (next.coordinates, next.gradient))
            current = next
        }
        throw .notConverged(steps: SparseSearch.mostSteps, change: .infinity)
    }

    private static func improved(
        _ current: SparsePoint, _ open: [Int], _ step: [Double]
    ) -> (coordinates: PopulationCoordinates, mode: SparseMode, isWholeStep: Bool)? {
        let (terms, covariances) = (current.mode.terms, current.mode.factors.covariances)
        return current.coordinates.improved(by: step, of: open, likelihood: current.mode.logLikelihood) { next in
            (try? SparseMode(terms.design, next.population, from: current.point(at: next), covariances)).map { ($0, $0.logLikelihood) }
        }
    }
}

/// A population on the way, with the derivatives of its likelihood.
private struct SparsePoint: Sendable {
    let coordinates: PopulationCoordinates
    let mode: SparseMode
    let gradient: [Double]
    /// How the judges' maximum moves with each coordinate.
    let shifts: [SIMD8<Double>]

    /// - Parameter guess: the shifts at other coordinates.
    init(_ at: PopulationCoordinates, _ mode: SparseMode, _ isFree: [Bool], from guess: [SIMD8<Double>]?) throws(FitError) {
        let terms = mode.terms
        let sizes = at.indices.map { at.width(of: $0) }
        let populations = at.indices.map { at.moved($0, by: sizes[$0]).population }
        let free = at.indices.filter { isFree[$0] }
        var follower = Follower(mode, populations, sizes, free, from: guess)
        try follower.settle()
        let (added, known) = (terms.added, terms.populationSlope)
        var gradient = [Double](repeating: 0, count: sizes.count)
        for coordinate in free {
            let volume = (follower.volumes[coordinate] - mode.factors.logDeterminant) / sizes[coordinate]
            // At the maximum the density's own derivatives are what the locations' covariance adds, with the other sign.
            let along = added.indices.reduce(0) { $0 + added[$1] * follower.shifts[$1][coordinate] }
            gradient[coordinate] = known[coordinate] - along - volume / 2
        }
        (coordinates, self.mode, self.gradient, shifts) = (at, mode, gradient, follower.shifts)
    }

    /// Where the judges' maximum is to be expected at other coordinates.
    func point(at other: PopulationCoordinates) -> JudgePoint {
        var point = mode.terms.point
        for coordinate in coordinates.indices {
            let way = coordinates.way(to: other, along: coordinate)
            guard way != 0 else { continue }
            for index in point.values.indices { point.values[index] += way * shifts[index][coordinate] }
        }
        return point
    }
}

/// The judges' maximum followed a small way along each coordinate: the derivatives x̂′, and the volume there.
///
/// Steps leave out how the locations' covariance changes, which the next round puts right.
private struct Follower {
    var shifts: [SIMD8<Double>]
    /// The log determinant a small way along each coordinate.
    var volumes = [Double](repeating: 0, count: 5)

    private let mode: SparseMode
    private let populations: [JudgePopulation]
    private let sizes: [Double]
    private let coordinates: [Int]
    private let slope: [Double]
    private var covariances: [[Double]]

    /// How exactly each round is solved, and how much of x̂′ may be missed.
    private static let tolerances = (solve: 1e-2, follow: 1e-3)
    private static let mostRounds = 6

    init(_ mode: SparseMode, _ populations: [JudgePopulation], _ sizes: [Double], _ coordinates: [Int], from guess: [SIMD8<Double>]?) {
        (self.mode, self.populations, self.sizes, self.coordinates) = (mode, populations, sizes, coordinates)
        slope = mode.terms.slope
        shifts = guess ?? [SIMD8<Double>](repeating: .zero, count: slope.count)
        covariances = [[Double]](repeating: mode.factors.covariances, count: populations.count)
    }

    mutating func settle() throws(FitError) {
        for round in 0...Follower.mostRounds {
            var right = [SIMD8<Double>](repeating: .zero, count: slope.count)
            for coordinate in coordinates {
                var direction = slope
                for index in direction.indices { direction[index] = shifts[index][coordinate] }
                let point = mode.terms.point.adding(direction, times: sizes[coordinate])
                let moved = try SparseMode.curvature(
                    mode.terms.design, populations[coordinate], point, covariances[coordinate], keepsMeetings: false)
                volumes[coordinate] = moved.factors.logDeterminant
                covariances[coordinate] = moved.factors.covariances
                let there = moved.terms.slope
                for index in right.indices { right[index][coordinate] = (there[index] - slope[index]) / sizes[coordinate] }
            }
            guard round < Follower.mostRounds, isMoving(by: right) else { return }
            let step = mode.curvature.solve(right, tolerance: Follower.tolerances.solve).vectors
            for index in step.indices { shifts[index] += step[index] }
        }
    }

    /// Whether a step would change x̂′, going by the blocks.
    private func isMoving(by right: [SIMD8<Double>]) -> Bool {
        var (changes, lengths) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for (index, step) in mode.factors.solve(right).enumerated() {
            changes += step * step
            lengths += shifts[index] * shifts[index]
        }
        let most = Follower.tolerances.follow * Follower.tolerances.follow
        return coordinates.contains { changes[$0] > most * lengths[$0] }
    }
}
