/// Scores that a model of entries and judges cannot tell from those of a contest.
///
/// Of x = μ + θ_entry + β_judge + ε with normal ε the likelihood reads who scored whom, the sums of each entry and of each judge, and Σx²:
/// they are sufficient (Fisher, *On the mathematical foundations of theoretical statistics*, Philosophical Transactions A 222 (1922)). So
/// any scores with the same sums have the same variances, effects and standard errors, and so has least squares. These here are
///
///     x = e_i + b_j + c r,   c² = (Σx² − Σ e_i S_i − Σ b_j X_j) / |r|²
///
/// with the least squares effects e and b of the sums S_i and X_j, and r what e and b leave of random numbers, which adds nothing to a
/// sum of an entry or a judge. Sums are counted from a whole number near the mean, in whole numbers, so that no digits are lost.
struct SufficientScores: Sendable {
    /// A sheet of such scores, with the names of the sums.
    let sheet: ScoreSheet

    private static let seed: UInt64 = 1922
    /// A share of Σx² below this is the rounding of the effects.
    private static let rounding = 1e-13

    /// - Parameters:
    ///   - sums: the sums of all parts.
    ///   - method: what asks for the scores, for the words of an error.
    /// - Throws: `PartialError.notAvailable` without pairs; `FitError.tooLarge` for more judges than memory has room for.
    init(of sums: PartialSums, for method: ScoringMethod) throws {
        guard let pairs = sums.pairs else { throw PartialError.notAvailable(method: method.name, .pairs) }
        let direction = sums.terms.direction
        let entrySums = sums.entrySums.map { $0.turned(direction) }
        let judgeSums = sums.judgeSums.map { $0.turned(direction) }
        let count = Int128(sums.count)
        let total = entrySums.reduce(Int128(0)) { $0 + $1.sum }
        let pivot = total / count
        // Below Σx² in the end, whatever passes 2¹²⁷ on the way.
        let squares = judgeSums.reduce(Int128(0)) { $0 &+ $1.squares } &- 2 &* pivot &* total &+ count &* pivot &* pivot
        func centered(_ sums: [ExactSum]) -> [Double] { sums.map { Double($0.sum - Int128($0.count) * pivot) } }

        let empty = SufficientScores.sheet(of: sums, pairs, [Double](repeating: 0, count: pairs.count))
        let design = try AdditiveDesign(of: empty)
        let (ofEntries, ofJudges) = (centered(entrySums), centered(judgeSums))
        let effects = design.effects(entrySums: ofEntries, judgeSums: ofJudges)
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let rest = Double(squares) - product(effects.entries, ofEntries) - product(effects.judges, ofJudges)

        var scores = pairs.map { Double(pivot) + effects.entries[Int($0.entry)] + effects.judges[Int($0.judge)] }
        if design.degreesOfFreedom > 0, rest > SufficientScores.rounding * Double(squares) {
            var stream = RandomStream(seed: SufficientScores.seed)
            let noise = design.fit(pairs.map { _ in stream.normal() })
            let factor = (rest / noise.squares).squareRoot()
            for row in scores.indices { scores[row] += factor * noise.residuals[row] }
        }
        sheet = SufficientScores.sheet(of: sums, pairs, scores)
    }

    /// A sheet with a score for each pair; pairs are in the order of their entries, then of their judges.
    private static func sheet(of sums: PartialSums, _ pairs: [PartialSums.Pair], _ units: [Double]) -> ScoreSheet {
        var (performances, start) = ([Performance](), 0)
        for (entry, sum) in sums.entrySums.enumerated() {
            performances.append(Performance(entry: Int32(entry), heat: 0, rows: start..<start + sum.count))
            start += sum.count
        }
        return ScoreSheet(
            entries: sums.entries, judges: sums.judges, criteria: [], heats: [Heat(stage: sums.terms.stage, name: sums.terms.heat)],
            performances: performances, judgeCodes: pairs.map(\.judge), criterionCodes: [], units: units,
            unitsPerPoint: Double(sums.terms.scale.unitsPerPoint), isExact: false, direction: sums.terms.direction, entryAttributes: [],
            judgeAttributes: [])
    }
}
