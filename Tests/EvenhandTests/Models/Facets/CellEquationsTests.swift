import TestSupport
import Testing

@testable import Evenhand

/// Expected: the sparse equations, which are compared with lme4.
@Suite struct CellEquationsTests {
    struct Design: CustomTestStringConvertible, Sendable {
        let entries, judges, items, repetitions: Int
        let missing: Double
        let hasLength: Bool
        /// What is eliminated: what has more effects of its own.
        let swept: Facets
        /// What makes groups, whose cells are few.
        var grouped = Facets.entry
        var facets: [Facets]?
        var testDescription: String { "\(entries) × \(judges) × \(items) × \(repetitions), \(missing) missing" }
    }

    static let designs = [
        Design(entries: 40, judges: 4, items: 60, repetitions: 2, missing: 0.01, hasLength: false, swept: .item),
        Design(entries: 40, judges: 4, items: 15, repetitions: 2, missing: 0.01, hasLength: true, swept: .entry, grouped: .item),
        Design(entries: 10, judges: 50, items: 5, repetitions: 1, missing: 0.05, hasLength: true, swept: .judge),
        Design(entries: 12, judges: 3, items: 30, repetitions: 1, missing: 0.4, hasLength: true, swept: .item),
        Design(
            entries: 30, judges: 3, items: 12, repetitions: 2, missing: 0.2, hasLength: false, swept: .entry, grouped: .item,
            facets: [.entry, .judge, .item, [.entry, .item]]),
    ]

    static func sheet(_ design: Design, seed: UInt64 = 3) throws -> (sheet: ScoreSheet, length: [Double]) {
        var stream = RandomStream(seed: seed, stream: 0)
        func normals(_ count: Int, _ deviation: Double) -> [Double] { (0..<count).map { _ in stream.normal() * deviation } }
        let (p, j, i) = (design.entries, design.judges, design.items)
        let (entry, judge, item) = (normals(p, 3), normals(j, 1), normals(i, 2))
        let (pj, pi, ji) = (normals(p * j, 1), normals(p * i, 2), normals(j * i, 0.7))
        var rows: [ScoreSheet.Row] = []
        for a in 0..<p {
            for b in 0..<j {
                for c in 0..<i {
                    let all = stream.normal()
                    for r in 0..<design.repetitions where stream.uniform() >= design.missing {
                        let sum = entry[a] + judge[b] + item[c] + pj[a * j + b] + pi[a * i + c] + ji[b * i + c] + all + stream.normal()
                        rows.append(
                            .init(
                                entry: "E\(100 + a)", judge: "J\(b)", points: ((60 + sum) * 10).rounded() / 10, item: "I\(100 + c)",
                                repetition: design.repetitions > 1 ? "\(r)" : nil))
                    }
                }
            }
        }
        let sheet = try ScoreSheet(rows)
        return (sheet, normals(sheet.count, 100))
    }

    private struct Failure: Error {}

    @Test(arguments: designs)
    func `incomplete scores have the same fit by cells and by sparse equations`(design: Design) throws {
        let (sheet, length) = try Self.sheet(design)
        let covariates = design.hasLength ? [FacetModel.Covariate(name: "length", values: length)] : []
        let mine = try FacetModel(of: sheet, facets: design.facets, covariates: covariates, by: .cells)
        let other = try FacetModel(of: sheet, facets: design.facets, covariates: covariates, by: .sparse)
        guard case .cells(let equations) = mine.engine, case .sparse = other.engine else { throw Failure() }
        let sweep = CellSweep(swept: design.swept, grouped: design.grouped)
        #expect(equations.cells.swept == design.swept && equations.cells.roles == equations.cells.terms.map(sweep.role))
        #expect(isClose(mine.criterion, other.criterion, relative: 1e-11))
        #expect(isClose(mine.residualVariance, other.residualVariance, relative: 1e-7))
        #expect(isClose(mine.mean.value, other.mean.value, relative: 1e-9))
        #expect(isClose(mine.mean.standardError, other.mean.standardError, relative: 1e-6))
        for (one, two) in zip(mine.slopes, other.slopes) {
            #expect(isClose(one.estimate.value, two.estimate.value, relative: 1e-6))
            #expect(isClose(one.estimate.standardError, two.estimate.standardError, relative: 1e-6))
        }
        #expect(mine.slopes.count == covariates.count)
        for (one, two) in zip(mine.components, other.components) {
            let facets: Facets = one.facets
            #expect(facets == two.facets)
            #expect(isClose(one.variance, two.variance, relative: 1e-6, absolute: 1e-7))
            #expect(isClose(one.standardError ?? 0, two.standardError ?? 0, relative: 1e-5))
            let misses = zip(mine.effects(facets), other.effects(facets)).filter { effect, expected in
                !isClose(effect.value, expected.value, absolute: 1e-6)
                    || !isClose(effect.standardError ?? .nan, expected.standardError ?? .nan, relative: 1e-5, absolute: 1e-6)
                    || (effect.entry, effect.judge, effect.item) != (expected.entry, expected.judge, expected.item)
            }
            #expect(misses.isEmpty)
        }
    }

    @Test(arguments: designs[..<2])
    func `draws by cells and by sparse equations have the same means and deviations`(design: Design) throws {
        let (sheet, _) = try Self.sheet(design)
        let draws = try [FacetModel.Solver.cells, .sparse].map { solver in
            try FacetModel(of: sheet, facets: nil, covariates: [], by: solver).draws(10_000, seed: 3).all
        }
        for (a, b) in [(0, 1), (2, 5), (7, 30)] {
            let gaps = draws.map { all in all.map { $0[a] - $0[b] } }
            let means = gaps.map { $0.reduce(0, +) / 10_000 }
            let spreads = zip(gaps, means).map { gap, mean in (gap.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000).squareRoot() }
            #expect(isClose(spreads[0], spreads[1], relative: 0.05))
            #expect((means[0] - means[1]).magnitude < 0.05 * spreads[0])
        }
    }

    @Test func `many incomplete scores are solved by cells`() throws {
        let design = Design(entries: 30, judges: 4, items: 60, repetitions: 1, missing: 0.01, hasLength: false, swept: .item)
        let model = try FacetModel(of: Self.sheet(design).sheet)
        guard case .cells = model.engine else { throw Failure() }
    }
}
