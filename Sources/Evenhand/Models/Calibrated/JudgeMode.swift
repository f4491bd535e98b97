/// The most likely traits of the judges in a population, and Laplace's approximation of the likelihood around them.
///
/// log p(x) ≈ log p(x, t̂) − ½ log |S|, with S the curvature at the traits t̂ that maximise the density. Entries and locations are
/// integrated out exactly, so the approximation concerns two numbers for each judge, and is exact when the population does not differ in
/// them.
struct JudgeMode: Sendable {
    let equations: CalibratedEquations
    let curvature: CalibratedCurvature

    /// The approximate log likelihood of the population.
    var logLikelihood: Double { equations.logDensity - curvature.logDeterminant / 2 }

    /// A step below this, in the population's standard deviations (in logarithms where those are above 1), is the last.
    private static let tolerance = 1e-8
    private static let mostSteps = 200

    /// The mode that steps from `start` lead to.
    ///
    /// The curvature is followed for as long as steps shrink well: it is three times the work of the equations, and leaves out a part of
    /// the second derivatives anyway.
    init(_ design: CalibratedDesign, _ population: JudgePopulation, from start: JudgeTraits) throws(FitError) {
        var equations = try CalibratedEquations(design, population, start)
        var curvature = try CalibratedCurvature(equations)
        var (isOwn, last) = (true, Double.infinity)
        for steps in 0..<JudgeMode.mostSteps {
            let slope = equations.slope
            var step = curvature.step(slope)
            var change = equations.change(by: step)
            if change > 0.2 * last, !isOwn {
                (curvature, isOwn) = (try CalibratedCurvature(equations), true)
                step = curvature.step(slope)
                change = equations.change(by: step)
            }
            // Below a millionth, steps that no longer shrink are rounding.
            let isSettled = change <= JudgeMode.tolerance || change < 1e-6 && change > 0.9 * last || steps == JudgeMode.mostSteps - 1
            if !isSettled, let next = try JudgeMode.improved(equations, step) {
                (equations, last, isOwn) = (next, change, false)
                continue
            }
            guard change < 1e-4 else { throw .notConverged(steps: steps, change: change) }
            self.equations = equations
            self.curvature = isOwn ? curvature : try CalibratedCurvature(equations)
            return
        }
        throw .notConverged(steps: JudgeMode.mostSteps, change: last)
    }

    /// The equations after a step, shortened so that no scale or noise changes by more than a factor e, and halved until the density is no
    /// worse; `nil` when no part of the step helps.
    private static func improved(_ current: CalibratedEquations, _ step: JudgeTraits) throws(FitError) -> CalibratedEquations? {
        let longest = max(
            step.scales.reduce(0) { max($0, $1.magnitude) } * current.population.scaleDeviation,
            step.noises.reduce(0) { max($0, $1.magnitude) } * current.population.noiseDeviation)
        let slack = 1e-12 * (1 + current.logDensity.magnitude)
        var fraction = min(1, 1 / max(longest, 1))
        for _ in 0..<30 {
            let traits = current.traits.adding(step, times: fraction)
            let trial = try CalibratedEquations(current.design, current.population, traits)
            if trial.logDensity >= current.logDensity - slack { return trial }
            fraction /= 2
        }
        return nil
    }
}

extension CalibratedEquations {
    /// What a step changes at most: in the population's standard deviations, in logarithms where those are above 1.
    fileprivate func change(by step: JudgeTraits) -> Double { max(1, population.scaleDeviation, population.noiseDeviation) * step.size }
}
