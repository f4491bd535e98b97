/// The population of judges that maximises the likelihood, everything else integrated out: quasi-Newton steps with the derivatives of
/// `PopulationSlope`.
///
/// Fisher's information at each point is where its curvature begins, and what the last steps have shown corrects it (the BFGS update). With
/// many judges that information is nearly the curvature, so that a few steps do. The last ones are taken with care: along a ridge, where
/// noise and its spread can stand in for each other, a small error of the slope is a long way from the maximum.
struct PopulationSearch: Sendable {
    let mode: JudgeMode
    /// Steps that were taken.
    let steps: Int
    /// The largest change (relative, for variances) that another step would have made.
    let change: Double

    /// A step is the last when it would change no coordinate by more than this, or when the likelihood would gain less: the population is
    /// then within 0.002 of its standard error, or 10⁻⁶ of it where nothing is approximated but the volume.
    private static func tolerances(_ design: CalibratedDesign) -> (change: Double, gain: Double) {
        design.blocks.isWhole ? (1e-7, 1e-12) : (1e-5, 2e-6)
    }
    /// From a gain of this on, derivatives are taken with care.
    private static let carefulGain = 0.05
    private static let mostSteps = 100
    /// Steps in a row that bring neither this share of what the slope promises nor so much at all lead to where a judge's most likely
    /// parameters end, and with them the approximation: its slope grows without bound there, and no maximum is near.
    private static let mostDisappointments = 2
    private static let (leastShare, smallRise, largeGain) = (0.05, 0.2, 5.0)
    /// A noise below this, in standard deviations of all scores, is none. Where the scores of two judges are on a line, the likelihood
    /// grows without bound as both noises fall, and a search that gets there ends at rounding.
    private static let leastNoise = 1e-6
    /// Steps that the curvature is corrected by.
    private static let memory = 6
    /// How exactly the judges' maximum is found on the way.
    private static let passing = 1e-4

    /// - Parameter isFree: which of the coordinates are estimated; the others stay as they are.
    init(_ design: CalibratedDesign, from start: JudgePopulation, isFree: [Bool]) throws(FitError) {
        let isHeld = !isFree.contains(true)
        let tolerances = PopulationSearch.tolerances(design)
        let mode = try JudgeMode(
            design, start, from: JudgePoint(judges: design.judgeCount), nil,
            tolerance: isHeld ? JudgeMode.tolerance(design) : PopulationSearch.passing)
        var current = try PopulationPoint(PopulationCoordinates(start), mode, isFree, isCareful: isHeld)
        var (path, disappointments) = ([current.waypoint], 0)
        for steps in 0..<PopulationSearch.mostSteps {
            let open = current.coordinates.open(isFree, current.gradient)
            let step = PopulationSearch.curvature(current, path).step(current.gradient, open)
            let change = current.coordinates.change(by: step, of: open)
            let gain = zip(open, step).reduce(0) { $0 + current.gradient[$1.0] * $1.1 } / 2
            let isLast = change <= tolerances.change || gain <= tolerances.gain
            if !current.isCareful, isLast || gain < PopulationSearch.carefulGain {
                current = try current.careful(isFree)
                path[path.count - 1] = current.waypoint
                continue
            }
            guard let better = isLast ? nil : PopulationSearch.improved(current, open, step) else {
                guard current.isCareful else {
                    current = try current.careful(isFree)
                    path[path.count - 1] = current.waypoint
                    continue
                }
                guard change < 1e-3 || gain < 1e-4 else { throw .notConverged(steps: steps, change: change) }
                let mode = try PopulationSearch.finished(current, isFree, open)
                let least = 1 / (mode.terms.precisions.max() ?? 0).squareRoot()
                guard least > PopulationSearch.leastNoise else { throw .notConverged(steps: steps, change: change) }
                self.mode = mode
                (self.steps, self.change) = (steps, change)
                return
            }
            let rise = better.mode.logLikelihood - current.mode.logLikelihood
            let isDisappointing = rise < min(PopulationSearch.leastShare * gain, PopulationSearch.smallRise)
            disappointments = isDisappointing ? disappointments + (gain > PopulationSearch.largeGain ? 2 : 1) : 0
            if disappointments >= PopulationSearch.mostDisappointments { throw .notConverged(steps: steps, change: change) }
            current = try PopulationPoint(better.coordinates, better.mode, isFree, isCareful: current.isCareful)
            path.append(current.waypoint)
        }
        throw .notConverged(steps: PopulationSearch.mostSteps, change: .infinity)
    }

    /// The mode of the population that is found: moved by what blocks leave out, and with 0 for variances at the floor.
    private static func finished(
        _ current: PopulationPoint, _ isFree: [Bool], _ open: [Int]
    ) throws(FitError) -> JudgeMode {
        let (terms, covariances) = (current.mode.terms, current.mode.factors.covariances)
        let none = try current.coordinates.settled(isFree)
        let moving = open.filter { (none ?? current.coordinates)[$0] != 0 || $0 == 0 }
        let corrected = try BlockCoupling(terms.design).corrected(
            current.mode, at: current.coordinates, moving, PopulationCurvature(information: current.information))
        guard let final = try (corrected ?? current.coordinates).settled(isFree) ?? corrected else { return current.mode }
        let population = final.population
        return try JudgeMode(terms.design, population, from: current.mode.point(in: population), covariances)
    }

    /// The curvature at a point by its information and the last steps of the path to it.
    private static func curvature(_ current: PopulationPoint, _ path: [PopulationPoint.Waypoint]) -> PopulationCurvature {
        var curvature = PopulationCurvature(information: current.information)
        let recent = path.suffix(memory + 1)
        for (old, new) in zip(recent, recent.dropFirst()) { curvature.learn(from: old, to: new) }
        return curvature
    }

    private static func improved(
        _ current: PopulationPoint, _ open: [Int], _ step: [Double]
    ) -> (coordinates: PopulationCoordinates, mode: JudgeMode)? {
        let (terms, covariances) = (current.mode.terms, current.mode.factors.covariances)
        let tolerance = current.isCareful ? JudgeMode.tolerance(terms.design) : passing
        return current.coordinates.improved(by: step, of: open, likelihood: current.mode.logLikelihood) { next in
            let population = next.population
            let mode = try? JudgeMode(
                terms.design, population, from: current.mode.point(in: population), covariances, tolerance: tolerance)
            return mode.map { ($0, $0.logLikelihood) }
        }
    }
}

/// A population on the way, with the derivatives of its likelihood.
private struct PopulationPoint: Sendable {
    typealias Waypoint = (coordinates: PopulationCoordinates, gradient: [Double])

    let coordinates: PopulationCoordinates
    let mode: JudgeMode
    let gradient: [Double]
    let information: [Double]
    let isCareful: Bool

    var waypoint: Waypoint { (coordinates, gradient) }

    init(_ at: PopulationCoordinates, _ mode: JudgeMode, _ isFree: [Bool], isCareful: Bool) throws(FitError) {
        let slope = try PopulationSlope(mode, isCareful: isCareful)
        (coordinates, self.mode, self.isCareful, information) = (at, mode, isCareful, slope.information)
        gradient = slope.gradient.indices.map { isFree[$0] ? slope.gradient[$0] : 0 }
    }

    /// The same with care.
    func careful(_ isFree: [Bool]) throws(FitError) -> PopulationPoint {
        let terms = mode.terms
        let exact = try JudgeMode(terms.design, terms.population, from: terms.point, mode.factors.covariances)
        return try PopulationPoint(coordinates, exact, isFree, isCareful: true)
    }
}

extension JudgeMode {
    /// Where the judges' maximum is to be expected in another population, going by each parameter alone.
    ///
    /// What the scores say of a parameter is u/s, with its distance u from the median and the share s of `BlockFactors.knownShares`; the
    /// share in the other population is that of the same information.
    func point(in other: JudgePopulation) -> JudgePoint {
        var point = terms.point
        let (population, shares) = (terms.population, factors.knownShares)
        let deviations = [
            (population.locationDeviation, other.locationDeviation), (population.scaleDeviation, other.scaleDeviation),
            (population.noiseDeviation, other.noiseDeviation),
        ]
        let shifts = [0, naturalLogarithm(population.scale / other.scale), naturalLogarithm(population.noise / other.noise)]
        for judge in 0..<terms.design.judgeCount {
            for (kind, (from, to)) in deviations.enumerated() where from > 0 && to > 0 {
                let index = 3 * judge + kind
                let share = min(max(shares[index], 1e-12), 1 - 1e-12)
                let information = share / (1 - share) * (to / from) * (to / from)
                let next = information / (1 + information)
                point.values[index] = next * (from * terms.point.values[index] / share + shifts[kind]) / to
            }
        }
        return point
    }
}
