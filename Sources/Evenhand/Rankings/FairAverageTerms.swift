/// Why an entry's fair average is not the mean of its scores: what each step of the model adds, in points of which more is better.
public struct FairAverageTerms: Sendable, Equatable {
    /// One score of the entry.
    public struct Score: Sendable, Equatable {
        /// The index of the score in the sheet.
        public let row: Int
        /// What the average (median) judge would have given in its place: severity and scale taken out.
        public let adjusted: Double
        /// Its part of the weight of all scores of the entry; equal unless judges differ in scale and noise.
        public let weight: Double
    }

    /// The scores, in canonical order.
    public let scores: [Score]
    /// The mean of the scores.
    public let mean: Double
    /// What the severities of its judges took from the mean; negative for lenient judges.
    public let severity: Double
    /// What changes when scores count by the scale and noise of their judges; 0 for models that know neither.
    public let weighing: Double
    /// What the model takes back because few scores say little: toward the mean of all entries. With heats' effects, these too.
    public let shrinkage: Double

    /// The fair average.
    public var fairAverage: Double { mean + severity + weighing + shrinkage }
}

extension FairAverages {
    /// The way from an entry's mean to its fair average.
    public func parts(of entry: Int, in sheet: ScoreSheet) -> FairAverageTerms {
        let rows = sheet.performances.filter { Int($0.entry) == entry }.flatMap(\.rows)
        let judges = judges
        let count = Double(rows.count)
        let points = rows.map { sheet.points(at: $0) }
        let own = rows.map { judges[Int(sheet.judgeCodes[$0])] }
        let weights = own.map { ($0.scale / $0.noise) * ($0.scale / $0.noise) }
        let total = weights.reduce(0, +)
        let adjusted = zip(points, own).map { center + ($0 - center - $1.effect) / $1.scale }
        let mean = points.reduce(0, +) / count
        let severity = -own.reduce(0) { $0 + $1.effect } / count
        let weighed = zip(adjusted, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        return FairAverageTerms(
            scores: rows.indices.map { .init(row: rows[$0], adjusted: adjusted[$0], weight: weights[$0] / total) }, mean: mean,
            severity: severity, weighing: weighed - mean - severity, shrinkage: values[entry] - weighed)
    }

    /// What the average judge gives the average entry; of no account where scales are equal.
    private var center: Double { calibrated?.population.location ?? 0 }

    /// How each judge scores: points above the average judge, scale and noise against the median one.
    private var judges: [(effect: Double, scale: Double, noise: Double)] {
        switch model {
        case .additive(let fit): fit.judgeEffects.map { ($0, 1, 1) }
        case .crossed(let fit): fit.judgeEffects.map { ($0, 1, 1) }
        case .calibrated(let fit):
            fit.positions.map { position in
                // A score of a judge who left the model weighs nothing.
                guard let position else { return (0, 1, .infinity) }
                return (fit.judgeLocations[position] - fit.population.location, fit.judgeScales[position], fit.judgeNoises[position])
            }
        }
    }
}
