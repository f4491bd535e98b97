/// The population of judges that maximises the likelihood, everything else integrated out: quasi-Newton steps (BFGS) in
/// `PopulationCoordinates`.
///
/// Derivatives of the density are exact; those of the volume in Laplace's approximation are differences to neighbours, for which the judges
/// are followed to their new maximum. One-sided differences and maxima that are nearly reached do, until a step near the end does not help.
/// From there on both are taken with care: along a ridge, where noise and its spread can stand in for each other, a small error of the
/// slope is a long way from the maximum.
struct PopulationSearch {
    let mode: JudgeMode
    /// Steps that were taken.
    let steps: Int
    /// The largest change (relative, for variances) that another step would have made.
    let change: Double

    /// Steps below this end the search.
    private static let tolerance = 1e-6
    private static let mostSteps = 100

    /// - Parameter isFree: which of the coordinates are estimated; the others stay as they are.
    init(_ design: CalibratedDesign, from start: JudgePopulation, isFree: [Bool]) throws(FitError) {
        let first = PopulationCoordinates(start)
        let mode = try JudgeMode(design, first.population, from: JudgeTraits(count: design.judgeCount))
        var current = try PopulationPoint(first, mode, isFree, shifts: nil, isCareful: false)
        var curvature = PopulationCurvature(design, at: first)
        for steps in 0..<PopulationSearch.mostSteps {
            let open = current.coordinates.open(isFree, current.gradient)
            let step = curvature.step(current.gradient, open)
            let change = current.coordinates.change(by: step, of: open)
            let better = change <= PopulationSearch.tolerance ? nil : PopulationSearch.improved(current, open, step)
            if !current.isCareful, change > PopulationSearch.tolerance, change < 0.05, better?.isWholeStep != true {
                current = try PopulationPoint(current.coordinates, current.mode, isFree, shifts: current.shifts, isCareful: true)
                continue
            }
            guard let better else {
                guard change < 1e-3 else { throw .notConverged(steps: steps, change: change) }
                if let settled = try current.coordinates.settled(isFree) {
                    self.mode = try JudgeMode(design, settled.population, from: current.mode.equations.traits)
                } else {
                    self.mode = current.mode
                }
                (self.steps, self.change) = (steps, change)
                return
            }
            let next = try PopulationPoint(better.coordinates, better.mode, isFree, shifts: current.shifts, isCareful: current.isCareful)
            curvature.learn(from: (current.coordinates, current.gradient), to: (next.coordinates, next.gradient))
            current = next
        }
        throw .notConverged(steps: PopulationSearch.mostSteps, change: .infinity)
    }

    private static func improved(
        _ current: PopulationPoint, _ open: [Int], _ step: [Double]
    ) -> (coordinates: PopulationCoordinates, mode: JudgeMode, isWholeStep: Bool)? {
        current.coordinates.improved(by: step, of: open, likelihood: current.mode.logLikelihood) { next in
            (try? JudgeMode(current.mode.equations.design, next.population, from: current.traits(at: next))).map { ($0, $0.logLikelihood) }
        }
    }
}

/// A population on the way, with the derivatives of its likelihood.
private struct PopulationPoint: Sendable {
    let coordinates: PopulationCoordinates
    let mode: JudgeMode
    let gradient: [Double]
    /// How the judges' maximum moves with each coordinate: where to look for it at the next point.
    let shifts: [JudgeTraits?]
    /// Whether differences are taken to both sides, and of judges who are followed to the end.
    let isCareful: Bool

    init(_ at: PopulationCoordinates, _ mode: JudgeMode, _ isFree: [Bool], shifts: [JudgeTraits?]?, isCareful: Bool) throws(FitError) {
        let (equations, known) = (mode.equations, mode.slope.population)
        var (gradient, found) = (known.indices.map { isFree[$0] ? known[$0] : 0 }, [JudgeTraits?](repeating: nil, count: known.count))
        // Without differences in scale and noise there is no approximation, and the gradient is exact.
        if at[3] > 0 || at[4] > 0 {
            let free = at.indices.filter { isFree[$0] }
            let columns = equations.design.columnCount
            let volumes = Parallel.map(free.count, size: 4 * columns * columns * columns) { index in
                let coordinate = free[index]
                return Result { () throws(FitError) in try PopulationPoint.volume(at, mode, coordinate, shifts?[coordinate], isCareful) }
            }
            for (coordinate, volume) in zip(free, volumes) {
                let (slope, shift) = try volume.get()
                gradient[coordinate] -= slope / 2
                found[coordinate] = shift
            }
        }
        (coordinates, self.mode, self.gradient, self.shifts, self.isCareful) = (at, mode, gradient, found, isCareful)
    }

    /// Where the judges' maximum is to be expected at other coordinates.
    func traits(at other: PopulationCoordinates) -> JudgeTraits {
        coordinates.indices.reduce(mode.equations.traits) { traits, coordinate in
            guard let shift = shifts[coordinate] else { return traits }
            return traits.adding(shift, times: coordinates.way(to: other, along: coordinate))
        }
    }

    /// How the logarithm of the determinant of the curvature, and the judges' maximum, move with a coordinate.
    private static func volume(
        _ at: PopulationCoordinates, _ mode: JudgeMode, _ coordinate: Int, _ shift: JudgeTraits?, _ isCareful: Bool
    ) throws(FitError) -> (slope: Double, shift: JudgeTraits) {
        let size = at.width(of: coordinate)
        let above = try neighbour(at, mode, coordinate, by: size, shift, isCareful)
        let moved = above.traits.adding(mode.equations.traits, times: -1).times(1 / above.width)
        guard isCareful, coordinate == 0 || at[coordinate] > size else {
            return ((above.logDeterminant - mode.curvature.logDeterminant) / above.width, moved)
        }
        let below = try neighbour(at, mode, coordinate, by: -size, moved, isCareful)
        return ((above.logDeterminant - below.logDeterminant) / (above.width - below.width), moved)
    }

    /// The judges a small way along a coordinate.
    private static func neighbour(
        _ at: PopulationCoordinates, _ mode: JudgeMode, _ coordinate: Int, by size: Double, _ shift: JudgeTraits?, _ isCareful: Bool
    ) throws(FitError) -> (width: Double, traits: JudgeTraits, logDeterminant: Double) {
        let moved = at.moved(coordinate, by: size)
        let width = moved[coordinate] - at[coordinate]
        let guess = shift.map { mode.equations.traits.adding($0, times: width) } ?? mode.equations.traits
        let equations = try mode.neighbour(in: moved.population, near: guess, isCareful)
        return (width, equations.traits, try CalibratedCurvature(equations).logDeterminant)
    }
}
