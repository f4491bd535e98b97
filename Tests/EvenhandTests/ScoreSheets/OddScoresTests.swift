import Evenhand
import TestSupport
import Testing

@Suite struct OddScoresTests {
    /// Twelve entries with five scores each around 80; the third of entry 5 is another text.
    static func contest(_ odd: String, scale: Double = 1) throws -> ScoreSheet {
        let rows = (0..<12).flatMap { entry in
            (0..<5).map { judge in
                let score = entry == 5 && judge == 2 ? odd : "\(Double(700 + (entry * 23 + judge * 41) % 200) / 10 * scale)"
                return "E\(10 + entry),J\(judge),\(score)"
            }
        }
        return try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
    }

    @Test(arguments: [
        ("8.9", OddScores.Kind?.some(.offByTen)), ("890", .offByTen), ("7.75", .offByTen), ("0.1", .offTheScale), ("0", .offTheScale),
        ("-85", .offTheScale), ("10000", .offTheScale), ("81.5", nil), ("100", nil), ("60", nil), ("52", nil),
    ])
    func `a score is odd off the scale or by a factor of ten`(score: String, kind: OddScores.Kind?) throws {
        let sheet = try Self.contest(score)
        let odd = OddScores(of: sheet)
        #expect(odd.scores.map(\.kind) == (kind.map { [$0] } ?? []))
        #expect(odd.scores.map { sheet.entryOfRow[$0.row] } == (kind == nil ? [] : ["E15"]))
        #expect(odd.scores.allSatisfy { sheet.judges[Int(sheet.judgeCodes[$0.row])] == "J2" })
    }

    /// Of five judges the third gives some entries nothing, among scores from `least` to 90.
    @Test(arguments: [(2, 55, 2), (8, 50, 8), (2, 40, 0), (13, 55, 0)])
    func `zeros apart from all other scores are odd, unless many`(zeros: Int, least: Int, found: Int) throws {
        let rows = (0..<60).map { row in
            let score =
                row % 5 == 2 && row / 5 < zeros || row < zeros - 12
                ? 0 : row == 59 ? 90 : row == 58 ? least : least + (row * 7) % (91 - least)
            return "E\(10 + row / 5),J\(row % 5),\(score)"
        }
        let odd = OddScores(of: try sheet((["entry,judge,score"] + rows).joined(separator: "\n")))
        #expect(odd.scores.map(\.kind) == .init(repeating: .offTheScale, count: found))
    }

    @Test func `a sheet on a scale of 0 to 10 has no odd scores`() throws {
        let rows = (0..<60).map { "E\(10 + $0 / 5),J\($0 % 5),\(($0 * 7) % 11)" }
        #expect(OddScores(of: try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))).scores.isEmpty)
    }

    @Test(arguments: ["80", "8", "800"])
    func `equal scores show no scale`(odd: String) throws {
        let rows = (0..<60).map { "E\(10 + $0 / 5),J\($0 % 5),\($0 == 17 ? odd : "80")" }
        #expect(OddScores(of: try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))).scores.isEmpty)
    }

    @Test func `bouts of five rounds next to bouts of three are not slips, one bout is`() throws {
        // Points of three rounds, 27 to 30, and of five, 45 to 50.
        func contest(every number: Int) throws -> ScoreSheet {
            let rows = (0..<120).flatMap { bout in
                (0..<3).map { judge in
                    let points = bout % number == 5 ? 45 + (bout + judge) % 6 : 27 + (bout * 7 + judge * 3) % 4
                    return "E\(100 + bout),J\(judge),\(points)"
                }
            }
            return try sheet((["entry,judge,score"] + rows).joined(separator: "\n"))
        }
        #expect(OddScores(of: try contest(every: 12)).scores.isEmpty)
        #expect(OddScores(of: try contest(every: 120)).scores.map(\.kind) == [.offTheScale, .offTheScale, .offTheScale])
    }

    @Test func `each criterion has a scale of its own`() throws {
        let rows = (0..<12).flatMap { entry in
            (0..<5).flatMap { judge -> [String] in
                let small = entry == 3 && judge == 1 ? "29" : "\(Double(20 + (entry * 7 + judge * 3) % 11) / 10)"
                return ["E\(10 + entry),J\(judge),small,\(small)", "E\(10 + entry),J\(judge),large,\(70 + (entry * 11 + judge * 5) % 19)"]
            }
        }
        let sheet = try sheet((["entry,judge,criterion,score"] + rows).joined(separator: "\n"))
        let odd = OddScores(of: sheet)
        #expect(odd.scores.map(\.kind) == [.offByTen])
        #expect(odd.scores.map { sheet.score(at: $0.row) } == [29])
    }

    @Test func `fewer than eight scores show no scale`() throws {
        #expect(OddScores(of: try sheet(["A": "88 89 8.9", "B": "85 91 87"])).scores.isEmpty)
    }

    @Test func `the made contest has no odd scores`() throws {
        #expect(OddScores(of: try MadeContest.sheet()).scores.isEmpty)
    }
}
