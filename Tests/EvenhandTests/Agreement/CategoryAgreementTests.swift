@testable import Evenhand
import Foundation
import TestSupport
import Testing

@Suite struct CategoryAgreementTests {
    /// Krippendorff's four judges with scores missing by irrCAC 0.4.4 (Python); to three decimals the values of Gwet (2014), table 2.
    @Test(arguments: [
        (CategoryAgreement.Kind.fleiss, CategoryAgreement.Weights.identity, 0.761169275422, 0.153019203469),
        (.fleiss, .linear, 0.817944767097, 0.148504355499), (.fleiss, .quadratic, 0.864935064935, 0.146033610757),
        (.gwet, .identity, 0.775444068127, 0.142949950641), (.gwet, .linear, 0.858739136433, 0.117329021881),
        (.gwet, .quadratic, 0.914000723552, 0.103962244645),
    ])
    func `kappa and AC with weights and missing scores`(
        kind: CategoryAgreement.Kind, weights: CategoryAgreement.Weights, value: Double, error: Double
    ) throws {
        let found = CategoryAgreement.coefficient(of: try ReferenceCase("classic_4x12").sheet, kind, weights)
        let (foundValue, foundError) = (try #require(found.value), try #require(found.error))
        #expect(isClose(foundValue, value, absolute: 1e-11) && isClose(foundError, error, absolute: 1e-11))
    }

    /// A hundred women judged by two abstractors: Gwet (2014); κ and AC₁ as irrCAC's vignette prints them.
    @Test func `two judges and three kinds`() throws {
        let table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
        var rows: [ScoreSheet.Row] = []
        // Names in an order that has nothing to do with kinds.
        var names = RandomStream(seed: 4).shuffledNames(100)
        for (first, line) in table.enumerated() {
            for (second, count) in line.enumerated() {
                for _ in 0..<count {
                    let entry = names.removeLast()
                    rows.append(.init(entry: entry, judge: "a", points: Double(first)))
                    rows.append(.init(entry: entry, judge: "b", points: Double(second)))
                }
            }
        }
        let agreement = try #require(CategoryAgreement(of: try ScoreSheet(rows)))
        #expect(isClose(try #require(agreement[.cohen, .identity]?.value), 0.7964094, absolute: 5e-8))
        #expect(isClose(try #require(agreement[.fleiss, .identity]?.value), 0.7962397, absolute: 5e-8))
        #expect(isClose(try #require(agreement[.gwet, .identity]?.value), 0.8493305, absolute: 5e-8))
        #expect(agreement.unanimous == 0.89 && agreement.unitCount == 100)
        let interval = try #require(agreement[.cohen, .identity]?.interval)
        // The vignette prints (0.680, 0.913). Of 30 groups the jackknife's standard error is itself uncertain by 13 %.
        #expect(!interval.treatsJudgesAsSampled)
        #expect(isClose(interval.range.upperBound - interval.range.lowerBound, 0.233, relative: 0.26))
    }

    /// R's irr 0.84.1 on the diagnoses of Fleiss (1971), which may not be passed on.
    @Test(.enabled(if: ReferenceQuantities.isPresent("kappa/fleiss_1971_diagnoses")))
    func `the diagnoses of Fleiss`() throws {
        let text = try String(contentsOf: ReferenceQuantities.file("kappa/fleiss_1971_diagnoses", "csv"), encoding: .utf8)
        let all = rows(ofText: text).map { ScoreSheet.Row(entry: $0["project"]!, judge: $0["judge"]!, points: Double($0["category"]!)!) }
        let reference = try ReferenceQuantities("kappa/fleiss_1971_diagnoses")
        let sheet = try ScoreSheet(all)
        let agreement = try #require(CategoryAgreement(of: sheet))
        func misses(_ key: String, _ value: Double?) -> [String] { reference.misses(key, value ?? .nan, relative: 1e-10, absolute: 1e-13) }
        let two = try #require(CategoryAgreement(of: try ScoreSheet(all.filter { ["A", "B"].contains($0.judge) })))
        let linear = CategoryAgreement.coefficient(of: try ScoreSheet(all.filter { ["A", "B"].contains($0.judge) }), .cohen, .linear).value
        #expect(misses("fleiss_kappa", agreement[.fleiss, .identity]?.value) == [])
        #expect(misses("gwet_ac1", agreement[.gwet, .identity]?.value) == [])
        #expect(misses("light_kappa", agreement[.cohen, .identity]?.value) == [])
        #expect(misses("percent_agreement_all", agreement.unanimous) == [])
        #expect(misses("cohen_1_2_unweighted", two[.cohen, .identity]?.value) == [])
        #expect(misses("cohen_1_2_linear", linear) == [])
        #expect(misses("cohen_1_2_quadratic", two[.cohen, .quadratic]?.value) == [])
    }

    @Test func `perfect agreement is 1, and names of kinds do not matter without weights`() throws {
        let same = try #require(CategoryAgreement(of: try sheet(["A": "1 1 1", "B": "2 2 2", "C": "3 3 3"])))
        #expect(same.coefficients.allSatisfy { $0.value == 1 } && same.unanimous == 1)
        let one = try #require(CategoryAgreement(of: try sheet(["A": "1 1 2", "B": "2 3 2", "C": "3 3 1", "D": "1 2 1"])))
        let other = try #require(CategoryAgreement(of: try sheet(["A": "3 3 1", "B": "1 2 1", "C": "2 2 3", "D": "3 1 3"])))
        for kind in CategoryAgreement.Kind.allCases {
            #expect(isClose(try #require(one[kind, .identity]?.value), try #require(other[kind, .identity]?.value)))
        }
    }

    @Test func `scores on a fine scale are not kinds`() throws {
        let fine = try sheet(judge: (0..<30).map { "J\($0 % 2)" }, scores: (0..<30).map { "\(60 + $0)" })
        #expect(CategoryAgreement(of: fine) == nil)
    }

    @Test func `eleven different scores are kinds, as from 0 to 10, and twelve are not`() throws {
        let rows = try [11, 12].map { levels in
            try ScoreSheet((0..<2 * levels).map { .init(entry: "E\(10 + $0 / 2)", judge: "J\($0 % 2)", points: Double($0 / 2)) })
        }
        #expect(CategoryAgreement(of: rows[0])?.unitCount == 11 && ScoreMatches(of: rows[0])?.levelCount == 11)
        #expect(CategoryAgreement(of: rows[1]) == nil && ScoreMatches(of: rows[1]) == nil)
    }

    /// Cohen (1968) by hand: the squared distances of the four pairs are 0, 1, 0 and 16, 4.25 on average; those of any score of the one
    /// judge from any of the other add up to 80, 5 on average. By the numbers of the kinds, 0, 1 and 2, κ would be 3/7.
    @Test func `squared weights are by the distances of scores that are not evenly spaced`() throws {
        let agreement = try #require(CategoryAgreement(of: sheet(["A": "0 0", "B": "0 1", "C": "1 1", "D": "5 1"])))
        #expect(isClose(try #require(agreement[.cohen, .quadratic]?.value), 1 - 4.25 / 5))
    }

    /// The difference of two judges has twice the variance that a judge adds: σ² of judges and of noise.
    @Test func `matches are expected by the variances of judges and noise`() throws {
        let study = try Generalizability(of: sheet(["A": "1 2 2", "B": "3 3 5", "C": "2 4 3", "D": "5 4 6"]))
        let noise = study.components.filter { $0.facets != .entry }.map(\.variance)
        #expect(noise.count == 2 && noise.allSatisfy { $0 > 0 })
        #expect(ExpectedMatches(of: study, step: 1) == ExpectedMatches(deviation: (2 * (noise[0] + noise[1])).squareRoot(), step: 1))
    }

    @Test func `an entry with one score is no agreement`() throws {
        let agreement = try #require(CategoryAgreement(of: sheet(["A": "1 1", "B": "1 2", "C": "3 -", "D": "2 2", "E": "3 1"])))
        #expect(agreement.unitCount == 4 && agreement.unanimous == 0.5)
    }

    /// By drawing normal differences and rounding with every start between two steps.
    @Test(arguments: [0.2, 0.7, 1, 2.5])
    func `expected matches are those of rounded normal scores`(deviation: Double) {
        let expected = ExpectedMatches(deviation: deviation, step: 1)
        var stream = RandomStream(seed: 9)
        var (exact, adjacent) = (0, 0)
        let count = 200_000
        for _ in 0..<count {
            let start = stream.uniform()
            let steps = ((start + deviation * stream.normal()).rounded(.down)).magnitude
            if steps == 0 { exact += 1 }
            if steps <= 1 { adjacent += 1 }
        }
        let error = 4.5 * (0.25 / Double(count)).squareRoot()
        #expect((Double(exact) / Double(count) - expected.exact).magnitude < error)
        #expect((Double(adjacent) / Double(count) - expected.adjacent).magnitude < error)
    }
}

extension RandomStream {
    fileprivate func shuffledNames(_ count: Int) -> [String] {
        var stream = self
        return stream.shuffled((0..<count).map { "E\(1000 + $0)" })
    }
}
