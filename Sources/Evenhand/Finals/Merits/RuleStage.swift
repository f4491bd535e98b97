/// One stage of a rule as judges' totals with factors and offsets.
struct RuleStage {
    /// What the stage adds to the result of each entry of the list whatever its scores are, in points of which more is better.
    let offsets: [Double]
    private let blocks: [ListParts.Part]

    /// - Parameters:
    ///   - rule: applied to the stage.
    ///   - entries: those of the list.
    ///   - name: of the stage, when stages are combined.
    /// - Throws: `DesignError`, `FitError`.
    init(_ rule: LinearRule, entries: [String], name: String?) throws {
        let ballots = rule.ballots
        let turned: (Double) -> Double = ballots.direction.turned
        let places = try ballots.places(of: entries, stage: name)
        offsets = places.map { turned(rule.offsets[$0].value) }
        let totals = try ballots.criterionBlocks.map { try RuleStage.totals(ballots, criteria: $0, rule) }
        let means = rule.means(of: ballots)
        let gaps = zip(rule.results, means).map { turned($0 - $1) }
        let factors = ballots.entries.indices.map { entry in totals.reduce(0) { $0 + $1.factors[entry] } }
        let isLinear = !gaps.contains { $0.magnitude > ListParts.rounding }
        let ratio =
            isLinear
            ? 1 : try WorkingScores.noiseRatio(of: ballots, seed: ListParts.seed, results: rule.results(of:), means: rule.means(of:))
        let index = Dictionary(uniqueKeysWithValues: ballots.entries.enumerated().map { ($1, $0) })
        blocks = try totals.map { block in
            var sheet = block.sheet
            if !isLinear {
                let shifts = sheet.entries.map { name in
                    index[name].map { factors[$0] == 0 ? 0 : gaps[$0] / factors[$0] } ?? 0
                }
                sheet = try WorkingScores.sheet(sheet, shifts: shifts, noise: ratio)
            }
            return ListParts.Part(
                stage: name, totals: sheet, places: try sheet.places(of: entries, stage: name), factors: places.map { block.factors[$0] },
                isLinear: isLinear)
        }
    }

    /// The parts, with what the stage counts.
    func parts(weight: Double) -> [ListParts.Part] {
        blocks.map { block in
            var part = block
            part.factors = block.factors.map { weight * $0 }
            return part
        }
    }

    /// Judges' totals of some criteria, and the factor of each entry of the ballots.
    ///
    /// Where the slopes of all entries are in proportion, the totals carry the criterion weights and the factors the rest: scores stay exact. Otherwise a judge's total is Σ slope · score, and the factor 1.
    private static func totals(
        _ ballots: ScoreSheet, criteria: [Int], _ rule: LinearRule
    ) throws -> (sheet: ScoreSheet, factors: [Double]) {
        let own = ballots.selecting(criteria: criteria)
        let slopes = criteria.map { rule.slopes[$0] }
        let entries = ballots.entries.indices
        guard !ballots.criteria.isEmpty else { return (own, slopes[0].map(\.value)) }
        let names = criteria.map { ballots.criteria[$0] }
        if let shares = try RuleStage.shares(slopes) {
            let weights =
                shares.weights.allSatisfy { $0 == Fraction(1) } ? [:] : Dictionary(uniqueKeysWithValues: zip(names, shares.weights))
            return (try Totals(of: own, by: CriterionRule(weights: weights)).sheet, shares.factors)
        }
        let totals = try Totals(of: own)
        let place = Dictionary(uniqueKeysWithValues: ballots.entries.enumerated().map { ($1, $0) })
        let slope = Dictionary(uniqueKeysWithValues: zip(names, slopes))
        var points: [Double] = []
        let complete = totals.ballots
        for performance in complete.performances {
            guard let entry = place[complete.entries[Int(performance.entry)]] else { continue }
            var judge = Factor.missing
            for row in performance.rows {
                let value = (slope[complete.criteria[Int(complete.criterionCodes[row])]]?[entry].value ?? 0) * complete.points(at: row)
                if complete.judgeCodes[row] == judge { points[points.count - 1] += value } else { points.append(value) }
                judge = complete.judgeCodes[row]
            }
        }
        return (totals.sheet.replacing(units: points, unitsPerPoint: 1, isExact: false), entries.map { _ in 1 })
    }

    /// Weights of the criteria and factors of the entries whose products are the slopes; `nil` where there are none.
    ///
    /// Where all entries have the same slopes these are the weights, and a total is in points of the result; otherwise the weights add up to the number of criteria, and a total is in points of the judges.
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

extension ScoreSheet {
    /// The criteria that share judges: sets of criteria of which no judge scored two sets. One set when there are none.
    fileprivate var criterionBlocks: [[Int]] {
        guard criteria.count > 1 else { return [[0]] }
        var block = Array(criteria.indices)
        for performance in performances {
            for row in performance.rows.dropFirst() where judgeCodes[row] == judgeCodes[row - 1] {
                let (a, b) = (block[Int(criterionCodes[row - 1])], block[Int(criterionCodes[row])])
                if a != b { block = block.map { $0 == max(a, b) ? min(a, b) : $0 } }
            }
        }
        return Set(block).sorted().map { first in block.indices.filter { block[$0] == first } }
    }

    fileprivate func selecting(criteria chosen: [Int]) -> ScoreSheet {
        guard chosen.count < criteria.count else { return self }
        let isChosen = Set(chosen.map { Int32($0) })
        return selecting(performances: Array(performances.indices)) { isChosen.contains(criterionCodes[$0]) }
    }
}
