import Evenhand
import TestSupport
import Testing

@Suite struct SeparationReliabilityTests {
    /// By hand: 1 3 5 and 10 14 lie −2 0 2 and −2 2 from their subsets' means, so that the variance is 16 / 3; the errors' mean square is
    /// 2.
    @Test func `values of several subsets vary about the mean of each`() throws {
        let errors = [1, 1, 1, 1, 6.0.squareRoot()]
        let separation = try #require(SeparationReliability(of: [1, 3, 5, 10, 14], errors: errors, subsets: [0, 0, 0, 1, 1]))
        #expect(isClose(separation.error, 2.0.squareRoot()) && isClose(separation.trueDeviation, (10.0 / 3).squareRoot()))
        #expect(isClose(separation.separation, (5.0 / 3).squareRoot()) && isClose(separation.reliability, 5.0 / 8))
        #expect(isClose(separation.strata, (4 * (5.0 / 3).squareRoot() + 1) / 3))
        // In one subset they lie −5.6 −3.6 −1.6 3.4 7.4 from 6.6: 113.2 / 4.
        let whole = try #require(SeparationReliability(of: [1, 3, 5, 10, 14], errors: errors, subsets: [0, 0, 0, 0, 0]))
        #expect(isClose(whole.trueDeviation, 26.3.squareRoot()))
        // Each alone in its subset is compared with nobody, and values nearer than their errors have no true spread.
        #expect(SeparationReliability(of: [1, 3], errors: [1, 1], subsets: [0, 1]) == nil)
        #expect(SeparationReliability(of: [1, 2], errors: [1, 1], subsets: [0, 0])?.reliability == 0)
    }
}
