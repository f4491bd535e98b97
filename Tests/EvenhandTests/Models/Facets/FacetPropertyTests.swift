import TestSupport
import Testing

@testable import Evenhand

/// What holds of a facet model whatever the scores are.
@Suite struct FacetPropertyTests {
    /// A score with the names of what it belongs to.
    typealias Row = ScoreSheet.Row

    static let truth: [(facets: Facets, variance: Double)] = [
        (.entry, 4), (.judge, 1), (.item, 2), ([.entry, .judge], 0.5), ([.entry, .item], 1.5), ([.judge, .item], 0.4),
        ([.entry, .judge, .item], 0.6),
    ]
    static let noise = 0.8

    /// Scores of entries by judges on items, twice each, with the variances of `truth` and of the noise.
    static func rows(entries: Int, judges: Int, items: Int, missing: Double, seed: UInt64) -> [Row] {
        var stream = RandomStream(seed: seed, stream: 0)
        let sides = [entries, judges, 1, items]
        let effects = truth.map { part in
            (0..<part.facets.positions.reduce(1) { $0 * sides[$1] }).map { _ in part.variance.squareRoot() * stream.normal() }
        }
        var rows: [Row] = []
        for entry in 0..<entries {
            for judge in 0..<judges {
                for item in 0..<items {
                    let codes = [entry, judge, 0, item]
                    let mean = zip(truth, effects).reduce(60.0) { sum, part in
                        sum + part.1[part.0.facets.positions.reduce(0) { $0 * sides[$1] + codes[$1] }]
                    }
                    for repetition in 0..<2 where stream.uniform() >= missing {
                        let points = ((mean + noise.squareRoot() * stream.normal()) * 100).rounded() / 100
                        rows.append(
                            Row(
                                entry: "E\(100 + entry)", judge: "J\(100 + judge)", points: points, item: "I\(100 + item)",
                                repetition: "\(repetition)"))
                    }
                }
            }
        }
        return rows
    }

    static func changed(_ row: Row, points: Double? = nil, _ name: (String) -> String = { $0 }) -> Row {
        Row(
            entry: name(row.entry), judge: name(row.judge), points: points ?? row.points, item: row.item.map(name),
            repetition: row.repetition)
    }

    static let solvers: [(solver: FacetModel.Solver, missing: Double)] = [(.balanced, 0), (.cells, 0.1), (.sparse, 0.1)]

    private static func fit(_ rows: [Row], _ solver: FacetModel.Solver) throws -> FacetModel {
        try FacetModel(of: ScoreSheet(rows), facets: nil, covariates: [], by: solver)
    }

    private static func variances(_ model: FacetModel) -> [Double] { model.components.map(\.variance) + [model.residualVariance] }

    @Test(arguments: solvers)
    func `variances that scores were drawn with are found on average`(solver: FacetModel.Solver, missing: Double) throws {
        let count = 60
        var found: [[Double]] = []
        for seed in 0..<count {
            let rows = Self.rows(entries: 12, judges: 6, items: 10, missing: missing, seed: UInt64(seed))
            found.append(Self.variances(try Self.fit(rows, solver)))
        }
        for (index, truth) in (Self.truth.map(\.variance) + [Self.noise]).enumerated() {
            let own = found.map { $0[index] }
            let mean = own.reduce(0, +) / Double(count)
            let spread = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count * (count - 1))
            #expect((mean - truth).magnitude < 3 * spread.squareRoot(), "component \(index): \(mean) for \(truth)")
            // The test would notice a tenth or so.
            #expect(spread.squareRoot() < 0.13 * truth)
        }
    }

    @Test(arguments: solvers)
    func `neither the order of rows nor names nor the unit matter`(solver: FacetModel.Solver, missing: Double) throws {
        let rows = Self.rows(entries: 9, judges: 4, items: 7, missing: missing, seed: 1)
        let model = try Self.fit(rows, solver)
        var stream = RandomStream(seed: 5, stream: 0)
        // Names read backwards come in another order.
        func turned(_ name: String) -> String { String(name.reversed()) }
        let other = try Self.fit(
            stream.shuffled(rows).map { Self.changed($0, points: (100 * $0.points).rounded(), turned) }, solver)
        for (mine, theirs) in zip(Self.variances(model), Self.variances(other)) {
            #expect(isClose(10_000 * mine, theirs, relative: 1e-6, absolute: 1e-3))
        }
        #expect(model.components.map(\.levelCount) == other.components.map(\.levelCount))
        #expect(isClose(100 * model.mean.value, other.mean.value, relative: 1e-8))
        let names = { (model: FacetModel, effect: FacetModel.Effect) in
            [
                effect.entry.map { model.sheet.entries[$0] }, effect.judge.map { model.sheet.judges[$0] },
                effect.item.map { model.sheet.items.levels[$0] },
            ]
        }
        for component in model.components {
            let theirs = Dictionary(
                uniqueKeysWithValues: other.effects(component.facets).map { (names(other, $0), $0) })
            let effects = model.effects(component.facets)
            #expect(theirs.count == effects.count)
            for effect in effects {
                let twin = theirs[names(model, effect).map { $0.map(turned) }]
                #expect(isClose(100 * effect.value, twin?.value ?? .nan, relative: 1e-5, absolute: 1e-3))
                #expect(isClose(100 * (effect.standardError ?? .nan), twin?.standardError ?? .nan, relative: 1e-4, absolute: 1e-3))
            }
        }
    }

    @Test(arguments: solvers)
    func `copies of every score, entry, judge or item are fitted or refused`(solver: FacetModel.Solver, missing: Double) throws {
        let rows = Self.rows(entries: 6, judges: 3, items: 5, missing: missing, seed: 2)
        let again = rows.map { row in
            Row(entry: row.entry, judge: row.judge, points: row.points, item: row.item, repetition: "again \(row.repetition ?? "")")
        }
        let copies: [[Row]] = [
            again,
            rows.map { Row(entry: "copy \($0.entry)", judge: $0.judge, points: $0.points, item: $0.item, repetition: $0.repetition) },
            rows.map { Row(entry: $0.entry, judge: "copy \($0.judge)", points: $0.points, item: $0.item, repetition: $0.repetition) },
            rows.map {
                Row(entry: $0.entry, judge: $0.judge, points: $0.points, item: "copy \($0.item ?? "")", repetition: $0.repetition)
            },
        ]
        let single = try Self.fit(rows, solver)
        for (index, copy) in copies.enumerated() {
            let model = try Self.fit(rows + copy, solver)
            #expect(Self.variances(model).allSatisfy { $0.isFinite && $0 >= 0 })
            // Twice the scores of each cell: the mean stays, and noise looks smaller.
            if index == 0 {
                #expect(model.residualVariance < single.residualVariance)
                if solver == .balanced { #expect(isClose(model.mean.value, single.mean.value, relative: 1e-10)) }
            }
        }
        // Repetitions that are all alike leave no noise.
        let alike = rows.filter { $0.repetition == "0" }
        let twice = alike + alike.map { Row(entry: $0.entry, judge: $0.judge, points: $0.points, item: $0.item, repetition: "1") }
        do {
            let model = try Self.fit(twice, solver)
            #expect(model.residualVariance < 1e-6 * model.variance(.entry))
        } catch is FitError {
        }
    }
}
