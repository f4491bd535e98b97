import Evenhand
import TestSupport
import Testing

@Suite struct StagesTests {
    static let preliminaries = (1...9).map { "第\($0)场" }

    private static func heats(_ stages: [Stage], of sheet: ScoreSheet) -> [[String?]] {
        stages.map { $0.heats.map { sheet.heats[$0].name } }
    }

    @Test func `a stage column names the stages and who went on orders them`() throws {
        let sheet = try MadeContest.sheet()
        let stages = try sheet.stages()
        #expect(stages.map(\.name) == ["初赛", "决赛"])
        #expect(stages.map(\.entryCount) == [152, 24])
        #expect(Self.heats(stages, of: sheet) == [Self.preliminaries, ["决赛"]])
    }

    @Test func `without a stage column stages follow from who went on`() throws {
        let sheet = try sheet(MadeContest.text(columns: ["heat", "entry", "judge", "score"]))
        let stages = try sheet.stages()
        #expect(stages.map(\.name) == [nil, nil])
        #expect(stages.map(\.entryCount) == [152, 24])
        #expect(Self.heats(stages, of: sheet) == [Self.preliminaries, ["决赛"]])
    }

    /// One score for each entry named by a letter.
    static func contest(_ heats: KeyValuePairs<String, String>, column: String = "heat") throws -> ScoreSheet {
        let rows = heats.flatMap { heat, entries in entries.map { "\(heat),\($0),J,1" } }
        return try sheet((["\(column),entry,judge,score"] + rows).joined(separator: "\n"))
    }

    static let chains: [(KeyValuePairs<String, String>, [[String]])] = [
        (["z": "ABCDEF", "y": "ABC", "x": "AB"], [["z"], ["y"], ["x"]]),
        (["b": "ABC", "a": "DEF", "c": "AD"], [["a", "b"], ["c"]]),
        (["a": "ABC", "b": "DEFG", "c": "H"], [["a", "b", "c"]]),
        // Two semi-finals before the final, one of them with fewer entries than a preliminary.
        (["a": "ABCD", "b": "EFGHI", "s": "ABC", "t": "EF", "u": "AE"], [["a", "b"], ["s", "t"], ["u"]]),
        (["only": "ABC"], [["only"]]),
    ]

    @Test(arguments: chains)
    func `heats without common entries are parallel and smaller ones follow`(heats: KeyValuePairs<String, String>, expected: [[String]])
        throws
    {
        let sheet = try Self.contest(heats)
        #expect(try Self.heats(sheet.stages(), of: sheet) == expected)
    }

    static let openOrders: [(KeyValuePairs<String, String>, column: String, names: [String])] = [
        (["a": "ABC", "b": "ABC"], "heat", ["a", "b"]),
        (["a": "ABC", "b": "BCD"], "heat", ["a", "b"]),
        (["a": "ABCD", "b": "AX"], "heat", ["a", "b"]),
        (["a": "ABC", "b": "ABC"], "stage", ["a", "b"]),
        (["a": "ABCD", "b": "AX"], "stage", ["a", "b"]),
        (["r1": "ABC", "r2": "DEF", "r3": "A"], "stage", ["r1", "r2", "r3"]),
    ]

    @Test(arguments: openOrders)
    func `an order that stays open is an error`(heats: KeyValuePairs<String, String>, column: String, names: [String]) throws {
        let sheet = try Self.contest(heats, column: column)
        #expect(throws: DesignError.stageOrderUnknown(names)) { try sheet.stages() }
        #expect(throws: DesignError.stageOrderUnknown(names)) { try Selection(of: sheet) }
        #expect(try Selection(of: sheet, stage: .all).sheet == sheet)
    }

    @Test func `a sheet with neither column is one stage`() throws {
        let stages = try sheet(["A": "1", "B": "2"]).stages()
        #expect(stages.map(\.name) == [nil] && stages.map(\.heats) == [[0]] && stages.map(\.entryCount) == [2])
    }

    @Test func `the last stage is what is meant`() throws {
        let sheet = try MadeContest.sheet()
        let (chosen, all) = (try Selection(of: sheet), try Selection(of: sheet, stage: .all))
        #expect(chosen.stage == "决赛" && chosen.heatsLeftOut == 9 && chosen.sheet.entries.count == 24)
        #expect(all.sheet == sheet && all.heatsLeftOut == 0)
        let preliminaries = try Selection(of: sheet, stage: .named("初赛"))
        #expect(preliminaries.sheet.entries.count == 152 && preliminaries.sheet.heats.count == 9 && preliminaries.heatsLeftOut == 0)
        let one = try Selection(of: sheet, heats: ["第3场"])
        #expect(one.sheet.heats.map(\.name) == ["第3场"] && one.sheet.judges.count < sheet.judges.count)
    }

    @Test func `parts that do not occur are named`() throws {
        let sheet = try MadeContest.sheet()
        #expect(
            throws: DesignError.unknownStage(
                "半决赛", known: ["决赛", "初赛"].sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        ) {
            try Selection(of: sheet, stage: .named("半决赛"))
        }
        #expect(throws: DesignError.unknownHeat("第10场", known: ["决赛"])) { try Selection(of: sheet, stage: .last, heats: ["第10场"]) }
        #expect(throws: DesignError.severalStages(["初赛", "决赛"].sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })) {
            try Selection(of: sheet, heats: ["第1场", "决赛"])
        }
    }
}
