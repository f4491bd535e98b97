import TestSupport
import Testing

@testable import Evenhand

/// The derivatives of the likelihood by the population, against differences of likelihoods.
@Suite struct PopulationSlopeTests {
    /// Six panels of five, each with entries of its own.
    static func panels() throws -> ScoreSheet {
        var stream = RandomStream(seed: 12)
        return try ScoreSheet(
            (0..<120).flatMap { entry in
                let merit = 5 * stream.normal()
                return (0..<5).map { seat in
                    let judge = entry % 6 * 5 + seat
                    let points = 70 + Double(judge % 5) + (0.7 + 0.1 * Double(judge % 7)) * merit + 3 * stream.normal()
                    return ScoreSheet.Row(entry: "E\(1000 + entry)", judge: "J\(10 + judge)", points: (10 * points).rounded() / 10)
                }
            })
    }

    static func design(_ sheet: ScoreSheet, mostInBlock: Int) -> CalibratedDesign {
        CalibratedDesign(CalibratedScores(of: sheet, PanelDesign(of: sheet)), mostInBlock: mostInBlock)
    }

    /// Blocks of one judge, of several, of all; subsets larger than a block, and subsets that are blocks.
    @Test(arguments: [(false, 1), (false, 4), (false, 32), (true, 1), (true, 2), (true, 5)])
    func `derivatives are what differences of likelihoods are`(hasSubsets: Bool, mostInBlock: Int) throws {
        let sheet = try hasSubsets ? Self.panels() : SimulatedPanel(entries: 150, judges: 20, scores: 5, seed: 3).sheet
        let population = JudgePopulation(
            location: 0, scale: 0.7, noise: 0.5, locationDeviation: 0.6, scaleDeviation: 0.3, noiseDeviation: 0.4)
        try Self.compare(Self.design(sheet, mostInBlock: mostInBlock), population)
    }

    /// What steps leave out of the second derivatives is as large as the rest: judges with four scores, and noises that differ much.
    @Test(arguments: [4, 7, 11]) func `they are where judges have few scores, too`(seed: UInt64) throws {
        let sheet = try SimulatedPanel(entries: 40, judges: 40, scores: 4, seed: seed).sheet
        let population = JudgePopulation(
            location: 0, scale: 0.6, noise: 0.5, locationDeviation: 0.4, scaleDeviation: 0.4, noiseDeviation: 0.7)
        try Self.compare(Self.design(sheet, mostInBlock: 40), population)
    }

    private static func compare(_ design: CalibratedDesign, _ population: JudgePopulation) throws {
        let at = PopulationCoordinates(population)
        func mode(_ coordinates: PopulationCoordinates, from start: JudgeMode? = nil) throws -> JudgeMode {
            var mode = start
            // Started anew, so that steps end well below their tolerance.
            for _ in 0..<4 {
                mode = try JudgeMode(
                    design, coordinates.population, from: mode?.terms.point ?? JudgePoint(judges: design.judgeCount),
                    mode?.factors.covariances, tolerance: 1e-10)
            }
            return try #require(mode)
        }
        let here = try mode(at)
        let slope = try PopulationSlope(here, isCareful: true).gradient
        for coordinate in at.indices {
            let width = 1e-3 * max(0.1, at[coordinate].magnitude)
            let above = try mode(at.moved(coordinate, by: width), from: here).logLikelihood
            let below = try mode(at.moved(coordinate, by: -width), from: here).logLikelihood
            let expected = (above - below) / (2 * width)
            #expect(isClose(slope[coordinate], expected, relative: 1e-3), "\(coordinate): \(slope[coordinate]) \(expected)")
        }
    }

    /// tr E² from matrices of all judges, E² with the eigenvalues of (P N)².
    @Test(arguments: [(false, 1), (false, 4), (true, 1), (true, 5)])
    func `what blocks leave out is what matrices of all judges show`(hasSubsets: Bool, mostInBlock: Int) throws {
        let sheet = try hasSubsets ? Self.panels() : SimulatedPanel(entries: 400, judges: 40, scores: 5, seed: 3).sheet
        let design = Self.design(sheet, mostInBlock: mostInBlock)
        let population = JudgePopulation(
            location: 0, scale: 0.7, noise: 0.5, locationDeviation: 0.6, scaleDeviation: 0.3, noiseDeviation: 0.4)
        let mode = try JudgeMode(design, population, from: JudgePoint(judges: design.judgeCount), nil)
        let count = design.columnCount - 1
        func columns(_ times: ([SIMD2<Double>]) -> [SIMD2<Double>]) -> [[Double]] {
            (0..<count).map { column in
                var unit = [SIMD2<Double>](repeating: .zero, count: count + 1)
                unit[column] = SIMD2(1, 0)
                return times(unit).dropLast().map(\.x)
            }
        }
        let whole = columns(mode.curvature.times)
        // P H − I is P N.
        let product = whole.map { column -> [Double] in
            mode.factors.solve((column + [0]).map { SIMD2($0, 0) }).dropLast().map(\.x)
        }
        var square = 0.0
        for row in 0..<count {
            for column in 0..<count {
                let (a, b) = (product[column][row] - (row == column ? 1 : 0), product[row][column] - (row == column ? 1 : 0))
                square += a * b
            }
        }
        let gain = BlockCoupling(design).gain(mode)
        #expect(isClose(4 * gain, square, relative: 0.25, absolute: 1e-9), "\(4 * gain) \(square)")
    }
}
