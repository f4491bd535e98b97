/// The scores of a sheet less the judges' severities, as they are and reassigned at random among the judges of each performance.
///
/// Where no judge differs from another, every permutation is as likely as the order that happened, whatever the noise is like.
struct PermutedScores: Sendable {
    /// A summary of the scores of one judge. With d a score less the mean of the other scores of its performance, √((m − 1)/m) d has
    /// the variance of the noise whatever the number m of scores.
    struct Spread: Sendable {
        /// The scores of performances with others to compare with.
        var count = 0.0
        /// Σ |d| and Σ d² about the judge's mean, each d times √((m − 1)/m).
        var magnitudes = 0.0, squares = 0.0
        /// Σ 1/(m − 1).
        var othersShares = 0.0
        fileprivate var deviations = 0.0
        fileprivate var own = 0.0, others = 0.0, ownSquares = 0.0, othersSquares = 0.0, products = 0.0

        /// The correlation of the scores with the means of the others; 0 when one of them does not vary.
        var correlation: Double {
            let (x, y) = (count * ownSquares - own * own, count * othersSquares - others * others)
            guard x > 0, y > 0 else { return 0 }
            return max(-1, min(1, (count * products - own * others) / (x.squareRoot() * y.squareRoot())))
        }
    }

    /// The scores, performance by performance, of which more is better.
    let scores: [Double]
    /// The performances with at least two.
    let performances: [Range<Int>]
    private let judgeCodes: [Int32]
    private let judgeCount: Int
    /// What severities are estimated with in permuted scores; none where each performance has all judges: there, severities do not change
    /// the comparison.
    private let design: AdditiveDesign?

    /// The scores of all judges but some.
    init(of fit: Additive, leavingOut left: Set<Int>) {
        let sheet = fit.sheet
        // Counted from a score among them, so that large ones lose no digits.
        let pivot = sheet.units.first ?? 0
        var (scores, codes, performances) = ([Double](), [Int32](), [Range<Int>]())
        for performance in sheet.performances {
            let start = scores.count
            for row in performance.rows where left.isEmpty || !left.contains(Int(sheet.judgeCodes[row])) {
                scores.append((sheet.units[row] - pivot) / sheet.unitsPerPoint - fit.judgeEffects[Int(sheet.judgeCodes[row])])
                codes.append(sheet.judgeCodes[row])
            }
            if scores.count - start > 1 {
                performances.append(start..<scores.count)
            } else {
                scores.removeLast(scores.count - start)
                codes.removeLast(codes.count - start)
            }
        }
        (self.scores, judgeCodes, self.performances, judgeCount) = (scores, codes, performances, sheet.judges.count)
        design = left.isEmpty && scores.count == sheet.count && !fit.panels.isComplete ? fit.design : nil
    }

    /// Scores reassigned at random: those of each performance in random order, less the severities of the new order, as the given ones are
    /// less theirs.
    func permuted(_ stream: inout RandomStream) -> [Double] {
        var scores = scores
        for rows in performances {
            for last in rows.dropFirst().reversed() {
                scores.swapAt(last, rows.lowerBound + stream.index(below: last - rows.lowerBound + 1))
            }
        }
        guard let severities = design?.fit(scores).judges else { return scores }
        for (row, code) in judgeCodes.enumerated() { scores[row] -= severities[Int(code)] }
        return scores
    }

    /// A summary of the scores of each judge.
    func spreads(of scores: [Double]) -> [Spread] {
        var spreads = [Spread](repeating: Spread(), count: judgeCount)
        var deviations = [Double](repeating: 0, count: scores.count)
        for rows in performances {
            let (sum, others) = (scores[rows].reduce(0, +), Double(rows.count - 1))
            let weight = (others / (others + 1)).squareRoot()
            for row in rows {
                let (score, mean) = (scores[row], (sum - scores[row]) / others)
                let deviation = weight * (score - mean)
                deviations[row] = deviation
                spreads[Int(judgeCodes[row])].add(score, mean, deviation, 1 / others)
            }
        }
        for (row, code) in judgeCodes.enumerated() {
            let rest = deviations[row] - spreads[Int(code)].deviations / spreads[Int(code)].count
            spreads[Int(code)].magnitudes += rest.magnitude
            spreads[Int(code)].squares += rest * rest
        }
        return spreads
    }
}

extension PermutedScores.Spread {
    @inline(__always)
    fileprivate mutating func add(_ score: Double, _ mean: Double, _ deviation: Double, _ share: Double) {
        count += 1
        othersShares += share
        deviations += deviation
        own += score
        others += mean
        ownSquares += score * score
        othersSquares += mean * mean
        products += score * mean
    }
}
