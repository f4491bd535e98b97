import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// Expected: `Fixtures/lmm/small_designs.csv`, the restricted criterion on a grid of variance ratios with 0 among them, polished from its
/// best points.
@Suite struct SmallDesignTests {
    struct Design: Sendable {
        let kind: String
        let criterion: Double
        let sheet: ScoreSheet
    }

    static let designs = Result {
        try rows(of: "lmm/small_designs.csv").map { row in
            let scores = row["scores"]!.split(separator: " ").map { cell in
                let parts = cell.split(separator: ":").map(String.init)
                return ScoreSheet.Row(entry: parts[0], judge: parts[1], points: Double(parts[2])!)
            }
            return Design(kind: row["kind"]!, criterion: Double(row["criterion"]!) ?? -.infinity, sheet: try ScoreSheet(scores))
        }
    }

    @Test func `no criterion is above the best of a grid, and none far below`() throws {
        var misses: [String] = []
        for (index, design) in try Self.designs.get().enumerated() {
            let fit = try CrossedEffects(of: design.sheet)
            let (found, expected) = (fit.criterion, design.criterion)
            // A grid is polished to 1e-8; no search can lie further below the minimum than that.
            guard found != expected, (found - expected).magnitude > 1e-8 * (1 + expected.magnitude) || !found.isFinite else { continue }
            misses.append("\(index) \(design.kind): \(found) for \(expected)")
        }
        #expect(misses == [])
    }
}
