/// Scores that a linear model can be fitted to in place of others, some of which a rule leaves out or moves: their means are the rule's
/// results, and their noise is that of its results.
///
/// A trimmed mean, a median or a clipped mean uses only what it kept; the mean of all scores uses more, and probabilities from it would
/// contradict the list. So each entry's scores are moved by result − mean, and what entries and judges leave of them is stretched by √ρ, ρ
/// the variance of results over that of means. Severities are not touched. ρ comes from the scores themselves: what entries and judges
/// leave is reassigned at random among each judge's ballots, so heavy tails and judges of unlike noise count as they are.
///
/// Sources: Tukey and McLaughlin, *Less vulnerable confidence and significance procedures for location based on a single sample*, Sankhyā A
/// 25 (1963), for pseudo-values of a trimmed mean; Freedman and Lane, *A nonstochastic interpretation of reported significance levels*,
/// Journal of Business & Economic Statistics 1 (1983), for permuted residuals.
enum WorkingScores {
    /// The working scores of totals.
    ///
    /// - Parameters:
    ///   - totals: one score for each judge of a performance.
    ///   - shifts: what is added to the scores of each entry, in points of which more is better.
    ///   - ratio: ρ.
    /// - Throws: what `AdditiveDesign` throws.
    static func sheet(_ totals: ScoreSheet, shifts: [Double], noise ratio: Double) throws -> ScoreSheet {
        let design = try AdditiveDesign(of: totals)
        let (fit, stretch) = (design.fit(totals.units), ratio.squareRoot() - 1)
        let points = totals.units.indices.map { row in
            (totals.units[row] + stretch * fit.residuals[row]) / totals.unitsPerPoint + shifts[Int(design.entryCodes[row])]
        }
        return totals.replacing(units: points, unitsPerPoint: 1, isExact: false)
    }

    /// ρ: the variance that noise gives to results over the variance that it gives to means.
    ///
    /// - Parameters:
    ///   - ballots: the scores, with their criteria.
    ///   - seed: of the permutations.
    ///   - results: what the rule makes of scores of this design.
    ///   - means: what it would make of them if it were linear.
    static func noiseRatio(
        of ballots: ScoreSheet, seed: UInt64, results: (ScoreSheet) throws -> [Double], means: (ScoreSheet) throws -> [Double]
    ) throws -> Double {
        let residuals = try PermutedResiduals(of: ballots)
        let deals = min(64, max(4, (leastResults + ballots.entries.count - 1) / max(1, ballots.entries.count)))
        let (plainResults, plainMeans) = (try results(residuals.fitted), try means(residuals.fitted))
        var (byResults, byMeans) = ([Double](), [Double]())
        for index in 0..<deals {
            var stream = RandomStream(seed: seed, stream: UInt64(index))
            let permuted = residuals.sheet(&stream)
            byResults += zip(try results(permuted), plainResults).map { $0 - $1 }
            byMeans += zip(try means(permuted), plainMeans).map { $0 - $1 }
        }
        let noise = Moments(of: byMeans).sumOfSquares
        return noise > 0 ? Moments(of: byResults).sumOfSquares / noise : 1
    }

    /// Results that give ρ to about 3 %.
    private static let leastResults = 1000
}

/// What entries and judges leave of each criterion's scores, reassigned at random among the ballots of each judge.
private struct PermutedResiduals {
    /// The scores without it.
    let fitted: ScoreSheet
    private let residuals: [Double]
    /// The rows of each ballot; those of a judge with the same criteria form a hand.
    private let hands: [[Range<Int>]]

    init(of ballots: ScoreSheet) throws {
        let sheet = ballots.finest
        var (residuals, fitted) = ([Double](repeating: 0, count: sheet.count), sheet.units)
        for (rows, term) in sheet.rowsOfCriteria {
            let design = try AdditiveDesign(of: term)
            // For the degrees of freedom that entries and judges took.
            let stretch = (Double(term.count) / Double(max(1, design.degreesOfFreedom))).squareRoot()
            for (row, residual) in zip(rows, design.fit(term.units).residuals) {
                residuals[row] = sheet.isExact ? (stretch * residual).rounded() : stretch * residual
                fitted[row] = sheet.isExact ? (fitted[row] - residual).rounded() : fitted[row] - residual
            }
        }
        self.residuals = residuals
        self.fitted = sheet.replacing(units: fitted)
        var (positions, hands) = ([[Int32]: Int](), [[Range<Int>]]())
        for performance in sheet.performances {
            var start = performance.rows.lowerBound
            for row in performance.rows
            where row + 1 == performance.rows.upperBound || sheet.judgeCodes[row + 1] != sheet.judgeCodes[row] {
                let rows = start..<row + 1
                let key = [sheet.judgeCodes[row]] + (sheet.criterionCodes.isEmpty ? [] : sheet.criterionCodes[rows])
                if let position = positions[key] {
                    hands[position].append(rows)
                } else {
                    positions[key] = hands.count
                    hands.append([rows])
                }
                start = row + 1
            }
        }
        self.hands = hands
    }

    func sheet(_ stream: inout RandomStream) -> ScoreSheet {
        var units = fitted.units
        for hand in hands {
            for (to, from) in zip(hand, stream.shuffled(hand)) {
                for offset in 0..<to.count { units[to.lowerBound + offset] += residuals[from.lowerBound + offset] }
            }
        }
        return fitted.replacing(units: units)
    }
}

extension ScoreSheet {
    /// The rows of each criterion, and the sheet that they make.
    fileprivate var rowsOfCriteria: [(rows: [Int], sheet: ScoreSheet)] {
        guard !criteria.isEmpty else { return [(Array(units.indices), self)] }
        return byCriterion().enumerated().map { criterion, term in
            (units.indices.filter { criterionCodes[$0] == Int32(criterion) }, term.sheet)
        }
    }

    /// The same scores in units so small that cutting residuals to whole ones is no more than rounding.
    fileprivate var finest: ScoreSheet {
        guard isExact else { return self }
        let largest = units.reduce(1) { max($0, $1.magnitude) }
        let factor = Double(sign: .plus, exponent: max(0, 45 - Int(largest.exponent)), significand: 1)
        return replacing(units: units.map { $0 * factor }, unitsPerPoint: unitsPerPoint * factor)
    }
}
