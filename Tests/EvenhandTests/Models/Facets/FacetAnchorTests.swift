import TestSupport
import Testing

@testable import Evenhand

@Suite struct FacetAnchorTests {
    typealias Anchor = FacetModel.Anchor

    /// Scores of 12 entries by 4 judges on 15 items, a tenth of them missing; judges' and items' effects are as given.
    static func rows(judges: [Double], items: [Double], seed: UInt64) -> [ScoreSheet.Row] {
        var stream = RandomStream(seed: seed, stream: 0)
        func normals(_ count: Int, _ deviation: Double) -> [Double] { (0..<count).map { _ in stream.normal() * deviation } }
        let entries = normals(12, 2)
        let (pj, pi, ji) = (normals(12 * judges.count, 0.5), normals(12 * items.count, 1), normals(judges.count * items.count, 0.3))
        var rows: [ScoreSheet.Row] = []
        for (entry, merit) in entries.enumerated() {
            for (judge, severity) in judges.enumerated() {
                for (item, ease) in items.enumerated() where stream.uniform() >= 0.1 {
                    let both = pj[entry * judges.count + judge] + pi[entry * items.count + item] + ji[judge * items.count + item]
                    let points = 50 + merit + severity + ease + both + normals(1, 0.6)[0]
                    rows.append(
                        .init(
                            entry: "E\(100 + entry)", judge: "J\(judge)", points: (points * 100).rounded() / 100, item: "I\(100 + item)"))
                }
            }
        }
        return rows
    }

    static let judges = [0.8, -0.5, 0.1, -1.2]
    static let items = (0..<15).map { Double($0 % 5) - 2 }

    static func anchors(_ judges: [Double] = judges, of facets: Facets = .judge, error: Double = 0) -> [Anchor] {
        judges.enumerated().map {
            Anchor(of: facets, facets == .judge ? "J\($0)" : "I\(100 + $0)", value: $1, standardError: error)
        }
    }

    static let solvers = [FacetModel.Solver.cells, .sparse]

    @Test(arguments: solvers)
    func `anchored effects are taken out of the scores as they are`(solver: FacetModel.Solver) throws {
        let rows = Self.rows(judges: Self.judges, items: Self.items, seed: 1)
        let given = try FacetModel(of: ScoreSheet(rows), facets: nil, covariates: [], anchors: Self.anchors(), by: solver)
        let without = rows.map { row in
            var row = row
            row.points = ((row.points - Self.judges[Int(row.judge.dropFirst())!]) * 100).rounded() / 100
            return row
        }
        let kinds: [Facets] = [.entry, .item, [.entry, .judge], [.entry, .item], [.judge, .item]]
        let expected = try FacetModel(of: ScoreSheet(without), facets: kinds, covariates: [], by: solver)
        #expect(given.components.map(\.facets) == expected.components.map(\.facets))
        for (mine, theirs) in zip(given.components, expected.components) {
            #expect(isClose(mine.variance, theirs.variance, relative: 1e-6, absolute: 1e-7))
        }
        #expect(isClose(given.mean.value, expected.mean.value, relative: 1e-9))
        #expect(given.effects(.judge).isEmpty)
    }

    /// A score of an anchored judge and an anchored item has both taken out.
    @Test func `anchors of judges and of items add up`() throws {
        let rows = Self.rows(judges: Self.judges, items: Self.items, seed: 4)
        let anchors = Self.anchors() + Self.anchors(Self.items, of: .item)
        let given = try FacetModel(of: ScoreSheet(rows), facets: nil, covariates: [], anchors: anchors, by: .sparse)
        let without = rows.map { row in
            var row = row
            let taken = Self.judges[Int(row.judge.dropFirst())!] + Self.items[Int(row.item!.dropFirst())! - 100]
            row.points = ((row.points - taken) * 100).rounded() / 100
            return row
        }
        let kinds: [Facets] = [.entry, [.entry, .judge], [.entry, .item], [.judge, .item]]
        let expected = try FacetModel(of: ScoreSheet(without), facets: kinds, covariates: [], by: .sparse)
        #expect(isClose(given.mean.value, expected.mean.value, relative: 1e-9))
        #expect(isClose(given.residualVariance, expected.residualVariance, relative: 1e-6))
    }

    @Test func `an effect knows how many scores it is of`() throws {
        let sheet = try ScoreSheet(Self.rows(judges: Self.judges, items: Self.items, seed: 5))
        for solver in Self.solvers {
            let model = try FacetModel(of: sheet, facets: nil, covariates: [], by: solver)
            for component in model.components {
                #expect(model.effects(component.facets).reduce(0) { $0 + $1.scores } == sheet.count, "\(component.facets)")
            }
        }
    }

    @Test func `judges and items with anchors and without are fitted alike by both equations`() throws {
        let sheet = try ScoreSheet(Self.rows(judges: Self.judges, items: Self.items, seed: 2))
        for anchors in [Array(Self.anchors()[..<2]), Array(Self.anchors(Self.items, of: .item)[..<9]) + Self.anchors()] {
            let (mine, theirs) = (
                try FacetModel(of: sheet, facets: nil, covariates: [], anchors: anchors, by: .cells),
                try FacetModel(of: sheet, facets: nil, covariates: [], anchors: anchors, by: .sparse)
            )
            for (one, two) in zip(mine.components, theirs.components) {
                #expect((one.facets, one.levelCount) == (two.facets, two.levelCount))
                #expect(isClose(one.variance, two.variance, relative: 1e-6, absolute: 1e-6))
                for (effect, other) in zip(mine.effects(one.facets), theirs.effects(two.facets)) {
                    #expect((effect.judge, effect.item) == (other.judge, other.item))
                    #expect(isClose(effect.value, other.value, relative: 1e-5, absolute: 1e-6))
                    #expect(isClose(effect.standardError ?? .nan, other.standardError ?? .nan, relative: 1e-5, absolute: 1e-6))
                }
            }
            #expect(mine.drifts.map(\.anchor) == anchors && theirs.drifts.count == anchors.count)
            for (one, two) in zip(mine.drifts, theirs.drifts) {
                #expect(one.scores == two.scores && isClose(one.pValue, two.pValue, relative: 1e-4))
                #expect(isClose(one.estimate.value, two.estimate.value, relative: 1e-5, absolute: 1e-6))
                #expect(isClose(one.estimate.standardError, two.estimate.standardError, relative: 1e-5))
            }
        }
    }

    /// A column that is 1 for the judge's scores has the drift as its slope, but for the variances, which know of it then.
    @Test func `a drift is the slope of the judge's own column`() throws {
        let sheet = try ScoreSheet(Self.rows(judges: Self.judges, items: Self.items, seed: 3))
        let model = try FacetModel(of: sheet, anchors: Self.anchors(error: 0.3))
        let column = sheet.judgeCodes.map { $0 == 2 ? 1.0 : 0 }
        let other = try FacetModel(of: sheet, covariates: [.init(name: "J2", values: column)], anchors: Self.anchors())
        let (drift, slope) = (model.drifts[2].estimate, other.slopes[0].estimate)
        #expect(isClose(drift.value, slope.value, relative: 0.1, absolute: 0.05))
        #expect(isClose(drift.standardError, (slope.standardError * slope.standardError + 0.09).squareRoot(), relative: 0.1))
    }

    @Test func `a judge who has become milder is found, and the others are not`() throws {
        var now = Self.judges
        now[1] += 1.5
        let model = try FacetModel(of: ScoreSheet(Self.rows(judges: now, items: Self.items, seed: 4)), anchors: Self.anchors())
        let found = model.drifts.filter { $0.adjustedPValue < 0.01 }
        #expect(found.map(\.anchor.level) == ["J1"])
        #expect((model.drifts[1].estimate.value - 1.5).magnitude < 3 * model.drifts[1].estimate.standardError)
    }

    @Test func `without drift one in twenty is below 0.05`() throws {
        var (small, all) = (0, 0)
        for seed in 0..<60 {
            let sheet = try ScoreSheet(Self.rows(judges: Self.judges, items: Self.items, seed: 100 + UInt64(seed)))
            for drift in try FacetModel(of: sheet, anchors: Self.anchors()).drifts {
                small += drift.pValue < 0.05 ? 1 : 0
                all += 1
            }
        }
        #expect(all == 240)
        #expect((0.01...0.11).contains(Double(small) / Double(all)))
    }

    @Test func `anchors of others are passed over, and that of an only judge moves the mean`() throws {
        let rows = Self.rows(judges: [0.4], items: Self.items, seed: 5)
        let (plain, anchored) = (
            try FacetModel(of: ScoreSheet(rows)),
            try FacetModel(of: ScoreSheet(rows), anchors: [Anchor(of: .judge, "J0", value: 0.4), Anchor(of: .judge, "J9", value: 5)])
        )
        #expect(anchored.drifts.isEmpty)
        #expect(isClose(anchored.mean.value + 0.4, plain.mean.value, relative: 1e-9))
    }
}
