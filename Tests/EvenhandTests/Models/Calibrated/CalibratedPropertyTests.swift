import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// What must hold of a calibrated model whatever the scores are, and what it does where scores say little.
@Suite struct CalibratedPropertyTests {
    static let panel = Result { try SimulatedPanel(entries: 40, judges: 6, scores: 4, seed: 5) }
    static let fit = Result { try Calibrated(of: panel.get().sheet) }

    static func rows(of sheet: ScoreSheet) -> [ScoreSheet.Row] {
        sheet.performances.flatMap { performance in
            performance.rows.map { row in
                ScoreSheet.Row(
                    entry: sheet.entries[Int(performance.entry)], judge: sheet.judges[Int(sheet.judgeCodes[row])],
                    points: sheet.score(at: row))
            }
        }
    }

    private func deviation(_ x: [Double]) -> Double {
        let mean = x.reduce(0, +) / Double(x.count)
        return (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
    }

    @Test func `the order of rows changes no digit, other units change results by the same line`() throws {
        let (sheet, fit) = (try Self.panel.get().sheet, try Self.fit.get())
        let shuffled = try Calibrated(of: ScoreSheet(Self.rows(of: sheet).reversed()))
        #expect(shuffled.fairAverages == fit.fairAverages && shuffled.fairAverageErrors == fit.fairAverageErrors)
        let other = try Calibrated(
            of: ScoreSheet(Self.rows(of: sheet).map { ScoreSheet.Row(entry: $0.entry, judge: $0.judge, points: 4 * $0.points - 100) }))
        #expect(zip(other.fairAverages, fit.fairAverages).allSatisfy { isClose($0, 4 * $1 - 100, absolute: 1e-3) })
        #expect(zip(other.fairAverageErrors, fit.fairAverageErrors).allSatisfy { isClose($0, 4 * $1, relative: 1e-4) })
        #expect(isClose(other.population.noise, 4 * fit.population.noise, relative: 1e-4))
        #expect(isClose(other.logLikelihood, fit.logLikelihood - Double(sheet.count) * log(4), absolute: 1e-5))
    }

    @Test func `judges lean on the panel by a share, and intervals hold what they are about`() throws {
        let (panel, fit) = (try Self.panel.get(), try Self.fit.get())
        #expect(fit.scaleShrinkage.allSatisfy { $0 > 0 && $0 <= 1 })
        // The variance that remains of a logarithm over that of the population.
        let variance = fit.population.scaleDeviation * fit.population.scaleDeviation
        for (share, error) in zip(fit.scaleShrinkage, fit.judgeScaleErrors) {
            #expect(isClose(share, min(1, error * error / variance), relative: 1e-12))
        }
        #expect(fit.change < 1e-3 && fit.iterations > 0)
        let scales = fit.judgeScales.indices.count { fit.scaleInterval(of: $0, level: 0.99)!.contains(panel.scales[$0]) }
        let noises = fit.judgeNoises.indices.count { fit.noiseInterval(of: $0, level: 0.99)!.contains(panel.noises[$0]) }
        #expect(scales >= 5 && noises >= 5)
        let inside = panel.merits.indices.count {
            (fit.fairAverages[$0] - 70 - panel.merits[$0]).magnitude < 2.576 * fit.fairAverageErrors[$0]
        }
        #expect(inside >= 36)
    }

    @Test func `draws have the means, errors and differences that are stated`() throws {
        let fit = try Self.fit.get()
        let draws = try fit.draws(2000, seed: 1).all
        for (a, b) in [(0, 1), (5, 30)] {
            let (x, y) = (draws.map { $0[a] }, draws.map { $0[b] })
            let (mean, error) = (x.reduce(0, +) / 2000, fit.fairAverageErrors[a])
            #expect(isClose(mean, fit.fairAverages[a], absolute: 4 * error / 2000.0.squareRoot()))
            #expect(isClose(deviation(x), error, relative: 0.07))
            #expect(isClose(deviation(zip(x, y).map { $0 - $1 }), fit.errorOfDifference(a, b), relative: 0.07))
        }
        #expect(fit.errorOfDifference(3, 3) == 0)
    }

    /// A prediction is the judge's location plus the scale times the entry, and no surer than the judge's noise.
    @Test func `a further score is predicted from the judge and the entry`() throws {
        let fit = try Self.fit.get()
        let prediction = fit.prediction(entry: 7, judge: 2)
        let merit = fit.fairAverages[7] - fit.population.location
        #expect(isClose(prediction.mean, fit.judgeLocations[2] + fit.judgeScales[2] * merit, absolute: 1e-9))
        #expect(prediction.deviation > fit.judgeNoises[2])
    }

    /// Two heats without a common judge; the entries of the second differ three times as much.
    @Test func `a wide heat stays wide, its judges are not taken to stretch`() throws {
        var stream = RandomStream(seed: 8)
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<40 {
            let (isWide, merit) = (entry >= 20, stream.normal())
            for judge in 0..<4 {
                let exact = 70 + (isWide ? 12 : 4) * merit + 2 * stream.normal()
                let name = "J\(isWide ? 5 + judge : 1 + judge)"
                rows.append(ScoreSheet.Row(entry: "E\(100 + entry)", judge: name, points: (10 * exact).rounded() / 10))
            }
        }
        let fit = try Calibrated(of: ScoreSheet(rows))
        let means = [fit.judgeScales[..<4], fit.judgeScales[4...]].map { exp($0.reduce(0) { $0 + log($1) } / 4) }
        #expect(means.allSatisfy { isClose($0, 1, absolute: 0.01) })
        #expect(deviation(Array(fit.fairAverages[20...])) > 2 * deviation(Array(fit.fairAverages[..<20])))
    }

    @Test func `several scores of an entry by one judge count as such`() throws {
        let rows = try Self.rows(of: Self.panel.get().sheet)
        let twice = rows.flatMap { row in
            [0.0, 1.0].map {
                ScoreSheet.Row(
                    entry: row.entry, judge: row.judge, points: row.points + $0, heat: Heat(stage: nil, name: "H\(Int($0))"))
            }
        }
        let fit = try Calibrated(of: ScoreSheet(twice))
        #expect(zip(fit.fairAverageErrors, try Self.fit.get().fairAverageErrors).allSatisfy { $0 < $1 })
    }

    static let obstacles: [(entries: KeyValuePairs<String, String>, obstacle: FitObstacle)] = [
        (["A": "1", "B": "2", "C": "3"], .design(.tooFew(of: "connected judges", found: 1, needed: 3))),
        (["A": "1 2", "B": "2 4", "C": "3 3", "D": "5 4"], .design(.tooFew(of: "connected judges", found: 2, needed: 3))),
        (["A": "1 2 4", "B": "2 3 -", "C": "- 3 5", "D": "4 - 2"], .design(.tooFew(of: "scores", found: 9, needed: 12))),
        (["A": "1 2 3", "B": "3 1 2", "C": "2 3 1", "D": "2 1 3", "E": "1 3 2"], .fit(.noDifferences)),
    ]

    @Test(arguments: obstacles.indices)
    func `where scores cannot support scales the crossed model is used, with the reason`(index: Int) throws {
        let (scores, obstacle) = (try sheet(Self.obstacles[index].entries), Self.obstacles[index].obstacle)
        #expect(FitObstacle.result { try Calibrated(of: scores) }.obstacle == obstacle)
        // One score for each entry is too little for the crossed model, too.
        guard index > 0 else { return }
        let column = try Ranking(of: scores, by: .calibrated).columns[0]
        #expect(column.results.model?.obstacle == obstacle && column.results.model?.crossed != nil)
    }

    /// The steps from the mean to the fair average add up, whatever the model.
    @Test(arguments: [ScoringMethod.additive, .crossed(), .calibrated])
    func `a fair average is explained by severity, weighing and shrinkage`(method: ScoringMethod) throws {
        let sheet = try Self.panel.get().sheet
        let model = try #require(try FairAverages(of: sheet, by: method))
        for entry in [0, 17] {
            let parts = model.parts(of: entry, in: sheet)
            #expect(isClose(parts.fairAverage, model.values[entry], absolute: 1e-9))
            #expect(isClose(parts.scores.reduce(0) { $0 + $1.weight }, 1) && parts.scores.count == 4)
            if model.calibrated == nil { #expect(isClose(parts.weighing, 0, absolute: 1e-9)) }
            if case .additive = method { #expect(isClose(parts.shrinkage, 0, absolute: 1e-9)) }
        }
    }

    @Test(arguments: CrossedEffects.HeatMeans.allCases)
    func `values and errors are both those of what heats mean`(heatMeans: CrossedEffects.HeatMeans) throws {
        let lines = (0..<18).flatMap { entry in
            (0..<3).map { judge in
                "H\(entry / 6),E\(10 + entry),J\((entry / 6 + judge) % 5),\(60 + 4 * (entry / 6) + entry * 7 % 11 + (entry * judge * 5) % 4)"
            }
        }
        let sheet = try sheet((["heat,entry,judge,score"] + lines).joined(separator: "\n"))
        let fair = try #require(try FairAverages(of: sheet, by: .crossed(heatMeans: heatMeans)))
        let fit = try #require(fair.crossed)
        #expect(fair.values == fit.fairAverages(heatMeans: heatMeans) && fair.errors == fit.fairAverageErrors(heatMeans: heatMeans))
        #expect(fit.fairAverageErrors(heatMeans: .strength) != fit.fairAverageErrors(heatMeans: .leniency))
    }

    /// Z gives every entry the same and has left the model: the score counts in the mean alone.
    @Test func `a constant judge's score weighs nothing`() throws {
        let rows = Self.rows(of: try Self.panel.get().sheet)
        let sheet = try ScoreSheet(rows + Set(rows.map(\.entry)).sorted().map { ScoreSheet.Row(entry: $0, judge: "Z", points: 80) })
        let model = try #require(try FairAverages(of: sheet, by: .calibrated))
        #expect(model.calibrated?.constantJudges == ["Z"])
        let parts = model.parts(of: 3, in: sheet)
        #expect(parts.scores.map { sheet.judges[Int(sheet.judgeCodes[$0.row])] }.last == "Z" && parts.scores.last?.weight == 0)
        #expect(isClose(parts.scores.reduce(0) { $0 + $1.weight }, 1) && isClose(parts.fairAverage, model.values[3], absolute: 1e-9))
    }

    /// The constant judge is the first of the sheet and none of the model.
    @Test func `scale, noise and their intervals are the judge's own`() throws {
        let rows = Self.rows(of: try Self.panel.get().sheet)
        let sheet = try ScoreSheet(rows + Set(rows.map(\.entry)).sorted().map { ScoreSheet.Row(entry: $0, judge: " A", points: 80) })
        let fit = try Calibrated(of: sheet)
        #expect(fit.constantJudges.count == 1 && fit.positions[0] == nil && fit.scale(of: 0) == nil && fit.noise(of: 0) == nil)
        #expect(fit.scaleInterval(of: 0) == nil && fit.noiseInterval(of: 0) == nil)
        for judge in 1..<sheet.judges.count {
            #expect(fit.scale(of: judge) == fit.judgeScales[judge - 1] && fit.noise(of: judge) == fit.judgeNoises[judge - 1])
        }
        for (judge, noise) in fit.judgeNoises.enumerated() {
            let (scales, noises) = (try #require(fit.scaleInterval(of: judge + 1)), try #require(fit.noiseInterval(of: judge + 1)))
            let reach = 1.959963984540054
            #expect(isClose(noises.upperBound, noise * exponential(reach * fit.judgeNoiseErrors[judge]), relative: 1e-12))
            #expect(isClose(noises.lowerBound * noises.upperBound, noise * noise, relative: 1e-12))
            #expect(
                isClose(scales.upperBound, fit.judgeScales[judge] * exponential(reach * fit.judgeScaleErrors[judge]), relative: 1e-12))
        }
    }

    /// 4 entries, 3 judges with 3 parameters each, less the common location: 12.
    @Test(arguments: [12, 11]) func `as many scores as parameters are enough`(scores: Int) throws {
        let rows = ["1 2 4", "2 3 5", "3 3 7", scores == 12 ? "4 6 9" : "4 6 -"]
        let sheet = try sheet(["A": rows[0], "B": rows[1], "C": rows[2], "D": rows[3]])
        let obstacle = FitObstacle.result { try Calibrated(of: sheet) }.obstacle
        #expect((obstacle == .design(.tooFew(of: "scores", found: scores, needed: 12))) == (scores == 11))
    }

    /// The posterior mean of normal scores: adjusted ones weighed by (b / σ)² and drawn toward the mean of all by 1 / τ² (Gelman and
    /// others, *Bayesian Data Analysis* (2013), section 2.5); without different judges that is σ² / (σ² + n τ²).
    @Test func `a fair average is the posterior mean of adjusted scores, weighed by their precision`() throws {
        let (sheet, fit) = (try Self.panel.get().sheet, try Self.fit.get())
        let model = try #require(try FairAverages(of: sheet, by: .calibrated))
        let crossed = try #require(try FairAverages(of: sheet, by: .crossed()))
        let plain = try #require(crossed.crossed)
        for entry in 0..<40 {
            let parts = model.parts(of: entry, in: sheet)
            let judges = parts.scores.map { Int(sheet.judgeCodes[$0.row]) }
            let precisions = judges.map { fit.judgeScales[$0] * fit.judgeScales[$0] / (fit.judgeNoises[$0] * fit.judgeNoises[$0]) }
            let total = precisions.reduce(0, +)
            var weighed = 0.0
            for (position, score) in parts.scores.enumerated() {
                #expect(isClose(score.weight, precisions[position] / total, relative: 1e-9))
                let own = (sheet.score(at: score.row) - fit.judgeLocations[judges[position]]) / fit.judgeScales[judges[position]]
                #expect(isClose(score.adjusted, fit.population.location + own, relative: 1e-9))
                weighed += precisions[position] / total * own
            }
            let kept = total / (total + 1 / (fit.population.scale * fit.population.scale))
            #expect(isClose(fit.fairAverages[entry], fit.population.location + kept * weighed, relative: 1e-9))
            #expect(isClose(parts.shrinkage, (kept - 1) * weighed, absolute: 1e-8))
            let steps = crossed.parts(of: entry, in: sheet)
            let drawn = plain.residualVariance / (plain.residualVariance + 4 * plain.entryVariance)
            #expect(isClose(steps.shrinkage, drawn * (plain.groupMeans[0] - steps.mean - steps.severity), absolute: 1e-6))
            #expect(steps.scores.allSatisfy { isClose($0.weight, 0.25) })
        }
    }

    /// Two of the judges agree in all scores: the likelihood grows without bound as their noises fall to 0, and where a search ends hangs on
    /// rounding, so on the order of judges.
    @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [1, 2, 3, 0], [2, 0, 3, 1]])
    func `a likelihood without a maximum has no fit, whoever comes first`(order: [Int]) throws {
        let scores = [
            "84 71 84", "78 81 79", "82 78 80", "80 75 81", "69 62 72", "78 74 74", "80 77 76", "72 70 69", "76 60 76", "81 77 84",
        ]
        let rows = scores.enumerated().flatMap { entry, text in
            let points = text.split(separator: " ").map { Double($0)! }
            return zip(order, [points[0]] + points).map { ScoreSheet.Row(entry: "E\(entry)", judge: "J\($0)", points: $1) }
        }
        let obstacle = FitObstacle.result { try Calibrated(of: ScoreSheet(rows)) }.obstacle
        guard case .fit(.notConverged) = obstacle else {
            Issue.record("\(String(describing: obstacle))")
            return
        }
    }
}
