import Evenhand
import EvenhandIO
import EvenhandReports
import Testing

@Suite struct RuleMessagesTests {
    static let errors: [(DesignError, String)] = [
        (.inexactScores, "E311"), (.noAmount(step: "multiply", entry: "A", location: "h"), "E312"),
        (.noCount(value: 1.5, entry: "A"), "E313"),
        (.noNumber(attribute: "d", entry: "A", text: "x"), "E314"), (.criteriaLeft(["a", "b"]), "E315"),
        (.stageNotInRule("s", known: ["t"]), "E316"), (.noStageResult(entry: "A", stage: "s"), "E317"),
        (.severalPerformances(entry: "A", heats: ["x", "y"]), "E318"), (.unknownEntry("A", nearest: ["B"]), "E319"),
        (.severalAmounts(attribute: "d", entry: "A", texts: ["1", "2"]), "E322"), (.severalLines(entry: "A"), "E323"),
    ]

    @Test func `what a rule cannot do is said in both languages with one code`() {
        for (error, code) in Self.errors {
            let (english, chinese) = (error.message(in: .en), error.message(in: .zh))
            #expect(english.hasSuffix(" [\(code)]") && chinese.hasSuffix(" [\(code)]"))
            #expect(
                english.unicodeScalars.allSatisfy { $0.value < 0x3000 } && chinese.unicodeScalars.contains { $0.value > 0x4E00 },
                "\(chinese)")
        }
    }

    @Test func `a refused step comes with its right forms in both languages`() {
        let forms = ["{\"round\": 2}", "{\"round\": {\"decimals\": 1}}"]
        let cases: [(JSONProblem, String, String)] = [
            (
                .unknownStep("rond", forms: forms, known: ["round"]), "There is no step “rond”; write \(forms[0]) or \(forms[1]).",
                "没有步骤“rond”；请写 \(forms[0]) 或 \(forms[1])。"
            ),
            (
                .unknownStep("x", forms: [], known: ["round", "trim"]), "There is no step “x”; the steps are round, trim.",
                "没有步骤“x”；步骤有：round、trim。"
            ),
            (
                .step("round", forms: forms, .missing(key: "decimals")),
                "The member \"decimals\" is missing. Write \(forms[0]) or \(forms[1]).", "缺少字段“decimals”。请写 \(forms[0]) 或 \(forms[1])。"
            ),
            (
                .step("round", forms: [forms[0]], .wrongKind(key: "round", kind: "a whole number")),
                "\"round\" has to be a whole number. Write \(forms[0]).", "“round”的值不对。请写 \(forms[0])。"
            ),
            (
                .severalSteps(["judges", "round"]),
                "One pair of braces holds several steps; write {\"judges\": …}, {\"round\": …}.",
                "一对花括号内有多个步骤；请写 {\"judges\": …}, {\"round\": …}。"
            ),
        ]
        for (problem, english, chinese) in cases {
            let error = RuleFileError.malformed(path: "r.json", line: 1, problem)
            #expect(error.message(in: .en) == "r.json, line 1: \(english) [E602]")
            #expect(error.message(in: .zh) == "r.json 第 1 行：\(chinese) [E602]")
        }
    }

    @Test func `what is wrong with a rule file is said with its position`() {
        #expect(
            RuleFileError.malformed(path: "r.json", line: 3, .unexpected(key: "rond")).message(in: .en)
                == "r.json, line 3: The member \"rond\" is unknown here or appears twice. [E602]")
        let problems: [ScoringRuleError] = [
            .noSteps(stage: nil), .judgesNotCombined(stage: "s"), .repeatedStep(2, stage: nil), .tooLate(step: 3, stage: nil),
            .tooEarly(step: 1, stage: "s"), .repeatedStage("s"), .unknownStage("a", in: "b"),
        ]
        let messages = problems.map { RuleFileError.impossible(path: "r.json", $0).message(in: .en) }
        #expect(Set(messages).count == problems.count)
        #expect(
            messages[3] == "r.json: Steps: step 3 works on numbers that an earlier step has combined; move it before that step. [E603]")
        #expect(RuleFileError.impossible(path: "r.json", .noSteps(stage: "初赛")).message(in: .zh) == "r.json：阶段“初赛”：没有步骤。 [E603]")
    }
}
