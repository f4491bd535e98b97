import LinearAlgebra

/// How many points below the other judges each judge scores the same entries: positive is severe.
///
/// By least squares on entries and judges, unshrunken (a judge who met weak entries is not severe for that), against the mean of the
/// *other* judges of the same subset: J / (J − 1) times the distance from the mean of all J. The standard error is that of least squares
/// with the judge's own noise in place of the panel's, and the interval Student's on the degrees of freedom of that noise
/// (`JudgeNoise`): it holds for the noisiest judge as for the quietest. Judges of different subsets can be compared only under a
/// `PanelAssumption`:
///
/// - equal panels: the judges of each subset are equally severe on average, so the numbers are used as they are;
/// - equal heats: the entries of each subset are drawn from one population, so a subset of lower fair averages has the severer judges; the
///   error contains that draw;
/// - both random: conditional means of the crossed model with heat effects, drawn toward 0, with their prediction errors.
///
/// Source: Searle, *Linear Models* (1971), chapter 7.
public struct Severity: Sendable {
    /// For each judge the severity in points; `nil` for the only judge of a subset, and without degrees of freedom for the noise.
    public let judges: [Estimate?]
    /// The conditional means −β̂ of the crossed model: what to expect of the judge next time.
    public let shrunken: [Double]?
    /// Which judges can be compared.
    public let panels: PanelDesign
    /// What makes judges of different subsets comparable; `nil` when nothing is assumed, or nothing has to be.
    public let assumption: PanelAssumption?
    /// The severities against the mean of all judges, the judge's own among them.
    let againstAll: [Estimate?]
    /// How many judges each one is compared with, the judge among them: those of the subset, or all when heats are compared.
    let peerCounts: [Double]

    /// Whether all judges can be compared with each other.
    public var isComparable: Bool { panels.subsetCount == 1 || assumption != nil }

    /// The severities of the judges of a fit.
    ///
    /// - Parameters:
    ///   - fit: entries and judges by least squares.
    ///   - crossed: the model whose conditional means are shown as well; for both random, with heat effects.
    ///   - assumption: what makes subsets comparable; ignored when there is one.
    init(of fit: Additive, crossed: CrossedEffects?, assuming assumption: PanelAssumption?) {
        panels = fit.panels
        self.assumption = fit.panels.subsetCount > 1 ? assumption : nil
        shrunken = crossed.map { $0.judgeEffects.map { -$0 } }
        switch self.assumption {
        case nil, .equalPanels: againstAll = Severity.withinSubsets(fit)
        case .equalHeats: againstAll = Severity.acrossEqualHeats(fit)
        case .bothRandom:
            let errors = crossed?.judgeDeviations() ?? []
            againstAll = (shrunken ?? fit.judgeEffects.map { _ in nil }).enumerated().map { judge, value in
                value.map { Estimate(value: $0, standardError: errors[judge]) }
            }
        }
        peerCounts = Severity.peerCounts(fit.panels, acrossHeats: self.assumption == .equalHeats || self.assumption == .bothRandom)
        // What is drawn from a population is compared with its mean.
        let isPrediction = self.assumption == .bothRandom
        judges = zip(againstAll, peerCounts).map { isPrediction ? $0 : $0?.scaled(by: $1 / max(1, $1 - 1)) }
    }

    /// Whether judges of different subsets are compared with each other.
    var comparesHeats: Bool { assumption == .equalHeats || assumption == .bothRandom }

    private static func peerCounts(_ panels: PanelDesign, acrossHeats: Bool) -> [Double] {
        guard !acrossHeats else { return panels.subsetOfJudge.map { _ in Double(panels.subsetOfJudge.count) } }
        let sizes = panels.subsetOfJudge.reduce(into: zeros(panels.subsetCount)) { $0[Int($1)] += 1 }
        return panels.subsetOfJudge.map { sizes[Int($0)] }
    }

    private static func withinSubsets(_ fit: Additive) -> [Estimate?] {
        guard let errors = fit.judgeErrors else { return fit.judgeEffects.map { _ in nil } }
        let noise = JudgeNoise(of: fit)
        return fit.judgeEffects.indices.map { judge in
            // The only judge of a subset cannot be compared with anyone.
            guard fit.design.shares[judge] < 1 else { return nil }
            return Estimate(
                value: -fit.judgeEffects[judge], standardError: errors[judge] * noise.ratios[judge].squareRoot(),
                degreesOfFreedom: noise.freedoms[judge])
        }
    }

    /// With φ the mean fair average of a subset and w its share of the judges, −β − φ + Σ wφ. The noise of β + aφ̂ in a connected subset of
    /// E entries is σ² (e − an̄)ᵀL⁺(e − an̄), n̄ the mean of N/m over the entries, and a φ varies as well by the entries that were drawn:
    /// a² s²/E, s² the variance of fair averages within subsets, the noise of the entries' own scores among it. The parts are independent,
    /// and have Satterthwaite's degrees of freedom together.
    private static func acrossEqualHeats(_ fit: Additive) -> [Estimate?] {
        let subsets = SubsetMeans(of: fit)
        guard let variance = fit.residualVariance, let spread = subsets.spread else { return fit.judgeEffects.map { _ in nil } }
        let (noise, count) = (JudgeNoise(of: fit), subsets.means.count)
        let weights = fit.panels.subsetOfJudge.reduce(into: zeros(count)) { $0[Int($1)] += 1 / Double(fit.judgeEffects.count) }
        let level = zip(weights, subsets.means).reduce(0) { $0 + $1.0 * $1.1 }
        let others = (0..<count).map { variance * subsets.form(nil, $0, weights[$0]) }
        return fit.judgeEffects.indices.map { judge in
            let own = Int(fit.panels.subsetOfJudge[judge])
            let drawn = (0..<count).reduce(0.0) { sum, subset in
                let factor = subset == own ? 1 - weights[own] : weights[subset]
                return sum + factor * factor * spread.variance / subsets.entries[subset]
            }
            let parts: [(variance: Double, freedom: Double)] = [
                (variance * noise.ratios[judge] * subsets.form(judge, own, 1 - weights[own]), noise.freedoms[judge]),
                (others.reduce(0, +) - others[own], Double(fit.degreesOfFreedom)), (drawn, spread.freedom),
            ]
            return Estimate(
                value: -fit.judgeEffects[judge] - subsets.means[own] + level,
                standardError: parts.reduce(0) { $0 + $1.variance }.squareRoot(), degreesOfFreedom: Estimate.freedom(ofSum: parts))
        }
    }

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
}

/// The mean fair averages of subsets, and how they vary.
private struct SubsetMeans {
    /// Entries of each subset, and the mean of their fair averages.
    let entries: [Double]
    let means: [Double]
    /// The variance of fair averages within subsets; `nil` when no subset has two entries.
    let spread: (variance: Double, freedom: Double)?
    private let fit: Additive
    private let inverse: Matrix
    private let members: [[Int]]
    /// Σ N/m of each judge.
    private let shares: [Double]

    init(of fit: Additive) {
        let (design, count, subsetOfEntry) = (fit.design, fit.panels.subsetCount, fit.design.subsetOfEntry)
        let zeros = [Double](repeating: 0, count: count)
        var (entries, sums, squares) = (zeros, zeros, 0.0)
        var shares = [Double](repeating: 0, count: design.shares.count)
        for entry in design.sizes.indices {
            entries[Int(subsetOfEntry[entry])] += 1
            sums[Int(subsetOfEntry[entry])] += fit.fairAverages[entry]
            for (judge, count) in design.counts.row(entry) { shares[judge] += count / design.sizes[entry] }
        }
        let means = zip(sums, entries).map { $0 / $1 }
        for (value, subset) in zip(fit.fairAverages, subsetOfEntry) {
            squares += (value - means[Int(subset)]) * (value - means[Int(subset)])
        }
        let freedom = Double(design.sizes.count - count)
        spread = freedom > 0 ? (squares / freedom, freedom) : nil
        (self.entries, self.means, self.fit, inverse, self.shares) = (entries, means, fit, design.inverse, shares)
        members = (0..<count).map { subset in shares.indices.filter { Int(fit.panels.subsetOfJudge[$0]) == subset } }
    }

    /// (e − an̄)ᵀL⁺(e − an̄) of a judge, or of none, in a subset.
    func form(_ judge: Int?, _ subset: Int, _ factor: Double) -> Double {
        let vector = members[subset].map { ($0 == judge ? 1 : 0) - factor * shares[$0] / entries[subset] }
        var sum = -fit.design.shares[members[subset][0]] * vector.reduce(0, +) * vector.reduce(0, +)
        for (a, x) in zip(members[subset], vector) { for (b, y) in zip(members[subset], vector) { sum += x * y * inverse[a, b] } }
        return max(0, sum)
    }
}

/// How noisy each judge is compared with the panel, for the standard error of the judge's severity.
///
/// With e what entries and judges leave of a score and h its leverage, s² = Σe² / Σ(1 − h) over the scores of a judge is the variance of
/// the judge's own noise, on ν = Σ(1 − h) / mean(1 − 1/m) degrees of freedom: in a complete table n − 1, and an interval of severity by s²
/// alone is exact there. A judge with few scores is drawn toward the panel's σ̂², which counts like one degree of freedom: s̃² = (ν s² +
/// σ̂²) / (ν + 1), with as many degrees, but no more than all scores have.
///
/// Source: Smyth, *Linear models and empirical Bayes methods for assessing differential expression*, Statistical Applications in Genetics
/// and Molecular Biology 3 (2004), section 3, for the moderated variance and its t; here the weight is given, since few judges cannot
/// determine it.
struct JudgeNoise {
    /// s̃² / σ̂² of each judge.
    let ratios: [Double]
    /// The degrees of freedom of each s̃².
    let freedoms: [Double]

    /// The degrees of freedom that the panel's variance counts for.
    static let weight = 1.0
    /// 1 − h below this is rounding.
    private static let leastFreedom = 1e-9

    /// The noise of the judges of a fit; each is the panel's where the scores leave no residuals.
    init(of fit: Additive) {
        let (codes, sizes) = (fit.sheet.judgeCodes, fit.design.sizes)
        let zeros = [Double](repeating: 0, count: fit.sheet.judges.count)
        var (squares, information, others, counts) = (zeros, zeros, zeros, zeros)
        for (row, freedom) in fit.design.freedoms.enumerated() {
            let judge = Int(codes[row])
            squares[judge] += fit.residuals[row] * fit.residuals[row]
            information[judge] += freedom
            others[judge] += 1 - 1 / sizes[Int(fit.design.entryCodes[row])]
            counts[judge] += 1
        }
        let (variance, most, weight) = (fit.residualVariance ?? 0, Double(fit.degreesOfFreedom), JudgeNoise.weight)
        let own = zeros.indices.map { judge in
            information[judge] > JudgeNoise.leastFreedom ? information[judge] * counts[judge] / others[judge] : 0
        }
        ratios = own.indices.map { judge in
            guard own[judge] > 0, variance > 0 else { return 1 }
            return (own[judge] * squares[judge] / (variance * information[judge]) + weight) / (own[judge] + weight)
        }
        freedoms = own.map { max(1, min($0 + weight, most)) }
    }
}

extension Severity {
    /// The severities against the *median* of the other judges, so that one unusual judge makes no other judge look severe or lenient: what
    /// flags use.
    ///
    /// Where heats are compared, the centre is the mean of the subsets' medians: a median of judges of unlike heats would jump between
    /// them. The variance of a median of three or more is π/2 times that of a mean, so with P judges the error against the mean of all
    /// grows by the factor √(P (P − 1 + π/2)) / (P − 1).
    var againstMedian: [Estimate?] {
        var members = [[Int]](repeating: [], count: panels.subsetCount)
        for judge in againstAll.indices where againstAll[judge] != nil { members[Int(panels.subsetOfJudge[judge])].append(judge) }
        let values = againstAll.map { $0?.value ?? 0 }
        let medians = members.map { own in own.isEmpty ? 0 : Quantiles.median(ofSorted: own.map { values[$0] }.sorted()) }
        let known = Double(members.reduce(0) { $0 + $1.count })
        let weights = members.map { comparesHeats ? Double($0.count) / known : 1 }
        let center = comparesHeats ? zip(weights, medians).reduce(0) { $0 + $1.0 * $1.1 } : 0
        var found = againstAll
        for (subset, own) in members.enumerated() where own.count > 1 || comparesHeats {
            let distances = own.count > 1 ? Quantiles.distancesFromMedianOfOthers(own.map { values[$0] }) : [0]
            for (judge, distance) in zip(own, distances) {
                let foreign = comparesHeats ? center - weights[subset] * medians[subset] : 0
                let value = values[judge] - foreign - weights[subset] * (values[judge] - distance)
                found[judge] = againstAll[judge].map {
                    Estimate(value: value, standardError: errorOfMedian(judge) * $0.standardError, degreesOfFreedom: $0.degreesOfFreedom)
                }
            }
        }
        return found
    }

    /// What is drawn from a population has the population's mean for a centre, which is known.
    private func errorOfMedian(_ judge: Int) -> Double {
        let peers = peerCounts[judge]
        guard assumption != .bothRandom, peers > 1 else { return 1 }
        return (peers * (peers - 1 + (peers > 3 ? Double.pi / 2 : 1))).squareRoot() / (peers - 1)
    }
}
