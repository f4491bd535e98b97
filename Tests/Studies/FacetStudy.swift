import Evenhand
import Foundation
import TestSupport
import Testing

/// Contests of entries × judges × items with a known truth: do rank intervals hold it as often as they say?
@Suite(.serialized, .enabled(if: Studies.areWanted))
struct FacetCoverageStudy {
    struct Design: CustomTestStringConvertible {
        let entries, judges, items, repetitions: Int
        /// The share of the judgements that is missing.
        let missing: Double
        var testDescription: String { "\(entries) × \(judges) × \(items) × \(repetitions), \(missing) missing" }
    }

    static let designs = [
        Design(entries: 20, judges: 4, items: 20, repetitions: 1, missing: 0),
        Design(entries: 20, judges: 3, items: 30, repetitions: 2, missing: 0),
        Design(entries: 12, judges: 3, items: 10, repetitions: 1, missing: 0),
        Design(entries: 40, judges: 5, items: 12, repetitions: 1, missing: 0),
        Design(entries: 20, judges: 4, items: 20, repetitions: 1, missing: 0.3),
    ]

    /// Scores drawn from the model, and what each entry is truly worth.
    private static func contest(_ design: Design, seed: UInt64, index: Int) throws -> (sheet: ScoreSheet, truth: [Double]) {
        var stream = RandomStream(seed: seed, stream: UInt64(index))
        func normals(_ count: Int, _ deviation: Double) -> [Double] { (0..<count).map { _ in deviation * stream.normal() } }
        let (p, j, i) = (design.entries, design.judges, design.items)
        let (entry, judge, item) = (normals(p, 1), normals(j, 1), normals(i, 1))
        let (pj, pi, ji) = (normals(p * j, 0.4), normals(p * i, 1.2), normals(j * i, 0.3))
        var rows: [ScoreSheet.Row] = []
        for a in 0..<p {
            for b in 0..<j {
                for c in 0..<i where stream.uniform() >= design.missing {
                    let both = 0.5 * stream.normal()
                    for r in 0..<design.repetitions {
                        let sum = entry[a] + judge[b] + item[c] + pj[a * j + b] + pi[a * i + c] + ji[b * i + c] + both
                        let points = ((60 + 5 * (sum + 0.8 * stream.normal())) * 10).rounded() / 10
                        rows.append(
                            ScoreSheet.Row(
                                entry: "E\(100 + a)", judge: "J\(b)", points: points, item: "I\(100 + c)",
                                repetition: design.repetitions > 1 ? "\(r)" : nil))
                    }
                }
            }
        }
        return (try ScoreSheet(rows), entry)
    }

    /// The ranks of one who knows the variances of complete scores, and gets the means alone.
    private static func knowing(_ design: Design, _ sheet: ScoreSheet, seed: UInt64) throws -> RankUncertainty {
        let (judges, items, repetitions) = (Double(design.judges), Double(design.items), Double(design.repetitions))
        let single = 0.25 / (judges * items) + 0.64 / (judges * items * repetitions)
        let error = 0.16 / judges + 1.44 / items + single
        let share = 1 / (1 + error)
        var means = [Double](repeating: 0, count: design.entries)
        for performance in sheet.performances {
            let sum = performance.rows.reduce(0.0) { $0 + sheet.score(at: $1) }
            means[Int(performance.entry)] = share * sum / Double(performance.rows.count) / 5
        }
        var stream = RandomStream(seed: seed, stream: 1)
        let deviation = (error * share).squareRoot()
        let draws = (0..<2000).map { _ in means.map { $0 + deviation * stream.normal() } }
        return try RankUncertainty(of: PosteriorDraws(draws), places: 5)
    }

    @Test func `rank intervals of 90 % hold 88 to 96 % of true ranks with entries, judges and items at random`() throws {
        var table: [[String]] = []
        for design in Self.designs {
            let contests = design.missing > 0 ? 100 : 1000
            var (covered, count, width, top, topCount, ideal) = (0, 0, 0, 0, 0, 0)
            for index in 0..<contests {
                let (sheet, truth) = try Self.contest(design, seed: 11, index: index)
                let model = try FacetModel(of: sheet)
                let ranks = try RankUncertainty(of: model.draws(2000, seed: UInt64(index)), places: 5)
                let order = truth.indices.sorted { truth[$0] > truth[$1] }
                var place = truth.map { _ in 0 }
                for (position, entry) in order.enumerated() { place[entry] = position + 1 }
                for (entry, interval) in try Self.knowing(design, sheet, seed: UInt64(index)).intervals(level: 0.9).enumerated() {
                    ideal += interval.contains(place[entry]) ? 1 : 0
                }
                for (entry, interval) in ranks.intervals(level: 0.9).enumerated() {
                    count += 1
                    covered += interval.contains(place[entry]) ? 1 : 0
                    width += interval.count
                    if ranks.topProbabilities[entry] >= 0.9 {
                        topCount += 1
                        top += place[entry] <= 5 ? 1 : 0
                    }
                }
            }
            let share = Double(covered) / Double(count)
            let known = Double(ideal) / Double(count)
            // Whole ranks of a dozen entries hold 96 % even for one who knows the variances.
            if design.entries >= 20 { #expect((0.88...0.96).contains(share), "\(design): \(share)") }
            if design.missing == 0 { #expect((share - known).magnitude < 0.01, "\(design): \(share) for \(known)") }
            table.append([
                "\(design.entries) × \(design.judges) × \(design.items) × \(design.repetitions)", "\(Int(100 * design.missing)) %",
                "\(contests)",
                String((1000 * share).rounded() / 10), String((10 * Double(width) / Double(count)).rounded() / 10),
                String((1000 * Double(top) / Double(max(1, topCount))).rounded() / 10),
                design.missing == 0 ? String((1000 * known).rounded() / 10) : "–",
            ])
        }
        Studies.show(
            "Facets",
            [
                "entries × judges × items × repetitions", "missing", "contests", "intervals that hold the true rank, %",
                "mean width, ranks", "truly among the first 5 where P ≥ 0.9, %", "with known variances, %",
            ],
            table)
    }
}

/// `InstEvalStudy`'s ratings with three random factors, beside lme4.
@Suite(.serialized, .enabled(if: Studies.areWanted && InstEval.file != nil, "needs EVENHAND_INSTEVAL"))
struct InstEvalFacetStudy {
    @Test(arguments: [false, true])
    func `students, lecturers, departments and services are fitted as by lme4`(hasService: Bool) throws {
        let text = try String(contentsOfFile: try #require(InstEval.file), encoding: .utf8)
        let lines = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
        let rows = lines.enumerated().map { index, cells in
            ScoreSheet.Row(
                entry: cells[0], judge: cells[1], points: Double(cells[6]) ?? .nan, item: hasService ? cells[5] : "\(cells[5]):\(cells[4])",
                repetition: cells[4] + String(100_000 + index))
        }
        let sheet = try ScoreSheet(rows)
        // The repetition begins with the service.
        let service = sheet.units.indices.map { sheet.repetitions[$0]?.first == "1" ? 1.0 : 0 }
        let clock = ContinuousClock.now
        let model = try FacetModel(
            of: sheet, facets: [.entry, .judge, .item], covariates: hasService ? [.init(name: "service", values: service)] : [])
        print("\(model.solutions) solutions, \(ContinuousClock.now - clock)")
        let expected = try ReferenceQuantities(hasService ? "lmm/insteval_service_s_d_dept" : "lmm/insteval_s_d_deptservice")
        func misses(_ quantity: String, _ found: Double, relative: Double = 1e-6) -> [String] {
            expected.misses("reml.\(quantity)", found, relative: relative, absolute: 1e-8)
        }
        func named(_ facets: Facets, _ names: [String]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: zip(names, model.effects(facets, hasErrors: false).map(\.value)))
        }
        let department = hasService ? "dept" : "dept_by_service"
        var missed = misses("var_s", model.variance(.entry)) + misses("var_d", model.variance(.judge))
        missed += misses("var_\(department)", model.variance(.item)) + misses("var_residual", model.residualVariance)
        missed += misses("criterion", model.criterion, relative: 1e-9)
        missed += expected.misses("reml.blup_s_selected", named(.entry, sheet.entries), relative: 1e-6, absolute: 1e-8)
        missed += expected.misses("reml.blup_d_selected", named(.judge, sheet.judges), relative: 1e-6, absolute: 1e-8)
        if let slope = model.slopes.first {
            missed += misses("fixef.service1", slope.estimate.value) + misses("fixef_se.1", slope.estimate.standardError)
        }
        #expect(missed == [])
    }
}
