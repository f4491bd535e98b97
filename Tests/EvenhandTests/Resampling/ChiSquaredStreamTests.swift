import Evenhand
import TestSupport
import Testing

@Suite struct ChiSquaredStreamTests {
    /// The distribution function of the numbers is uniform: Kolmogorov and Smirnov's distance of 4,000 numbers is below 1.95 / √4000 with probability 0.999.
    @Test(arguments: [0.3, 1, 1.7, 4, 55])
    func `numbers follow the distribution, below two degrees of freedom too`(freedom: Double) {
        var stream = RandomStream(seed: 5, stream: 3)
        let distribution = ChiSquared(degreesOfFreedom: freedom)
        let levels = (0..<4000).map { _ in distribution.cdf(stream.chiSquared(degreesOfFreedom: freedom)) }.sorted()
        let distance = levels.enumerated().map { max((Double($0 + 1) / 4000 - $1).magnitude, (Double($0) / 4000 - $1).magnitude) }.max()!
        #expect(distance < 1.95 / 4000.0.squareRoot())
    }
}
