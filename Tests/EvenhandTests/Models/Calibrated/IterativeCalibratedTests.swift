import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// The calibrated model without a matrix of all judges: what the direct computation finds, whatever the blocks are.
@Suite struct IterativeCalibratedTests {
    static func both(_ sheet: ScoreSheet, mostInBlock: Int = JudgeBlocks.mostJudges) throws -> (direct: Calibrated, iterative: Calibrated) {
        let direct = try Calibrated(of: sheet, start: nil, by: .direct)
        return (direct, try Calibrated(of: sheet, start: nil, by: .iterative, mostInBlock: mostInBlock))
    }

    static let panels: [(entries: Int, judges: Int, mostInBlock: Int)] = [(150, 32, JudgeBlocks.mostJudges), (600, 60, 1), (600, 60, 8)]

    /// Fair averages within 2 % of an entry's standard deviation, errors within 5 %.
    @Test(arguments: panels.indices)
    func `fair averages, judges and errors are those of the direct computation`(index: Int) throws {
        let (entries, judges, most) = Self.panels[index]
        let sheet = try SimulatedPanel(entries: entries, judges: judges, scores: 5, seed: 17).sheet
        let (direct, iterative) = try Self.both(sheet, mostInBlock: most)
        #expect(direct.computation == .direct && iterative.computation == .iterative && direct.errorAccuracy == 0)
        #expect(iterative.change < 1e-3 && iterative.errorAccuracy < 0.005)
        let tolerance = 0.02 * direct.population.scale
        #expect(zip(iterative.fairAverages, direct.fairAverages).allSatisfy { isClose($0, $1, absolute: tolerance) })
        func agree(_ a: [Double], _ b: [Double], _ relative: Double) -> Bool {
            zip(a, b).allSatisfy { isClose($0, $1, relative: relative) }
        }
        #expect(agree(iterative.fairAverageErrors, direct.fairAverageErrors, 0.05))
        #expect(agree(iterative.judgeScales, direct.judgeScales, 0.03) && agree(iterative.judgeNoises, direct.judgeNoises, 0.03))
        #expect(agree(iterative.judgeLocationErrors, direct.judgeLocationErrors, 0.05))
        #expect(agree(iterative.judgeScaleErrors, direct.judgeScaleErrors, 0.07))
        #expect(agree(iterative.judgeNoiseErrors, direct.judgeNoiseErrors, 0.07))
        #expect(isClose(iterative.errorOfDifference(0, 5), direct.errorOfDifference(0, 5), relative: 0.01))
        #expect(iterative.errorOfDifference(3, 3) == 0)
        let (own, other) = (iterative.prediction(entry: 7, judge: 2), direct.prediction(entry: 7, judge: 2))
        #expect(isClose(own.mean, other.mean, absolute: tolerance) && isClose(own.deviation, other.deviation, relative: 0.01))
    }

    /// All judges in one block: nothing is approximated that the direct computation does not.
    @Test func `one block of all judges gives the direct likelihood`() throws {
        let sheet = try SimulatedPanel(entries: 60, judges: 12, scores: 5, seed: 3).sheet
        let population = JudgePopulation(location: 70, scale: 5, noise: 5, locationDeviation: 4, scaleDeviation: 0.3, noiseDeviation: 0.3)
        let held = [false, false, false, false, false]
        let direct = try Calibrated(of: sheet, start: population, isFree: held, by: .direct)
        let iterative = try Calibrated(of: sheet, start: population, isFree: held, by: .iterative)
        #expect(isClose(iterative.logLikelihood, direct.logLikelihood, absolute: 1e-6))
        #expect(zip(iterative.fairAverages, direct.fairAverages).allSatisfy { isClose($0, $1, absolute: 1e-5) })
        #expect(zip(iterative.fairAverageErrors, direct.fairAverageErrors).allSatisfy { isClose($0, $1, relative: 1e-5) })
    }

    /// By blocks alone the judges' deviations come out 3 % and 1 % too small here, where each has 25 scores.
    @Test func `what blocks leave out is put back`() throws {
        let sheet = try SimulatedPanel(entries: 1_000, judges: 200, scores: 5, seed: 17).sheet
        let (direct, iterative) = try Self.both(sheet, mostInBlock: 1)
        #expect(isClose(iterative.population.scaleDeviation, direct.population.scaleDeviation, relative: 0.015))
        #expect(isClose(iterative.population.noiseDeviation, direct.population.noiseDeviation, relative: 0.004))
        #expect(isClose(iterative.population.noise, direct.population.noise, relative: 0.003))
    }

    @Test func `the order of rows changes no digit, other units change results by the same line`() throws {
        let sheet = try SimulatedPanel(entries: 200, judges: 30, scores: 5, seed: 9).sheet
        func fit(_ rows: [ScoreSheet.Row]) throws -> Calibrated {
            try Calibrated(of: ScoreSheet(rows), start: nil, by: .iterative, mostInBlock: 4)
        }
        let rows = CalibratedPropertyTests.rows(of: sheet)
        let (own, turned) = (try fit(rows), try fit(rows.reversed()))
        #expect(own.fairAverages == turned.fairAverages && own.fairAverageErrors == turned.fairAverageErrors)
        let other = try fit(rows.map { ScoreSheet.Row(entry: $0.entry, judge: $0.judge, points: 10 * $0.points + 100_000) })
        #expect(zip(other.fairAverages, own.fairAverages).allSatisfy { isClose($0, 10 * $1 + 100_000, absolute: 1e-3) })
        #expect(zip(other.fairAverageErrors, own.fairAverageErrors).allSatisfy { isClose($0, 10 * $1, relative: 1e-4) })
        #expect(zip(other.judgeScales, own.judgeScales).allSatisfy { isClose($0, $1, relative: 1e-4) })
    }

    @Test func `draws have the errors that are stated`() throws {
        let sheet = try SimulatedPanel(entries: 200, judges: 30, scores: 5, seed: 9).sheet
        let fit = try Calibrated(of: sheet, start: nil, by: .iterative, mostInBlock: 4)
        let draws = try fit.draws(2000, seed: 1).all
        for (a, b) in [(0, 1), (5, 130)] {
            func deviation(_ values: [Double]) -> Double {
                let mean = values.reduce(0, +) / Double(values.count)
                return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
            }
            #expect(isClose(deviation(draws.map { $0[a] }), fit.fairAverageErrors[a], relative: 0.07))
            #expect(isClose(deviation(draws.map { $0[a] - $0[b] }), fit.errorOfDifference(a, b), relative: 0.07))
        }
    }

    /// Six panels of five, each with entries of its own: with small blocks, and with each panel a block.
    @Test(arguments: [2, 5]) func `panels that share no judge are compared as by the direct computation`(mostInBlock: Int) throws {
        var stream = RandomStream(seed: 12)
        let rows = (0..<240).flatMap { entry in
            let merit = 5 * stream.normal()
            return (0..<5).map { seat in
                let judge = entry % 6 * 5 + seat
                let scale = 0.7 + 0.1 * Double(judge % 7)
                return ScoreSheet.Row(
                    entry: "E\(1000 + entry)", judge: "J\(10 + judge)",
                    points: (10 * (70 + Double(judge % 5) + scale * merit + 3 * stream.normal())).rounded() / 10)
            }
        }
        let (direct, iterative) = try Self.both(ScoreSheet(rows), mostInBlock: mostInBlock)
        #expect(direct.panels.subsetCount == 6)
        let tolerance = 0.02 * direct.population.scale
        #expect(zip(iterative.fairAverages, direct.fairAverages).allSatisfy { isClose($0, $1, absolute: tolerance) })
        #expect(zip(iterative.fairAverageErrors, direct.fairAverageErrors).allSatisfy { isClose($0, $1, relative: 0.05) })
    }

    /// A sheet that does not support scales has the same obstacle; judges without differences leave.
    @Test func `obstacles and judges who leave are the same`() throws {
        let single = try ScoreSheet(
            (0..<40).map { ScoreSheet.Row(entry: "E\($0 / 5)", judge: "J\($0)", points: Double($0 * 7 % 11)) })
        func obstacle(_ computation: Calibrated.Computation) -> FitObstacle? {
            FitObstacle.result { try Calibrated(of: single, start: nil, by: computation) }.obstacle
        }
        #expect(obstacle(.iterative) == obstacle(.direct) && obstacle(.direct) != nil)
        let rows = try CalibratedPropertyTests.rows(of: SimulatedPanel(entries: 60, judges: 12, scores: 5, seed: 3).sheet)
        let constant = (0..<10).map { ScoreSheet.Row(entry: "E\(1000 + $0)", judge: "J999", points: 70) }
        let fit = try Calibrated(of: ScoreSheet(rows + constant), start: nil, by: .iterative)
        #expect(fit.constantJudges == ["J999"] && fit.positions.count { $0 == nil } == 1)
    }

    @Test func `more than 400 judges are fitted iteratively, fewer directly`() throws {
        let sheet = try SimulatedPanel(entries: 900, judges: Calibrated.mostDirectJudges + 1, scores: 5, seed: 4).sheet
        let fit = try Calibrated(of: sheet)
        #expect(fit.computation == .iterative && fit.judgeScales.count == Calibrated.mostDirectJudges + 1)
        #expect(try CalibratedPropertyTests.fit.get().computation == .direct)
    }

    /// Where judges begin, alike, the curvature of such a judge is next to singular; the others' steps are as long as without.
    @Test func `a judge far from all others does not hold up the search`() throws {
        let plain = try SimulatedPanel(entries: 400, judges: 40, scores: 5, seed: 21).sheet
        var rows: [ScoreSheet.Row] = []
        for performance in plain.performances {
            for row in performance.rows {
                let judge = Int(plain.judgeCodes[row])
                let points = judge == 7 ? 70 + 40 * (plain.score(at: row) - 70) : plain.score(at: row)
                let entry = plain.entries[Int(performance.entry)]
                rows.append(ScoreSheet.Row(entry: entry, judge: plain.judges[judge], points: (10 * points).rounded() / 10))
            }
        }
        let sheet = try ScoreSheet(rows)
        let (direct, iterative) = try Self.both(sheet, mostInBlock: 1)
        #expect(direct.iterations < 40 && iterative.iterations < 40)
        #expect(direct.judgeNoises[7] > 5 * direct.population.noise)
        let tolerance = 0.03 * direct.population.scale
        #expect(zip(iterative.fairAverages, direct.fairAverages).allSatisfy { isClose($0, $1, absolute: tolerance) })
    }
}
