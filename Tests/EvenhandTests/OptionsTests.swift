import Evenhand
import Testing

/// Options with a default are easily left behind on the way to where they count: whoever changes one has another answer.
@Suite struct OptionsTests {
    /// An answer as it usually is, and with one option changed.
    struct Option: Sendable, CustomTestStringConvertible {
        let name: String
        let usual, other: @Sendable () throws -> Any
        var testDescription: String { name }

        init(_ name: String, _ usual: @escaping @Sendable () throws -> Any, _ other: @escaping @Sendable () throws -> Any) {
            (self.name, self.usual, self.other) = (name, usual, other)
        }
    }

    /// All that an answer holds; in the order of the lines' texts, since sets and dictionaries have none.
    private static func content(_ answer: Any) -> [String] {
        var text = ""
        dump(answer, to: &text)
        return text.split(separator: "\n").map(String.init).sorted()
    }

    @Test(arguments: agreement + models + finals + groups + results + votes + simulation)
    func `an option that is given changes the answer`(option: Option) throws {
        let usual = Self.content(try option.usual())
        #expect(usual == Self.content(try option.usual()), "the same again")
        #expect(usual != Self.content(try option.other()))
    }

    // MARK: - the same answers with an option changed

    /// The first ten entries of five judges, one score missing.
    private static func incomplete() throws -> ScoreSheet {
        let text = ["9 7 8 6 7", "8 6 7 7 5", "7 7 6 5 -", "6 5 7 4 6", "5 6 4 5 3", "4 3 5 2 4"]
        return try sheet(
            KeyValuePairs(dictionaryLiteral: ("A", text[0]), ("B", text[1]), ("C", text[2]), ("D", text[3]), ("E", text[4]), ("F", text[5]))
        )
    }

    private static func complete() throws -> ScoreSheet { try FinalsFixture.complete().totals.sheet }
    private static func panels() throws -> ScoreSheet { try FinalsFixture.panels().totals.sheet }

    private static func draws(seed: UInt64 = 1, count: Int = 10_000) -> Generalizability.Draws {
        var draws = Generalizability.Draws()
        (draws.seed, draws.count) = (seed, count)
        return draws
    }

    private static let agreement: [Option] = [
        Option("Agreement level", { Agreement(of: try complete()) }, { Agreement(of: try complete(), level: 0.8) }),
        Option(
            "CategoryAgreement level", { CategoryAgreement(of: try incomplete()) as Any },
            { CategoryAgreement(of: try incomplete(), level: 0.8) as Any }),
        Option(
            "KendallConcordance level", { KendallConcordance(of: try complete()) }, { KendallConcordance(of: try complete(), level: 0.8) }),
        Option(
            "KrippendorffAlpha level", { KrippendorffAlpha(of: try complete(), metric: .interval) },
            { KrippendorffAlpha(of: try complete(), metric: .interval, level: 0.8) }),
        Option("JudgeCorrelations level", { JudgeCorrelations(of: try complete()) }, { JudgeCorrelations(of: try complete(), level: 0.8) }),
        Option(
            "JudgeCorrelations kind", { JudgeCorrelations(of: try complete()) },
            { JudgeCorrelations(of: try complete(), kind: .scores) }),
        Option(
            "IntraclassCorrelations level", { IntraclassCorrelations(of: try Generalizability(of: complete())) },
            { IntraclassCorrelations(of: try Generalizability(of: complete()), level: 0.8) }),
        Option(
            "IntraclassCorrelations draws", { IntraclassCorrelations(of: try Generalizability(of: incomplete())) },
            { IntraclassCorrelations(of: try Generalizability(of: incomplete()), draws: draws(seed: 2)) }),
        Option(
            "DecisionStudy level", { DecisionStudy(of: try Generalizability(of: complete())) },
            { DecisionStudy(of: try Generalizability(of: complete()), level: 0.8) }),
        Option(
            "DecisionStudy seed", { DecisionStudy(of: try Generalizability(of: incomplete())).row(judges: 3) },
            { DecisionStudy(of: try Generalizability(of: incomplete()), draws: draws(seed: 2)).row(judges: 3) }),
        Option(
            "JudgeCalibration estimation", { try JudgeCalibration(of: Totals(of: panels())).severity as Any },
            { try JudgeCalibration(of: Totals(of: panels()), by: .ml).severity as Any }),
    ]

    private static func ranks(_ draws: PosteriorDraws) throws -> [Double] { try RankUncertainty(of: draws, places: 4).expectedRanks }

    /// Of the made contest, whose judges differ in scale.
    private static func preliminaries() throws -> Calibrated {
        try Calibrated(of: Totals(of: Selection(of: MadeContest.sheet(), stage: .named("初赛")).sheet).sheet)
    }

    private static let models: [Option] =
        [
            Option("CrossedEffects estimation", { try CrossedEffects(of: complete()) }, { try CrossedEffects(of: complete(), by: .ml) }),
            Option("CrossedEffects heats", { try CrossedEffects(of: panels()) }, { try CrossedEffects(of: panels(), heats: true) }),
        ]
        + ["subject", "seed", "heatMeans", "variances"].map { name in
            Option(
                "CrossedEffects draws \(name)", { try ranks(CrossedEffects(of: panels(), heats: true).draws(200, seed: 1)) },
                {
                    try ranks(
                        CrossedEffects(of: panels(), heats: true).draws(
                            200, of: name == "subject" ? .newPanel : .merit, seed: name == "seed" ? 2 : 1,
                            heatMeans: name == "heatMeans" ? .strength : .leniency, variances: name == "variances" ? .held : .estimated))
                })
        } + [
            Option(
                "CrossedEffects judgeDeviations", { try CrossedEffects(of: complete()).judgeDeviations() },
                { try CrossedEffects(of: complete()).judgeDeviations(holdingFixed: true) }),
            Option(
                "CrossedEffects entryDeviations", { try CrossedEffects(of: complete()).entryDeviations() },
                { try CrossedEffects(of: complete()).entryDeviations(holdingFixed: true) }),
            Option(
                "CrossedEffects heatDeviations", { try CrossedEffects(of: panels(), heats: true).heatDeviations() },
                { try CrossedEffects(of: panels(), heats: true).heatDeviations(holdingFixed: true) }),
            Option(
                "CrossedEffects fairAverages", { try CrossedEffects(of: panels(), heats: true).fairAverages() },
                { try CrossedEffects(of: panels(), heats: true).fairAverages(heatMeans: .strength) }),
            Option(
                "CrossedEffects fairAverageErrors", { try CrossedEffects(of: panels(), heats: true).fairAverageErrors() },
                { try CrossedEffects(of: panels(), heats: true).fairAverageErrors(heatMeans: .strength) }),
            Option(
                "Calibrated scaleInterval", { try preliminaries().scaleInterval(of: 0) as Any },
                { try preliminaries().scaleInterval(of: 0, level: 0.8) as Any }),
            Option(
                "Calibrated noiseInterval", { try preliminaries().noiseInterval(of: 0) as Any },
                { try preliminaries().noiseInterval(of: 0, level: 0.8) as Any }),
            Option(
                "Estimate interval", { Estimate(value: 1, standardError: 1).interval() },
                { Estimate(value: 1, standardError: 1).interval(level: 0.8) }),
            Option(
                "Estimate freedom", { Estimate(value: 1, standardError: 1).interval() },
                { Estimate(value: 1, standardError: 1, degreesOfFreedom: 3).interval() }),
        ]

    // MARK: - finals

    private static func analysis(
        _ list: @escaping @Sendable () throws -> OfficialList, _ change: @Sendable (inout FinalsAnalysis.Rules) -> Void = { _ in }
    ) throws -> Any {
        var rules = FinalsAnalysis.Rules(places: 4)
        (rules.draws, rules.model) = (100, .crossed)
        change(&rules)
        // What is asked is part of the answer; only what comes of it counts here.
        let found = try FinalsAnalysis(of: list(), rules: rules, parts: [.cut, .review, .lottery, .heats])
        let certainty = found.cut.certainty
        return [
            found.cut.gaps, found.others.count, certainty?.ranks.topProbabilities as Any, certainty?.ranks.expectedRanks as Any,
            certainty?.model.merits as Any, found.changes as Any, found.review as Any, found.luck as Any, found.lottery as Any,
        ]
    }

    private static func finalsOption(
        _ name: String, of list: @escaping @Sendable () throws -> OfficialList = { try FinalsFixture.complete() },
        _ change: @escaping @Sendable (inout FinalsAnalysis.Rules) -> Void
    ) -> Option { Option("FinalsAnalysis \(name)", { try analysis(list) }, { try analysis(list, change) }) }

    /// Scores that fall with the order of appearance, which no judge saw twice alike.
    private static func ordered() throws -> OfficialList {
        let rows = (0..<8).flatMap { entry in
            (0..<4).map { judge in
                "E\(entry),J\(judge),\(60 + 3 * entry + judge - (entry * 5 + judge * 3) % 8),\((entry * 5 + judge * 3) % 8)"
            }
        }
        let sheet = try sheet((["entry,judge,score,order"] + rows).joined(separator: "\n"), attributes: ["order"])
        return try OfficialList(of: sheet, heats: sheet.heats, by: OfficialList.Recipe(.method(.mean)))
    }

    private static let finals: [Option] = [
        finalsOption("places") { $0.places = 3 }, finalsOption("model") { $0.model = .calibrated },
        finalsOption("heatMeans", of: { try FinalsFixture.panels() }) { $0.heatMeans = .strength },
        finalsOption("draws") { $0.draws = 200 }, finalsOption("seed") { $0.seed = 2 },
        finalsOption("subjects") { $0.subjects = [.newPanel] }, finalsOption("rangeLimit") { $0.rangeLimit = 1 },
        finalsOption("scoreRange") { $0.scoreRange = 0...72 }, finalsOption("lottery") { $0.lottery = .linear },
        Option(
            "FinalsAnalysis covariates", { try analysis(ordered) { $0.model = .calibrated } },
            { try analysis(ordered) { ($0.model, $0.covariates) = (.calibrated, ["order"]) } }),
        Option(
            "HeatLuck heatMeans", { HeatLuck(of: try CrossedEffects(of: panels(), heats: true)) },
            { HeatLuck(of: try CrossedEffects(of: panels(), heats: true), heatMeans: .strength) }),
    ]

    // MARK: - groups

    private static func grouped() throws -> (results: GroupResults, grouping: Grouping) { try GroupComparisonTests.results() }

    private static func comparison(_ change: @Sendable (inout GroupComparison.Rules) -> Void = { _ in }) throws -> Any {
        let (results, grouping) = try grouped()
        var rules = GroupComparison.Rules()
        (rules.draws, rules.tests) = (199, [.permutation, .kruskal])
        change(&rules)
        let found = GroupComparison(
            of: results, grouping, isSelected: results.sheet.entries.indices.map { $0 % 4 == 0 }, rules: rules)
        return [found.tests?.findings.map(\.p) as Any, found.tests?.findings.map(\.kind) as Any, found.pairs as Any, found.representations]
    }

    private static let alternating = Grouping(Factor((0..<10).map { $0 % 2 == 0 ? "a" : "b" }))

    private static let groups: [Option] = [
        Option("GroupComparison adjustment", { try comparison() }, { try comparison { $0.adjustment = .bh } }),
        Option("GroupComparison draws", { try comparison() }, { try comparison { $0.draws = 99 } }),
        Option("GroupComparison tests", { try comparison() }, { try comparison { $0.tests = [.kruskal] } }),
        Option(
            "GroupResults rules", { try GroupResults(of: complete(), by: .normalized(.zscore)).shown },
            { try GroupResults(of: complete(), by: .normalized(.zscore), rules: .with(scale: .t)).shown }),
        Option(
            "Breakdown estimation",
            { Breakdown(of: try GroupResults(of: complete(), by: .crossed(.reml)), alternating).rows },
            { Breakdown(of: try GroupResults(of: complete(), by: .crossed(.ml)), alternating).rows }),
        Option(
            "PermutationTest seed",
            { PermutationTest(of: (0..<30).map { Double($0 % 7) }, groups: (0..<30).map { Int32($0 % 3) }, draws: 99) },
            { PermutationTest(of: (0..<30).map { Double($0 % 7) }, groups: (0..<30).map { Int32($0 % 3) }, draws: 99, seed: 2) }),
        Option(
            "PermutationTest strata",
            { PermutationTest(of: (0..<30).map { Double($0 % 7) }, groups: (0..<30).map { Int32($0 % 3) }, draws: 99) },
            {
                PermutationTest(
                    of: (0..<30).map { Double($0 % 7) }, groups: (0..<30).map { Int32($0 % 3) }, strata: (0..<30).map { Int32($0 / 15) },
                    draws: 99)
            }),
        Option("KruskalWallis grid", { KruskalWallis([[1, 2.01], [2, 4]]) }, { KruskalWallis([[1, 2.01], [2, 4]], grid: 0.1) }),
        Option("HuberLocation bend", { HuberLocation(of: [1, 2, 3, 9]) }, { HuberLocation(of: [1, 2, 3, 9], bend: 1) }),
    ]

    // MARK: - results

    private static func partial(_ change: @Sendable (inout PartialRanking.Rules) -> Void = { _ in }) throws -> Any {
        var rules = PartialRanking.Rules()
        change(&rules)
        let ranking = try PartialRanking(of: PartialSums(of: complete()), by: [.crossed(), .mean], rules: rules)
        return ranking.columns.map { ($0.shown, $0.ranks.ranks) }
    }

    private static func normalized(_ rules: NormalizationRules) throws -> Any {
        [
            try Normalization(of: panels(), by: .zscore, rules: rules).values,
            try EntryResults(of: panels(), by: .normalized(.zscore), rules: rules).shown,
        ]
    }

    private static let twoCriteria = "entry,judge,criterion,score\nA,J,x,1\nA,J,y,2\n"

    private static let results: [Option] = [
        Option(
            "Ranking ties", { try Ranking(of: incomplete(), by: [.median]).columns[0].ranks },
            { try Ranking(of: incomplete(), by: [.median], ties: .average).columns[0].ranks }),
        Option(
            "Ranking roundedTo", { try Ranking(of: complete(), by: [.mean]).columns[0].results.shown },
            { try Ranking(of: complete(), by: [.mean], roundedTo: 0).columns[0].results.shown }),
        Option("Normalization scale", { try normalized(.with()) }, { try normalized(.with(scale: .t)) }),
        Option("Normalization within", { try normalized(.with()) }, { try normalized(.with(within: .heat)) }),
        Option("Normalization below", { try normalized(.with()) }, { try normalized(.with(below: .own)) }),
        Option("PartialRanking decimals", { try partial() }, { try partial { $0.decimals = 0 } }),
        Option("PartialRanking ties", { try partial { $0.decimals = 0 } }, { try partial { ($0.decimals, $0.ties) = (0, .average) } }),
        Option(
            "Totals combination", { try Totals(of: sheet(twoCriteria)).sheet.score(at: 0) },
            { try Totals(of: sheet(twoCriteria), by: CriterionRule(combination: .mean)).sheet.score(at: 0) }),
    ]

    // MARK: - votes

    private static func vote(_ change: @Sendable (inout VoteAnalysis.Rules) -> Void = { _ in }) throws -> Any {
        var rules = VoteAnalysis.Rules(places: 3)
        rules.draws = 100
        change(&rules)
        let found = try VoteAnalysis(of: VoteFixture.votes("votes_8x10"), rules: rules)
        return [found.abilities, found.isIn, found.ranks.topProbabilities, found.probability(of: 0, above: 1)]
    }

    private static let votes: [Option] = [
        Option("VoteAnalysis places", { try vote() }, { try vote { $0.places = 2 } }),
        Option("VoteAnalysis adjustment", { try vote() }, { try vote { $0.adjustment = 0.5 } }),
        Option("VoteAnalysis errors", { try vote() }, { try vote { $0.errors = .judges } }),
        Option("VoteAnalysis draws", { try vote() }, { try vote { $0.draws = 200 } }),
        Option("VoteAnalysis seed", { try vote() }, { try vote { $0.seed = 2 } }),
        Option(
            "BradleyTerry adjustment", { try BradleyTerry(of: VoteFixture.votes("votes_8x10")).abilities },
            { try BradleyTerry(of: VoteFixture.votes("votes_8x10"), adjustment: 0.5).abilities }),
    ]

    // MARK: - simulated contests

    private static func simulated(seed: UInt64 = 1, _ change: @Sendable (inout ScoreModel) -> Void = { _ in }) throws -> Any {
        var model = ScoreModel()
        change(&model)
        return SimulatedContest(of: try ContestDesign(entryCount: 12, heatCount: 2, judgeCount: 6, model: model), seed: seed).scores
    }

    private static let simulation: [Option] =
        [Option("SimulatedContest seed", { try simulated() }, { try simulated(seed: 2) })]
        + [
            ("mean", \ScoreModel.mean), ("entrySD", \.entrySD), ("judgeSD", \.judgeSD), ("scaleSD", \.scaleSD), ("noiseSD", \.noiseSD),
            ("noiseSpread", \.noiseSpread), ("heatSD", \.heatSD),
        ].map { (name: String, path: any WritableKeyPath<ScoreModel, Double> & Sendable) in
            Option("ScoreModel \(name)", { try simulated() }, { try simulated { $0[keyPath: path] += 0.5 } })
        }
}
