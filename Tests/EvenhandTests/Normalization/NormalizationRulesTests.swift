import Evenhand
import TestSupport
import Testing

@Suite struct NormalizationRulesTests {
    /// Judge A with 60, 70, 80 (mean 70, Σ(x − mean)² = 200); judge B with 80, 82, …, 94 (mean 87, Σ(x − mean)² = 168).
    /// The grand mean is 906/11, the SD within judges √(368/9); A's own weight is 3/7.
    static let fewAndMany = """
        entry,judge,score
        E1,A,60
        E2,A,70
        E3,A,80
        E1,B,80
        E2,B,82
        E3,B,84
        E4,B,86
        E5,B,88
        E6,B,90
        E7,B,92
        E8,B,94
        """

    @Test(arguments: [NormalizationMethod.zscore, .percentile, .rankit]) func `eight scores are not few`(method: NormalizationMethod) throws
    {
        let rows = (1...8).flatMap { entry in
            ["A", "B"].filter { $0 == "A" || entry < 8 }.map { "E\(entry),\($0),\(70 + 3 * entry % 8)" }
        }
        let sheet = try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
        let treatments = try Normalization(of: sheet, by: method, rules: .with(below: .own)).groups.map(\.treatment)
        #expect(treatments == [.own, .few])
    }

    // Mean 3/7 · 70 + 4/7 · 82.3636 = 77.0649, SD 3/7 · 10 + 4/7 · 6.3944 = 7.9397, both by hand.
    @Test(arguments: [
        (NormalizationRules.Below.shrink, [-2.149322462667275, -0.8898260423827982, 0.3696703779016786], Normalization.Treatment.shrunk),
        (.pool, [-3.4973553994118443, -1.9334972939837836, -0.3696391885557228], .pooled),
        (.own, [-1, 0, 1], .few),
    ])
    func `few scores lean on the pool`(below: NormalizationRules.Below, expected: [Double], treatment: Normalization.Treatment) throws {
        let sheet = try sheet(Self.fewAndMany)
        let normalization = try Normalization(of: sheet, by: .zscore, rules: .with(below: below))
        let ofA = zip(sheet.judgeCodes, normalization.values).filter { $0.0 == 0 }.map(\.1)
        #expect(zip(ofA, expected).allSatisfy { isClose($0, $1, absolute: 1e-13) })
        #expect(normalization.groups.map(\.treatment) == [treatment, .own])
        let ofB = zip(sheet.judgeCodes, normalization.values).filter { $0.0 == 1 }.map(\.1)
        #expect(isClose(ofB[0], -7 / 24.0.squareRoot()))
    }

    @Test(arguments: [
        (NormalizationRules.Below.shrink, 77.06493506493506), (.pool, 82.36363636363636), (.own, 70),
    ])
    func `the same holds for the mean of centred scores`(below: NormalizationRules.Below, mean: Double) throws {
        let sheet = try sheet(Self.fewAndMany)
        let values = try Normalization(of: sheet, by: .centered, rules: .with(below: below)).values
        #expect(isClose(values[0], 60 - mean + 906.0 / 11))
    }

    /// By hand: A has median 70 and scale 10 · 1.4826, B 87 and 4 · 1.4826; of all eleven the median is 84, and the scales are pooled by 2
    /// and 7.
    @Test(arguments: [
        (NormalizationRules.Below.shrink, [-1.5869967079782692, -0.7053318702125642, 0.17633296755314104]),
        (.pool, [-2.7493574281131425, -1.6037918330659997, -0.4582262380188571]),
        (.own, [-0.6744907594765952, 0, 0.6744907594765952]),
    ])
    func `few scores lean on the median of all and the pooled robust scale`(below: NormalizationRules.Below, expected: [Double]) throws {
        let sheet = try sheet(Self.fewAndMany)
        let values = try Normalization(of: sheet, by: .robustZ, rules: .with(below: below)).values
        let ofA = zip(sheet.judgeCodes, values).filter { $0.0 == 0 }.map(\.1)
        #expect(zip(ofA, expected).allSatisfy { isClose($0, $1, absolute: 1e-12) }, "\(ofA)")
    }

    @Test func `eight scores are enough and the least number can be changed`() throws {
        let sheet = try sheet(Self.fewAndMany)
        var rules = NormalizationRules()
        rules.minimumScores = 9
        #expect(try Normalization(of: sheet, by: .zscore, rules: rules).groups.map(\.treatment) == [.shrunk, .shrunk])
        rules.minimumScores = 3
        #expect(try Normalization(of: sheet, by: .zscore, rules: rules).groups.map(\.treatment) == [.own, .own])
    }

    // Own weight 1/5: mean (90 + 4 · grand) / 5; one score has no SD of its own, so it takes the pool's.
    @Test func `a single score takes the SD of the pool`() throws {
        let sheet = try sheet(Self.fewAndMany + "\nE9,C,90")
        let normalization = try Normalization(of: sheet, by: .zscore)
        let grand = 996.0 / 12
        #expect(isClose(normalization.values.last!, (90 - (90 + 4 * grand) / 5) / (368.0 / 9).squareRoot()))
        let own = try Normalization(of: sheet, by: .zscore, rules: .with(below: .own))
        #expect(own.values.last == 0 && own.groups.last?.treatment == .few)
    }

    @Test(arguments: NormalizationRules.Below.allCases, [3, 8])
    func `a judge whose scores are all equal gets z = 0 throughout`(below: NormalizationRules.Below, count: Int) throws {
        let rows = (1...count).map { "E\($0),C,77.7\nE\($0),D,\(70 + $0)" }
        let sheet = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
        let grand = try Moments(ofUnits: sheet.units, unitsPerPoint: sheet.unitsPerPoint).mean!
        for method in [NormalizationMethod.zscore, .robustZ] {
            for (scale, zero) in [(NormalizationRules.Scale.z, 0), (.t, 50), (.points, grand)] {
                let normalization = try Normalization(of: sheet, by: method, rules: .with(scale: scale, below: below))
                let ofC = zip(sheet.judgeCodes, normalization.values).filter { $0.0 == 0 }.map(\.1)
                #expect(ofC.allSatisfy { $0 == zero }, "\(method) on \(scale)")
                #expect(normalization.groups[0].treatment == .constant)
            }
        }
    }

    /// What judge J's scores become who gave 1 2 3 in heat a and 11 12 13 in b, while K gave 4 8 in a.
    static let withins: [(NormalizationRules.Within, mean: [Double], deviation: [Double])] = [
        // J's mean is 7, Σ(x − mean)² = 2 (36 + 25 + 16) = 154.
        (.judge, [7, 7], [(30.8 as Double).squareRoot(), (30.8 as Double).squareRoot()]),
        // Heat a: 1 2 3 4 8 has mean 3.6 and Σ(x − mean)² = 29.2; heat b: 11 12 13.
        (.heat, [3.6, 12], [(7.3 as Double).squareRoot(), 1]),
        (.judgeHeat, [2, 12], [1, 1]),
    ]

    @Test(arguments: withins)
    func `scales are shared within judge, heat or both`(within: NormalizationRules.Within, mean: [Double], deviation: [Double]) throws {
        let sheet = try sheet(
            """
            heat,entry,judge,score
            a,E1,J,1
            a,E2,J,2
            a,E3,J,3
            a,E1,K,4
            a,E2,K,8
            b,E4,J,11
            b,E5,J,12
            b,E6,J,13
            """)
        let normalization = try Normalization(of: sheet, by: .zscore, rules: .with(within: within, below: .own))
        let ofJ = zip(sheet.judgeCodes, normalization.values).filter { $0.0 == 0 }.map(\.1)
        let expected = [1.0, 2, 3].map { ($0 - mean[0]) / deviation[0] } + [11.0, 12, 13].map { ($0 - mean[1]) / deviation[1] }
        #expect(zip(ofJ, expected).allSatisfy { isClose($0, $1, absolute: 1e-14) }, "\(ofJ)")
        let named = normalization.groups.map { [$0.judge == nil ? 0 : 1, $0.heat == nil ? 0 : 1] }
        let expectedNames = within == .judge ? [[1, 0], [1, 0]] : within == .heat ? [[0, 1], [0, 1]] : [[1, 1], [1, 1], [1, 1]]
        #expect(named == expectedNames)
    }

    @Test func `ranks are average ranks within the judge`() throws {
        let sheet = try sheet(["A": "70", "B": "80", "C": "80", "D": "90"])
        let percentiles = try Normalization(of: sheet, by: .percentile).values
        #expect(percentiles == [12.5, 50, 50, 87.5])
        let rankits = try Normalization(of: sheet, by: .rankit).values
        #expect(rankits[1] == 0 && rankits[0] == -rankits[3])
        #expect(isClose(rankits[3], 1.1503493803760079))  // Φ⁻¹(0.875)
    }

    @Test func `scores at the ends of the range overflow as an error`() throws {
        let rows = (0..<2000).map { "E\($0),J,\($0 % 2 == 0 ? "" : "-")9007199254740991" }
        let sheet = try sheet("entry,judge,score\n" + rows.joined(separator: "\n"))
        #expect(sheet.isExact)
        for method in [NormalizationMethod.zscore, .robustZ, .centered, .percentile] {
            #expect(throws: FitError.overflow(of: "squared scores")) { try Normalization(of: sheet, by: method) }
        }
        #expect(try EntryResults(of: sheet, by: .mean).values.allSatisfy { $0.magnitude == 9_007_199_254_740_991 })
    }

    /// The mean of ten equal binary fractions need not be exactly that fraction: of these, counted from another judge's 5, it is not.
    @Test(arguments: [5.91293678, 5.94217678, 5.95679678, 6.01527678])
    func `equal scores that are not exact do not vary`(score: Double) throws {
        #expect((0..<10).reduce(0) { sum, _ in sum + (score - 5) } / 10 != score - 5)
        let rows = (0..<10).flatMap { ["E\($0),J,\(5 + Double($0 * 7 % 10) / 30)", "E\($0),K,\(score)"] }
        let sheet = try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
        let normalization = try Normalization(of: sheet, by: .zscore)
        #expect(!sheet.isExact && normalization.groups.map(\.treatment) == [.own, .constant])
        #expect(zip(sheet.judgeCodes, normalization.values).allSatisfy { $0 != 1 || $1 == 0 })
    }
}
