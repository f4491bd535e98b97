import EvenhandIO
import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// Whether scales and noises predict scores that were left out: every tenth score of a real contest of 2,015 entries and 97 judges.
@Suite(.enabled(if: Studies.areWanted, "long; make test-long")) struct PredictionStudy {
    static let path = CommandRun.root.appending(path: "../shared/datasets/innovation_contest_2023/scores.csv").standardized.path
    static var isPresent: Bool { FileManager.default.isReadableFile(atPath: path) }

    /// A normal prediction of one score.
    typealias Prediction = (mean: Double, deviation: Double)

    private func logDensity(_ points: Double, _ prediction: Prediction) -> Double {
        let z = (points - prediction.mean) / prediction.deviation
        return -z * z / 2 - log(prediction.deviation) - log(2 * .pi) / 2
    }

    @Test(.enabled(if: isPresent, "needs the contests beside the checkout"))
    func `left-out scores are predicted better than by the crossed model and by z-scores`() throws {
        let whole = try Totals(of: ScoreSheet(contentsOf: Self.path)).sheet
        let rows = whole.performances.flatMap { performance in
            performance.rows.map { row in
                ScoreSheet.Row(
                    entry: whole.entries[Int(performance.entry)], judge: whole.judges[Int(whole.judgeCodes[row])],
                    points: whole.score(at: row))
            }
        }
        let kept = try ScoreSheet(rows.enumerated().filter { $0.offset % 10 != 9 }.map(\.element))
        let left = rows.enumerated().filter { $0.offset % 10 == 9 }.map(\.element)
        let entries = Dictionary(uniqueKeysWithValues: kept.entries.enumerated().map { ($1, $0) })
        let judges = Dictionary(uniqueKeysWithValues: kept.judges.enumerated().map { ($1, $0) })

        let calibrated = try Calibrated(of: kept)
        let alike = JudgePopulation(location: 0, scale: 14, noise: 9, locationDeviation: 9, scaleDeviation: 0, noiseDeviation: 0)
        let crossed = try Calibrated(of: kept, start: alike, isFree: [true, true, true, false, false])
        let zscores = StandardScores(of: kept)
        var densities = [[Double]](repeating: [], count: 3)
        for row in left {
            let (entry, judge) = (entries[row.entry]!, judges[row.judge]!)
            let predictions = [
                calibrated.prediction(entry: entry, judge: judge), crossed.prediction(entry: entry, judge: judge),
                zscores.prediction(entry: entry, judge: judge),
            ]
            for (index, prediction) in predictions.enumerated() { densities[index].append(logDensity(row.points, prediction)) }
        }
        let names = ["calibrated", "crossed", "z-scores of each judge"]
        let table = names.indices.map { index in
            let difference = CalibratedStudy.Difference(zip(densities[0], densities[index]).map { $0 - $1 })
            let mean = densities[index].reduce(0, +) / Double(left.count)
            if index > 0 { #expect(difference.mean - difference.half > 0, "\(names[index])") }
            return [names[index], String(format: "%.4f", mean), String(format: "%.4f ± %.4f", difference.mean, difference.half)]
        }
        Studies.show("\(left.count) scores left out", ["model", "mean log density", "calibrated is better by"], table)
    }

    /// Scores standardised by each judge, and entries drawn at random on that scale (analysis of variance in one direction).
    private struct StandardScores {
        private let means: [Double]
        private let deviations: [Double]
        private let merits: [Double]
        private let variances: [Double]

        init(of sheet: ScoreSheet) {
            let scores = sheet.units.indices.map { sheet.score(at: $0) }
            let count = sheet.judges.count
            var (sizes, sums, squares) = (
                [Double](repeating: 0, count: count), [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
            )
            for (row, judge) in sheet.judgeCodes.enumerated() {
                (sizes[Int(judge)], sums[Int(judge)]) = (sizes[Int(judge)] + 1, sums[Int(judge)] + scores[row])
            }
            let means = zip(sums, sizes).map { $0 / $1 }
            for (row, judge) in sheet.judgeCodes.enumerated() {
                squares[Int(judge)] += (scores[row] - means[Int(judge)]) * (scores[row] - means[Int(judge)])
            }
            let deviations = zip(squares, sizes).map { ($0 / ($1 - 1)).squareRoot() }
            let z = zip(scores, sheet.judgeCodes).map { ($0 - means[Int($1)]) / deviations[Int($1)] }
            let groups = sheet.performances.map { performance in performance.rows.map { z[$0] } }
            let own = groups.map { $0.reduce(0, +) / Double($0.count) }
            let grand = z.reduce(0, +) / Double(z.count)
            let within = zip(groups, own).reduce(0.0) { sum, group in sum + group.0.reduce(0) { $0 + ($1 - group.1) * ($1 - group.1) } }
            let between = zip(groups, own).reduce(0.0) { $0 + Double($1.0.count) * ($1.1 - grand) * ($1.1 - grand) }
            let noise = within / Double(z.count - groups.count)
            let spread = max(0, (between / Double(groups.count - 1) - noise) / (Double(z.count) / Double(groups.count)))
            let shares = groups.map { spread / (spread + noise / Double($0.count)) }
            (self.means, self.deviations) = (means, deviations)
            merits = zip(own, shares).map { $0 * $1 }
            variances = shares.map { noise + (1 - $0) * spread }
        }

        func prediction(entry: Int, judge: Int) -> Prediction {
            (means[judge] + deviations[judge] * merits[entry], deviations[judge] * variances[entry].squareRoot())
        }
    }
}
