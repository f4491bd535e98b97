import LinearAlgebra

/// A population of judges as the searches see it: log σ and the variances β², τ_a², τ_b² and τ_s², which are kept at or above 0.
struct PopulationCoordinates: Sendable {
    private(set) var values: [Double]

    /// A variance of judges (of standardised locations, of logarithms) below this is none.
    private static let floor = 1e-9

    init(_ population: JudgePopulation) {
        let deviations = [population.locationDeviation, population.scaleDeviation, population.noiseDeviation]
        values = [naturalLogarithm(population.noise), population.scale * population.scale] + deviations.map { $0 * $0 }
    }

    var population: JudgePopulation {
        JudgePopulation(
            location: 0, scale: values[1].squareRoot(), noise: exponential(values[0]), locationDeviation: values[2].squareRoot(),
            scaleDeviation: values[3].squareRoot(), noiseDeviation: values[4].squareRoot())
    }

    var indices: Range<Int> { values.indices }

    subscript(index: Int) -> Double { values[index] }

    /// The coordinates after a step of some of them, variances kept above 0.
    func moved(_ open: [Int], by step: [Double]) -> PopulationCoordinates {
        var moved = self
        for (index, change) in zip(open, step) {
            moved.values[index] += change
            if index > 0 { moved.values[index] = max(PopulationCoordinates.floor, moved.values[index]) }
        }
        return moved
    }

    func moved(_ coordinate: Int, by width: Double) -> PopulationCoordinates {
        var moved = self
        moved.values[coordinate] += width
        return moved
    }

    /// What a step changes: all that is estimated but variances at 0 whose derivative points below. Judges do not differ in that respect.
    func open(_ isFree: [Bool], _ gradient: [Double]) -> [Int] {
        values.indices.filter { isFree[$0] && ($0 == 0 || values[$0] > PopulationCoordinates.floor || gradient[$0] > 0) }
    }

    /// The largest change of a step, relative for variances.
    func change(by step: [Double], of open: [Int]) -> Double {
        zip(open, step).reduce(0) { max($0, $1.1.magnitude / ($1.0 == 0 ? 1 : max(values[$1.0], 0.01))) }
    }

    private static let mostHalvings = 10

    /// Coordinates further along a step that is halved until the likelihood is no worse, with what was found there; `nil` when no part of
    /// the step helps.
    func improved<Mode>(
        by step: [Double], of open: [Int], likelihood: Double, _ mode: (PopulationCoordinates) -> (mode: Mode, likelihood: Double)?
    ) -> (coordinates: PopulationCoordinates, mode: Mode)? {
        let slack = 1e-10 * (1 + likelihood.magnitude)
        var fraction = 1.0
        for _ in 0..<PopulationCoordinates.mostHalvings {
            var next = self
            for (index, change) in zip(open, step) {
                next.values[index] += fraction * change
                if index > 0 { next.values[index] = max(PopulationCoordinates.floor, next.values[index]) }
            }
            if let found = mode(next), found.likelihood >= likelihood - slack { return (next, found.mode) }
            fraction /= 2
        }
        return nil
    }

    /// With 0 for variances at the floor; `nil` where there are none.
    ///
    /// - Throws: `FitError.noDifferences` of entries that do not differ, which leave nothing to measure scales by.
    func settled(_ isFree: [Bool]) throws(FitError) -> PopulationCoordinates? {
        guard !isFree[1] || values[1] > PopulationCoordinates.floor else { throw .noDifferences }
        let none = values.indices.filter { $0 >= 2 && isFree[$0] && values[$0] <= PopulationCoordinates.floor }
        guard !none.isEmpty else { return nil }
        var settled = self
        for index in none { settled.values[index] = 0 }
        return settled
    }
}

/// The negative second derivatives of the likelihood by the coordinates, as far as steps have shown them.
struct PopulationCurvature: Sendable {
    private var matrix: Matrix

    /// The information that each coordinate's own scores hold about it.
    init(information: [Double]) { matrix = Matrix(rows: information.count, columns: information.count) { $0 == $1 ? information[$0] : 0 } }

    /// The step of the open coordinates, shortened.
    func step(_ gradient: [Double], _ open: [Int]) -> [Double] {
        let right = open.map { gradient[$0] }
        let block = Matrix(rows: open.count, columns: open.count) { matrix[open[$0], open[$1]] }
        let step = (try? Cholesky(block))?.solve(right) ?? open.indices.map { right[$0] / max(block[$0, $0].magnitude, 1) }
        // Half the noise, or a variance up by a quarter, is as far as the curvature can be trusted.
        let longest = zip(open, step).reduce(0) { max($0, $1.1.magnitude / ($1.0 == 0 ? 0.7 : 0.25)) }
        return step.map { $0 / max(1, longest) }
    }

    /// The BFGS update (Nocedal and Wright 2006, section 6.1), left out where the matrix would not stay positive.
    mutating func learn(
        from old: (coordinates: PopulationCoordinates, gradient: [Double]), to new: (coordinates: PopulationCoordinates, gradient: [Double])
    ) {
        let step = zip(new.coordinates.values, old.coordinates.values).map { $0 - $1 }
        let turn = zip(old.gradient, new.gradient).map { $0 - $1 }
        let known = matrix * step
        let product = zip(step, turn).reduce(0) { $0 + $1.0 * $1.1 }
        let expected = zip(step, known).reduce(0) { $0 + $1.0 * $1.1 }
        guard product > 1e-3 * expected, expected > 0 else { return }
        for column in step.indices {
            for row in step.indices {
                matrix[row, column] += turn[row] * turn[column] / product - known[row] * known[column] / expected
            }
        }
    }
}
