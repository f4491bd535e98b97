@testable import Evenhand
import TestSupport
import Testing

/// Expected: R's anova with expected mean squares, checked by exact rational arithmetic (`Fixtures/agreement`). lme4 agrees where no
/// estimate is negative; elsewhere it sets the negative ones to 0 and the others change, so estimates of complete tables here are those of
/// the analysis of variance.
@Suite struct GeneralizabilityTests {
    /// Names of the components of p × r × c in the references.
    static let names: KeyValuePairs<String, Facets> = [
        "p": .entry, "r": .judge, "c": .criterion, "pr": [.entry, .judge], "pc": [.entry, .criterion], "rc": [.judge, .criterion],
        "prc": [.entry, .judge, .criterion],
    ]

    /// Judges and criteria of `d_study.r2_c3`, `d_study.n5` or `d_study.t3_r4`.
    static func sizes(_ key: String) -> (judges: Double, criteria: Int) {
        var (judges, criteria) = (1.0, 1)
        for part in key.dropFirst("d_study.".count).split(separator: "_") {
            let number = Int(part.dropFirst())!
            if part.first == "r" || part.first == "n" { judges = Double(number) } else { criteria = number }
        }
        return (judges, criteria)
    }

    static func decisionMisses(_ reference: ReferenceCase, _ study: Generalizability) -> [String] {
        let (random, criterionFixed) = (DecisionStudy(of: study, draws: few), DecisionStudy(of: study, fixed: .criterion, draws: few))
        let judgeFixed = DecisionStudy(of: study, fixed: .judge, draws: few)
        var comparison = reference.comparison
        for key in reference.decisionKeys.sorted() {
            let (judges, criteria) = sizes(key)
            let row = random.row(judges: judges, criteria: criteria)
            comparison.check("\(key).relative_error_variance", row.relativeErrorVariance)
            comparison.check("\(key).absolute_error_variance", row.absoluteErrorVariance)
            comparison.check("\(key).generalizability", row.reliability)
            comparison.check("\(key).dependability", row.dependability)
            guard study.design == .crossedWithCriteria else { continue }
            for (name, study) in [("criterion_fixed", criterionFixed), ("judge_fixed", judgeFixed)] {
                let row = study.row(judges: judges, criteria: criteria)
                comparison.check("\(key).\(name).generalizability", row.reliability)
                comparison.check("\(key).\(name).dependability", row.dependability)
            }
        }
        return comparison.misses
    }

    static let few: Generalizability.Draws = {
        var draws = Generalizability.Draws()
        draws.count = 200
        return draws
    }()

    static func misses(_ reference: ReferenceCase) throws -> [String] {
        let study = try Generalizability(of: reference.sheet)
        var comparison = reference.comparison
        let total: Double = study.components.reduce(0) { $0 + max(0, $1.variance) }
        for (name, facets) in names {
            let component = study.component(facets)
            let variance = name == "prc" ? "prc_e" : name
            comparison.check("df_\(name)", component?.degreesOfFreedom)
            comparison.check("ss_\(name)", component?.sumOfSquares)
            comparison.check("ms_\(name)", component?.meanSquare)
            comparison.check("var_\(variance)", component?.variance)
            comparison.check("percent_of_total.\(variance)", 100 * study.variance(facets) / total)
        }
        return decisionMisses(reference, study) + comparison.misses
    }

    /// A score of variance 1 by entries and 3 by noise: of twelve judges Eρ² is 1 / (1 + 3/12) = 0.8, of 27 it is 0.9. In Doubles these are
    /// 12.000000000000004 and 27.000000000000007 judges.
    @Test(arguments: [(0.8, 12), (0.9, 27), (0.801, 13), (0.2, 1)])
    func `a whole number of judges is enough where rounding alone asks for more`(target: Double, judges: Int) {
        let squares: [VarianceComponent.MeanSquare] = [
            .init(facets: .entry, value: 13, degreesOfFreedom: 9, expected: [10, 0, 1]),
            .init(facets: .judge, value: 3, degreesOfFreedom: 9, expected: [0, 10, 1]),
            .init(facets: [.entry, .judge], value: 3, degreesOfFreedom: 81, expected: [0, 0, 1]),
        ]
        let study = Generalizability(
            design: .crossed, components: VarianceComponent.all(squares), mean: 70, entryCount: 10, judgesPerEntry: 10)
        #expect(study.variance(.entry) == 1 && study.variance([.entry, .judge]) == 3)
        #expect(DecisionStudy(of: study, draws: Self.few).panelSize(reaching: target).judges == judges)
    }

    @Test(arguments: ["simulated_20x5x4", "simulated_negative_component"])
    func `entries, judges and criteria, with what is fixed and what is negative`(name: String) throws {
        #expect(try Self.misses(ReferenceCase(name)) == [])
    }

    @Test(.enabled(if: ReferenceCase.isPresent("gtheory/brennan_pxixo_set3"), "Brennan's data are not at hand"))
    func `Brennan's third data set`() throws { #expect(try Self.misses(ReferenceCase(shared: "gtheory/brennan_pxixo_set3")) == []) }

    @Test(.enabled(if: ReferenceCase.isPresent("gtheory/brennan_pxi_set1"), "Brennan's data are not at hand"))
    func `Brennan's first data set, with standard errors and Cronbach's alpha`() throws {
        let reference = try ReferenceCase(shared: "gtheory/brennan_pxi_set1")
        let study = try Generalizability(of: reference.sheet)
        #expect(Self.decisionMisses(reference, study) == [])
        var comparison = reference.comparison
        for (name, part) in zip(["p", "i", "pi"], study.components) {
            let variance = name == "pi" ? "pi_e" : name
            comparison.check("ss_\(name)", part.sumOfSquares)
            comparison.check("ms_\(name)", part.meanSquare)
            comparison.check("var_\(variance)", part.variance)
            comparison.check("se_var_\(variance)", part.standardError)
        }
        comparison.check("grand_mean", study.mean)
        comparison.check("cronbach_alpha", CronbachAlpha(of: reference.sheet, IntraclassCorrelations(of: study))?.value)
        #expect(comparison.misses == [])
    }

    @Test(.enabled(if: ReferenceCase.isPresent("gtheory/brennan_px_r_in_t_set4"), "Brennan's data are not at hand"))
    func `Brennan's fourth data set, with judges of their own for every task`() throws {
        let reference = try ReferenceCase(shared: "gtheory/brennan_px_r_in_t_set4")
        let study = try Generalizability(of: reference.sheet)
        #expect(study.design == .judgesInCriteria && study.judgesPerEntry == 4)
        #expect(Self.decisionMisses(reference, study) == [])
        let names: KeyValuePairs<String, Facets> = [
            "p": .entry, "t": .criterion, "r_in_t": [.judge, .criterion], "pt": [.entry, .criterion],
            "pr_in_t": [.entry, .judge, .criterion],
        ]
        var comparison = reference.comparison
        for (name, facets) in names {
            let component = study.component(facets)
            comparison.check("ms_\(name)", component?.meanSquare)
            comparison.check(name == "pr_in_t" ? "var_pr_in_t_e" : "var_\(name)", component?.variance)
        }
        #expect(comparison.misses == [])
    }

    @Test func `scores that are not decimals give the same sums`() throws {
        let rows = try rows(of: "agreement/simulated_20x5x4.csv").map { row in
            ScoreSheet.Row(
                entry: row["project"]!, judge: row["judge"]!, points: Double(row["score"]!)! / 3, criterion: row["criterion"])
        }
        let (thirds, whole) = (
            try Generalizability(of: ScoreSheet(rows)), try Generalizability(of: ReferenceCase("simulated_20x5x4").sheet)
        )
        #expect(zip(thirds.components, whole.components).allSatisfy { isClose(9 * $0.variance, $1.variance, relative: 1e-10) })
    }

    @Test func `criteria with gaps are refused`() throws {
        let rows = try rows(of: "agreement/simulated_20x5x4.csv").dropLast().map { row in
            ScoreSheet.Row(entry: row["project"]!, judge: row["judge"]!, points: Double(row["score"]!)!, criterion: row["criterion"])
        }
        let sheet = try ScoreSheet(rows)
        #expect(throws: DesignError.incompleteTable(scores: 399, cells: 400)) { try Generalizability(of: sheet) }
    }

    @Test func `panels that share no judge put severity into the error of the order`() throws {
        // Two heats of five entries, three judges each.
        var heats: [ScoreSheet.Row] = []
        for (heat, entry) in (0..<10).map({ ($0 / 5, $0 % 5) }) {
            for judge in 0..<3 {
                let points = (entry * 7 + judge * 5 + heat * 3 + entry * judge * 2) % 11
                heats.append(ScoreSheet.Row(entry: "E\(heat)\(entry)", judge: "J\(heat)\(judge)", points: Double(points)))
            }
        }
        let nested = try Generalizability(of: ScoreSheet(heats))
        #expect(nested.judgeShare == 1)
        let row = DecisionStudy(of: nested, draws: Self.few).row(judges: 3)
        #expect(row.reliability == row.dependability)
        let complete = try Generalizability(of: ReferenceCase("simulated_24x6").sheet)
        #expect(complete.judgeShare == 0)
    }

    /// By hand: the harmonic mean of 2 and 4 judges is 8/3, the means are 2 and 6.5, so that the mean square of entries is 8/3 · 10.125 = 27;
    /// that within them is (2 + 11) / 4.
    @Test func `judges of one entry each, of some more than of others, count by the harmonic mean`() throws {
        let study = try Generalizability(of: sheet(["A": "1 3", "B": "- - 4 6 8 8"]))
        #expect(study.design == .nestedJudges && isClose(study.judgesPerEntry, 8.0 / 3))
        #expect(isClose(try #require(study.component(.entry)).meanSquare, 27))
        #expect(isClose(try #require(study.component([.entry, .judge])).meanSquare, 3.25))
        #expect(isClose(study.variance(.entry), (27 - 3.25) * 3 / 8))
    }

    /// Putka and others (2008): with one score missing of a complete table hardly any severity is left between entries.
    @Test func `one missing score changes the reliability little`() throws {
        let rows = try rows(of: "agreement/simulated_24x6.csv").map { row in
            ScoreSheet.Row(entry: row["project"]!, judge: row["judge"]!, points: Double(row["score"]!)!)
        }
        let (whole, gap) = (try Generalizability(of: ScoreSheet(rows)), try Generalizability(of: ScoreSheet(Array(rows.dropLast()))))
        #expect((0.001...0.03).contains(gap.judgeShare))
        let (a, b) = (DecisionStudy(of: whole), DecisionStudy(of: gap))
        #expect(isClose(a.row(judges: 6).reliability!, b.row(judges: 6).reliability!, absolute: 0.005))
        #expect(isClose(a.row(judges: 6).dependability!, b.row(judges: 6).dependability!, absolute: 0.005))
    }

    @Test func `the panel that reaches a reliability does, and one judge fewer does not`() throws {
        for name in ["shrout_fleiss_1979", "simulated_24x6", "incomplete_30x9_reml"] {
            let study = DecisionStudy(of: try Generalizability(of: ReferenceCase(name).sheet))
            for ofResults in [false, true] {
                let size = study.panelSize(reaching: 0.9, ofResults: ofResults)
                func reached(_ judges: Int) -> Bool {
                    let row = study.row(judges: Double(judges))
                    return (ofResults ? row.dependability! : row.reliability!) >= 0.9
                }
                #expect(reached(size.judges!) && (size.judges! == 1 || !reached(size.judges! - 1)))
                #expect(size.fewest! <= size.judges! && (size.most ?? .max) >= size.judges!)
            }
        }
    }

    @Test func `entries that do not differ are never separated`() throws {
        let study = DecisionStudy(of: try Generalizability(of: sheet(["A": "1 9", "B": "5 5", "C": "9 2"])))
        #expect(study.row(judges: 100).reliability == 0)
        let size = study.panelSize(reaching: 0.8)
        #expect(size.judges == nil && size.most == nil)
    }

    /// √(Σ 2 (c MS)² / (f + 2)) over the mean squares that a component is made of, unbiased when scores are normal; numpy 2.4.6: mean
    /// squares by differences of means, their coefficients by inverting the matrix of expected mean squares.
    @Test(arguments: [
        ("shrout_fleiss_1979", [1.5047721879363953, 3.4248326510306404, 0.3496665597072263]),
        (
            "simulated_20x5x4",
            [
                28.07194602668533, 2.8785710343804003, 1.3872130318073623, 3.5388071976145152, 2.146637252754159, 0.7435260311449113,
                2.455358329004726,
            ]
        ),
    ])
    func `variances have the standard errors of their mean squares`(name: String, errors: [Double]) throws {
        let study = try Generalizability(of: ReferenceCase(name).sheet)
        #expect(study.components.count == errors.count)
        for (component, error) in zip(study.components, errors) {
            #expect(isClose(component.standardError, error, relative: 1e-10), "\(component.facets)")
        }
    }

    /// With the judges fixed every error is divided by the number of criteria: four of them step a limit r of one up to 4r / (1 + 3r).
    @Test func `intervals that are drawn are of as many criteria as asked for`() throws {
        let study = DecisionStudy(of: try Generalizability(of: ReferenceCase("simulated_20x5x4").sheet), fixed: .judge, draws: Self.few)
        let (one, four) = (study.row(judges: 5, criteria: 1), study.row(judges: 5, criteria: 4))
        let pairs = [
            (one.reliabilityInterval, four.reliabilityInterval), (one.dependabilityInterval, four.dependabilityInterval),
        ]
        for (before, after) in pairs {
            let (before, after) = (try #require(before), try #require(after))
            let expected = [before.lowerBound, before.upperBound].map { 4 * $0 / (1 + 3 * $0) }
            #expect(before.lowerBound < before.upperBound && before.upperBound < 1)
            #expect(isClose(after.lowerBound, expected[0]) && isClose(after.upperBound, expected[1]))
        }
    }

    @Test(arguments: [Facets(), .criterion], [1, 4])
    func `with criteria the panel that reaches a reliability does, too`(fixed: Facets, criteria: Int) throws {
        let study = DecisionStudy(of: try Generalizability(of: ReferenceCase("simulated_20x5x4").sheet), fixed: fixed, draws: Self.few)
        for target in [0.8, 0.9, 0.95] {
            for ofResults in [false, true] {
                let size = study.panelSize(reaching: target, ofResults: ofResults, criteria: criteria)
                func reached(_ judges: Double) -> Bool {
                    let row = study.row(judges: judges, criteria: criteria)
                    return (ofResults ? row.dependability! : row.reliability!) >= target
                }
                guard let judges = size.judges else {
                    // The criteria leave more error than any panel can take away.
                    #expect(!reached(1e9))
                    continue
                }
                #expect(reached(Double(judges)) && (judges == 1 || !reached(Double(judges - 1))))
            }
        }
    }
}
