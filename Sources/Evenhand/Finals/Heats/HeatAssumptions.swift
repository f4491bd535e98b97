/// One list under each assumption that makes heats comparable, side by side.
///
/// When panels share no judge, a heat with high scores had strong entries or a lenient panel, and nothing in the scores says which. The
/// three assumptions take panels as equally severe (means), heats as equally strong (centred within each panel), or both as drawn at random
/// (the crossed model with heat effects, as strength and as leniency).
public struct HeatAssumptions: Sendable {
    /// The ranks of each entry by the means.
    public let equalPanels: [Double]
    /// The ranks when each heat's mean is taken out.
    public let equalHeats: [Double]
    /// The ranks by the crossed model with a heat's effect as strength; `nil` when it cannot be fitted.
    public let bothRandom: [Double]?
    /// The same with a heat's effect as leniency.
    public let bothRandomLeniency: [Double]?
    /// The crossed model with heat effects.
    public let fit: CrossedEffects?

    /// The lists of a sheet of totals; `nil` when it has one heat only.
    public init?(of sheet: ScoreSheet) {
        guard sheet.heats.count > 1,
            let ranking = try? Ranking(of: sheet, by: [.mean, .normalized(.centered, within: .heat)])
        else { return nil }
        (equalPanels, equalHeats) = (ranking.columns[0].ranks.ranks, ranking.columns[1].ranks.ranks)
        let fit = try? CrossedEffects(of: sheet, heats: true)
        self.fit = fit
        (bothRandom, bothRandomLeniency) = (fit?.ranks(heatMeans: .strength), fit?.ranks(heatMeans: .leniency))
    }

    /// The entries that are among the first `places` under some assumptions and not under others.
    public func depending(places: Int) -> [Int] {
        let all = [equalPanels, equalHeats, bothRandom, bothRandomLeniency].compactMap(\.self)
        return equalPanels.indices.filter { entry in Set(all.map { $0[entry] <= Double(places) }).count > 1 }
    }
}

extension CrossedEffects {
    /// The ranks of the fair averages; those that agree to rounding share theirs.
    func ranks(heatMeans: HeatMeans = .leniency) -> [Double] {
        Ranks(agreeing: fairAverages(heatMeans: heatMeans), spread: residualVariance.squareRoot()).ranks
    }

    /// The interval that holds the standard deviation of heats with probability `level`; `nil` without heat effects.
    public func heatDeviationInterval(level: Double) throws(FitError) -> ClosedRange<Double>? {
        guard let heatVariance else { return nil }
        guard residualVariance > 0 else { return heatVariance.squareRoot()...heatVariance.squareRoot() }
        let posterior = try VariancePosterior(design, from: ratios, isFree: design.levelCounts.map { $0 > 1 }, times: 16)
        let deviations = posterior.points.map {
            (($0.equations.ratios[2] * $0.equations.solution.residualVariance).squareRoot(), $0.weight)
        }
        .sorted { $0.0 < $1.0 }
        func quantile(_ share: Double) -> Double {
            var sum = 0.0
            for (deviation, weight) in deviations {
                sum += weight
                if sum >= share { return deviation }
            }
            return deviations.last?.0 ?? 0
        }
        return quantile((1 - level) / 2)...quantile((1 + level) / 2)
    }
}
