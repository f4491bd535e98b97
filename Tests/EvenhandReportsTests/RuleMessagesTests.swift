import Evenhand
import EvenhandIO
import EvenhandReports
import Testing

@Suite struct RuleMessagesTests {
    static let errors: [(DesignError, String)] = [
        (.inexactScores, "E311"), (.noAmount(step: "multiply", entry: "A", place: "h"), "E312"), (.noCount(value: 1.5, entry: "A"), "E313"),
        (.noNumber(attribute: "d", entry: "A", text: "x"), "E314"), (.criteriaLeft(["a", "b"]), "E315"),
        (.stageNotInRule("s", known: ["t"]), "E316"), (.noStageResult(entry: "A", stage: "s"), "E317"),
        (.severalPerformances(entry: "A", heats: ["x", "y"]), "E318"), (.unknownEntry("A", nearest: ["B"]), "E319"),
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

    @Test func `what is wrong with a rule file is said with its place`() {
        #expect(
            RuleFileError.malformed(path: "r.json", line: 3, .unexpected(key: "rond")).message(in: .en)
                == "r.json, line 3: The member \"rond\" is unknown here, or stands there twice. [E602]")
        let problems: [ScoringRuleError] = [
            .noSteps(stage: nil), .judgesNotCombined(stage: "s"), .repeatedStep(2, stage: nil), .tooLate(step: 3, stage: nil),
            .tooEarly(step: 1, stage: "s"), .repeatedStage("s"), .unknownStage("a", in: "b"),
        ]
        let messages = problems.map { RuleFileError.impossible(path: "r.json", $0).message(in: .en) }
        #expect(Set(messages).count == problems.count)
        #expect(messages[3] == "r.json: Steps: step 3 trims or clips after the judges have become one number. [E603]")
        #expect(RuleFileError.impossible(path: "r.json", .noSteps(stage: "初赛")).message(in: .zh) == "r.json：阶段“初赛”：没有步骤。 [E603]")
    }
}
