import Foundation
import Testing

/// What the README of `Data` says about the made contest, read from its files.
@Suite struct MadeContestTests {
    let scores: [[String: String]]
    let sectors: [String: String]

    init() throws {
        scores = try Self.rows("scores.csv")
        sectors = try Dictionary(uniqueKeysWithValues: Self.rows("entries.csv").map { ($0["entry"]!, $0["sector"]!) })
    }

    static func rows(_ name: String) throws -> [[String: String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "Data/zhejiang-2022/\(name)"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    /// Sums of whole tenths order the finalists as exactly as their means: all seven judges scored each.
    private func final() -> [(entry: String, tenths: Int)] {
        let final = Dictionary(grouping: scores.filter { $0["stage"] == "决赛" }) { $0["entry"]! }
        return final.mapValues { $0.reduce(0) { $0 + Int($1["score"]!.replacing(".", with: ""))! } }
            .sorted { $0.value > $1.value }.map { ($0.key, $0.value) }
    }

    @Test func `the first ten have the documented sectors and are close`() {
        let final = final()
        #expect(final.count == 24)
        let firstTen = final.prefix(10).map { sectors[$0.entry]! }
        let counts = Dictionary(grouping: firstTen) { $0 }.mapValues(\.count)
        #expect(counts == ["生物医药": 4, "人工智能": 2, "新材料": 2, "智能制造": 1, "新能源": 1])
        #expect(firstTen.prefix(2) == ["新材料", "新材料"])
        #expect(final[0].tenths - final[9].tenths <= 3 * 70)
        #expect(Set(final.prefix(11).map(\.tenths)).count == 11)
    }

    @Test func `the frame is the documented one`() throws {
        #expect(scores.count == 1013)
        #expect(sectors.count == 152)
        #expect(Set(sectors.values).count == 7)
        #expect(try Set(Self.rows("entries.csv").map { $0["city"]! }).count == 8)
        #expect(try Self.rows("judges.csv").count == 32)
        #expect(Set(scores.map { $0["judge"]! }).count == 32)
    }

    @Test func `every heat is complete and nobody appears in two`() {
        for (heat, rows) in Dictionary(grouping: scores, by: { $0["heat"]! }) {
            let judges = Set(rows.map { $0["judge"]! })
            let entries = Set(rows.map { $0["entry"]! })
            #expect(rows.count == judges.count * entries.count, "\(heat)")
            #expect((5...7).contains(judges.count), "\(heat)")
        }
        let preliminaries = Set(scores.filter { $0["stage"] == "初赛" }.map { [$0["entry"]!, $0["heat"]!] })
        #expect(preliminaries.count == 152)
    }

    @Test func `the nine preliminaries fall into three subsets`() {
        let heats = Dictionary(grouping: scores.filter { $0["stage"] == "初赛" }) { $0["heat"]! }
        let subsets = connectedSets(heats.map { heat, rows in Set(rows.map { $0["judge"]! } + [heat]) })
        let names = subsets.map { $0.filter { $0.hasPrefix("第") }.sorted() }.sorted { $0[0] < $1[0] }
        #expect(names == [["第1场", "第3场", "第5场", "第8场"], ["第2场", "第6场", "第9场"], ["第4场", "第7场"]])
    }
}
