import Evenhand
import TestSupport
import Testing

@testable import EvenhandIO

@Suite struct ScoringRuleJSONTests {
    private func rule(_ text: String) throws -> (result: Result<ScoringRule, RuleFileError>, path: String) {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "rule.json")
        return (Result { () throws(RuleFileError) in try ScoringRule(contentsOf: path) }, path)
    }

    @Test func `every step is read`() throws {
        let text = """
            {
              "name": "all of it",
              "steps": [
                {"trim": 1}, {"trim": {"high": 2, "low": [{"judges": 5, "value": 1}, {"value": 0}]}}, {"clip": 2.5},
                {"round": 2}, {"round": {"decimals": 1, "mode": "half-even"}}, {"criteria": "mean"}, {"judges": "median"},
                {"add": 0.5}, {"subtract": {"attribute": "deductions"}},
                {"multiply": [{"stage": "s", "heat": "h*", "criterion": "c", "judge": "j", "value": 0.3}]}, {"divide": 3},
                {"coefficient": {"roundMeans": 3, "round": 4}}, {"coefficient": {}}
              ],
              "stages": [
                {"name": "a", "steps": [{"judges": "sum"}]},
                {"name": "b", "weights": {"a": 0.35, "b": 0.65}, "round": 2}
              ],
              "tieBreaks": ["median", "criterion:c"]
            }
            """
        let half = Fraction(1, over: 2)
        let expected = try ScoringRule(
            steps: [
                .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1))),
                .trim(high: .fixed(Fraction(2)), low: .cases([.init(judges: 5, value: Fraction(1)), .init(value: Fraction(0))])),
                .clip(.fixed(Fraction(5, over: 2))), .round(Rounding(decimals: 2)), .round(Rounding(decimals: 1, mode: .halfEven)),
                .criteria(.mean), .judges(.median), .add(.fixed(half)), .subtract(.attribute("deductions")),
                .multiply(.cases([.init(stage: "s", heat: "h*", criterion: "c", judge: "j", value: Fraction(3, over: 10))])),
                .divide(.fixed(Fraction(3))), .coefficient(means: Rounding(decimals: 3), coefficient: Rounding(decimals: 4)),
                .coefficient(means: nil, coefficient: nil),
            ],
            stages: [
                .init(name: "a", steps: [.judges(.sum)]),
                .init(
                    name: "b",
                    weights: [.init(stage: "a", weight: Fraction(7, over: 20)), .init(stage: "b", weight: Fraction(13, over: 20))],
                    rounding: Rounding(decimals: 2)),
            ],
            tieBreaks: [.median, .criterion("c")])
        #expect(try rule(text).result.get() == expected)
    }

    @Test(arguments: [
        ("{\"steps\": [{\"judges\": \"sum\",\n\"round\": 2}]}", 2, JSONProblem.severalSteps(["judges", "round"])),
        (
            "{\"steps\": [],\n\"tieBreaks\": [\"coin\"]}", 2,
            .wrongKind(key: "tieBreaks", kind: "one of " + TieBreak.words.joined(separator: ", "))
        ),
        ("{\"step\": []}", 1, .unexpected(key: "step")),
        (
            "{\"stages\": [{\"name\": \"a\",\n\"weights\": {\"a\": \"1\"}}]}", 2,
            .wrongKind(key: "a", kind: "a decimal number of at most 15 digits")
        ),
    ])
    func `a rule that cannot be read says on which line`(text: String, line: Int, problem: JSONProblem) throws {
        let (result, path) = try rule(text)
        #expect(throws: RuleFileError.malformed(path: path, line: line, problem)) { try result.get() }
    }

    @Test(arguments: [
        ("{\"round\": 13}", JSONProblem.wrongKind(key: "round", kind: "a whole number from 0 to 12")),
        ("{\"round\": {\"mode\": \"down\"}}", .missing(key: "decimals")),
        ("{\"judges\": \"average\"}", .wrongKind(key: "judges", kind: "one of mean, sum, median, max, min, majority")),
        ("{\"clip\": \"two\"}", .wrongKind(key: "clip", kind: "a number, {\"attribute\": NAME} or a list of cases")),
        ("{\"clip\": 1e5}", .wrongKind(key: "clip", kind: "a decimal number of at most 15 digits")),
        ("{\"multiply\": [{\"heet\": \"a\", \"value\": 1}]}", .unexpected(key: "heet")),
        ("{\"multiply\": [{\"heat\": \"a\"}]}", .missing(key: "value")),
        ("{\"multiply\": [{\"attribute\": \"d\", \"value\": 1}]}", .unexpected(key: "value")),
        ("{\"trim\": {\"hihg\": 1}}", .unexpected(key: "hihg")),
        ("{\"best\": 2}", .wrongKind(key: "best", kind: "an object of one of judges, criteria, heats")),
        ("{\"best\": {\"heats\": 0}}", .wrongKind(key: "heats", kind: "a whole number above 0")),
        ("{\"preferences\": \"stage\"}", .wrongKind(key: "preferences", kind: "\"heat\"")),
    ])
    func `what is wrong inside a step comes with forms that can be read`(step: String, problem: JSONProblem) throws {
        let (result, _) = try rule("{\"steps\": [\n\(step), {\"judges\": \"sum\"}]}")
        guard case .failure(.malformed(_, 2, .step(_, let forms, problem))) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(!forms.isEmpty)
    }

    @Test func `an unknown step comes with the nearest or all that there are, and every form can be read`() throws {
        guard case .failure(.malformed(_, 2, .unknownStep("rond", let near, let known))) = try rule("{\"steps\": [\n{\"rond\": 2}]}").result
        else {
            Issue.record("no error")
            return
        }
        #expect(near.first == "{\"round\": 2}" && known.count == 13)
        guard case .failure(.malformed(_, 1, .unknownStep(_, [], _))) = try rule("{\"steps\": [{\"xyzzyplugh\": 2}]}").result else {
            Issue.record("no error")
            return
        }
        for name in known {
            guard case .failure(.malformed(_, _, .unknownStep(_, let forms, _))) = try rule("{\"steps\": [{\"\(name)x\": 2}]}").result
            else {
                Issue.record("\(name)")
                continue
            }
            for form in forms {
                let text = "{\"steps\": [\(form)\(form.hasPrefix("{\"judges\"") ? "" : ", {\"judges\": \"sum\"}")]}"
                switch try rule(text).result {
                case .success, .failure(.impossible): break
                case .failure(let error): Issue.record("\(form): \(error)")
                }
            }
        }
    }

    @Test func `heats, the best few, preferences and trims of large panels are read`() throws {
        let text = """
            {"steps": [
              {"trim": {"high": 2, "low": 1, "from": 5}}, {"preferences": "heat"}, {"judges": "majority"}, {"best": {"heats": 2}},
              {"heats": "max"}, {"multiply": [{"heat": "h*", "attribute": "Ｄ"}, {"value": 1}]}
            ], "tieBreaks": ["heats"]}
            """
        func from(_ count: Int128) -> ScoringRule.Amount {
            .cases([.init(judges: 5, amount: .fixed(Fraction(count))), .init(value: Fraction(0))])
        }
        let expected = try ScoringRule(
            steps: [
                .trim(high: from(2), low: from(1)), .preferences, .judges(.majority), .best(2, of: .heats), .heats(.max),
                .multiply(.cases([.init(heat: "h*", amount: .attribute("Ｄ")), .init(value: Fraction(1))])),
            ], tieBreaks: [.heats])
        #expect(try rule(text).result.get() == expected)
    }

    @Test func `a missing file and steps that do not make a rule are distinguished`() throws {
        #expect(throws: RuleFileError.unreadable(path: "/nowhere.json", reason: "No such file or directory")) {
            try ScoringRule(contentsOf: "/nowhere.json")
        }
        let (result, path) = try rule("{\"steps\": [{\"round\": 2}]}")
        #expect(throws: RuleFileError.impossible(path: path, .judgesNotCombined(stage: nil))) { try result.get() }
    }
}
