import Evenhand
import TestSupport
import Testing

/// The four functions of one distribution, so that one table can hold all of them.
struct Tails: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let cdf: @Sendable (Double) -> Double
    let upperTail: @Sendable (Double) -> Double
    let quantile: @Sendable (Double) -> Double
    let upperTailQuantile: @Sendable (Double) -> Double

    static var all: [Tails] {
        let normal = NormalDistribution(mean: 88.35, standardDeviation: 2.5)
        let t = StudentT(degreesOfFreedom: 4.5)
        let limit = StudentT(degreesOfFreedom: .infinity)
        let chiSquared = ChiSquared(degreesOfFreedom: 7)
        let f = FDistribution(numeratorDegreesOfFreedom: 3, denominatorDegreesOfFreedom: 12.25)
        return [
            Tails("normal", normal.cdf, normal.upperTail, normal.quantile, normal.upperTailQuantile),
            Tails("t", t.cdf, t.upperTail, t.quantile, t.upperTailQuantile),
            Tails("t, infinite df", limit.cdf, limit.upperTail, limit.quantile, limit.upperTailQuantile),
            Tails("chi-squared", chiSquared.cdf, chiSquared.upperTail, chiSquared.quantile, chiSquared.upperTailQuantile),
            Tails("F", f.cdf, f.upperTail, f.quantile, f.upperTailQuantile),
        ]
    }

    init(
        _ name: String, _ cdf: @escaping @Sendable (Double) -> Double, _ upperTail: @escaping @Sendable (Double) -> Double,
        _ quantile: @escaping @Sendable (Double) -> Double, _ upperTailQuantile: @escaping @Sendable (Double) -> Double
    ) {
        (testDescription, self.cdf, self.upperTail) = (name, cdf, upperTail)
        (self.quantile, self.upperTailQuantile) = (quantile, upperTailQuantile)
    }
}

@Suite struct ContinuousDistributionTests {
    static let probabilities = [1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]

    @Test(arguments: Tails.all)
    func `both tails of a quantile give the probability back and sum to one`(_ tails: Tails) {
        for p in Self.probabilities {
            let x = tails.quantile(p)
            #expect(isClose(tails.cdf(x), p, relative: 1e-12))
            #expect(isClose(tails.cdf(x) + tails.upperTail(x), 1, relative: 4e-16))
            #expect(isClose(tails.upperTail(tails.upperTailQuantile(p)), p, relative: 1e-12))
        }
    }

    @Test(arguments: Tails.all.filter { $0.testDescription != "beta" })
    func `tiny p-values survive the way to the quantile and back`(_ tails: Tails) {
        for q in [1e-30, 1e-100, 1e-250] {
            #expect(isClose(tails.upperTail(tails.upperTailQuantile(q)), q, relative: 1e-11))
        }
    }

    @Test(arguments: Tails.all)
    func `beyond the support the tails are zero and one`(_ tails: Tails) {
        #expect(tails.cdf(-.infinity) == 0 && tails.upperTail(-.infinity) == 1)
        #expect(tails.cdf(.infinity) == 1 && tails.upperTail(.infinity) == 0)
        #expect(tails.quantile(0) == tails.upperTailQuantile(1))
        #expect(tails.quantile(1) == tails.upperTailQuantile(0))
        #expect(tails.cdf(.nan).isNaN && tails.upperTail(.nan).isNaN)
    }

    // Closed forms: exp(−x/2) for chi-squared with 2 degrees of freedom, (1 + x/2)⁻² for F with 2 and 4; the normal by mpmath.
    @Test func `p-values of 1e-100 have their digits`() {
        #expect(isClose(ChiSquared(degreesOfFreedom: 2).upperTail(460.51701859880916), 1e-100, relative: 1e-13))
        let f = FDistribution(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 4)
        #expect(isClose(f.upperTail(2e50), 1e-100, relative: 1e-13))
        #expect(isClose(NormalDistribution.standard.upperTail(21.273453560965326), 1e-100, relative: 1e-12))
    }

    @Test func `the normal distribution moves with its mean and scale`() {
        let normal = NormalDistribution(mean: 10, standardDeviation: 2)
        #expect(isClose(normal.cdf(13), NormalDistribution.standard.cdf(1.5)))
        #expect(isClose(normal.quantile(0.975), 10 + 2 * 1.959963984540054))
    }

    @Test func `a probability outside 0 to 1 stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = NormalDistribution.standard.quantile(1.5) }
    }
}
