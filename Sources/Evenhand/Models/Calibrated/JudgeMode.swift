/// The most likely judges of a population by Newton's steps, each solved by conjugate gradients, and the approximation of the likelihood
/// around them.
///
/// log p(x) ≈ log p(x, t̂) − ½ log |S|, with S the curvature at the traits t̂ (scales and noises) that maximise the density. Entries and
/// locations are integrated out exactly, so the approximation concerns two numbers for each judge, and is exact when the population does
/// not differ in them. The volume |S| is that of the blocks of judges: exact where one block holds a whole subset, and otherwise corrected
/// by `BlockCoupling`.
struct JudgeMode: Sendable {
    let curvature: CalibratedCurvature
    /// What one more step would have changed.
    let change: Double

    var terms: CalibratedTerms { curvature.terms }
    var factors: BlockFactors { curvature.factors }
    /// The approximate log likelihood of the population.
    var logLikelihood: Double { terms.logDensity - factors.logDeterminant / 2 }

    /// A step below this, in standard deviations of the population (in logarithms where those are above 1), is the last.
    static func tolerance(_ design: CalibratedDesign) -> Double { design.blocks.isWhole ? 1e-8 : 1e-6 }
    private static let mostSteps = 50
    /// A step by the blocks below this share of the tolerance is not worth a solve.
    private static let leastRest = 0.2
    /// How exactly a step is solved: the steps leave out a part of the second derivatives anyway.
    private static let stepTolerance = 1e-3

    /// - Parameter tolerance: the change that ends the steps, by default as small as the design deserves.
    init(
        _ design: CalibratedDesign, _ population: JudgePopulation, from start: JudgePoint, _ covariances: [Double]?,
        tolerance: Double? = nil
    ) throws(FitError) {
        let tolerance = tolerance ?? JudgeMode.tolerance(design)
        let single = design.blocks.starts.single
        let none = [Double](repeating: 0, count: single[single.count - 1])
        var current = try JudgeMode.curvature(design, population, start, covariances ?? none, isOwn: design.blocks.isWhole)
        var last = Double.infinity
        // The share of a step that is taken, and the step before.
        var (share, before) = (1.0, [Double]())
        for steps in 0..<JudgeMode.mostSteps {
            let slope = current.terms.slope
            // Blocks alone know when there is hardly anything left to solve for.
            let rest = current.factors.solve(slope.map { SIMD2($0, 0) }).dropLast().reduce(0) { max($0, $1.x.magnitude) }
            guard steps == 0 || rest > JudgeMode.leastRest * tolerance else {
                (curvature, self.change) = (current, rest)
                return
            }
            let step = current.solve(slope, tolerance: JudgeMode.stepTolerance).vector
            let largest = step.dropLast().reduce(0) { max($0, $1.magnitude) }
            let change = max(1, population.scaleDeviation, population.noiseDeviation) * largest
            share = before.isEmpty ? 1 : JudgeMode.share(of: step, after: before, by: share)
            before = step
            let isSettled = change <= tolerance || change < 1e-5 && change > 0.9 * last
            if !isSettled,
                let next = JudgeMode.improved(
                    current, share < 1 ? step.map { share * $0 } : step, isOwn: design.blocks.isWhole || steps >= JudgeMode.mostLagging)
            {
                (current, last) = (next, change)
                continue
            }
            guard change < 1e-4 else { throw .notConverged(steps: steps, change: change) }
            (curvature, self.change) = (current, change)
            return
        }
        throw .notConverged(steps: JudgeMode.mostSteps, change: last)
    }

    /// What share of a step to take.
    ///
    /// Steps leave out a part of the second derivatives. Where that part is as large as the rest, steps would go to and fro about the
    /// maximum for ever. Of the distance 1 − f λ remains after a share f, with λ the curvature over the one that was counted on, and so 1/λ
    /// of the next step is right.
    private static func share(of step: [Double], after before: [Double], by share: Double) -> Double {
        let sums = zip(step, before).reduce((0.0, 0.0)) { ($0.0 + $1.0 * $1.1, $0.1 + $1.1 * $1.1) }
        let remaining = sums.0 / max(sums.1, .leastNormalMagnitude)
        return remaining < 1 ? min(1, max(leastShare, share / (1 - remaining))) : 1
    }

    private static let leastShare = 0.2

    /// Steps whose derivatives are those with the covariance of locations at the step before: it takes a pass over the scores less, and
    /// matters where it makes steps go to and fro.
    private static let mostLagging = 10

    /// - Parameters:
    ///   - covariances: those of the locations, as far as they are known.
    ///   - isOwn: whether derivatives are those with the covariances at this point instead.
    static func curvature(
        _ design: CalibratedDesign, _ population: JudgePopulation, _ point: JudgePoint, _ covariances: [Double], isOwn: Bool = false
    ) throws(FitError) -> CalibratedCurvature {
        var terms = CalibratedTerms(design, population, point, covariances)
        guard terms.logDensity.isFinite else { throw .notConverged(steps: 0, change: .infinity) }
        let factors = try BlockFactors(terms)
        if isOwn { terms = CalibratedTerms(design, population, point, factors.covariances) }
        return CalibratedCurvature(terms: terms, factors: factors)
    }

    /// The density of the traits, locations integrated out.
    private static func traitDensity(_ curvature: CalibratedCurvature) -> Double {
        curvature.terms.logDensity - curvature.factors.locationLogDeterminant / 2
    }

    /// What is found after a step, shortened so that no scale or noise changes by more than a factor e, and halved until the density is no
    /// worse; `nil` when no part of the step helps.
    ///
    /// Each judge's step is shortened by itself at first: far from the maximum the curvature of one among thousands may be next to
    /// singular, which need not hold up the others. Where judges hang together, as those of a pinned subset do, all are shortened alike.
    private static func improved(_ current: CalibratedCurvature, _ step: [Double], isOwn: Bool) -> CalibratedCurvature? {
        let deviations = current.terms.deviations
        let lengths = (0..<current.terms.design.judgeCount).map { judge in
            max(step[3 * judge + 1].magnitude * deviations[1], step[3 * judge + 2].magnitude * deviations[2])
        }
        let longest = lengths.max() ?? 0
        guard longest > 1 else { return improved(current, step, from: 1, tries: mostHalvings, isOwn) }
        var shortened = step
        for (judge, length) in lengths.enumerated() where length > 1 { for kind in 0..<3 { shortened[3 * judge + kind] /= length } }
        return improved(current, shortened, from: 1, tries: 3, isOwn)
            ?? improved(current, step, from: 1 / longest, tries: mostHalvings, isOwn)
    }

    private static let mostHalvings = 30

    private static func improved(
        _ current: CalibratedCurvature, _ step: [Double], from first: Double, tries: Int, _ isOwn: Bool
    ) -> CalibratedCurvature? {
        let (terms, density) = (current.terms, traitDensity(current))
        let slack = 1e-12 * (1 + density.magnitude)
        var fraction = first
        for _ in 0..<tries {
            let point = terms.point.adding(step, times: fraction)
            let trial = try? curvature(terms.design, terms.population, point, current.factors.covariances, isOwn: isOwn)
            if let trial, traitDensity(trial) >= density - slack { return trial }
            fraction /= 2
        }
        return nil
    }
}
