import LinearAlgebra

/// How many points below the panel's consensus each judge scores the same entries: positive is severe.
///
/// By least squares on entries and judges, unshrunken, relative to the mean of the judges of the same subset (a judge
/// who met weak entries is not severe for that). Judges of different subsets can be compared only under a
/// `PanelAssumption`:
///
/// - equal panels: the judges of each subset are equally severe on average, so the numbers stand as they are;
/// - equal heats: the entries of each subset are worth the same on average, so a subset of lower fair averages has the severer judges;
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
            judges = fit.judgeEffects.indices.map { judge in
                // The only judge of a subset can be compared with nobody.
                guard fit.design.shares[judge] < 1 else { return nil }
                return errors.flatMap { Severity.estimate(-fit.judgeEffects[judge], $0[judge], fit) }
            }
        case .equalHeats: judges = Severity.acrossEqualHeats(fit)
        case .bothRandom:
            let errors = crossed?.judgeDeviations() ?? []
            judges = (shrunken ?? fit.judgeEffects.map { _ in nil }).enumerated().map { judge, value in
                value.map { Estimate(value: $0, standardError: errors[judge]) }
            }
        }
    }

    private static func estimate(_ value: Double, _ error: Double, _ fit: Additive) -> Estimate? {
        guard fit.degreesOfFreedom > 0 else { return nil }
        return Estimate(value: value, standardError: error, degreesOfFreedom: Double(fit.degreesOfFreedom))
    }

    /// With φ the mean fair average of a subset and w its share of the judges, −β − φ + Σ wφ, whose parts of one subset hang together:
    /// Var(β + aφ)/σ² = a² Σ 1/m / E² + (e − an̄)ᵀL⁺(e − an̄), n̄ the mean of N/m over its E entries.
    private static func acrossEqualHeats(_ fit: Additive) -> [Estimate?] {
        let (design, subsets, subsetOfEntry) = (fit.design, fit.panels.subsetCount, fit.design.subsetOfEntry)
        guard let variance = fit.residualVariance else { return fit.judgeEffects.map { _ in nil } }
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
            let error = (variance * (form(judge, own, 1 - weights[own]) + foreign)).squareRoot()
            return estimate(-fit.judgeEffects[judge] - means[own] + level, error, fit)
        }
    }

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
}
