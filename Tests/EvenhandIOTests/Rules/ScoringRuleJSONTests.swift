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
        ("{\"steps\": [\n{\"judges\": \"sum\"},\n{\"rond\": 2}]}", 3, JSONProblem.unexpected(key: "rond")),
        ("{\"steps\": [{\"judges\": \"sum\",\n\"round\": 2}]}", 2, .unexpected(key: "round")),
        ("{\"steps\": [\n{\"round\": 13}]}", 2, .wrongKind(key: "round", kind: "a whole number from 0 to 12")),
        ("{\"steps\": [\n{\"round\": {\"mode\": \"down\"}}]}", 2, .missing(key: "decimals")),
        ("{\"steps\": [{\"judges\":\n\"average\"}]}", 2, .wrongKind(key: "judges", kind: "one of mean, sum, median")),
        ("{\"steps\": [\n{\"clip\": \"two\"}]}", 2, .wrongKind(key: "clip", kind: "a number, {\"attribute\": NAME} or a list of cases")),
        ("{\"steps\": [\n{\"clip\": 1e5}]}", 2, .wrongKind(key: "clip", kind: "a decimal number of at most 15 digits")),
        ("{\"steps\": [\n{\"multiply\": [\n{\"heet\": \"a\", \"value\": 1}]}]}", 3, .unexpected(key: "heet")),
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

    @Test func `a missing file and steps that make no rule are told apart`() throws {
        #expect(throws: RuleFileError.unreadable(path: "/nowhere.json", reason: "No such file or directory")) {
            try ScoringRule(contentsOf: "/nowhere.json")
        }
        let (result, path) = try rule("{\"steps\": [{\"round\": 2}]}")
        #expect(throws: RuleFileError.impossible(path: path, .judgesNotCombined(stage: nil))) { try result.get() }
    }
}
