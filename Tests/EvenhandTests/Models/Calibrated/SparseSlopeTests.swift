import TestSupport
import Testing

@testable import Evenhand

/// The derivatives of the likelihood by the population, against differences of likelihoods.
@Suite struct SparseSlopeTests {
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

    static func design(_ sheet: ScoreSheet, mostInBlock: Int) -> SparseDesign {
        SparseDesign(CalibratedDesign(of: sheet, PanelDesign(of: sheet), hasPlaces: false), mostInBlock: mostInBlock)
    }

    /// Blocks of one judge, of several, of all; subsets larger than a block, and subsets that are blocks.
    @Test(arguments: [(false, 1), (false, 4), (false, 32), (true, 1), (true, 2), (true, 5)])
    func `derivatives are what differences of likelihoods are`(hasSubsets: Bool, mostInBlock: Int) throws {
        let sheet = try hasSubsets ? Self.panels() : SimulatedPanel(entries: 150, judges: 20, scores: 5, seed: 3).sheet
        let design = Self.design(sheet, mostInBlock: mostInBlock)
        let population = JudgePopulation(
            location: 0, scale: 0.7, noise: 0.5, locationDeviation: 0.6, scaleDeviation: 0.3, noiseDeviation: 0.4)
        let at = PopulationCoordinates(population)
        func mode(_ coordinates: PopulationCoordinates, from start: SparseMode? = nil) throws -> SparseMode {
            var mode = start
            // Started anew, so that steps end well below their tolerance.
            for _ in 0..<4 {
                mode = try SparseMode(
                    design, coordinates.population, from: mode?.terms.point ?? JudgePoint(judges: design.judgeCount),
                    mode?.factors.covariances, tolerance: 1e-10)
            }
            return try #require(mode)
        }
        let here = try mode(at)
        let slope = try SparseSlope(here, isCareful: true).gradient
        for coordinate in at.indices {
            let width = 1e-3 * max(0.1, at[coordinate].magnitude)
            let above = try mode(at.moved(coordinate, by: width), from: here).logLikelihood
            let below = try mode(at.moved(coordinate, by: -width), from: here).logLikelihood
            let expected = (above - below) / (2 * width)
            #expect(isClose(slope[coordinate], expected, relative: 1e-3), "\(coordinate): \(slope[coordinate]) \(expected)")
        }
    }
}
