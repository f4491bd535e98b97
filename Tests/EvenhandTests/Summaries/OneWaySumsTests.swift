import Evenhand
import TestSupport
import Testing

@Suite struct OneWaySumsTests {
    static func groups(of sheet: ScoreSheet) -> [[Double]] {
        var groups = sheet.judges.map { _ in [Double]() }
        for (judge, unit) in zip(sheet.judgeCodes, sheet.units) { groups[Int(judge)].append(unit) }
        return groups
    }

    // NIST Statistical Reference Datasets, analysis of variance, certified to 15 digits; the groups are read as judges.
    @Test(arguments: ["SiRstv", "SmLs01", "SmLs03", "SmLs04", "SmLs06", "SmLs08", "SmLs09"])
    func `sums of squares and F agree with NIST to 14 digits`(name: String) throws {
        let data = try rows(of: "nist/anova_\(name).csv")
        let sheet = try sheet(judge: data.map { $0["group"]! }, scores: data.map { $0["score"]! })
        let sums = try OneWaySums(groups: Self.groups(of: sheet), unitsPerPoint: sheet.unitsPerPoint)
        let certified = try expected("anova_\(name)", in: "nist/certified.csv", column: "certified")
        #expect(sheet.isExact)
        #expect(Double(sums.degreesOfFreedomBetween) == certified["df_between"])
        #expect(Double(sums.degreesOfFreedomWithin) == certified["df_within"])
        #expect(digits(sums.between, certified["ss_between"]) >= 14)
        #expect(digits(sums.within, certified["ss_within"]) >= 14)
        #expect(digits(sums.fRatio, certified["F"]) >= 14)
    }

    @Test func `a layout without spread has no F`() throws {
        let equal = try OneWaySums(groups: [[5, 5], [5, 5]], unitsPerPoint: 1)
        #expect(equal.fRatio == nil && equal.etaSquared == nil)
        let apart = try OneWaySums(groups: [[5, 5], [7, 7]], unitsPerPoint: 1)
        #expect(apart.fRatio == nil && apart.etaSquared == 1 && apart.between == 4)
        #expect(try OneWaySums(groups: [[1], [2]], unitsPerPoint: 1).fRatio == nil)
    }

    @Test func `sums beyond 128 bits are reported`() {
        let most = 0x1p53 - 1
        let group = (0..<2000).map { $0 % 2 == 0 ? most : -most }
        #expect(throws: FitError.overflow(of: "squared scores")) { try OneWaySums(groups: [group, [0]], unitsPerPoint: 1) }
    }
}
