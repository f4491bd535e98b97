import LinearAlgebra

/// The population of judges that maximises the likelihood, everything else integrated out: quasi-Newton steps (BFGS) in log σ and the
/// variances β², τ_a², τ_b² and τ_s², which are kept at or above 0.
///
/// Derivatives of the density are exact; those of the volume in Laplace's approximation are differences to neighbours, for which the judges
/// are followed to their new maximum. One-sided differences and maxima that are nearly reached do, until a step near the end does not help.
/// From there on both are taken with care: along a ridge, where noise and its spread can stand in for each other, a small error of the
/// slope is a long way from the maximum. A variance at 0 whose derivative points below stays there: judges do not differ in that respect.
struct PopulationSearch {
    let mode: JudgeMode
    /// Steps that were taken.
    let steps: Int
    /// The largest change (relative, for variances) that another step would have made.
    let change: Double

    /// Steps below this end the search.
    private static let tolerance = 1e-6
    private static let mostSteps = 100
    /// A variance of judges (of standardised locations, of logarithms) below this is none.
    static let floor = 1e-9

    /// - Parameter isFree: which of the coordinates log σ, β², τ_a², τ_b² and τ_s² are estimated; the others stay as they start.
    init(_ design: CalibratedDesign, from start: JudgePopulation, isFree: [Bool]) throws(FitError) {
        var current = try Point(
            design, PopulationSearch.coordinates(start), near: JudgeTraits(count: design.judgeCount), isFree, shifts: nil)
        var curvature = PopulationSearch.guess(design, current.place, isFree)
        for steps in 0..<PopulationSearch.mostSteps {
            let open = current.place.indices.filter {
                isFree[$0] && ($0 == 0 || current.place[$0] > PopulationSearch.floor || current.gradient[$0] > 0)
            }
            let step = PopulationSearch.step(curvature, current.gradient, open)
            let change = zip(open, step).reduce(0) { max($0, $1.1.magnitude / ($1.0 == 0 ? 1 : max(current.place[$1.0], 0.01))) }
            let better = change <= PopulationSearch.tolerance ? nil : PopulationSearch.improved(current, open, step)
            if !current.isCareful, change > PopulationSearch.tolerance, change < 0.05, better?.isWholeStep != true {
                current = try Point(current.place, current.mode, isFree, shifts: current.shifts, isCareful: true)
                continue
            }
            guard let better else {
                guard change < 1e-3 else { throw .notConverged(steps: steps, change: change) }
                (mode, self.steps, self.change) = (try PopulationSearch.settled(current, isFree), steps, change)
                return
            }
            let next = try Point(better.place, better.mode, isFree, shifts: current.shifts, isCareful: current.isCareful)
            PopulationSearch.learn(&curvature, from: (current.place, current.gradient), to: (next.place, next.gradient))
            current = next
        }
        throw .notConverged(steps: PopulationSearch.mostSteps, change: .infinity)
    }

    static func coordinates(_ population: JudgePopulation) -> [Double] {
        let deviations = [population.locationDeviation, population.scaleDeviation, population.noiseDeviation]
        return [naturalLogarithm(population.noise), population.scale * population.scale] + deviations.map { $0 * $0 }
    }

    static func population(_ place: [Double]) -> JudgePopulation {
        JudgePopulation(
            location: 0, scale: place[1].squareRoot(), noise: exponential(place[0]), locationDeviation: place[2].squareRoot(),
            scaleDeviation: place[3].squareRoot(), noiseDeviation: place[4].squareRoot())
    }

    /// A variance at the floor is 0; entries that do not differ leave nothing to measure scales by.
    private static func settled(_ point: Point, _ isFree: [Bool]) throws(FitError) -> JudgeMode {
        guard !isFree[1] || point.place[1] > floor else { throw .noDifferences }
        let isNone = point.place.indices.map { $0 >= 2 && isFree[$0] && point.place[$0] <= floor }
        guard isNone.contains(true) else { return point.mode }
        let place = point.place.indices.map { isNone[$0] ? 0 : point.place[$0] }
        return try JudgeMode(point.mode.equations.design, population(place), from: point.mode.equations.traits)
    }

    /// About what each coordinate is known by: the information of normal samples of that size.
    static func guess(_ design: CalibratedDesign, _ place: [Double], _ isFree: [Bool]) -> Matrix {
        let judges = Double(design.judgeCount)
        let freedom = Double(max(1, design.scoreCount - design.entryCount - design.judgeCount))
        let levels = [Double(design.entryCount), judges, judges, judges]
        let known = [2 * freedom] + zip(levels, place[1...]).map { $0 / (2 * ($1 + 0.05) * ($1 + 0.05)) }
        return Matrix(rows: known.count, columns: known.count) { $0 == $1 ? known[$0] : 0 }
    }

    static func step(_ curvature: Matrix, _ gradient: [Double], _ open: [Int]) -> [Double] {
        let right = open.map { gradient[$0] }
        let block = Matrix(rows: open.count, columns: open.count) { curvature[open[$0], open[$1]] }
        let step = (try? Cholesky(block))?.solve(right) ?? open.indices.map { right[$0] / max(block[$0, $0].magnitude, 1) }
        // Half the noise, or a variance up by a quarter, is as far as the curvature can be trusted.
        let longest = zip(open, step).reduce(0) { max($0, $1.1.magnitude / ($1.0 == 0 ? 0.7 : 0.25)) }
        return step.map { $0 / max(1, longest) }
    }

    /// A place further along a step that is halved until the likelihood is no worse; `nil` when no part of the step helps.
    private static func improved(
        _ current: Point, _ open: [Int], _ step: [Double]
    ) -> (place: [Double], mode: JudgeMode, isWholeStep: Bool)? {
        let slack = 1e-10 * (1 + current.mode.logLikelihood.magnitude)
        var fraction = 1.0
        for _ in 0..<25 {
            var place = current.place
            for (index, change) in zip(open, step) {
                place[index] += fraction * change
                if index > 0 { place[index] = max(floor, place[index]) }
            }
            let mode = try? JudgeMode(current.mode.equations.design, population(place), from: current.traits(at: place))
            if let mode, mode.logLikelihood >= current.mode.logLikelihood - slack {
                return (place, mode, fraction == 1)
            }
            fraction /= 2
        }
        return nil
    }

    /// The BFGS update of the negative second derivatives (Nocedal and Wright 2006, section 6.1), left out where they would not stay
    /// positive.
    static func learn(
        _ curvature: inout Matrix, from old: (place: [Double], gradient: [Double]), to new: (place: [Double], gradient: [Double])
    ) {
        let step = zip(new.place, old.place).map { $0 - $1 }
        let turn = zip(old.gradient, new.gradient).map { $0 - $1 }
        let known = curvature * step
        let product = zip(step, turn).reduce(0) { $0 + $1.0 * $1.1 }
        let expected = zip(step, known).reduce(0) { $0 + $1.0 * $1.1 }
        guard product > 1e-3 * expected, expected > 0 else { return }
        for column in step.indices {
            for row in step.indices {
                curvature[row, column] += turn[row] * turn[column] / product - known[row] * known[column] / expected
            }
        }
    }
}

/// A population on the way, with the derivatives of its likelihood.
private struct Point: Sendable {
    let place: [Double]
    let mode: JudgeMode
    let gradient: [Double]
    /// How the judges' maximum moves with each coordinate: where to look for it at the next point.
    let shifts: [JudgeTraits?]
    /// Whether differences are taken to both sides, and of judges who are followed to the end.
    let isCareful: Bool

    /// Far above rounding, far below what a coordinate is known by.
    private static let difference = 1e-5

    init(_ design: CalibratedDesign, _ place: [Double], near traits: JudgeTraits, _ isFree: [Bool], shifts: [JudgeTraits?]?)
        throws(FitError)
    {
        let mode = try JudgeMode(design, PopulationSearch.population(place), from: traits)
        try self.init(place, mode, isFree, shifts: shifts, isCareful: false)
    }

    init(_ place: [Double], _ mode: JudgeMode, _ isFree: [Bool], shifts: [JudgeTraits?]?, isCareful: Bool) throws(FitError) {
        let (equations, known) = (mode.equations, mode.slope.population)
        var (gradient, found) = (known.indices.map { isFree[$0] ? known[$0] : 0 }, [JudgeTraits?](repeating: nil, count: known.count))
        // Without differences in scale and noise there is no approximation, and the gradient is exact.
        if place[3] > 0 || place[4] > 0 {
            let coordinates = place.indices.filter { isFree[$0] }
            let columns = equations.design.columnCount
            let volumes = Parallel.map(coordinates.count, size: 4 * columns * columns * columns) { index in
                let coordinate = coordinates[index]
                return Result { () throws(FitError) in try Point.volume(place, mode, coordinate, shifts?[coordinate], isCareful) }
            }
            for (coordinate, volume) in zip(coordinates, volumes) {
                let (slope, shift) = try volume.get()
                gradient[coordinate] -= slope / 2
                found[coordinate] = shift
            }
        }
        (self.place, self.mode, self.gradient, self.shifts, self.isCareful) = (place, mode, gradient, found, isCareful)
    }

    /// Where the judges' maximum is to be expected at another place: standardised traits grow with the deviation rather than the variance,
    /// of which they are a steep function near 0.
    func traits(at other: [Double]) -> JudgeTraits {
        place.indices.reduce(mode.equations.traits) { traits, coordinate in
            guard let shift = shifts[coordinate] else { return traits }
            let (from, to) = (place[coordinate], other[coordinate])
            let way = coordinate == 0 ? to - from : 2 * from.squareRoot() * (to.squareRoot() - from.squareRoot())
            return traits.adding(shift, times: way)
        }
    }

    /// How the logarithm of the determinant of the curvature, and the judges' maximum, move with a coordinate.
    private static func volume(_ place: [Double], _ mode: JudgeMode, _ coordinate: Int, _ shift: JudgeTraits?, _ isCareful: Bool)
        throws(FitError) -> (slope: Double, shift: JudgeTraits)
    {
        let size = difference * (coordinate == 0 ? 1 : max(0.05, place[coordinate]))
        let above = try neighbour(place, mode, coordinate, by: size, shift, isCareful)
        let moved = above.traits.adding(mode.equations.traits, times: -1).times(1 / above.width)
        guard isCareful, coordinate == 0 || place[coordinate] > size else {
            return ((above.logDeterminant - mode.curvature.logDeterminant) / above.width, moved)
        }
        let below = try neighbour(place, mode, coordinate, by: -size, moved, isCareful)
        return ((above.logDeterminant - below.logDeterminant) / (above.width - below.width), moved)
    }

    /// The judges a small way along a coordinate.
    private static func neighbour(
        _ place: [Double], _ mode: JudgeMode, _ coordinate: Int, by size: Double, _ shift: JudgeTraits?, _ isCareful: Bool
    ) throws(FitError) -> (width: Double, traits: JudgeTraits, logDeterminant: Double) {
        var moved = place
        moved[coordinate] += size
        let width = moved[coordinate] - place[coordinate]
        let guess = shift.map { mode.equations.traits.adding($0, times: width) } ?? mode.equations.traits
        let equations = try mode.neighbour(in: PopulationSearch.population(moved), near: guess, isCareful)
        return (width, equations.traits, try CalibratedCurvature(equations).logDeterminant)
    }
}
