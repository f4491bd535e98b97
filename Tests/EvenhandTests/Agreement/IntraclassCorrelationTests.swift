@testable import Evenhand
import TestSupport
import Testing

/// Expected: R's psych 2.2.9 and lme4 1.1.31 (`Fixtures/agreement`), checked against irr, pingouin and the definitions. irr differs in the
/// interval of ICC(A,k), which here is the transform of that of ICC(A,1), and in the degrees of freedom of that test.
@Suite struct IntraclassCorrelationTests {
    static func misses(_ reference: ReferenceCase) throws -> [String] {
        let correlations = IntraclassCorrelations(of: try Generalizability(of: reference.sheet))
        let components = correlations.generalizability.components
        var comparison = reference.comparison
        for (name, component) in zip(["targets", "judges", "residual"], components) {
            comparison.check("ms_\(name)", component.meanSquare)
            comparison.check("ss_\(name)", component.sumOfSquares)
        }
        comparison.check("F_judges", correlations.severityTest?.fRatio)
        comparison.check("p_judges", correlations.severityTest?.p, relative: 1e-8)
        let keys: [(String, IntraclassCorrelation.Form, Bool)] = [
            ("ICC1", .oneWay, false), ("ICC2", .agreement, false), ("ICC3", .consistency, false), ("ICC1k", .oneWay, true),
            ("ICC2k", .agreement, true), ("ICC3k", .consistency, true),
        ]
        for (key, form, isAverage) in keys {
            let found = correlations.correlation(form, isAverage: isAverage)
            comparison.check("\(key).value", found?.value, relative: 1e-10)
            comparison.check("\(key).F", found?.test?.fRatio, relative: 1e-10)
            comparison.check("\(key).df1", found?.test?.numeratorDegreesOfFreedom)
            comparison.check("\(key).df2", found?.test?.denominatorDegreesOfFreedom)
            comparison.check("\(key).ci95_low", found?.interval?.lowerBound, relative: 1e-10)
            comparison.check("\(key).ci95_high", found?.interval?.upperBound, relative: 1e-10)
            comparison.check("\(key).p", found?.test?.p, relative: 1e-8)
        }
        return comparison.misses
    }

    @Test(arguments: ["shrout_fleiss_1979", "simulated_24x6"])
    func `complete tables give the six correlations with their tests and intervals`(name: String) throws {
        #expect(try Self.misses(ReferenceCase(name)) == [])
    }

    @Test(.enabled(if: ReferenceCase.isPresent("icc/irr_anxiety"), "the anxiety ratings are not at hand"))
    func `the anxiety ratings come out, negative limits included`() throws {
        #expect(try Self.misses(ReferenceCase(shared: "icc/irr_anxiety")) == [])
    }

    @Test func `the names are those of McGraw and Wong`() throws {
        let correlations = IntraclassCorrelations(of: try Generalizability(of: ReferenceCase("shrout_fleiss_1979").sheet))
        #expect(correlations.all.map(\.name) == ["ICC(1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"])
        // As printed by Shrout and Fleiss.
        #expect(correlations.all.map { ($0.value! * 100).rounded() } == [17, 29, 71, 44, 62, 91])
    }

    @Test func `incomplete tables use all their scores by restricted likelihood`() throws {
        let reference = try ReferenceCase("incomplete_30x9_reml")
        let study = try Generalizability(of: reference.sheet)
        let correlations = IntraclassCorrelations(of: study)
        #expect(correlations.all.map(\.name) == ["ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)"])
        var comparison = reference.comparison
        func check(_ key: String, _ found: Double?, relative: Double = 1e-6) { comparison.check(key, found, relative: relative) }
        check("n_obs", Double(reference.sheet.count))
        check("var_project", study.variance(.entry))
        check("var_judge", study.variance(.judge))
        check("var_residual", study.variance([.entry, .judge]))
        check("icc_agreement_single", correlations.correlation(.agreement, isAverage: false)?.value)
        check("icc_consistency_single", correlations.correlation(.consistency, isAverage: false)?.value)
        check("icc_agreement_mean_of_nh", correlations.correlation(.agreement, isAverage: true)?.value)
        check("icc_consistency_mean_of_nh", correlations.correlation(.consistency, isAverage: true)?.value)
        check("icc_agreement_mean_of_3", DecisionStudy(of: study).row(judges: 3).dependability)
        check("intercept", study.mean)
        check("intercept_se", study.fit?.groupCovariance[0][0].squareRoot())
        check("reml_criterion", study.fit?.criterion, relative: 1e-10)
        check("harmonic_mean_ratings_per_project", study.judgesPerEntry, relative: 1e-12)
        #expect(comparison.misses == [])
        for correlation in correlations.all { #expect(correlation.interval!.contains(correlation.value!)) }
        #expect(IntraclassCorrelations(of: study).all == correlations.all)
    }

    /// The draws of mean squares that an incomplete table is given are exact for the consistency of a complete one; for the agreement they
    /// are a little wider than Satterthwaite's approximation.
    @Test func `a Monte-Carlo interval tends to the F interval as the table fills`() throws {
        let sheet = try ReferenceCase("simulated_24x6").sheet
        let exact = IntraclassCorrelations(of: try Generalizability(of: sheet))
        let drawn = IntraclassCorrelations(of: Generalizability(incomplete: sheet, fit: try CrossedEffects(of: sheet)))
        for (form, tolerance) in [(IntraclassCorrelation.Form.agreement, 0.1), (.consistency, 0.01)] {
            let (a, b) = (exact.correlation(form, isAverage: false)!, drawn.correlation(form, isAverage: false)!)
            #expect(isClose(a.value!, b.value!, relative: 1e-7))
            #expect(isClose(a.interval!.lowerBound, b.interval!.lowerBound, absolute: tolerance))
            #expect(isClose(a.interval!.upperBound, b.interval!.upperBound, absolute: tolerance))
        }
    }

    /// One-way layouts of equal panels are the first columns of a complete table.
    @Test func `entries with judges of their own have ICC(1) alone`() throws {
        let rows = try rows(of: "agreement/shrout_fleiss_1979.csv").map { row in
            ScoreSheet.Row(entry: row["project"]!, judge: row["project"]! + row["judge"]!, points: Double(row["score"]!)!)
        }
        let found = IntraclassCorrelations(of: try Generalizability(of: ScoreSheet(rows)))
        let complete = IntraclassCorrelations(of: try Generalizability(of: ReferenceCase("shrout_fleiss_1979").sheet))
        #expect(found.all.map(\.name) == ["ICC(1)", "ICC(1,k)"])
        for (a, b) in zip(found.all, [complete.all[0], complete.all[3]]) {
            #expect(isClose(a.value!, b.value!) && isClose(a.interval!.lowerBound, b.interval!.lowerBound, relative: 1e-10))
        }
    }

    @Test func `scores without noise have a correlation of 1 and no interval`() throws {
        let correlations = IntraclassCorrelations(of: try Generalizability(of: sheet(["A": "1 2", "B": "3 4", "C": "5 6"])))
        #expect(correlations.correlation(.consistency, isAverage: false)?.value == 1)
        #expect(correlations.correlation(.consistency, isAverage: true)?.interval == nil)
        let agreement = correlations.correlation(.agreement, isAverage: false)!.value!
        #expect(isClose(agreement, 4 / 4.5, relative: 1e-12))
    }

    @Test func `equal scores leave correlations undefined`() throws {
        let correlations = IntraclassCorrelations(of: try Generalizability(of: sheet(["A": "5 5", "B": "5 5"])))
        #expect(correlations.all.allSatisfy { $0.value == nil && $0.interval == nil })
    }

    @Test func `judges who contradict each other correlate below 0`() throws {
        let correlations = IntraclassCorrelations(of: try Generalizability(of: sheet(["A": "1 9", "B": "5 5", "C": "9 2"])))
        #expect(correlations.correlation(.consistency, isAverage: false)!.value! < 0)
    }

    /// Equal means of entries make the mean of judges worthless, and the error of its agreement may vanish: nothing of it may stop the
    /// program.
    @Test func `entries with equal means have no correlation of means`() throws {
        let tables: [KeyValuePairs<String, String>] = [
            ["A": "1 2", "B": "2 1"], ["A": "1 2 3", "B": "2 3 1", "C": "3 1 2"], ["A": "1 9", "B": "5 5"],
        ]
        for table in tables {
            let correlations = IntraclassCorrelations(of: try Generalizability(of: sheet(table)))
            #expect(correlations.correlation(.consistency, isAverage: true)?.value == nil)
            #expect(correlations.all.allSatisfy { $0.interval.map { $0.lowerBound.isFinite } ?? true })
        }
    }

    /// Tables of few whole scores, among them all degenerate ones.
    @Test func `no small table stops the program`() throws {
        for code in 0..<729 {
            let digits = (0..<6).map { position in (0..<position).reduce(code) { rest, _ in rest / 3 } % 3 }
            let rows = digits.enumerated().map { ScoreSheet.Row(entry: "E\($0 / 2)", judge: "J\($0 % 2)", points: Double($1)) }
            let correlations = IntraclassCorrelations(of: try Generalizability(of: ScoreSheet(rows)))
            #expect(correlations.all.allSatisfy { ($0.value ?? 0).isFinite && ($0.value ?? 0) <= 1 })
        }
    }

    @Test func `too few judges or entries are refused`() throws {
        let one = try sheet(["A": "5", "B": "6"])
        #expect(throws: DesignError.tooFew(of: "judges", found: 1, needed: 2)) { try Generalizability(of: one) }
        let entry = try sheet(["A": "5 6"])
        #expect(throws: DesignError.tooFew(of: "entries", found: 1, needed: 2)) { try Generalizability(of: entry) }
    }
}
