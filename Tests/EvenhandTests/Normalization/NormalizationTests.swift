import Evenhand
import TestSupport
import Testing

@Suite struct NormalizationTests {
    let sheet: ScoreSheet
    let reference: [String: [String: String]]

    /// Twelve projects, four judges with missing scores and JC, who gave three projects the same; R 4.2.2, checked with scipy 1.17.1.
    init() throws {
        let text = try fixture("robust/judge_normalisation_12x4.csv")
        sheet = try EvenhandTests.sheet(text)
        let expected = try rows(of: "robust/judge_normalisation_12x4_expected.csv")
        reference = Dictionary(uniqueKeysWithValues: expected.map { ("\($0["project"]!)|\($0["judge"]!)", $0) })
    }

    private func largestError(_ values: [Double], _ column: String, _ relation: (Double) -> Double = { $0 }) -> Double {
        let keys = zip(sheet.entryOfRow, sheet.judgeCodes).map { "\($0)|\(sheet.judges[Int($1)])" }
        return zip(keys, values).map { key, value in (value - relation(Double(reference[key]![column]!)!)).magnitude }.max()!
    }

    private func values(_ method: NormalizationMethod, _ rules: NormalizationRules = .with(below: .own)) throws -> [Double] {
        try Normalization(of: sheet, by: method, rules: rules).values
    }

    @Test func `z-scores agree with R`() throws {
        #expect(try largestError(values(.zscore), "z_sample") <= 1e-12)
    }

    @Test func `robust z-scores agree with R`() throws {
        #expect(try largestError(values(.robustZ), "robust_z") <= 1e-12)
    }

    @Test func `standard scores are 50 + 10 z`() throws {
        #expect(try largestError(values(.zscore, .with(scale: .t, below: .own)), "z_sample") { 50 + 10 * $0 } <= 1e-12)
    }

    @Test func `points are z-scores on the scale of the pool`() throws {
        #expect(try largestError(values(.zscore, .with(scale: .points, below: .own)), "rescaled_to_pool") <= 1e-12)
    }

    // The reference subtracts the judge's mean; here the grand mean is added, so that centred scores stay points.
    @Test func `centred scores are the reference's plus the grand mean`() throws {
        let mean = try #require(try Moments(ofUnits: sheet.units, unitsPerPoint: sheet.unitsPerPoint).mean)
        #expect(isClose(mean, 71.67291666666667))
        #expect(try largestError(values(.centered), "centred") { $0 + mean } <= 1e-12)
    }

    // The reference's percentiles are shares.
    @Test func `percentiles are a hundred times the reference's shares`() throws {
        #expect(try largestError(values(.percentile), "percentile_mid") { 100 * $0 } <= 1e-12)
    }

    @Test func `rankits are the normal quantiles of the reference's shares`() throws {
        #expect(try largestError(values(.rankit), "percentile_mid") { NormalDistribution.standard.quantile($0) } <= 1e-12)
    }

    @Test func `the result of a project is the mean of its z-scores`() throws {
        let results = try EntryResults(of: sheet, by: .normalized(.zscore), rules: .with(below: .own))
        for row in try rows(of: "robust/judge_normalisation_12x4_means.csv") {
            #expect(isClose(results.values[sheet.index(of: row["project"]!)], Double(row["mean_z"]!)!, absolute: 1e-13))
        }
    }

    @Test func `the constant judge and no other is named`() throws {
        let groups = try Normalization(of: sheet, by: .zscore, rules: .with(below: .own)).groups
        #expect(groups.filter { $0.treatment == .constant }.map { sheet.judges[Int($0.judge!)] } == ["JC"])
        #expect(groups.map(\.count) == [11, 11, 11, 12, 3])
        #expect(groups.filter { $0.treatment == .own }.count == 4)
    }
}
