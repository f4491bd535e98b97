import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// What the calibrated model must agree with: the crossed model, one-factor maximum likelihood (R's factanal), brute-force quadrature.
@Suite struct CalibratedTests {
    /// A sheet of a wide fixture: an entry and a column for each judge.
    static func wide(_ name: String) throws -> ScoreSheet {
        let table = try rows(of: "calibrated/\(name).csv")
        return try ScoreSheet(
            table.flatMap { row in
                row.filter { $0.key != "entry" }.map { ScoreSheet.Row(entry: row["entry"]!, judge: $0.key, points: Double($0.value)!) }
            })
    }

    static let noDifferences = [true, true, true, false, false]

    static func alike(_ sheet: ScoreSheet) throws -> Calibrated {
        let start = JudgePopulation(location: 0, scale: 4, noise: 4, locationDeviation: 3, scaleDeviation: 0, noiseDeviation: 0)
        return try Calibrated(of: sheet, start: start, isFree: noDifferences)
    }

    @Test(arguments: ["contest_150x32", "contest_disconnected"])
    func `judges alike in scale and noise give the crossed model by maximum likelihood`(file: String) throws {
        let sheet = try CrossedEffectsTests.contest(file)
        let (calibrated, crossed) = (try Self.alike(sheet), try CrossedEffects(of: sheet, by: .ml))
        #expect(isClose(calibrated.logLikelihood, crossed.logLikelihood, relative: 1e-9))
        #expect(isClose(calibrated.population.scale * calibrated.population.scale, crossed.entryVariance, relative: 1e-6))
        #expect(isClose(calibrated.population.noise * calibrated.population.noise, crossed.residualVariance, relative: 1e-6))
        let judges = calibrated.population.locationDeviation * calibrated.population.locationDeviation
        #expect(isClose(judges, crossed.judgeVariance, relative: 1e-6))
        #expect(zip(calibrated.fairAverages, crossed.fairAverages()).allSatisfy { isClose($0, $1, absolute: 1e-6) })
        #expect(zip(calibrated.fairAverageErrors, crossed.fairAverageErrors()).allSatisfy { isClose($0, $1, absolute: 1e-6) })
        let last = sheet.entries.count - 1
        #expect(isClose(calibrated.errorOfDifference(0, last), crossed.errorOfDifference(0, last), absolute: 1e-6))
        let severities = calibrated.judgeLocations.map { $0 - calibrated.population.location }
        #expect(zip(severities, crossed.judgeEffects).allSatisfy { isClose($0, $1, absolute: 1e-6) })
    }

    /// With nothing known about the judges beforehand, scores in units of each judge's standard deviation have the factor model's loadings.
    @Test func `judges known only by their scores give one-factor maximum likelihood`() throws {
        let sheet = try Self.wide("one_factor_40x6")
        let free = JudgePopulation(
            location: 70, scale: 5, noise: 4, locationDeviation: 1e4, scaleDeviation: 1e3, noiseDeviation: 1e3)
        let fit = try Calibrated(of: sheet, start: free, isFree: [false, false, false, false, false])
        for (judge, row) in try rows(of: "calibrated/one_factor_expected.csv").enumerated() {
            let (scale, noise) = (fit.judgeScales[judge] * fit.population.scale, fit.judgeNoises[judge])
            let total = scale * scale + noise * noise
            #expect(isClose(scale / total.squareRoot(), Double(row["loading"]!)!, absolute: 1e-4))
            #expect(isClose(noise * noise / total, Double(row["uniqueness"]!)!, absolute: 1e-4))
        }
    }

    /// The approximation claims 0.1 for each judge of six scores, and is exact for judges who are alike.
    @Test func `the likelihood is that of brute-force quadrature`() throws {
        let sheet = try Self.wide("six_by_three")
        for row in try rows(of: "calibrated/six_by_three_expected.csv").map({ $0.mapValues { Double($0)! } }) {
            let population = JudgePopulation(
                location: 70, scale: row["scale"]!, noise: row["noise"]!, locationDeviation: row["location_sd"]!,
                scaleDeviation: row["scale_sd"]!, noiseDeviation: row["noise_sd"]!)
            let fit = try Calibrated(of: sheet, start: population, isFree: [false, false, false, false, false])
            let claim = row["scale_sd"] == 0 ? 1e-6 : 0.1 * 3
            #expect(isClose(fit.logLikelihood, row["log_likelihood"]!, absolute: claim), "\(fit.logLikelihood) \(row)")
        }
    }

    /// numpy 2.4.6 and scipy 1.17.1 on dense matrices: the judges' scales and noises at their mode with merits and locations integrated
    /// out, the Hessian of the likelihood and the prior by differences, and by the delta method the error of what a judge would give again.
    @Test func `judges, their errors and predictions are those of differences on dense matrices`() throws {
        let population = JudgePopulation(location: 70, scale: 5, noise: 3, locationDeviation: 3, scaleDeviation: 0.35, noiseDeviation: 0.4)
        let fit = try Calibrated(of: Self.wide("six_by_three"), start: population, isFree: [false, false, false, false, false])
        func agree(_ found: [Double], _ expected: [Double]) -> Bool {
            found.count == expected.count && zip(found, expected).allSatisfy { isClose($0, $1, relative: 1e-6) }
        }
        #expect(agree(fit.judgeScales, [0.75139982, 1.57853802, 0.78483795]))
        #expect(agree(fit.judgeNoises, [3.4090854, 2.71745935, 2.01331636]))
        #expect(agree(fit.judgeLocations, [70.55836471, 71.39547103, 72.15715576]))
        #expect(agree(fit.judgeScaleErrors, [0.27145425, 0.2257729, 0.23423069]))
        #expect(agree(fit.judgeNoiseErrors, [0.25441632, 0.36702902, 0.33477958]))
        for (entry, judge, mean, deviation) in [
            (0, 0, 70.945041, 3.766217), (1, 0, 75.389269, 3.962765), (1, 1, 81.544217, 3.774634), (2, 2, 76.197778, 2.475609),
            (3, 1, 63.870237, 3.575599), (5, 2, 69.387649, 2.440059),
        ] {
            let prediction = fit.prediction(entry: entry, judge: judge)
            #expect(agree([prediction.mean, prediction.deviation], [mean, deviation]), "\(prediction)")
        }
    }

    @Test func `different starts reach the same answer`() throws {
        let sheet = try SimulatedPanel(entries: 30, judges: 6, scores: 4, seed: 3).sheet
        let fit = try Calibrated(of: sheet)
        for (scale, noise, location, deviation) in [(2.0, 9.0, 0.5, 0.05), (12.0, 1.5, 12.0, 0.8)] {
            let start = JudgePopulation(
                location: 0, scale: scale, noise: noise, locationDeviation: location, scaleDeviation: deviation, noiseDeviation: deviation)
            let other = try Calibrated(of: sheet, start: start)
            #expect(isClose(other.logLikelihood, fit.logLikelihood, absolute: 1e-6))
            #expect(isClose(other.population.scaleDeviation, fit.population.scaleDeviation, absolute: 1e-4))
            #expect(isClose(other.population.noiseDeviation, fit.population.noiseDeviation, absolute: 1e-4))
            #expect(zip(other.fairAverages, fit.fairAverages).allSatisfy { isClose($0, $1, absolute: 1e-3) })
        }
    }
}

/// Scores of entries (SD 5) by judges of different severity (SD 4), scale and noise, each entry met by judges drawn at random.
struct SimulatedPanel {
    let merits: [Double]
    let scales: [Double]
    let noises: [Double]
    let sheet: ScoreSheet

    init(entries: Int, judges: Int, scores: Int, scaleSD: Double = 0.35, noiseSD: Double = 0.4, seed: UInt64) throws {
        var stream = RandomStream(seed: seed)
        let merits = (0..<entries).map { _ in 5 * stream.normal() }
        let severities = (0..<judges).map { _ in 4 * stream.normal() }
        let scales = (0..<judges).map { _ in exp(scaleSD * stream.normal()) }
        let noises = (0..<judges).map { _ in 5 * exp(noiseSD * stream.normal()) }
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<entries {
            for judge in stream.shuffled(Array(0..<judges)).prefix(scores) {
                let exact = 70 + severities[judge] + scales[judge] * merits[entry] + noises[judge] * stream.normal()
                rows.append(ScoreSheet.Row(entry: "E\(1000 + entry)", judge: "J\(100 + judge)", points: (10 * exact).rounded() / 10))
            }
        }
        (self.merits, self.scales, self.noises, sheet) = (merits, scales, noises, try ScoreSheet(rows))
    }
}
