import Foundation
import TestSupport
import Testing

@testable import Evenhand

/// Expected: Brennan, *Generalizability Theory* (2001), synthetic data sets 1, 3 and 4, and a simulated table (`Fixtures/agreement`): R's
/// anova with expected mean squares, which restricted maximum likelihood agrees with where no estimate is negative.
@Suite struct PublishedFacetTests {
    private static func isPresent(_ name: String) -> Bool { ReferenceQuantities.isPresent("gtheory/\(name)") }

    /// The scores of a case, with conditions as judges or as items.
    private static func sheet(_ name: String, judge: String?, item: String?) throws -> ScoreSheet {
        let text = try String(contentsOf: ReferenceQuantities.file("gtheory/\(name)", "csv"), encoding: .utf8)
        return try sheet(rows(ofText: text), judge: judge, item: item)
    }

    private static func sheet(_ rows: [[String: String]], judge: String?, item: String?) throws -> ScoreSheet {
        try ScoreSheet(
            rows.map { row in
                ScoreSheet.Row(
                    entry: row["project"]!, judge: judge.map { row[$0]! } ?? "the key", points: Double(row["score"]!)!,
                    item: item.map { row[$0]! })
            })
    }

    /// What differs from the expected values.
    private static func misses(_ values: [String: Double], _ found: [(String, Double?)]) -> [String] {
        found.compactMap { key, value in
            guard let expected = values[key] else { return "no \(key)" }
            return isClose(value ?? .nan, expected, relative: 1e-7) ? nil : "\(key): \(value ?? .nan) for \(expected)"
        }
    }

    /// The decision studies of a case: keys give the numbers of judges (`r`) and of items (`c` or `n`).
    private static func decisions(_ study: FacetStudy, _ values: [String: Double]) -> [String] {
        let keys = Set(values.keys.filter { $0.hasPrefix("d_study.") }.map { $0.split(separator: ".")[1] })
        return keys.flatMap { key -> [String] in
            var (judges, items) = (1, 1)
            for part in key.split(separator: "_") {
                if part.first == "r" { judges = Int(part.dropFirst())! } else { items = Int(part.dropFirst())! }
            }
            let row = study.row(judges: judges, items: items)
            return misses(
                values,
                [
                    ("d_study.\(key).relative_error_variance", row.relativeErrorVariance),
                    ("d_study.\(key).absolute_error_variance", row.absoluteErrorVariance),
                    ("d_study.\(key).generalizability", row.reliability), ("d_study.\(key).dependability", row.dependability),
                ])
        }
    }

    @Test(.enabled(if: isPresent("brennan_pxi_set1"), "Brennan's data are not at hand"), arguments: FacetModel.Solver.allCases)
    func `Brennan's first data set, persons by items`(solver: FacetModel.Solver) throws {
        let values = try ReferenceQuantities("gtheory/brennan_pxi_set1").values
        let sheet = try Self.sheet("brennan_pxi_set1", judge: nil, item: "judge")
        let model = try FacetModel(of: sheet, facets: nil, covariates: [], by: solver)
        #expect(
            Self.misses(
                values,
                [
                    ("var_p", model.variance(.entry)), ("var_i", model.variance(.item)), ("var_pi_e", model.residualVariance),
                    ("grand_mean", model.mean.value),
                ]) == [])
        #expect(Self.decisions(FacetStudy(of: model), values) == [])
    }

    private static func crossed(_ model: FacetModel) -> [(String, Double?)] {
        [
            ("var_p", model.variance(.entry)), ("var_r", model.variance(.judge)), ("var_c", model.variance(.item)),
            ("var_pr", model.variance([.entry, .judge])), ("var_pc", model.variance([.entry, .item])),
            ("var_rc", model.variance([.judge, .item])), ("var_prc_e", model.residualVariance),
        ]
    }

    @Test(.enabled(if: isPresent("brennan_pxixo_set3"), "Brennan's data are not at hand"), arguments: FacetModel.Solver.allCases)
    func `Brennan's third data set, persons by items by occasions`(solver: FacetModel.Solver) throws {
        let values = try ReferenceQuantities("gtheory/brennan_pxixo_set3").values
        let sheet = try Self.sheet("brennan_pxixo_set3", judge: "judge", item: "criterion")
        let model = try FacetModel(of: sheet, facets: nil, covariates: [], by: solver)
        #expect(Self.misses(values, Self.crossed(model)) == [])
        #expect(Self.decisions(FacetStudy(of: model), values) == [])
    }

    @Test(arguments: FacetModel.Solver.allCases)
    func `a simulated table of entries by judges by items`(solver: FacetModel.Solver) throws {
        let values = try expected("simulated_20x5x4", in: "agreement/expected.csv", column: "value")
        let sheet = try Self.sheet(rows(of: "agreement/simulated_20x5x4.csv"), judge: "judge", item: "criterion")
        let model = try FacetModel(of: sheet, facets: nil, covariates: [], by: solver)
        #expect(Self.misses(values, Self.crossed(model)) == [])
        #expect(Self.decisions(FacetStudy(of: model), values) == [])
    }

    /// Judges of one task each: their effects are those of judges within tasks.
    @Test(.enabled(if: isPresent("brennan_px_r_in_t_set4"), "Brennan's data are not at hand"))
    func `Brennan's fourth data set, with judges of their own for every task`() throws {
        let values = try ReferenceQuantities("gtheory/brennan_px_r_in_t_set4").values
        let sheet = try Self.sheet("brennan_px_r_in_t_set4", judge: "judge", item: "task")
        let model = try FacetModel(of: sheet)
        // A judge with a task is the judge, and a judge with an entry is the score.
        #expect(model.components.map(\.facets) == [.entry, .judge, .item, [.entry, .item]])
        #expect(
            Self.misses(
                values,
                [
                    ("var_p", model.variance(.entry)), ("var_t", model.variance(.item)), ("var_r_in_t", model.variance(.judge)),
                    ("var_pt", model.variance([.entry, .item])), ("var_pr_in_t_e", model.residualVariance),
                ]) == [])
    }
}
