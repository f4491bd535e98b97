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
        #expect(stages.map(\.name) == ["1", "决赛"])
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

    private static let named: [(KeyValuePairs<String, String>, names: [String?])] = [
        (["第一场": "ABC", "第二场": "DEF", "决赛": "AD"], ["1", "决赛"]),
        (["初赛第一场": "ABC", "初赛第二场": "DEF", "决赛": "AD"], ["初赛", "决赛"]),
        (["Heat 1": "ABC", "Heat 2": "DEF", "Final": "AD"], ["1", "Final"]),
        (["Prelims 1": "ABC", "Prelims 2": "DEF", "Final": "AD"], ["prelims", "Final"]),
        (["a": "ABCD", "b": "EFGHI", "s": "ABC", "t": "EF", "u": "AE"], ["1", "2", "u"]),
        // The heat called 1 is the second stage.
        (["x": "ABC", "y": "DEF", "1": "AD"], ["1", "2"]), (["a": "ABC", "b": "DEF"], [nil]),
    ]

    @Test(arguments: named) func `stages without a column have names`(heats: KeyValuePairs<String, String>, names: [String?]) throws {
        #expect(try Self.contest(heats).stages().map(\.name) == names)
    }

    private static let words: [(String, Int?)] = [
        ("1", 2), ("第1阶段", 2), ("第 一 阶段", 2), ("stage 1", 2), ("初赛", 2), ("预赛", 2), ("Preliminaries", 2), ("决赛", 1), ("2", 1), ("第二阶段", 1),
        ("final", 1), ("第1场", 1), ("第二场", 1), ("3", nil), ("复赛", nil), ("第三场", nil),
    ]

    @Test(arguments: words) func `a stage is found by its name, its number, or what such a stage is called`(name: String, count: Int?)
        throws
    {
        let sheet = try Self.contest(["第一场": "ABC", "第二场": "DEF", "决赛": "AD"])
        guard let count else {
            #expect(throws: DesignError.unknownStage(name, known: ["1", "决赛"])) { try Selection(of: sheet, stage: .named(name)) }
            return
        }
        #expect(try Selection(of: sheet, stage: .named(name)).sheet.heats.count == count)
    }

    /// Of four stages the second and the third are both between the first and the last.
    @Test func `only of three stages is one in the middle`() throws {
        let three = try Self.contest(["a": "ABCDEF", "b": "ABCD", "c": "AB"])
        for name in ["复赛", "半决赛", "Semifinals"] {
            #expect(try Selection(of: three, stage: .named(name)).sheet.heats.map(\.name) == ["b"])
        }
        let four = try Self.contest(["a": "ABCDEF", "b": "ABCD", "c": "ABC", "d": "AB"])
        #expect(throws: DesignError.unknownStage("半决赛", known: ["a", "b", "c", "d"])) { try Selection(of: four, stage: .named("半决赛")) }
    }

    @Test func `heats are named in any form of their numbers, several with commas between`() throws {
        let sheet = try Self.contest(["第一场": "ABC", "第二场": "DEF", "第十场": "GH", "A、B": "I"])
        func heats(_ names: String...) throws -> [String?] { try Selection(of: sheet, stage: .all, heats: names).sheet.heats.map(\.name) }
        #expect(try heats("第10场", "第1场") == ["第一场", "第十场"] && heats("2场，第一场") == ["第一场", "第二场"])
        #expect(try heats("A、B") == ["A、B"])
        #expect(throws: DesignError.unknownHeat("第3场", known: ["第一场", "第二场", "第十场", "A、B"])) { try heats("第1场,第3场") }
    }

    @Test func `heats of several stages are not pooled unless it is said`() throws {
        let sheet = try Self.contest(["第一场": "ABC", "第二场": "DEF", "决赛": "AD"])
        #expect(throws: DesignError.severalStages(["1", "决赛"])) { try Selection(of: sheet, heats: ["第1场", "决赛"]) }
        #expect(try Selection(of: sheet, stage: .all, heats: ["第1场", "决赛"]).sheet.heats.count == 2)
    }

    @Test func `a sheet with neither column is one stage`() throws {
        let stages = try sheet(["A": "1", "B": "2"]).stages()
        #expect(stages.map(\.name) == [nil] && stages.map(\.heats) == [[0]] && stages.map(\.entryCount) == [2])
    }

    @Test func `heats that are left out are those of the earlier stages`() throws {
        let lines = ["p,a,A", "p,a,B", "p,b,C", "p,b,D", "f,x,A", "f,y,C"].map { "\($0),J,5" }
        let chosen = try Selection(of: sheet((["stage,heat,entry,judge,score"] + lines).joined(separator: "\n")), stage: nil)
        #expect(chosen.sheet.heats.count + chosen.heatsLeftOut == 4)
    }

    @Test func `the last stage is what is meant`() throws {
        let sheet = try MadeContest.sheet()
        let (chosen, all) = (try Selection(of: sheet), try Selection(of: sheet, stage: .all))
        #expect(chosen.stage == "决赛" && chosen.heatsLeftOut == 9 && chosen.sheet.entries.count == 24)
        #expect(all.sheet == sheet && all.heatsLeftOut == 0)
        let asked = try Selection(of: sheet, stage: .last)
        #expect(asked.sheet == chosen.sheet && asked.heatsLeftOut == 0)
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
