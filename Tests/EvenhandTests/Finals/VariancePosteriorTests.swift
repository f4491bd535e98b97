@testable import Evenhand
import TestSupport
import Testing

@Suite struct VariancePosteriorTests {
    /// Six entries before four judges, and four before six.
    static let tables: [[[Double]]] = [
        [[70, 72, 69, 71], [75, 74, 77, 73], [68, 71, 70, 66], [80, 76, 79, 78], [73, 70, 75, 74], [72, 73, 70, 75]],
        [[70, 75, 68, 80, 73, 72], [74, 76, 73, 78, 72, 75], [67, 75, 68, 77, 73, 68], [75, 77, 70, 82, 78, 79]],
    ]

    /// In a complete table the likelihood of the ratios λ of entries and κ of judges is (1 + Jλ)^(−(n−1)/2) (1 + nκ)^(−(J−1)/2) times
    /// (SSA/(1 + Jλ) + SSB/(1 + nκ) + SSE)^(−(nJ−1)/2).
    @Test(arguments: tables) func `a complete table has the posterior of three sums of squares`(scores: [[Double]]) throws {
        let rows = scores.enumerated().flatMap { entry, own in
            own.enumerated().map { ScoreSheet.Row(entry: "E\(entry)", judge: "J\($0)", points: $1) }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows))
        let (n, judges) = (Double(scores.count), Double(scores[0].count))
        let grand = scores.joined().reduce(0, +) / (n * judges)
        let entries = scores.map { $0.reduce(0, +) / judges - grand }
        let columns = scores[0].indices.map { judge in scores.reduce(0.0) { $0 + $1[judge] } / n - grand }
        let (between, severities) = (judges * entries.reduce(0.0) { $0 + $1 * $1 }, n * columns.reduce(0.0) { $0 + $1 * $1 })
        var within = 0.0
        for (own, entry) in zip(scores, entries) {
            for (score, column) in zip(own, columns) {
                let rest = score - grand - entry - column
                within += rest * rest
            }
        }
        // The mean of the reliability Jλ/(1 + Jλ) by quadrature over log λ and log κ.
        let powers = ((n - 1) / 2, (judges - 1) / 2, (n * judges - 1) / 2)
        var (sum, total) = (0.0, 0.0)
        for step in 0..<200 {
            let log = -8 + 0.1 * Double(step)
            let inflation = 1 + judges * exponential(log)
            for other in 0..<200 {
                let logOther = -14 + 0.15 * Double(other)
                let spread = 1 + n * exponential(logOther)
                let squares = (between / inflation + severities / spread + within) / within
                let ofRatios = powers.0 * naturalLogarithm(inflation) + powers.1 * naturalLogarithm(spread)
                let likelihood = -ofRatios - powers.2 * naturalLogarithm(squares)
                let priors =
                    log - 2 * naturalLogarithm(1 + exponential(log) / 100) + 0.5 * logOther - naturalLogarithm(1 + exponential(logOther))
                let weight = exponential(likelihood + priors)
                (sum, total) = (sum + weight * (1 - 1 / inflation), total + weight)
            }
        }
        let posterior = try VariancePosterior(fit.design, from: fit.ratios, isFree: [true, true])
        let ratios = posterior.points.map { $0.equations.ratios[fit.design.isEntryEliminated ? 0 : 1] }
        let found = zip(posterior.points, ratios).reduce(0.0) { $0 + $1.0.weight * (1 - 1 / (1 + judges * $1.1)) }
        #expect(isClose(found, sum / total, absolute: 0.01))
        #expect(isClose(posterior.points.reduce(0) { $0 + $1.weight }, 1))
        #expect(ratios.isSorted)
    }

    @Test func `entries that do not differ keep uncertain ranks`() throws {
        var least = 1.0
        for seed in 0..<20 as Range<UInt64> {
            var noise = RandomStream(seed: seed)
            var rows: [ScoreSheet.Row] = []
            for entry in 0..<8 {
                for judge in 0..<5 {
                    let points = (700 + 30 * noise.normal()).rounded() / 10
                    rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points))
                }
            }
            let sheet = try ScoreSheet(rows)
            let fit = try CrossedEffects(of: sheet)
            guard fit.entryVariance == 0 else { continue }
            let ranks = try RankUncertainty(of: fit.draws(1000, seed: 1), places: 4)
            least = min(least, ranks.winProbabilities.max()!)
            #expect(ranks.bands.allSatisfy { $0 == .open })
        }
        #expect(least < 0.5)
    }

    @Test func `a single judge's variance is not searched`() throws {
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<6 {
            for heat in 0..<2 {
                let points = Double(70 + entry * 3 + (heat * entry) % 2)
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J", points: points, heat: Heat(stage: nil, name: "H\(heat)")))
            }
        }
        let fit = try CrossedEffects(of: ScoreSheet(rows))
        #expect(fit.judgeVariance == 0)
        let all = try fit.draws(200, seed: 1).all
        let areFinite = all.joined().allSatisfy { $0.isFinite }
        #expect(areFinite)
    }
}

extension [Double] {
    fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
