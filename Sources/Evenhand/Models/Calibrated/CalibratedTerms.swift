/// The density of scores and judges' parameters, entries integrated out, with its derivatives as sums over meetings.
///
/// The model is x = α + δⱼ + cⱼ ηᵢ + ε with η ~ N(0, β²), δ ~ N(0, τ_a²), ε ~ N(0, σⱼ²), with c = b/β and weights w = n/σⱼ² for n scores
/// of a meeting. Given the judges, entry i has the posterior variance vᵢ = 1/(β⁻² + Σ w c²) and the mean η̂ᵢ = vᵢ Σ w c (x − α − δ), and
/// the density needs no more:
///
///     log p(x, δ, u, t) = ½ (Σ n log σⱼ⁻² − Σ w (x − α − δ)² − Σ σⱼ⁻² s + Σ pᵢ² vᵢ + Σ log(vᵢ/β²)) − ½ (|δ/τ_a|² + |u|² + |t|²)
///
/// with pᵢ = Σ w c (x − α − δ) and s the scatter inside meetings. Locations are integrated out, too: they enter the derivatives of scales
/// and noises through their posterior covariance, taken from the blocks of judges.
struct CalibratedTerms: Sendable {
    let design: CalibratedDesign
    let population: JudgePopulation
    let point: JudgePoint
    /// c and 1/σⱼ² of each judge.
    let scales: [Double]
    let precisions: [Double]
    /// What the loops over meetings read of each judge.
    let factors: [JudgeFactor]
    let kept: EntryValues
    /// The sums over the meetings of each judge, as `Sum` has them.
    let sums: [SIMD8<Double>]
    /// The curvature of the common location.
    let locationCurvature: Double
    /// The logarithm of the density.
    let logDensity: Double

    /// What the sums of a judge are: six of the expected second derivatives, what the covariance of locations adds to the first
    /// derivatives, and what the judge's own meetings take off the second ones. First derivatives by location, scale and noise are halves
    /// of the second by each of them and the noise.
    enum Sum {
        static let expected = 0
        static let scaleAdded = 6
        static let noiseAdded = 7
        static let taken = 8
        /// The number of vectors of eight.
        static let width = 2
    }

    /// A sum of a judge.
    @inline(__always)
    func sum(_ judge: Int, _ position: Int) -> Double { sums[Sum.width * judge + position >> 3][position & 7] }

    /// The derivative of the scores' density by a judge's location, log scale or log noise.
    func score(_ judge: Int, _ kind: Int) -> Double {
        let half = sum(judge, [2, 4, 5][kind]) / 2
        return kind == 2 ? half - design.scoreTotals[judge] : half
    }

    /// c/σⱼ² for each of a meeting's scores, and x − α − δ − c η̂.
    @inline(__always)
    func values(of meeting: Int, _ merit: Double) -> (pull: Double, residual: Double) {
        let judge = factors[Int(design.judges[meeting])]
        return (
            design.scores.counts[meeting] * judge.pull, design.scores.means[meeting] - judge.location - judge.scale * merit
        )
    }

    /// - Parameter covariances: of the locations in each block, `JudgeBlocks.starts.single` apart.
    init(
        _ design: CalibratedDesign, _ population: JudgePopulation, _ point: JudgePoint, _ covariances: [Double]
    ) {
        let (values, count) = (point.values, design.judgeCount)
        let scales = (0..<count).map { exponential(population.scaleDeviation * values[3 * $0 + 1]) }
        let precisions = (0..<count).map {
            exponential(-2 * population.noiseDeviation * values[3 * $0 + 2]) / (population.noise * population.noise)
        }
        let kept = EntryValues(entries: design.scores.entryCount)
        let variances = design.blocks.diagonal(of: covariances)
        let factors = (0..<count).map { judge in
            var factor = JudgeFactor(
                scale: scales[judge], precision: precisions[judge], pull: precisions[judge] * scales[judge],
                location: point.location + population.locationDeviation * values[3 * judge], variance: variances[judge])
            design.blocks.position(judge, in: &factor)
            return factor
        }
        let prior = 1 / (population.scale * population.scale)
        let loop = MeetingLoop(design: design, factors: factors, covariances: covariances, prior: prior)
        let parts = Parallel.map(design.pieces.count, size: design.size) { loop.sum(design.pieces[$0], keeping: kept) }

        var sums = parts[0].sums
        for part in parts.dropFirst() { for index in sums.indices { sums[index] += part.sums[index] } }
        var (logs, squares) = (0.0, 0.0)
        for judge in 0..<count {
            let (scores, scatter) = (design.scoreTotals[judge], precisions[judge] * design.scatterTotals[judge])
            logs += scores * naturalLogarithm(precisions[judge])
            squares += scatter
            sums[Sum.width * judge][Sum.expected + 5] += 2 * scatter
        }
        squares += parts.reduce(0) { $0 + $1.squares }
        logs += parts.reduce(0) { $0 + $1.logs } - Double(design.scores.scoreCount) * naturalLogarithm(2 * .pi)
        let total = (0..<count).reduce(0) { [sums] in $0 + sums[Sum.width * $1][Sum.expected] }
        locationCurvature = parts.reduce(total) { $0 + $1.locationCurvature }
        logDensity = (logs - squares) / 2 + CalibratedTerms.logPrior(values, design)
        (self.design, self.population, self.point) = (design, population, point)
        (self.scales, self.precisions, self.factors, self.sums, self.kept) = (scales, precisions, factors, sums, kept)
    }

    private static func logPrior(_ values: [Double], _ design: CalibratedDesign) -> Double {
        var squares = values.dropLast().reduce(0) { $0 + $1 * $1 }
        for members in design.scores.subsets {
            let sum = members.reduce(0) { $0 + values[3 * $1 + 1] }
            squares += JudgeBlocks.subsetGrip * sum * sum / Double(members.count)
        }
        return -squares / 2
    }

    /// The standard deviations of a judge's parameters in the population.
    var deviations: [Double] { [population.locationDeviation, population.scaleDeviation, population.noiseDeviation] }

    /// The derivatives by the standardised parameters and the common location.
    var slope: [Double] {
        var slope = rawAdded
        for judge in 0..<design.judgeCount {
            for kind in 0..<3 { slope[3 * judge + kind] += score(judge, kind) }
            slope[3 * design.judgeCount] += score(judge, 0)
        }
        slope = scaled(slope)
        for judge in 0..<design.judgeCount {
            for kind in 0..<3 { slope[3 * judge + kind] -= point.values[3 * judge + kind] }
        }
        for members in design.scores.subsets {
            let mean = members.reduce(0) { $0 + point.values[3 * $1 + 1] } / Double(members.count)
            for judge in members { slope[3 * judge + 1] -= JudgeBlocks.subsetGrip * mean }
        }
        return slope
    }

    /// What the covariance of the locations adds to the derivatives by locations, log scales and log noises.
    var rawAdded: [Double] {
        var added = [Double](repeating: 0, count: design.columnCount)
        for judge in 0..<design.judgeCount {
            (added[3 * judge + 1], added[3 * judge + 2]) = (sum(judge, Sum.scaleAdded), sum(judge, Sum.noiseAdded))
        }
        return added
    }

    /// Derivatives by locations, log scales and log noises as derivatives by standardised parameters.
    func scaled(_ slope: [Double]) -> [Double] {
        var scaled = slope
        let deviations = deviations
        for judge in 0..<design.judgeCount { for kind in 0..<3 { scaled[3 * judge + kind] *= deviations[kind] } }
        return scaled
    }
}
