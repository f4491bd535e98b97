import Evenhand
import TestSupport
import Testing

@Suite struct OrderEffectTests {
    /// Means 8 7 9 4 and 5 6 2 1 3 in the order of appearance; numpy 2.4.6: least squares on a dummy of each heat and the position.
    @Test func `the slope on the position is that within heats, each of which takes a degree of freedom`() throws {
        let heats = [("x", [8, 7, 9, 4]), ("y", [5, 6, 2, 1, 3])]
        let lines = heats.flatMap { heat, means in
            means.enumerated().flatMap { position, mean in
                [("J", 0.5), ("K", -0.5)].map { "\(heat)\(position),\(heat),\($0),\(Double(mean) + $1),\(position + 1)" }
            }
        }
        let totals = try Totals(of: sheet((["entry,heat,judge,score,order"] + lines).joined(separator: "\n")))
        let order = try #require(JudgeCalibration(of: totals, parts: [.biases]).order)
        let overall = try #require(order.overall)
        #expect(order.performances == 9 && overall.degreesOfFreedom == 6)
        #expect(isClose(overall.value, -0.9333333333333333, relative: 1e-9))
        #expect(isClose(overall.standardError, 0.4488668861494257, relative: 1e-9))
    }
}
