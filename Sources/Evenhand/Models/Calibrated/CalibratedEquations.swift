import LinearAlgebra

/// A calibrated model whose judges' scales c = b/β and noises are given: a weighted crossed model, solved exactly.
///
/// x = α + δⱼ + cⱼ ηᵢ + ε with η ~ N(0, β²), δ ~ N(0, τ_a²), ε ~ N(0, σⱼ²) and weights w = n/σⱼ² for n scores. Given the judges, entry i
/// has the posterior variance vᵢ = 1/(β⁻² + Σ w c²) and mean η̂ᵢ = vᵢ Σ w c (x − α − δ). Eliminating the entries leaves the judges'
/// locations with I + τ_a A τ_a, A = diag(Σ w) − Σᵢ vᵢ gᵢ gᵢᵀ, g = w c, whose inverse holds their posterior covariance.
struct CalibratedEquations: Sendable {
    let design: CalibratedDesign
    let population: JudgePopulation
    let traits: JudgeTraits

    /// c and 1/σⱼ² of each judge.
    let scales: [Double]
    let precisions: [Double]
    /// w and w c of each meeting.
    let weights: [Double]
    let pulls: [Double]
    /// vᵢ and η̂ᵢ of each entry.
    let entryVariances: [Double]
    let merits: [Double]
    /// α̂ and δ̂.
    let location: Double
    let severities: [Double]
    /// x − α̂ − δ̂ − c η̂ of each meeting's mean.
    let residuals: [Double]
    /// The posterior covariance of the locations, α held.
    let covariance: Matrix

    /// log p(x, traits): everything but the traits integrated out, α at its maximum.
    let logDensity: Double

    /// How strongly judges of a subset are held to the mean scale of their subset, when there are several subsets: the mean has this
    /// many times the precision that the population gives it.
    static let subsetGrip = 1e4

    init(_ design: CalibratedDesign, _ population: JudgePopulation, _ traits: JudgeTraits) throws(FitError) {
        let scales = traits.scales.map { exponential(population.scaleDeviation * $0) }
        let precisions = traits.noises.map { exponential(-2 * population.noiseDeviation * $0) / (population.noise * population.noise) }
        let weights = design.judges.indices.map { design.counts[$0] * precisions[design.judges[$0]] }
        let pulls = design.judges.indices.map { weights[$0] * scales[design.judges[$0]] }
        let prior = 1 / (population.scale * population.scale)
        let variances = design.entrySums { pulls[$0] * scales[design.judges[$0]] }.map { 1 / (prior + $0) }

        let system = try LocationSystem(design, weights, pulls, variances, population.locationDeviation)
        let (location, severities) = system.solution
        let rests = design.judges.indices.map { design.means[$0] - location - severities[design.judges[$0]] }
        let pulled = design.entrySums { pulls[$0] * rests[$0] }
        let merits = zip(variances, pulled).map { $0 * $1 }
        var residuals = rests
        for entry in merits.indices {
            for meeting in design.starts[entry]..<design.starts[entry + 1] {
                residuals[meeting] -= scales[design.judges[meeting]] * merits[entry]
            }
        }

        var squares = 0.0
        var logs = -Double(design.scoreCount) * naturalLogarithm(2 * .pi)
        for (meeting, judge) in design.judges.enumerated() {
            squares += weights[meeting] * rests[meeting] * rests[meeting] + precisions[judge] * design.scatters[meeting]
            logs += design.counts[meeting] * naturalLogarithm(precisions[judge])
        }
        for (entry, variance) in variances.enumerated() {
            squares -= variance * pulled[entry] * pulled[entry]
            logs += naturalLogarithm(variance * prior)
        }
        logDensity =
            (logs - squares - system.penalty - system.logDeterminant) / 2 + CalibratedEquations.logPrior(traits, design.subsets)

        (self.design, self.population, self.traits, self.scales, self.precisions) = (design, population, traits, scales, precisions)
        (entryVariances, self.merits, self.location, self.severities) = (variances, merits, location, severities)
        (self.weights, self.pulls, self.residuals, covariance) = (weights, pulls, residuals, system.covariance)
    }

    /// The traits' standard normal density but for its constant, which the Laplace approximation cancels.
    private static func logPrior(_ traits: JudgeTraits, _ subsets: [[Int]]) -> Double {
        var squares = traits.scales.reduce(0) { $0 + $1 * $1 } + traits.noises.reduce(0) { $0 + $1 * $1 }
        for members in subsets {
            let sum = members.reduce(0) { $0 + traits.scales[$1] }
            squares += subsetGrip * sum * sum / Double(members.count) - naturalLogarithm(1 + subsetGrip)
        }
        return -squares / 2
    }
}

/// The equations of the judges' locations, entries eliminated.
private struct LocationSystem {
    /// α̂ and δ̂.
    let solution: (location: Double, severities: [Double])
    /// |δ̂|²/τ_a².
    let penalty: Double
    let logDeterminant: Double
    let covariance: Matrix

    init(_ design: CalibratedDesign, _ weights: [Double], _ pulls: [Double], _ variances: [Double], _ deviation: Double) throws(FitError) {
        let totals = design.sums { weights[$0] }
        var matrix = Matrix(rows: design.judgeCount, columns: design.judgeCount)
        for (judge, total) in totals.enumerated() { matrix[judge, judge] = total }
        let rows = design.meetings.replacing(values: pulls)
        matrix.subtractGram(of: rows, weights: variances)
        let scaling = [Double](repeating: deviation, count: design.judgeCount)
        matrix.scaleSymmetrically(by: scaling)
        for judge in scaling.indices { matrix[judge, judge] += 1 }
        let cholesky: Cholesky
        do { cholesky = try Cholesky(matrix) } catch { throw .notPositiveDefinite(minor: design.judgeCount) }

        // What is left of the scores, and of a constant, when each entry has taken its part.
        func reduced(_ weighted: [Double]) -> [Double] {
            let taken = design.entrySums { weighted[$0] * pulls[$0] / weights[$0] }
            let given = rows.transposedTimes(zip(taken, variances).map { $0 * $1 })
            return zip(design.sums { weighted[$0] }, given).map { $0 - $1 }
        }
        let scores = reduced(zip(weights, design.means).map { $0 * $1 })
        let constant = reduced(weights)
        let ofScores = cholesky.solve(scores.map { deviation * $0 })
        let ofConstant = cholesky.solve(constant.map { deviation * $0 })
        let left = { (whole: [Double], part: [Double]) in
            zip(whole, zip(part, constant)).reduce(0) { $0 + $1.0 - deviation * $1.1.0 * $1.1.1 }
        }
        let location = left(scores, ofScores) / left(constant, ofConstant)
        let standard = zip(ofScores, ofConstant).map { $0 - location * $1 }
        solution = (location, standard.map { deviation * $0 })
        penalty = standard.reduce(0) { $0 + $1 * $1 }
        logDeterminant = cholesky.logDeterminant
        var inverse = cholesky.inverse
        inverse.scaleSymmetrically(by: scaling)
        covariance = inverse
    }
}
