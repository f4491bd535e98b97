import Evenhand
import TestSupport
import Testing

@Suite struct PanelLinksTests {
    /// Names of what alone connects judges: `J2` a judge, `A` an entry, `A-J2` a score.
    private func links(_ sheet: ScoreSheet) -> [String] {
        let links = PanelLinks(of: sheet)
        return links.judges.map { sheet.judges[$0] } + links.entries.map { sheet.entries[$0] }
            + links.scores.map { "\(sheet.entries[$0.entry])-\(sheet.judges[$0.judge])" }
    }

    static let designs: [(KeyValuePairs<String, String>, [String])] = [
        (["A": "1 1 1", "B": "1 1 1"], []),
        (["A": "1"], []),
        // Two judges and one entry: everything hangs on it, and on each of its scores.
        (["A": "1 1"], ["A", "A-J1", "A-J2"]),
        (["A": "1 1 -", "B": "- 1 1"], ["J2", "A", "B", "A-J1", "A-J2", "B-J2", "B-J3"]),
        // Two panels of two with one judge in common.
        (["A": "1 1 -", "B": "1 1 -", "C": "- 1 1", "D": "- 1 1"], ["J2"]),
        // Two panels with one entry in common that one judge of the second scored.
        (["A": "1 1 - -", "B": "1 1 1 -", "C": "- - 1 1", "D": "- - 1 1"], ["J3", "B", "B-J3"]),
        // Entries of one score connect nobody, and disjoint panels are judged each on its own.
        (["A": "1 - - -", "B": "1 1 - -", "C": "1 1 - -", "D": "- - 1 1", "E": "- - 1 1"], []),
        // A ring holds without any one of its members.
        (["A": "1 1 -", "B": "- 1 1", "C": "1 - 1"], []),
    ]

    @Test(arguments: designs)
    func `what alone connects judges is named`(scores: KeyValuePairs<String, String>, expected: [String]) throws {
        #expect(links(try sheet(scores)) == expected)
    }

    @Test func `two scores of one judge for an entry hold where one of them would not`() throws {
        let rows = "heat,entry,judge,score\na,A,J1,1\na,A,J2,1\nb,A,J1,1"
        #expect(links(try sheet(rows)) == ["A", "A-J2"])
    }

    @Test func `doubling every entry leaves judges that alone connect, and no score`() throws {
        let doubled = try sheet(["A": "1 1 -", "B": "- 1 1", "a": "1 1 -", "b": "- 1 1"])
        #expect(links(doubled) == ["J2"])
    }

    @Test func `a long chain needs no deep stack`() throws {
        let rows = (0..<20_000).map { "E\($0),J\($0),1\nE\($0),J\($0 + 1),1" }
        let links = PanelLinks(of: try sheet((["entry,judge,score"] + rows).joined(separator: "\n")))
        #expect(links.judges.count == 19_999 && links.entries.count == 20_000 && links.scores.count == 40_000)
    }

    /// Leaves each judge, entry and score out in turn and counts the groups of the judges that are left.
    @Test(arguments: 0..<12) func `leaving out each judge, entry and score in turn finds the same`(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed))
        var rows = Set<[Int]>()
        for _ in 0..<16 { rows.insert([Int.random(in: 0..<7, using: &stream), Int.random(in: 0..<6, using: &stream)]) }
        func groups(_ rows: Set<[Int]>) -> Int {
            let judges = Set(rows.map { $0[1] })
            var group = Dictionary(uniqueKeysWithValues: judges.map { ($0, $0) })
            for a in rows {
                for b in rows where a[0] == b[0] && group[a[1]] != group[b[1]] {
                    let (from, to) = (group[a[1]]!, group[b[1]]!)
                    for (judge, value) in group where value == from { group[judge] = to }
                }
            }
            return Set(group.values).count
        }
        let all = groups(rows)
        let name: ([Int]) -> String = { "E\($0[0])-J\($0[1])" }
        let sheet = try ScoreSheet(rows.map { ScoreSheet.Row(entry: "E\($0[0])", judge: "J\($0[1])", points: 1) })
        // Without its only score a judge is a group of its own, so those that vanish count.
        func split(_ part: Set<[Int]>) -> Bool { groups(part) + Set(rows.map { $0[1] }).count - Set(part.map { $0[1] }).count > all }
        let alone = rows.filter { score in split(rows.subtracting([score])) && rows.count { $0[0] == score[0] } > 1 }
        let judges = (0..<6).filter { judge in
            let rest = rows.filter { $0[1] != judge }
            let isIn = rest.count < rows.count
            let sole = isIn && !rows.contains { row in row[1] != judge && rows.contains([row[0], judge]) }
            return isIn && groups(rest) > all - (sole ? 1 : 0)
        }
        let entries = (0..<7).filter { entry in split(rows.filter { $0[0] != entry }) && rows.count { $0[0] == entry } > 1 }
        #expect(links(sheet) == judges.map { "J\($0)" } + entries.map { "E\($0)" } + alone.map(name).sorted())
    }
}
