import TestSupport
import Testing

@testable import Evenhand

/// Expected: `Fixtures/lmm`, R's lme4 1.1.31 and a dense implementation, both with their optimum polished until the gradient vanished.
@Suite struct FacetModelTests {
    static func named(_ model: FacetModel, _ facets: Facets, _ names: [String]) -> (effects: [String: Double], errors: [String: Double]) {
        let effects = model.effects(facets)
        return (
            Dictionary(uniqueKeysWithValues: zip(names, effects.map(\.value))),
            Dictionary(uniqueKeysWithValues: zip(names, effects.map { $0.standardError ?? .nan }))
        )
    }

    /// The rows of the simulated scores of 24 entries by 6 judges on 10 items, three fifths of them there.
    static func simulated() throws -> (sheet: ScoreSheet, length: [Double]) {
        let lines = try rows(of: "lmm/facets_24x6x10.csv")
        let sheet = try ScoreSheet(
            lines.map { line -> ScoreSheet.Row in
                ScoreSheet.Row(entry: line["entry"]!, judge: line["judge"]!, points: Double(line["score"]!)!, item: line["item"]!)
            })
        // The file is in the order of the sheet: entry, judge, item.
        return (sheet, lines.map { Double($0["length"]!)! })
    }

    @Test(arguments: [false, true], [FacetModel.Solver.cells, .sparse])
    func `entries, judges, items and their pairs in incomplete scores are fitted as by lme4 and a dense implementation`(
        hasLength: Bool, solver: FacetModel.Solver
    ) throws {
        let (sheet, length) = try Self.simulated()
        let expected = try CrossedEffectsTests.Expected(hasLength ? "facets_24x6x10_length" : "facets_24x6x10")
        let model = try FacetModel(
            of: sheet, facets: nil, covariates: hasLength ? [.init(name: "length", values: length)] : [], by: solver)
        var misses: [String] = []
        let kinds: [(String, Facets)] = [
            ("entry", .entry), ("judge", .judge), ("item", .item), ("entry_judge", [.entry, .judge]), ("entry_item", [.entry, .item]),
            ("judge_item", [.judge, .item]),
        ]
        for (name, facets) in kinds { misses += expected.misses("reml.var_\(name)", model.variance(facets)) }
        misses += expected.misses("reml.var_residual", model.residualVariance)
        misses += expected.misses("reml.criterion", model.criterion, relative: 1e-9)
        var (fixed, errors) = (["(Intercept)": model.mean.value], ["(Intercept)": model.mean.standardError])
        for slope in model.slopes { (fixed[slope.name], errors[slope.name]) = (slope.estimate.value, slope.estimate.standardError) }
        misses += expected.misses("reml.fixef", fixed) + expected.misses("reml.fixef_se", errors)
        let singles: [(String, Facets, [String])] = [
            ("entry", .entry, sheet.entries), ("judge", .judge, sheet.judges), ("item", .item, sheet.items.levels),
        ]
        for (name, facets, names) in singles {
            let found = Self.named(model, facets, names)
            misses += expected.misses("reml.blup_\(name)", found.effects)
            misses += expected.misses("reml.prediction_error_sd_\(name)", found.errors)
        }
        #expect(misses == [])
    }

    @Test func `three random facets of a contest are fitted as by lme4`() throws {
        let sheet = try CrossedEffectsTests.contest("contest_150x32", heat: "heat")
        let expected = try CrossedEffectsTests.Expected("contest_150x32_heat")
        let model = try FacetModel(of: sheet, facets: [.entry, .judge, .heat])
        var misses = expected.misses("reml.var_project", model.variance(.entry)) + expected.misses("reml.var_judge", model.variance(.judge))
        misses += expected.misses("reml.var_heat", model.variance(.heat)) + expected.misses("reml.var_residual", model.residualVariance)
        misses += expected.misses("reml.criterion", model.criterion, relative: 1e-9)
        misses += expected.misses("reml.intercept", model.mean.value) + expected.misses("reml.intercept_se", model.mean.standardError)
        let found = Self.named(model, .entry, sheet.entries)
        misses += expected.misses("reml.blup_project", found.effects) + expected.misses("reml.prediction_error_sd_project", found.errors)
        misses += expected.misses("reml.blup_heat", Self.named(model, .heat, sheet.heats.map { $0.name! }).effects)
        #expect(misses == [])
    }

    /// In a complete table of n entries and m judges the mean squares are independent, each with the variance 2 M² / f (Searle, Casella and
    /// McCulloch 1992, section 4.5): of σ² = M_e, of σ_p² = (M_p − M_e)/m and of σ_j² = (M_j − M_e)/n.
    @Test(arguments: FacetModel.Solver.allCases) func `variances have the errors of mean squares`(solver: FacetModel.Solver) throws {
        let sheet = try madeContest(entries: 12, judges: 5, panel: 5, seed: 9, severity: { 3 * Double($0) }, noise: { _ in 3 })
        var (entries, judges, squares, sum) = ([Double](repeating: 0, count: 12), [Double](repeating: 0, count: 5), 0.0, 0.0)
        for performance in sheet.performances {
            for row in performance.rows {
                let points = sheet.points(at: row) - 70
                entries[Int(performance.entry)] += points / 5
                judges[Int(sheet.judgeCodes[row])] += points / 12
                (sum, squares) = (sum + points, squares + points * points)
            }
        }
        let mean = sum * sum / 60
        let (ofEntries, ofJudges) = (5 * entries.reduce(0) { $0 + $1 * $1 } - mean, 12 * judges.reduce(0) { $0 + $1 * $1 } - mean)
        let (p, j, e) = (ofEntries / 11, ofJudges / 4, (squares - mean - ofEntries - ofJudges) / 44)
        let model = try FacetModel(of: sheet, facets: [.entry, .judge], covariates: [], by: solver)
        let errors = [.entry, .judge].map { facets in model.components.first { $0.facets == facets }?.standardError ?? .nan }
        #expect(isClose(model.variance(.entry), (p - e) / 5, relative: 1e-5) && isClose(model.residualVariance, e, relative: 1e-5))
        #expect(isClose(model.residualError ?? .nan, e * (2.0 / 44).squareRoot(), relative: 1e-4))
        #expect(isClose(errors[0], (2 * p * p / 11 + 2 * e * e / 44).squareRoot() / 5, relative: 1e-4))
        #expect(isClose(errors[1], (2 * j * j / 4 + 2 * e * e / 44).squareRoot() / 12, relative: 1e-4))
    }

    @Test func `a variance of 0 is an answer`() throws {
        let sheet = try CrossedEffectsTests.contest("contest_disconnected")
        let expected = try CrossedEffectsTests.Expected("contest_disconnected")
        let model = try FacetModel(of: sheet, facets: [.entry, .judge])
        #expect(
            expected.misses("reml.var_project", model.variance(.entry)) + expected.misses("reml.var_judge", model.variance(.judge)) == [])
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<4 {
            for judge in 0..<4 {
                let points: Int = (entry + judge) % 4 * 3 + (entry * judge) % 2
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: Double(points)))
            }
        }
        let flat = try ScoreSheet(rows)
        for solver in [FacetModel.Solver.balanced, .sparse] {
            let model = try FacetModel(of: flat, facets: [.entry, .judge], covariates: [], by: solver)
            #expect(model.variance(.entry) == 0)
            #expect(model.components.first { $0.facets == .entry }?.standardError == nil)
        }
    }

    /// Complete scores of 6 entries by 4 judges on 5 items, 2 times each.
    static func balanced(seed: UInt64 = 5) throws -> ScoreSheet {
        var stream = RandomStream(seed: seed, stream: 0)
        func normals(_ count: Int, _ deviation: Double) -> [Double] { (0..<count).map { _ in stream.normal() * deviation } }
        let (entry, judge, item) = (normals(6, 3), normals(4, 2), normals(5, 2))
        let (ej, ei, ji, eji) = (normals(24, 1), normals(30, 1.5), normals(20, 0.7), normals(120, 1))
        var rows: [ScoreSheet.Row] = []
        for e in 0..<6 {
            for j in 0..<4 {
                for i in 0..<5 {
                    for r in 0..<2 {
                        var mean: Double = 70 + entry[e] + judge[j] + item[i]
                        mean += ej[e * 4 + j] + ei[e * 5 + i]
                        mean += ji[j * 5 + i] + eji[(e * 4 + j) * 5 + i]
                        let points = ((mean + normals(1, 1)[0]) * 10).rounded() / 10
                        rows.append(.init(entry: "E\(e)", judge: "J\(j)", points: points, item: "I\(i)", repetition: "\(r)"))
                    }
                }
            }
        }
        return try ScoreSheet(rows)
    }

    @Test(arguments: [5, 11, 17] as [UInt64], [FacetModel.Solver.cells, .sparse])
    func `balanced scores have the same fit in closed form and by equations`(seed: UInt64, solver: FacetModel.Solver) throws {
        let sheet = try Self.balanced(seed: seed)
        let closed = try FacetModel(of: sheet, facets: nil, covariates: [], by: .balanced)
        let solved = try FacetModel(of: sheet, facets: nil, covariates: [], by: solver)
        switch (closed.engine, solved.engine, solver) {
        case (.balanced, .cells, .cells), (.balanced, .sparse, .sparse): break
        default: throw Failure()
        }
        #expect(closed.components.map(\.facets) == solved.components.map(\.facets))
        #expect(closed.components.count == 7)
        for (mine, other) in zip(closed.components, solved.components) {
            #expect(isClose(mine.variance, other.variance, relative: 1e-6, absolute: 1e-8))
            #expect((mine.standardError == nil) == (other.standardError == nil))
            if let error = mine.standardError { #expect(isClose(error, other.standardError ?? .nan, relative: 1e-5)) }
            let facets: Facets = mine.facets
            for (one, two) in zip(closed.effects(facets), solved.effects(facets)) {
                #expect(isClose(one.value, two.value, relative: 1e-6, absolute: 1e-6))
                #expect(isClose(one.standardError ?? .nan, two.standardError ?? .nan, relative: 1e-5, absolute: 1e-6))
                #expect((one.entry, one.judge, one.item) == (two.entry, two.judge, two.item))
            }
        }
        #expect(isClose(closed.residualVariance, solved.residualVariance, relative: 1e-7))
        #expect(isClose(closed.criterion, solved.criterion, relative: 1e-10))
        #expect(isClose(closed.mean.value, solved.mean.value, relative: 1e-9))
        #expect(isClose(closed.mean.standardError, solved.mean.standardError, relative: 1e-6))
    }

    private struct Failure: Error {}

    @Test func `on balanced scores the variances are those of the analysis of variance`() throws {
        let sheet = try Self.balanced()
        let model = try FacetModel(of: sheet)
        guard case .balanced(let balanced) = model.engine else { throw Failure() }
        let start = balanced.design.start
        #expect(start.allSatisfy { $0 > 0 })
        for (component, ratio) in zip(model.components, start) {
            #expect(isClose(component.variance, ratio * model.residualVariance, relative: 1e-8))
        }
    }

    @Test func `neither the order of rows nor the unit of scores matters`() throws {
        let (sheet, _) = try Self.simulated()
        let model = try FacetModel(of: sheet)
        var rows: [ScoreSheet.Row] = []
        for row in sheet.units.indices.reversed() {
            let entry = sheet.performances[sheet.performance(ofRow: row)].entry
            let points = (10 * sheet.score(at: row)).rounded()
            rows.append(
                ScoreSheet.Row(
                    entry: sheet.entries[Int(entry)], judge: sheet.judges[Int(sheet.judgeCodes[row])], points: points,
                    item: sheet.items[row]))
        }
        let other = try FacetModel(of: ScoreSheet(rows))
        for (mine, theirs) in zip(model.components, other.components) {
            #expect(mine.facets == theirs.facets)
            #expect(isClose(100 * mine.variance, theirs.variance, relative: 1e-7))
        }
        #expect(isClose(10 * model.mean.value, other.mean.value, relative: 1e-10))
    }

    /// A is far above B, and B above C, on every item by every judge.
    @Test func `fair averages are in the order of the means, on both sides of the mean`() throws {
        let noise = [3, 0, 5, 1, 6, 2, 4, 0, 3, 6, 1, 4, 0, 5, 2, 6, 3, 1, 2, 5, 0, 4, 3, 6, 1, 0, 5]
        let rows = [("A", 90), ("B", 60), ("C", 30)].enumerated().flatMap { index, entry in
            (0..<9).map { "\(entry.0),J\($0 / 3),q\($0 % 3),\(entry.1 + noise[9 * index + $0])" }
        }
        let model = try FacetModel(of: sheet((["entry,judge,item,score"] + rows).joined(separator: "\n")))
        let fair = model.fairAverages
        #expect(fair[0] > fair[1] && fair[1] > fair[2] && fair[0] > model.mean.value && model.mean.value > fair[2])
    }
}
