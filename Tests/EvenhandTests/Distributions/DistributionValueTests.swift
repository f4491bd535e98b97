import Evenhand
import TestSupport
import Testing

/// One row of `distributions/values.csv`.
struct ReferenceValue: CustomTestStringConvertible {
    let testDescription: String
    let function: Substring
    let arguments: [Double]
    let expected: Double
    let tolerance: Double

    static func all() throws -> [ReferenceValue] {
        try fixture("distributions/values.csv").split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return ReferenceValue(
                testDescription: String(cells[0]), function: cells[1], arguments: cells[2...4].compactMap { Double($0) },
                expected: try #require(Double(cells[5])), tolerance: try #require(Double(cells[6])))
        }
    }

    var computed: Double? {
        let (x, a, b) = (arguments[0], arguments.dropFirst().first ?? 1, arguments.dropFirst(2).first ?? 1)
        return switch function {
        case "norm_cdf": NormalDistribution.standard.cdf(x)
        case "norm_sf": NormalDistribution.standard.upperTail(x)
        case "norm_quantile": NormalDistribution.standard.quantile(x)
        case "t_cdf": StudentT(degreesOfFreedom: a).cdf(x)
        case "t_sf": StudentT(degreesOfFreedom: a).upperTail(x)
        case "t_quantile": StudentT(degreesOfFreedom: a).quantile(x)
        case "chi2_cdf": ChiSquared(degreesOfFreedom: a).cdf(x)
        case "chi2_sf": ChiSquared(degreesOfFreedom: a).upperTail(x)
        case "chi2_quantile": ChiSquared(degreesOfFreedom: a).quantile(x)
        case "f_cdf": FDistribution(numeratorDegreesOfFreedom: a, denominatorDegreesOfFreedom: b).cdf(x)
        case "f_sf": FDistribution(numeratorDegreesOfFreedom: a, denominatorDegreesOfFreedom: b).upperTail(x)
        case "f_quantile": FDistribution(numeratorDegreesOfFreedom: a, denominatorDegreesOfFreedom: b).quantile(x)
        default: nil
        }
    }
}

@Suite struct DistributionValueTests {
    @Test(arguments: try ReferenceValue.all())
    func `tails and quantiles agree with mpmath`(_ reference: ReferenceValue) throws {
        let computed = try #require(reference.computed)
        #expect(isClose(computed, reference.expected, relative: reference.tolerance))
    }
}
