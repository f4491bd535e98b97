@testable import Evenhand
import TestSupport
import Testing

@Suite struct SmallestChangeTests {
    private func list(_ sheet: ScoreSheet, _ method: ScoringMethod) throws -> OfficialList {
        try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(method)))
    }

    @Test func `by hand`() throws {
        // Means 8, 7, 6; one place. A falls out when B's sum of 21 passes A's of 24, or A's falls below 21.
        let sheet = try sheet(["A": "8 8 8", "B": "7 7 7", "C": "6 6 6"])
        let changes = SmallestChange.all(of: try list(sheet, .mean), places: 1)
        #expect(changes.map { $0?.points } == [-4, 3, 6])
        #expect(changes[0]?.scored == 0 && changes[0]?.judge == "J1")
        // No one score moves a median of three past the other two.
        let medians = SmallestChange.all(of: try list(sheet, .median), places: 1)
        #expect(medians.map { $0?.points } == [nil, nil, nil])
        let limited = SmallestChange.all(of: try list(sheet, .mean), places: 1, range: 0...10)
        #expect(limited.map { $0?.points } == [-4, 3, nil])
    }

    /// Every change of every score from 1 to 10, the smallest that works.
    @Test(arguments: [ScoringMethod.mean, .median, .trimmed(.scores(1)), .winsorized(.scores(1)), .huber])
    func `it is the one that trying all finds`(method: ScoringMethod) throws {
        var stream = RandomStream(seed: 9)
        var rows: [ScoreSheet.Row] = []
        for entry in 0..<5 {
            for judge in 0..<(entry == 4 ? 4 : 5) {
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: Double(1 + stream.index(below: 10))))
            }
        }
        let sheet = try ScoreSheet(rows)
        let list = try list(sheet, method)
        let found = SmallestChange.all(of: list, places: 2, range: 1...10)
        let isExact = [ScoringMethod.mean, .median, .trimmed(.scores(1))].contains(method)
        for entry in 0..<5 {
            let isIn = list.isIn(places: 2)[entry]
            var least = Double.infinity
            for row in isExact ? Array(sheet.units.indices) : sheet.rowsOfEntries[entry] {
                for score in stride(from: 1.0, through: 10, by: 1) where (score - sheet.units[row]).magnitude < least {
                    let changed = try list.remade(of: sheet.replacing(row: row, units: score))
                    if changed.isIn(places: 2)[entry] != isIn { least = (score - sheet.units[row]).magnitude }
                }
            }
            #expect(found[entry].map(\.points.magnitude) ?? .infinity == least, "\(method.name), entry \(entry)")
        }
    }

    @Test func `a model's change is searched near the cut and flips it`() throws {
        let sheet = try sheet(fixture("ranking/posterior_10x6.csv"))
        let list = try list(sheet, .crossed())
        for (entry, change) in SmallestChange.all(of: list, places: 4).enumerated() {
            guard let change else { continue }
            let code = Int32(sheet.judges.firstIndex(of: change.judge)!)
            let row = sheet.rowsOfEntries[entry].first { sheet.judgeCodes[$0] == code }!
            let changed = try list.remade(of: sheet.replacing(row: row, units: (sheet.units[row] + 10 * change.points).rounded()))
            #expect(changed.isIn(places: 4)[entry] != list.isIn(places: 4)[entry])
        }
    }

    @Test func `a model's change is searched for three ranks on either side of the cut`() throws {
        let lines = (0..<9).flatMap { entry in [90, 91, 88].enumerated().map { "E\(entry),J\($0),\($1 - 2 * entry)" } }
        let list = try list(sheet((["entry,judge,score"] + lines).joined(separator: "\n")), .crossed())
        let found = SmallestChange.all(of: list, places: 4).map { $0 != nil }
        #expect(found == [false, true, true, true, true, true, true, false, false])
    }

    @Test func `when everybody is in there is nothing to flip`() throws {
        let sheet = try sheet(["A": "8 8", "B": "7 7"])
        #expect(SmallestChange.all(of: try list(sheet, .mean), places: 2) == [nil, nil])
    }
}
