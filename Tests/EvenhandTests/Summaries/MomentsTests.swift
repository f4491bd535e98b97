import Evenhand
import TestSupport
import Testing

@Suite struct MomentsTests {
    // NIST Statistical Reference Datasets, univariate summary statistics, certified to 15 digits.
    static let nist = ["Lottery", "Mavro", "NumAcc1", "NumAcc2", "NumAcc4", "PiDigits"]

    static func nistScores(_ name: String) throws -> [String] { try rows(of: "nist/univariate_\(name).csv").map { $0["score"]! } }

    static func certified(_ name: String) throws -> [String: Double] {
        try expected("univariate_\(name)", in: "nist/certified.csv", column: "certified")
    }

    @Test(arguments: nist)
    func `means and SDs of scores as they are read agree with NIST to 14 digits`(name: String) throws {
        let scores = try Self.nistScores(name)
        let sheet = try sheet(judge: scores.map { _ in "J" }, scores: scores)
        let moments = try Moments(ofUnits: sheet.units, unitsPerPoint: sheet.unitsPerPoint)
        let certified = try Self.certified(name)
        #expect(sheet.isExact && moments.count == scores.count)
        #expect(digits(moments.mean, certified["mean"]) >= 14)
        #expect(digits(moments.standardDeviation, certified["sd"]) >= 14)
    }

    @Test(arguments: nist)
    func `z-scores rest on the certified mean and SD`(name: String) throws {
        let scores = try Self.nistScores(name)
        let sheet = try sheet(judge: scores.map { _ in "J" }, scores: scores)
        let certified = try Self.certified(name)
        let normalized = try Normalization(of: sheet, by: .zscore, rules: .with(below: .own))
        // The difference from the mean is taken in units; points of NumAcc4 would lose eight digits here.
        let mean = certified["mean"]! * sheet.unitsPerPoint
        let deviation = certified["sd"]! * sheet.unitsPerPoint
        let worst = zip(normalized.values, sheet.units).map { ($0 - ($1 - mean) / deviation).magnitude }.max() ?? 1
        // The certified mean of Lottery is good to 1e-12 points.
        #expect(worst <= 1e-11)
    }

    // The bound is ten times what rounding the decimals to Doubles alone costs (float64_limit of the reference), at least 1e-13.
    @Test(arguments: zip(nist, [1e-13, 8e-13, 1e-13, 1e-13, 5.6e-8, 1e-13]))
    func `two passes over rounded scores lose no more than the rounding did`(name: String, tolerance: Double) throws {
        let moments = Moments(of: try Self.nistScores(name).map { Double($0)! })
        let certified = try Self.certified(name)
        #expect(digits(moments.mean, certified["mean"]) >= 14)
        #expect(isClose(moments.standardDeviation!, certified["sd"]!, relative: tolerance))
    }

    @Test func `moments of no score and of one are undefined where they should be`() throws {
        for moments in [Moments(of: []), try Moments(ofUnits: [], unitsPerPoint: 100)] {
            #expect(moments.count == 0 && moments.mean == nil && moments.standardDeviation == nil)
            #expect(moments.populationStandardDeviation == nil && moments.sumOfSquares == 0)
        }
        for moments in [Moments(of: [88.35]), try Moments(ofUnits: [8835], unitsPerPoint: 100)] {
            #expect(moments.count == 1 && moments.mean == 88.35 && moments.standardDeviation == nil)
            #expect(moments.populationStandardDeviation == 0)
        }
    }

    @Test func `units that are not whole numbers keep all their digits`() throws {
        let units = [83.600000001, 70.100000001, 84.900000001, 88.900000001, 61.200000001, 95.900000001, 63.800000001]
        let (found, plain) = (try Moments(ofUnits: units, unitsPerPoint: 1), Moments(of: units))
        #expect(found == plain && isClose(found.mean!, 78.342857143857, absolute: 1e-12))
        // Numbers that no 64 bits hold.
        #expect(try Moments(ofUnits: [1e19, 3e19], unitsPerPoint: 1).mean == 2e19)
    }

    @Test func `moments do not depend on the order of scores`() throws {
        let units = [8835.0, 9107, 4, 99999, 12, 8835]
        let expected = try Moments(ofUnits: units, unitsPerPoint: 100)
        for turn in units.indices {
            let turned = Array(units[turn...] + units[..<turn])
            #expect(try Moments(ofUnits: turned, unitsPerPoint: 100) == expected)
        }
    }

    @Test func `equal scores have no spread`() throws {
        #expect(try Moments(ofUnits: [1, 1, 1], unitsPerPoint: 10).standardDeviation == 0)
        #expect(Moments(of: [0.1, 0.1, 0.1]).standardDeviation == 0)
    }

    // n Σd² passes 2¹²⁷ from about 1450 scores at both ends of ±2⁵³.
    @Test func `sums beyond 128 bits are reported`() throws {
        let most = 0x1p53 - 1
        let ends = (0..<2000).map { $0 % 2 == 0 ? most : -most }
        #expect(throws: FitError.overflow(of: "squared scores")) { try Moments(ofUnits: ends, unitsPerPoint: 1) }
        let few = try Moments(ofUnits: ends.prefix(1000), unitsPerPoint: 1)
        #expect(few.mean == 0)
        #expect(isClose(few.standardDeviation!, most * (1000.0 / 999).squareRoot(), relative: 1e-15))
    }
}
