@testable import Evenhand
import EvenhandIO
import TestSupport
import Testing

/// Probabilities about the result of a rule: its linear part is found exactly, and what it leaves out counts as the rule says.
@Suite struct RuleDrawsTests {
    static func list(_ text: String, _ rule: ScoringRule, attributes: [Attribute] = [], criteria: CriterionRule = CriterionRule()) throws
        -> OfficialList
    {
        let sheet = try sheet(text).adding(entryAttributes: attributes)
        return try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule)))
    }

    static func tops(_ list: OfficialList, places: Int, of subject: DrawSubject = .merit) throws -> [Double] {
        let model = try MeritModel(of: list)
        return try RankUncertainty(of: model.draws(2000, of: subject, seed: 1), places: places).topProbabilities
    }

    static func text(_ criteria: [String] = [], entries: Int = 8, judges: Int = 5, noise: Double = 1, seed: UInt64 = 1) -> String {
        var (stream, rows) = (RandomStream(seed: seed), ["entry,judge,\(criteria.isEmpty ? "" : "criterion,")score"])
        let severities = (0..<judges).map { _ in 2 * stream.normal() }
        for entry in 0..<entries {
            let merits = (criteria.isEmpty ? [""] : criteria).map { _ in 4 * stream.normal() }
            for judge in 0..<judges {
                for (position, merit) in merits.enumerated() {
                    let points = ((80 + merit + severities[judge] + noise * stream.normal()) * 10).rounded() / 10
                    rows.append("E\(entry),J\(judge),\(criteria.isEmpty ? "" : criteria[position] + ",")\(points)")
                }
            }
        }
        return rows.joined(separator: "\n")
    }

    static let trim = ScoringRule.Step.trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1)))

    @Test func `weights, factors and deductions of a rule are found exactly`() throws {
        let difficulty = Attribute(name: "difficulty", values: Factor((0..<8).map { "\(1 + $0 % 3).5" }))
        let penalty = Attribute(name: "penalty", values: Factor((0..<8).map { "\($0)" }))
        let weights = ScoringRule.Step.multiply(
            .cases([.init(criterion: "a", value: Fraction(3, over: 4)), .init(criterion: "b", value: Fraction(1, over: 4))]))
        // Trims, medians and rounding have no part in slopes; a factor counts for what is subtracted before it.
        let rule = try ScoringRule(steps: [
            Self.trim, .judges(.median), weights, .criteria(.sum), .round(Rounding(decimals: 1)), .multiply(.attribute("difficulty")),
            .subtract(.attribute("penalty")), .multiply(.fixed(Fraction(2))),
        ])
        let list = try Self.list(Self.text(["a", "b"]), rule, attributes: [difficulty, penalty])
        let linear = try LinearRule(of: #require(list.ranking.rule), stage: nil)
        for entry in 0..<8 {
            let factor = Fraction(Int128(2 * (1 + entry % 3) + 1))
            #expect(linear.slopes[0][entry] == (try factor * Fraction(3, over: 4)).reduced)
            #expect(linear.slopes[1][entry] == (try factor * Fraction(1, over: 4)).reduced)
            #expect(linear.offsets[entry] == Fraction(Int128(-2 * entry)))
        }
    }

    /// The same contest in scores and in faults of which 160 are none.
    @Test func `what a trim takes from faults is that of scores`() throws {
        let sheet = try sheet(Self.text(judges: 6, noise: 2))
        let mirrored = sheet.performances.flatMap { own in
            own.rows.map { row in
                ScoreSheet.Row(
                    entry: sheet.entries[Int(own.entry)], judge: sheet.judges[Int(sheet.judgeCodes[row])],
                    points: 160 - sheet.score(at: row))
            }
        }
        let rule = try ScoringRule(steps: [Self.trim, .judges(.mean)])
        let tops = try [sheet, ScoreSheet(mirrored).lowestFirst].map { sheet in
            try Self.tops(OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule))), places: 3)
        }
        for (scores, faults) in zip(tops[0], tops[1]) { #expect(isClose(scores, faults, absolute: 0.005)) }
    }

    /// √(σ² (f² + g²)/m + σ_J² (f − g)²/m): a judge's severity counts f times for one entry and g times for the other.
    @Test func `of a complete panel the error of a gap knows the factors of both entries`() throws {
        let difficulty = Attribute(name: "difficulty", values: Factor((0..<8).map { "\(1 + $0 % 3).5" }))
        let rule = try ScoringRule(steps: [.judges(.mean), .multiply(.attribute("difficulty"))])
        let list = try Self.list(Self.text(), rule, attributes: [difficulty])
        let errors = GapError(list, model: try MeritModel(of: list, by: .crossed), influence: nil)
        let fit = try CrossedEffects(of: sheet(Self.text()))
        for (a, b) in [(0, 1), (1, 2), (2, 0), (0, 3)] {
            let (f, g) = (1.5 + Double(a % 3), 1.5 + Double(b % 3))
            let variance = fit.residualVariance * (f * f + g * g) + fit.judgeVariance * (f - g) * (f - g)
            #expect(agree(errors.error(a, b), (variance / 5).squareRoot(), within: 1e-9))
        }
    }

    /// n ≥ (f² + g²) σ² Φ⁻¹(0.9)² / d², with Φ⁻¹(0.9) = 1.2815515655446004.
    @Test func `it takes more judges where an entry's factor is larger`() throws {
        let difficulty = Attribute(name: "difficulty", values: Factor((0..<8).map { "\(1 + $0 % 4).5" }))
        let rule = try ScoringRule(steps: [.judges(.mean), .multiply(.attribute("difficulty"))])
        let list = try Self.list(Self.text(noise: 12), rule, attributes: [difficulty])
        let model = try MeritModel(of: list)
        let residualVariance = model.terms[0].fit.residualVariance
        for places in 1...7 {
            let report = CutReport(of: list, model: .success(model), places: places, draws: 10, seed: 1)
            let order = list.column.ranks.order.map { Int($0) }
            let (a, b) = (order[places - 1], order[places])
            let (f, g) = (1.5 + Double(a % 4), 1.5 + Double(b % 4))
            let gap = model.merits[a] - model.merits[b]
            let needed = (f * f + g * g) * residualVariance * 1.2815515655446004 * 1.2815515655446004 / (gap * gap)
            #expect(try #require(report.certainty).judgesNeeded == Int(needed.rounded(.up)), "\(places)")
        }
    }

    @Test func `a rule of weights says what the option of weights says`() throws {
        let text = Self.text(["a", "b"], noise: 4)
        let weights = ScoringRule.Step.multiply(
            .cases([.init(criterion: "a", value: Fraction(9, over: 10)), .init(criterion: "b", value: Fraction(1, over: 10))]))
        let byRule = try Self.list(text, ScoringRule(steps: [weights, .criteria(.sum), .judges(.mean)]))
        var recipe = OfficialList.Recipe(.method(.mean))
        recipe.criteria = CriterionRule(weights: ["a": Fraction(9, over: 10), "b": Fraction(1, over: 10)])
        let sheet = try sheet(text)
        let byOption = try OfficialList(of: sheet, heats: sheet.heats, by: recipe)
        #expect(try Self.tops(byRule, places: 3) == Self.tops(byOption, places: 3))
        #expect(try MeritModel(of: byRule).terms[0].calibrated != nil)
        // Plain totals would say something else.
        recipe.criteria = CriterionRule()
        let plain = try OfficialList(of: sheet, heats: sheet.heats, by: recipe)
        #expect(zip(try Self.tops(byRule, places: 3), try Self.tops(plain, places: 3)).contains { ($0 - $1).magnitude > 0.2 })
    }

    @Test(arguments: [ScoringMethod.trimmed(.scores(1)), .median])
    func `a rule that leaves out scores says what the method says`(method: ScoringMethod) throws {
        let text = Self.text(noise: 4)
        let steps: [ScoringRule.Step] = method == .median ? [.judges(.median)] : [Self.trim, .judges(.mean)]
        let sheet = try sheet(text)
        let byMethod = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(method)))
        let byRule = try Self.list(text, ScoringRule(steps: steps))
        for subject in [DrawSubject.merit, .newPanel, .sameJudges(repeatable: 0.5)] {
            let (a, b) = (try Self.tops(byMethod, places: 3, of: subject), try Self.tops(byRule, places: 3, of: subject))
            #expect(zip(a, b).allSatisfy { ($0 - $1).magnitude <= 0.005 }, "\(subject)")
        }
    }

    @Test func `a deduction moves an entry whatever its scores are`() throws {
        let text = Self.text()
        let before = try Self.list(text, ScoringRule(steps: [Self.trim, .judges(.mean)]))
        let best = Int(before.column.ranks.order[0])
        let deduction = Attribute(name: "deduction", values: Factor((0..<8).map { $0 == best ? "40" : "0" }))
        let after = try Self.list(
            text, ScoringRule(steps: [Self.trim, .judges(.mean), .subtract(.attribute("deduction"))]), attributes: [deduction])
        let win = try RankUncertainty(of: MeritModel(of: after).draws(2000, seed: 1), places: 1).winProbabilities
        #expect(win[best] == 0)
        #expect(try Self.tops(before, places: 1)[best] > 0.5)
        // Deductions are not merit: the variance of entries does not know them.
        let variances = try [before, after].map { try MeritModel(of: $0).terms[0].fit.entryVariance }
        #expect(agree(variances[0], variances[1], within: 1e-8))
    }

    @Test func `the same judges, all of whose views last, give the rule's list again`() throws {
        let text = Self.text(noise: 6)
        for steps: [ScoringRule.Step] in [
            [Self.trim, .judges(.mean)], [.judges(.median)], [.judges(.sum), .subtract(.fixed(Fraction(5)))],
        ] {
            let list = try Self.list(text, ScoringRule(steps: steps))
            let draws = try MeritModel(of: list).draws(100, of: .sameJudges(repeatable: 1), seed: 1).all
            for (entry, result) in list.column.results.values.enumerated() {
                #expect(draws.allSatisfy { ($0[entry] - result).magnitude < 1e-9 }, "\(steps)")
            }
        }
    }

    @Test func `one wild score moves merits by a trimmed rule no more than it moves the rule`() throws {
        // The best entry by all judges but one, who gave it 30 points less.
        var lines = Self.text(entries: 10, judges: 7).split(separator: "\n").map(String.init)
        let rule = try ScoringRule(steps: [Self.trim, .judges(.mean)])
        let before = try Self.list(lines.joined(separator: "\n"), rule)
        let best = before.entries[Int(before.column.ranks.order[0])]
        let row = try #require(lines.firstIndex { $0.hasPrefix("\(best),J3,") })
        lines[row] = "\(best),J3,50"
        let after = try Self.list(lines.joined(separator: "\n"), rule)
        #expect(after.column.ranks.order[0] == before.column.ranks.order[0])
        let merits = try MeritModel(of: after).merits
        let order = merits.indices.sorted { merits[$0] > merits[$1] }
        #expect(after.entries[order[0]] == best)
        let results = after.column.results.values
        #expect(order == results.indices.sorted { results[$0] > results[$1] })
        // The plain mean puts it elsewhere.
        let sheet = try sheet(lines.joined(separator: "\n"))
        let plain = try MeritModel(of: OfficialList(of: sheet, heats: sheet.heats, by: .init(.method(.mean))), by: .crossed).merits
        #expect(sheet.entries[plain.indices.max { plain[$0] < plain[$1] }!] != best)
    }

    /// Variance of trimmed means and medians of normal samples over that of the mean, from 4 million samples of sorted normal numbers in
    /// numpy (seed 1); for the median of five 1.4341 by Sarhan and Greenberg, *Contributions to Order Statistics* (1962), table 10C.1.
    @Test(arguments: [
        (5, ScoringMethod.trimmed(.scores(1)), 1.134), (7, .trimmed(.scores(1)), 1.086), (5, .median, 1.433), (9, .median, 1.494),
    ])
    func `the noise of results is that of trimmed means and medians of normal noise`(judges: Int, method: ScoringMethod, ratio: Double)
        throws
    {
        var (stream, rows) = (RandomStream(seed: 5), [ScoreSheet.Row]())
        for entry in 0..<600 {
            let merit = stream.normal()
            for judge in 0..<judges {
                let points = ((80 + merit + stream.normal()) * 100).rounded() / 100
                rows.append(ScoreSheet.Row(entry: "E\(entry)", judge: "J\(judge)", points: points))
            }
        }
        let found = try WorkingScores.noiseRatio(
            of: ScoreSheet(rows), seed: 1, results: { try EntryResults(of: $0, by: method).values },
            means: { try EntryResults(of: $0, by: .mean).values })
        #expect((found / ratio - 1).magnitude < 0.04)
    }

    @Test func `working scores have the noise of the results and the same entries and judges`() throws {
        let sheet = try madeContest(entries: 12, judges: 6, panel: 4, seed: 8, severity: { 2 * Double($0) })
        let working = try WorkingScores.sheet(sheet, shifts: (0..<12).map(Double.init), noise: 2.25)
        let (before, after) = (try Additive(of: sheet), try Additive(of: working))
        #expect(isClose(after.residualVariance!, 2.25 * before.residualVariance!, relative: 1e-9))
        #expect(zip(after.judgeEffects, before.judgeEffects).allSatisfy { isClose($0, $1, absolute: 1e-9) })
        for entry in 0..<12 { #expect(isClose(after.fairAverages[entry], before.fairAverages[entry] + Double(entry), relative: 1e-9)) }
    }

    @Test func `criteria with judges of their own are parts of their own`() throws {
        // Two technicians and two marketers for six entries.
        var (stream, rows) = (RandomStream(seed: 3), ["entry,judge,criterion,score"])
        for entry in 0..<6 {
            for (judge, criterion) in [
                ("T1", "tech"), ("T2", "tech"), ("T3", "tech"), ("M1", "market"), ("M2", "market"), ("M3", "market"),
            ] {
                rows.append("E\(entry),\(judge),\(criterion),\(((60 + 5 * Double(entry) + stream.normal()) * 10).rounded() / 10)")
            }
        }
        let sheet = try sheet(rows.joined(separator: "\n"))
        let rule = try ScoringRule(steps: [.judges(.mean), .criteria(.sum)])
        let linear = try LinearRule(of: RuleResults(of: sheet, by: rule), stage: nil)
        let terms = try RuleStage(linear, entries: sheet.entries, name: nil).terms(weight: 1)
        #expect(terms.map(\.totals.judges) == [["M1", "M2", "M3"], ["T1", "T2", "T3"]])
        #expect(terms.allSatisfy { $0.isLinear && $0.factors == [1, 1, 1, 1, 1, 1] })
        // No judge has a total, and the list is made all the same.
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule)))
        #expect(try Self.tops(list, places: 1)[5] > 0.99)
    }

    /// Four rounds of two heats each, with a difficulty for each dive.
    static func dives() throws -> ScoreSheet {
        var (stream, rows) = (RandomStream(seed: 12), ["entry,judge,round,difficulty,score"])
        for entry in 0..<8 {
            for round in 1...4 {
                let merit = 7 + 0.3 * Double(entry) + 0.4 * stream.normal()
                for judge in 0..<7 {
                    let score = (2 * (merit + 0.3 * stream.normal())).rounded() / 2
                    rows.append("D\(entry),J\(judge),\(round),\(2 + Double((entry + round) % 3) / 2),\(score)")
                }
            }
        }
        var options = ReadingOptions()
        options.ruleAttributes = ["difficulty"]
        let directory = try TemporaryDirectory()
        return try Reading(of: [directory.write(rows.joined(separator: "\n"), to: "dives.csv")], as: options).sheet
    }

    @Test func `dives of several rounds make one total for each judge, by their difficulties`() throws {
        let sheet = try Self.dives()
        let trim = ScoringRule.Step.trim(high: .fixed(Fraction(2)), low: .fixed(Fraction(2)))
        let rule = try ScoringRule(steps: [trim, .judges(.sum), .multiply(.attribute("difficulty")), .heats(.sum)])
        let linear = try LinearRule(of: RuleResults(of: sheet, by: rule), stage: nil)
        // Three judges are left of seven.
        for entry in 0..<8 {
            for round in 1...4 {
                #expect(linear.slopes[round - 1][entry] == Fraction(Int128(3 * (4 + (entry + round) % 3)), over: 2).reduced)
            }
        }
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule)))
        let model = try MeritModel(of: list)
        #expect(model.terms.count == 1 && !model.terms[0].isLinear)
        // Working scores: the mean of an entry's totals is its result, and all of its judges' views that last give it again.
        let draws = try model.draws(20, of: .sameJudges(repeatable: 1), seed: 1).all
        for (entry, result) in list.column.results.values.enumerated() {
            #expect(draws.allSatisfy { ($0[entry] / result - 1).magnitude < 1e-9 })
        }
        #expect(try Self.tops(list, places: 1)[7] > 0.5)
    }

    /// J3 saw the first round only: of totals over both rounds those of J1 and J2 are left, 13 and 15, 9 and 7, 5 and 6.
    @Test func `a judge of some rounds has no total over all`() throws {
        let scores = ["A": [[6.0, 7, 9], [7, 8]], "B": [[4, 3, 2], [5, 4]], "C": [[2, 3, 1], [3, 3]]]
        let rows = scores.flatMap { entry, rounds in
            rounds.enumerated().flatMap { round, points in
                points.enumerated().map { judge, points in
                    ScoreSheet.Row(entry: entry, judge: "J\(judge + 1)", points: points, heat: Heat(stage: nil, name: "R\(round)"))
                }
            }
        }
        let sheet = try ScoreSheet(rows)
        let linear = try LinearRule(of: RuleResults(of: sheet, by: ScoringRule(steps: [.judges(.mean), .heats(.sum)])), stage: nil)
        let totals = try RuleStage(linear, entries: sheet.entries, name: nil).terms(weight: 1).map(\.totals)
        #expect(totals.map(\.judges) == [["J1", "J2"]])
        #expect(totals[0].units.indices.map { totals[0].points(at: $0) } == [13, 15, 9, 7, 5, 6])
    }

    @Test(arguments: [
        (ScoringRule.Combination.sum, Int?.none, Direction.higherIsBetter, 10.0), (.mean, nil, .lowerIsBetter, 2.5),
        (.sum, 2, .higherIsBetter, 7), (.sum, 2, .lowerIsBetter, 3), (.mean, 3, .higherIsBetter, 3), (.mean, 3, .lowerIsBetter, 2),
        (.sum, 9, .lowerIsBetter, 10),
    ])
    func `the best of some runs are the lowest where those are the best`(
        combination: ScoringRule.Combination, kept: Int?, direction: Direction, number: Double
    ) throws {
        let best = kept.map { [ScoringRule.Step.best($0, of: .heats)] } ?? []
        let way = try #require(RunWay([.judges(.mean)] + best + [.heats(combination)]))
        #expect(way.kept == kept && way.number([3, 1, 4, 2], direction) == number && way.number([], direction) == nil)
    }

    @Test(arguments: [
        [ScoringRule.Step.judges(.mean), .heats(.max)], [.judges(.mean), .subtract(.fixed(Fraction(5))), .heats(.max)],
        [.judges(.mean), .best(2, of: .heats), .heats(.sum)],
        [
            .trim(high: .fixed(Fraction(1)), low: .fixed(Fraction(1))), .judges(.mean), .multiply(.attribute("difficulty")),
            .heats(.median), .subtract(.fixed(Fraction(1, over: 2))), .multiply(.fixed(Fraction(3))),
        ],
    ])
    func `the best of several runs is drawn run by run`(steps: [ScoringRule.Step]) throws {
        let sheet = try Self.dives()
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(ScoringRule(steps: steps))))
        let model = try MeritModel(of: list)
        #expect(model.terms.count == 4 && model.terms.map(\.stage) == ["1", "2", "3", "4"])
        // The views that these judges hold give the results of the list again.
        let draws = try model.draws(20, of: .sameJudges(repeatable: 1), seed: 1).all
        for (entry, result) in list.column.results.values.enumerated() {
            #expect(draws.allSatisfy { ($0[entry] / result - 1).magnitude < 1e-9 })
        }
        let report = CutReport(of: list, model: .success(model), places: 3, draws: 400, seed: 1)
        let chances = try #require(report.certainty?.ranks.topProbabilities)
        #expect((chances.reduce(0, +) - 3).magnitude < 1e-9 && report.gapErrors == .jackknife)
        #expect(report.certainty?.judgesNeeded == nil)
        // No part of the model is about all runs, so nothing is said that would take one of them for all.
        var rules = FinalsAnalysis.Rules(places: 3)
        rules.draws = 100
        let analysis = try FinalsAnalysis(of: list, rules: rules, parts: [.heats, .coverage, .cut])
        #expect(analysis.luck == nil && analysis.coverage == nil && analysis.cut.certainty != nil)
    }

    @Test(arguments: [(Direction.higherIsBetter, [61, 58, 55, 41.0]), (.lowerIsBetter, [21, 51, 55, 30])])
    func `of the best run of each, an entry that starts in one only has that`(direction: Direction, best: [Double]) throws {
        let runs = ["E 60 62 61;20 22 21", "F 50 51 52;58 59 57", "G 55 54 56", "H 30 31 29;40 42 41"]
        let rows = runs.flatMap { line -> [ScoreSheet.Row] in
            let (name, scores) = (String(line.prefix(1)), line.dropFirst(2).split(separator: ";"))
            return scores.enumerated().flatMap { run, scores in
                scores.split(separator: " ").enumerated().map { judge, score in
                    ScoreSheet.Row(
                        entry: name, judge: "J\(judge)", points: Double(score) ?? 0, heat: Heat(stage: nil, name: "Run \(run + 1)"))
                }
            }
        }
        let sheet = direction == .lowerIsBetter ? try ScoreSheet(rows).lowestFirst : try ScoreSheet(rows)
        let rule = try ScoringRule(steps: [.judges(.mean), .heats(direction == .lowerIsBetter ? .min : .max)])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(rule)))
        let merits = try MeritModel(of: list).merits
        // Noise is small: merits are close to the best runs.
        for (merit, result) in zip(merits, best) { #expect((direction.turned(merit) - result).magnitude < 1.5, "\(merits)") }
        let certainty = CutReport(of: list, model: MeritModel.result(of: list), places: 1, draws: 400, seed: 1).certainty
        #expect(try #require(certainty).ranks.topProbabilities[0] > 0.9)
    }

    @Test func `rules that count majorities leave certainty out and keep the rest`() throws {
        let sheet = try Self.dives()
        let steps: [ScoringRule.Step] = [.preferences, .judges(.majority), .heats(.sum)]
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.rule(ScoringRule(steps: steps))))
        let report = CutReport(of: list, model: MeritModel.result(of: list), places: 3, draws: 100, seed: 1)
        #expect(report.obstacle == .rule && report.certainty == nil && report.gaps.contains { $0 != nil })
    }

    @Test func `a tie across the cut has the gap 0, and others the distance to it`() throws {
        let sheet = try sheet(["A": "9 9 9", "B": "8 7 6", "C": "7 7 7", "D": "7 6 8", "E": "5 4 6"])
        let list = try OfficialList(of: sheet, heats: sheet.heats, by: .init(.method(.mean)))
        let report = CutReport(of: list, model: MeritModel.result(of: list), places: 2, draws: 100, seed: 1)
        #expect(list.tied(across: 2).map { list.entries[$0] } == ["B", "C", "D"])
        #expect(report.gaps.map { $0?.points } == [2, 0, 0, 0, -2])
        #expect(report.gaps.allSatisfy { $0?.other != nil } && report.gaps.enumerated().allSatisfy { $1?.other != $0 })
        #expect(list.tied(across: 4).isEmpty)
    }
}
