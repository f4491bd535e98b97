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

    init(_ design: SparseDesign, from start: JudgePopulation, isFree: [Bool]) throws(FitError) {
        var current = try Place(
            PopulationSearch.coordinates(start),
            SparseMode(design, start, from: JudgePoint(judges: design.judgeCount), nil), isFree,
            from: nil)
        var curvature = PopulationSearch.guess(design.scores, current.position, isFree)
        for steps in 0..<SparseSearch.mostSteps {
            let open = current.position.indices.filter {
                isFree[$0] && ($0 == 0 || current.position[$0] > PopulationSearch.floor || current.gradient[$0] > 0)
            }
            let step = PopulationSearch.step(curvature, current.gradient, open)
            let change = zip(open, step).reduce(0) { max($0, $1.1.magnitude / ($1.0 == 0 ? 1 : max(current.position[$1.0], 0.01))) }
            let better = change <= SparseSearch.tolerance ? nil : SparseSearch.improved(current, open, step)
            guard let better else {
                guard change < 1e-3 else { throw .notConverged(steps: steps, change: change) }
                (mode, self.steps, self.change) = (try SparseSearch.settled(current, isFree), steps, change)
                return
            }
            let next = try Place(better.position, better.mode, isFree, from: current.shifts)
            PopulationSearch.learn(&curvature, from: (current.position, current.gradient), to: (next.position, next.gradient))
            current = next
        }
        throw .notConverged(steps: SparseSearch.mostSteps, change: .infinity)
    }

    /// A variance at the floor is 0; entries that do not differ leave nothing to measure scales by.
    private static func settled(_ found: Place, _ isFree: [Bool]) throws(FitError) -> SparseMode {
        guard !isFree[1] || found.position[1] > PopulationSearch.floor else { throw .noDifferences }
        let isNone = found.position.indices.map { $0 >= 2 && isFree[$0] && found.position[$0] <= PopulationSearch.floor }
        guard isNone.contains(true) else { return found.mode }
        let position = found.position.indices.map { isNone[$0] ? 0 : found.position[$0] }
        let terms = found.mode.terms
        return try SparseMode(terms.design, PopulationSearch.population(position), from: terms.point, found.mode.factors.covariances)
    }

    /// A place further along a step that is halved until the likelihood is no worse; `nil` when no part of the step helps.
    private static func improved(_ current: Place, _ open: [Int], _ step: [Double]) -> (position: [Double], mode: SparseMode)? {
        let slack = 1e-10 * (1 + current.mode.logLikelihood.magnitude)
        var fraction = 1.0
        for _ in 0..<25 {
            var position = current.position
            for (index, change) in zip(open, step) {
                position[index] += fraction * change
                if index > 0 { position[index] = max(PopulationSearch.floor, position[index]) }
            }
            let design = current.mode.terms.design
            let mode = try? SparseMode(
                design, PopulationSearch.population(position), from: current.point(at: position), current.mode.factors.covariances)
            if let mode, mode.logLikelihood >= current.mode.logLikelihood - slack { return (position, mode) }
            fraction /= 2
        }
        return nil
    }
}

/// A population on the way, with the derivatives of its likelihood.
private struct Place: Sendable {
    let position: [Double]
    let mode: SparseMode
    let gradient: [Double]
    /// How the judges' maximum moves with each coordinate.
    let shifts: [SIMD8<Double>]

    /// Far above rounding, far below what a coordinate is known by.
    private static let difference = 1e-5

    /// - Parameter guess: the shifts at another place.
    init(_ position: [Double], _ mode: SparseMode, _ isFree: [Bool], from guess: [SIMD8<Double>]?) throws(FitError) {
        let terms = mode.terms
        let sizes = position.indices.map { Place.difference * ($0 == 0 ? 1 : max(0.05, position[$0])) }
        let populations = position.indices.map { coordinate in
            var moved = position
            moved[coordinate] += sizes[coordinate]
            return PopulationSearch.population(moved)
        }
        let coordinates = position.indices.filter { isFree[$0] }
        var follower = Follower(mode, populations, sizes, coordinates, from: guess)
        try follower.settle()
        let (added, known) = (terms.added, terms.populationSlope)
        var gradient = position.map { _ in 0.0 }
        for coordinate in coordinates {
            let volume = (follower.volumes[coordinate] - mode.factors.logDeterminant) / sizes[coordinate]
            // At the maximum the density's own derivatives are what the locations' covariance adds, with the other sign.
            let along = added.indices.reduce(0) { $0 + added[$1] * follower.shifts[$1][coordinate] }
            gradient[coordinate] = known[coordinate] - along - volume / 2
        }
        (self.position, self.mode, self.gradient, shifts) = (position, mode, gradient, follower.shifts)
    }

    /// Where the judges' maximum is to be expected at another place: standardised traits grow with the deviation rather than the variance,
    /// of which they are a steep function near 0.
    func point(at other: [Double]) -> JudgePoint {
        var point = mode.terms.point
        for coordinate in position.indices {
            let (from, to) = (position[coordinate], other[coordinate])
            let way = coordinate == 0 ? to - from : 2 * from.squareRoot() * (to.squareRoot() - from.squareRoot())
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
