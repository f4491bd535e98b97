import LinearAlgebra

/// How many points below the other judges each judge scores the same entries: positive is severe.
///
/// By least squares on entries and judges, unshrunken (a judge who met weak entries is not severe for that), against the mean of the *other*
/// judges of the same subset: J / (J − 1) times the distance from the mean of all J. Judges of different subsets can be
/// compared only under a `PanelAssumption`:
///
/// - equal panels: the judges of each subset are equally severe on average, so the numbers stand as they are;
/// - equal heats: the entries of each subset are worth the same on average, so a subset of lower fair averages has the severer judges;
///   which entries met which heat is chance, so the entries' own variance is part of the error;
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
    /// How many judges each one is held against, the judge among them: those of the subset, or all when heats are compared.
    let peerCounts: [Double]

    /// Whether all judges can be compared with each other.
    public var isComparable: Bool { panels.subsetCount == 1 || assumption != nil }

    /// The severities of the judges of a fit.
    ///
    /// - Parameters:
    ///   - fit: entries and judges by least squares.
    ///   - crossed: the model whose conditional means are shown beside; for both random, with heat effects.
    ///   - assumption: what makes subsets comparable; ignored when there is one.
    init(of fit: Additive, crossed: CrossedEffects?, assuming assumption: PanelAssumption?) {
        panels = fit.panels
        self.assumption = fit.panels.subsetCount > 1 ? assumption : nil
        shrunken = crossed.map { $0.judgeEffects.map { -$0 } }
        switch self.assumption {
        case nil, .equalPanels:
            let errors = fit.judgeErrors
            againstAll = fit.judgeEffects.indices.map { judge in
                // The only judge of a subset can be compared with nobody.
                guard fit.design.shares[judge] < 1 else { return nil }
                return errors.flatMap { Severity.estimate(-fit.judgeEffects[judge], $0[judge], fit) }
            }
        case .equalHeats: againstAll = Severity.acrossEqualHeats(fit)
        case .bothRandom:
            let errors = crossed?.judgeDeviations() ?? []
            againstAll = (shrunken ?? fit.judgeEffects.map { _ in nil }).enumerated().map { judge, value in
                value.map { Estimate(value: $0, standardError: errors[judge]) }
            }
        }
        peerCounts = Severity.peerCounts(fit.panels, acrossHeats: self.assumption == .equalHeats || self.assumption == .bothRandom)
        // What is drawn from a population is held against its mean.
        let isPrediction = self.assumption == .bothRandom
        judges = zip(againstAll, peerCounts).map { isPrediction ? $0 : $0?.scaled(by: $1 / max(1, $1 - 1)) }
    }

    /// Whether judges of different subsets are held against each other.
    var comparesHeats: Bool { assumption == .equalHeats || assumption == .bothRandom }

    private static func peerCounts(_ panels: PanelDesign, acrossHeats: Bool) -> [Double] {
        guard !acrossHeats else { return panels.subsetOfJudge.map { _ in Double(panels.subsetOfJudge.count) } }
        let sizes = panels.subsetOfJudge.reduce(into: zeros(panels.subsetCount)) { $0[Int($1)] += 1 }
        return panels.subsetOfJudge.map { sizes[Int($0)] }
    }

    private static func estimate(_ value: Double, _ error: Double, _ fit: Additive) -> Estimate? {
        guard fit.degreesOfFreedom > 0 else { return nil }
        return Estimate(value: value, standardError: error, degreesOfFreedom: Double(fit.degreesOfFreedom))
    }

    /// With φ the mean fair average of a subset and w its share of the judges, −β − φ + Σ wφ, whose parts of one subset hang together:
    /// Var(β + aφ)/σ² = a² Σ 1/m / E² + (e − an̄)ᵀL⁺(e − an̄), n̄ the mean of N/m over its E entries; the entries' own variance τ², of which
    /// the means have τ²/E, comes on top. Degrees of freedom by Satterthwaite.
    private static func acrossEqualHeats(_ fit: Additive) -> [Estimate?] {
        let (design, subsets, subsetOfEntry) = (fit.design, fit.panels.subsetCount, fit.design.subsetOfEntry)
        guard let variance = fit.residualVariance, let ofEntries = EntryVariance(of: fit) else { return fit.judgeEffects.map { _ in nil } }
        var (entries, sums, noise) = (zeros(subsets), zeros(subsets), zeros(subsets))
        var shares = zeros(design.shares.count)
        for entry in design.sizes.indices {
            let subset = Int(subsetOfEntry[entry])
            entries[subset] += 1
            sums[subset] += fit.fairAverages[entry]
            noise[subset] += 1 / design.sizes[entry]
            for (judge, count) in design.counts.row(entry) { shares[judge] += count / design.sizes[entry] }
        }
        let means = (0..<subsets).map { sums[$0] / entries[$0] }
        let weights = fit.panels.subsetOfJudge.reduce(into: zeros(subsets)) { $0[Int($1)] += 1 / Double(shares.count) }
        let level = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
        let inverse = design.inverse
        let members = (0..<subsets).map { subset in shares.indices.filter { Int(fit.panels.subsetOfJudge[$0]) == subset } }
        func form(_ judge: Int?, _ subset: Int, _ factor: Double) -> Double {
            let vector = members[subset].map { ($0 == judge ? 1 : 0) - factor * shares[$0] / entries[subset] }
            var sum = -design.shares[members[subset][0]] * vector.reduce(0, +) * vector.reduce(0, +)
            for (a, x) in zip(members[subset], vector) { for (b, y) in zip(members[subset], vector) { sum += x * y * inverse[a, b] } }
            return max(0, sum) + factor * factor * noise[subset] / (entries[subset] * entries[subset])
        }
        let others = (0..<subsets).map { form(nil, $0, weights[$0]) }
        return shares.indices.map { judge in
            let own = Int(fit.panels.subsetOfJudge[judge])
            let foreign = others.indices.reduce(0) { $0 + ($1 == own ? 0 : others[$1]) }
            let noise = variance * (form(judge, own, 1 - weights[own]) + foreign)
            let luck = weights.indices.reduce(0) { sum, subset in
                let factor = subset == own ? 1 - weights[subset] : weights[subset]
                return sum + ofEntries.value * factor * factor / entries[subset]
            }
            let freedom = noise * noise / Double(fit.degreesOfFreedom) + luck * luck / ofEntries.degreesOfFreedom
            return Estimate(
                value: -fit.judgeEffects[judge] - means[own] + level, standardError: (noise + luck).squareRoot(),
                degreesOfFreedom: freedom > 0 ? (noise + luck) * (noise + luck) / freedom : Double(fit.degreesOfFreedom))
        }
    }

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
}

/// How much entries of one subset differ in what they are worth: the variance of their fair averages less what noise makes of it.
private struct EntryVariance {
    let value: Double
    let degreesOfFreedom: Double

    /// `nil` when no subset has two entries.
    init?(of fit: Additive) {
        let subsets = fit.design.subsetOfEntry
        var sums = [(count: Double, sum: Double)](repeating: (0, 0), count: fit.panels.subsetCount)
        for (subset, value) in zip(subsets, fit.fairAverages) {
            sums[Int(subset)] = (sums[Int(subset)].count + 1, sums[Int(subset)].sum + value)
        }
        degreesOfFreedom = Double(subsets.count - fit.panels.subsetCount)
        guard degreesOfFreedom > 0, let errors = fit.fairAverageErrors else { return nil }
        let squares = zip(subsets, fit.fairAverages).reduce(0.0) { total, entry in
            let (own, deviation) = (sums[Int(entry.0)], entry.1)
            return total + (deviation - own.sum / own.count) * (deviation - own.sum / own.count)
        }
        value = max(0, squares / degreesOfFreedom - errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count))
    }
}
