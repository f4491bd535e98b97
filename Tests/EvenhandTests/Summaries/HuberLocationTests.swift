import Evenhand
import TestSupport
import Testing

@Suite struct HuberLocationTests {
    // R 4.2.2 MASS::huber, robustbase::huberM, WRS2::mest with the scale fixed at 1.4826 · MAD.
    @Test(arguments: RobustCase.all, ["1.5", "1.345", "1.28"])
    func `the location agrees with R at each bend`(robust: RobustCase, bend: String) throws {
        let location = HuberLocation(of: try robust.scores(), bend: Double(bend)!)
        #expect(isClose(location.value, try robust.expected()["huber_location_k\(bend)_mad"]!, relative: 1e-12))
    }

    @Test func `of equal numbers it is that number`() {
        #expect(HuberLocation(of: [88.35, 88.35, 88.35]).value == 88.35)
        #expect(HuberLocation(of: [88.35]).value == 88.35)
    }

    @Test func `numbers that are drawn in are counted`() {
        // Median 3, MAD 1: reach 1.5 · 1.4826 = 2.2239. Drawn in: 100; (1 + 2 + 3 + 4 + 2.2239) / 4 = 3.055975, from which 1 is within
        // reach.
        let location = HuberLocation(of: [1.0, 2, 3, 4, 100])
        #expect(location.drawnIn == 1)
        #expect(isClose(location.value, 3.055975))
        // The mirror image; and one number on each side, which leave (2 + 3 + 4) / 3.
        #expect(HuberLocation(of: [-94.0, 2, 3, 4, 5]).drawnIn == 1)
        let both = HuberLocation(of: [-90.0, 2, 3, 4, 100])
        #expect(both.drawnIn == 2 && both.value == 3)
    }

    @Test func `it moves with its numbers`() throws {
        for robust in RobustCase.all {
            let scores = try robust.scores()
            let moved = HuberLocation(of: scores.map { 3 - 2 * $0 })
            #expect(isClose(moved.value, 3 - 2 * HuberLocation(of: scores).value, relative: 1e-12))
        }
    }

    /// Σψ = 0, where a number that is farther off than the reach counts as the reach: numbers with Cauchy's tails take several steps.
    @Test func `the location solves its equation`() {
        var stream = RandomStream(seed: 11)
        for count in 4...120 {
            let values = (0..<count).map { _ in stream.normal() / stream.normal() }
            let (center, reach) = (HuberLocation(of: values).value, 1.5 * RobustScale(of: values).scale)
            let sum = values.reduce(0) { $0 + min(max($1 - center, -reach), reach) }
            #expect(isClose(sum, 0, absolute: 1e-9 * reach * Double(count)), "\(count)")
        }
    }

    /// MAD 12.5, reach 27.8: from the median 36.5 the numbers 2 and 5 are drawn in, and each step lets one more be what it is, until all are.
    @Test func `steps go on until the numbers that are drawn in stay the same`() {
        let location = HuberLocation(of: [2.0, 5, 9, 35, 38, 43, 43, 54])
        #expect(location.drawnIn == 0 && isClose(location.value, 229.0 / 8, relative: 1e-14))
    }
}
