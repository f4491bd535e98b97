@testable import Evenhand
import TestSupport
import Testing

/// Location and scale of one set of scores against R 4.2.2 (stats, WRS2, MASS, robustbase), numpy and scipy.
struct RobustCase: CustomTestStringConvertible, Sendable {
    let name: String
    var testDescription: String { name }

    static let all = ["even_6_ties", "scores_7_judges", "scores_11", "t2_60"].map(RobustCase.init)

    func texts() throws -> [String] { try rows(of: "robust/\(name).csv").map { $0["score"]! } }
    func scores() throws -> [Double] { try texts().map { Double($0)! } }
    func expected() throws -> [String: Double] { try EvenhandTests.expected(name, in: "robust/expected.csv", column: "expected") }

    /// The scores as those of one entry by as many judges.
    func sheet() throws -> ScoreSheet { try EvenhandTests.sheet(["A": texts().joined(separator: " ")]) }
}

@Suite struct QuantilesTests {
    @Test(arguments: RobustCase.all)
    func `count, mean and SDs agree with R`(robust: RobustCase) throws {
        let expected = try robust.expected()
        let sheet = try robust.sheet()
        for moments in [Moments(of: try robust.scores()), try Moments(ofUnits: sheet.units, unitsPerPoint: sheet.unitsPerPoint)] {
            #expect(Double(moments.count) == expected["n"])
            #expect(isClose(moments.mean!, expected["mean"]!))
            #expect(isClose(moments.standardDeviation!, expected["sd"]!))
            #expect(isClose(moments.populationStandardDeviation!, expected["sd_population"]!))
        }
    }

    @Test(arguments: RobustCase.all)
    func `median and MAD agree with R, whose factor is 1·4826`(robust: RobustCase) throws {
        let (scores, expected) = (try robust.scores(), try robust.expected())
        #expect(isClose(Quantiles.median(ofSorted: scores.sorted()), expected["median"]!))
        #expect(isClose(Quantiles.medianAbsoluteDeviation(ofSorted: scores.sorted()), expected["mad_raw"]!))
        let scale = RobustScale(of: scores)
        #expect(isClose(scale.median, expected["median"]!))
        #expect(isClose(scale.scale, expected["mad_normal"]!))
    }

    @Test(arguments: RobustCase.all, ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"])
    func `quantiles are of type 7`(robust: RobustCase, probability: String) throws {
        let sorted = try robust.scores().sorted()
        #expect(isClose(Quantiles.quantile(Double(probability)!, ofSorted: sorted), try robust.expected()["quantile_\(probability)"]!))
    }

    @Test func `the ends of the quantiles are the extremes`() {
        let sorted = [1.0, 2, 4, 8]
        #expect(Quantiles.quantile(0, ofSorted: sorted) == 1)
        #expect(Quantiles.quantile(1, ofSorted: sorted) == 8)
        #expect(Quantiles.quantile(0.3, ofSorted: [5.0]) == 5)
    }

    @Test func `with a MAD of 0 the scale is that of the mean distance`() {
        // Distances from the median 5: 0 0 0 0 10, mean 2.
        #expect(RobustScale(of: [5.0, 5, 5, 5, 15]).scale == 1.2533 * 2)
        #expect(RobustScale(of: [5.0, 5, 5]).scale == 0)
    }

    @Test(
        arguments: [
            ([1, 8, 2, 4], [-3, 6, -2, 2]), ([5, 7], [-2, 2]), ([3, 1, 2], [1.5, -1.5, 0]), ([2, 2, 2], [0, 0, 0]),
        ] as [([Double], [Double])])
    func `a number counts from the median of the others, without itself`(values: [Double], distances: [Double]) {
        #expect(Quantiles.distancesFromMedianOfOthers(values) == distances)
    }

    @Test(arguments: RobustCase.all)
    func `five numbers are the extremes, the quartiles and the median of R`(robust: RobustCase) throws {
        let (scores, expected) = (try robust.scores(), try robust.expected())
        let five = try #require(FiveNumbers(of: scores.reversed()))
        #expect(five.least == scores.min() && five.greatest == scores.max())
        for (number, name) in [(five.lowerQuartile, "quantile_0.25"), (five.median, "median"), (five.upperQuartile, "quantile_0.75")] {
            #expect(isClose(number, try #require(expected[name])), "\(name)")
        }
        #expect(FiveNumbers(of: []) == nil)
    }
}
