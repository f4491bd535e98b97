/// One stage of a rule as judges' totals with factors and offsets.
struct RuleStage {
    /// What the stage adds to the result of each entry of the list whatever its scores are, in points of which more is better.
    let offsets: [Double]
    private let blocks: [ListTerms.Term]

    /// Judges' totals of some components, and the factor of each entry of the ballots.
    private typealias Block = (sheet: ScoreSheet, factors: [Double])

    /// - Parameters:
    ///   - rule: applied to the stage.
    ///   - entries: those of the list.
    ///   - name: of the stage, when stages are combined.
    /// - Throws: `DesignError`, `FitError`.
    init(_ rule: LinearRule, entries: [String], name: String?) throws {
        let ballots = rule.ballots
        let turned: (Double) -> Double = ballots.direction.turned
        let positions = try ballots.positions(of: entries, stage: name)
        offsets = positions.map { turned(rule.offsets[$0].value) }
        let totals = try rule.blocks.map { try RuleStage.totals(of: $0, rule) }
        let gaps = zip(rule.results, rule.means(of: ballots)).map { turned($0 - $1) }
        let factors = ballots.entries.indices.map { entry in totals.reduce(0) { $0 + $1.factors[entry] } }
        let isLinear = !gaps.contains { $0.magnitude > ListTerms.rounding }
        let ratio =
            isLinear
            ? 1 : try WorkingScores.noiseRatio(of: ballots, seed: ListTerms.seed, results: rule.results(of:), means: rule.means(of:))
        let index = Dictionary(uniqueKeysWithValues: ballots.entries.enumerated().map { ($1, $0) })
        blocks = try totals.map { block in
            var sheet = block.sheet
            if !isLinear {
                let shifts = sheet.entries.map { name in
                    index[name].map { factors[$0] == 0 ? 0 : gaps[$0] / factors[$0] } ?? 0
                }
                sheet = try WorkingScores.sheet(sheet, shifts: shifts, noise: ratio)
            }
            return ListTerms.Term(
                stage: name, totals: sheet, positions: try sheet.positions(of: entries, stage: name),
                factors: positions.map { block.factors[$0] }, isLinear: isLinear)
        }
    }

    /// The terms, with what the stage counts.
    func terms(weight: Double) -> [ListTerms.Term] {
        blocks.map { block in
            var term = block
            term.factors = block.factors.map { weight * $0 }
            return term
        }
    }

    /// Where the slopes of all entries are in proportion, the totals carry the criterion weights and the factors the rest: scores stay
    /// exact. Otherwise a judge's total is Σ slope · score, and the factor 1.
    private static func totals(of components: [Int], _ rule: LinearRule) throws -> Block {
        let ballots = rule.ballots
        guard !rule.combinesHeats else { return try weighed(components, rule) }
        let slopes = components.map { rule.slopes[$0] }
        guard !ballots.criteria.isEmpty else { return (ballots, slopes[0].map(\.value)) }
        guard let shares = try RuleStage.shares(slopes) else { return try weighed(components, rule) }
        let own = ballots.selecting(criteria: components)
        let names = components.map { ballots.criteria[$0] }
        let weights = shares.weights.allSatisfy { $0 == Fraction(1) } ? [:] : Dictionary(uniqueKeysWithValues: zip(names, shares.weights))
        return (try Totals(of: own, by: CriterionRule(weights: weights)).sheet, shares.factors)
    }

    /// The result that each judge alone would give, by the slopes of each entry; judges who lack a component of the entry are left out.
    private static func weighed(_ components: [Int], _ rule: LinearRule) throws -> Block {
        let (ballots, isMine) = (rule.ballots, Set(components))
        var sums = [[Int32: (points: Double, count: Int)]](repeating: [:], count: ballots.entries.count)
        for performance in ballots.performances {
            let entry = Int(performance.entry)
            for row in performance.rows where isMine.contains(rule.componentOfRow[row]) {
                let sum = sums[entry][ballots.judgeCodes[row], default: (0, 0)]
                let points = rule.slopes[rule.componentOfRow[row]][entry].value * ballots.points(at: row)
                sums[entry][ballots.judgeCodes[row]] = (sum.points + points, sum.count + 1)
            }
        }
        var rows: [ScoreSheet.Row] = []
        for (entry, judges) in sums.enumerated() {
            let most = judges.values.reduce(0) { max($0, $1.count) }
            for (judge, sum) in judges.sorted(by: { $0.key < $1.key }) where sum.count == most {
                rows.append(ScoreSheet.Row(entry: ballots.entries[entry], judge: ballots.judges[Int(judge)], points: sum.points))
            }
        }
        guard !rows.isEmpty else { throw DesignError.noCompleteBallot }
        return (try ScoreSheet(rows), ballots.entries.map { _ in 1 })
    }

    /// Weights of the criteria and factors of the entries whose products are the slopes; `nil` where there are none.
    ///
    /// Where all entries have the same slopes these are the weights, and a total is in points of the result; otherwise the weights add up
    /// to the number of criteria, and a total is in points of the judges.
    private static func shares(_ slopes: [[Fraction]]) throws -> (weights: [Fraction], factors: [Double])? {
        let entries = slopes[0].indices
        guard let first = entries.first(where: { entry in slopes.contains { $0[entry].numerator != 0 } }) else { return nil }
        var weights = slopes.map { $0[first] }
        for entry in entries {
            for (slope, weight) in zip(slopes, weights) {
                for (other, otherWeight) in zip(slopes, weights) {
                    guard try slope[entry] * otherWeight == other[entry] * weight else { return nil }
                }
            }
        }
        let sum = try Fraction.sum(weights)
        let isSame = slopes.allSatisfy { slope in slope.allSatisfy { $0 == slope[first] } }
        guard !isSame, sum.numerator != 0 else { return isSame ? (weights, entries.map { _ in 1 }) : nil }
        let count = Fraction(Int128(slopes.count))
        weights = try weights.map { try ($0 * count / sum).reduced }
        let factors = try entries.map { entry in try (Fraction.sum(slopes.map { $0[entry] }) / count).value }
        return (weights, factors)
    }
}

extension LinearRule {
    /// Sets of components of which no judge scored two sets: criteria with judges of their own, heats with panels of their own.
    fileprivate var blocks: [[Int]] {
        var block = Array(slopes.indices)
        var first = [Int: Int]()
        for performance in ballots.performances {
            for row in performance.rows {
                let key = Int(ballots.judgeCodes[row])
                guard let known = first[key] else {
                    first[key] = componentOfRow[row]
                    continue
                }
                let (a, b) = (block[known], block[componentOfRow[row]])
                if a != b { block = block.map { $0 == max(a, b) ? min(a, b) : $0 } }
            }
        }
        return Set(block).sorted().map { first in block.indices.filter { block[$0] == first } }
    }
}

extension ScoreSheet {
    fileprivate func selecting(criteria chosen: [Int]) -> ScoreSheet {
        guard chosen.count < criteria.count else { return self }
        let isChosen = Set(chosen.map { Int32($0) })
        return selecting(performances: Array(performances.indices)) { isChosen.contains(criterionCodes[$0]) }
    }
}
