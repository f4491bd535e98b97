import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// What is asked of a close final.
struct FinalsOptions: ParsableArguments {
    enum About: String, Choice {
        case merit
        case newPanel = "new-panel"
        case sameJudges = "same-judges"
    }

    @Option(help: ArgumentHelp("How many places there are.", valueName: "k"))
    var places: Int

    @Option(help: "The method of the official list (default: the rule if there is one, else mean, or trimmed as the sheet's own results).")
    var method: MethodOptions.Name?

    @Option(help: ArgumentHelp("The rule of the official list, a JSON file.", valueName: "file"), completion: .file())
    var rule: String?

    @Option(help: ArgumentHelp("What breaks ties in the list: \(TieBreak.words.joined(separator: ", ")).", valueName: "chain"))
    var tieBreak: TieBreakChain?

    @OptionGroup var parameters: MethodParameters

    @Option(help: "The model behind the probabilities; crossed replaces calibrated where judges' scales cannot be estimated.")
    var model: MeritModel.Kind = .calibrated

    @Option(help: "The number of draws for the probabilities.")
    var draws = 10_000

    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 1

    @Option(help: "What the probabilities are about.")
    var about: About = .merit

    @Option(help: ArgumentHelp("For same-judges: the share of a score's deviation that would repeat, 0 to 1.", valueName: "share"))
    var repeatable: Double?

    @Option(help: "Whether a heat's effect is part of the result (default: strength where panels share no judge, else none).")
    var heatMeans: CrossedEffects.HeatMeans?

    @OptionGroup var covariates: CovariateOptions

    @Option(help: ArgumentHelp("The weights of the stages in the result.", valueName: "stage=w,…"))
    var stageWeights: Assignments?

    @Option(help: ArgumentHelp("List entries whose range of scores exceeds this, in points.", valueName: "d"))
    var rangeLimit: Double?

    @Option(
        help:
            "Draw the places near the cut by lot: snsf with equal chances where rank intervals contain the line, linear with chances that rise with them."
    )
    var lottery: Lottery.Rule?

    @Flag(help: "Simulate contests of this design and report what the intervals cover.")
    var checkCoverage = false

    @Flag(help: "Draw rank intervals, and who is better than whom near the cut.")
    var plot = false

    func validate() throws {
        if places < 1 { throw ValidationError("--places \(places): at least one place.") }
        try tieBreak?.requireKnown()
        if !(100...1_000_000).contains(draws) { throw ValidationError("--draws \(draws): between 100 and 1000000.") }
        if let repeatable, !(0...1).contains(repeatable) { throw ValidationError("--repeatable \(repeatable): a share from 0 to 1.") }
        if repeatable != nil, about != .sameJudges { throw ValidationError("--repeatable belongs to --about same-judges.") }
        if rule != nil, method != nil { throw ValidationError("--rule and --method: give only one of them.") }
        if rule != nil, stageWeights != nil { throw ValidationError("--rule and --stage-weights: the rule file has the weights.") }
        if let rangeLimit, !(rangeLimit >= 0) { throw ValidationError("--range-limit \(rangeLimit): a range is not negative.") }
        if method == .clipped { _ = try chosenMethod() }
        _ = try stageWeights?.fractions("--stage-weights")
    }

    /// The parts that have to be asked for by an option of their own.
    var partsNotAsked: Set<FinalsAnalysis.Part> {
        Set((checkCoverage ? [] : [.coverage]) + (lottery == nil ? [.lottery] : []))
    }

    /// The subjects of the draws; without a share several, over the range of what it can be.
    var subjects: [DrawSubject] {
        switch about {
        case .merit: return [.merit]
        case .newPanel: return [.newPanel]
        case .sameJudges:
            if let repeatable { return [.sameJudges(repeatable: repeatable)] }
            return [0, 0.25, 0.5, 0.75, 1].map { .sameJudges(repeatable: $0) }
        }
    }

    /// The rule, if there is one.
    func scoringRule() throws -> ScoringRule? { try rule.map { try ScoringRule(contentsOf: $0) } }

    /// - Parameter own: the sheet's own column of trimmed results, which the list is by when nothing else was asked for.
    private func chosenMethod(own: String? = nil) throws -> ScoringMethod {
        if method == .crossed { return .crossed(parameters.modelMethod, heatMeans: heatMeans) }
        return try parameters.method(method ?? (own == nil ? .mean : .trimmed), for: "--method")
    }

    /// What is asked about the list.
    func rules(scoreRange: ClosedRange<Double>?) -> FinalsAnalysis.Rules {
        var rules = FinalsAnalysis.Rules(places: places)
        (rules.model, rules.heatMeans, rules.draws, rules.seed) = (model, heatMeans, draws, seed)
        (rules.subjects, rules.rangeLimit, rules.scoreRange) = (subjects, rangeLimit, scoreRange)
        (rules.lottery, rules.covariates) = (lottery, covariates.names)
        return rules
    }

    /// The sheet's own column of trimmed results, when the list is by them since nothing else was asked for.
    func ownResult(of reading: Reading) -> String? { method == nil && rule == nil ? reading.trimmedResult : nil }

    /// How the official list is made.
    func recipe(_ scoring: ScoringRule?, criteria: CriterionRule, own: String?) throws -> OfficialList.Recipe {
        var recipe = OfficialList.Recipe(try scoring.map { .rule($0) } ?? .method(try chosenMethod(own: own)))
        recipe.criteria = criteria
        recipe.tieBreaks = tieBreak?.steps ?? scoring?.tieBreaks ?? []
        let weights = try stageWeights?.fractions("--stage-weights") ?? [:]
        recipe.stageWeights = (stageWeights?.parts ?? []).compactMap { part in
            weights[part.name].map { OfficialList.StageWeight(stage: part.name, weight: $0) }
        }
        return recipe
    }

    var json: [(String, JSON)] {
        [
            ("places", .integer(places)), ("method", method.map { .string($0.rawValue) } ?? .null),
            ("rule", rule.map(JSON.string) ?? .null),
            ("tie_break", .array((tieBreak?.steps ?? []).map { .string($0.text) })), ("model", .string(model.rawValue)),
            ("draws", .integer(draws)),
            ("seed", .string("\(seed)")), ("about", .string(about.rawValue)), ("repeatable", repeatable.map(JSON.number) ?? .null),
            ("heat_means", heatMeans.map { .string($0.rawValue) } ?? .null),
            ("stage_weights", stageWeights.map { .object($0.parts.map { ($0.name, .string($0.value)) }) } ?? .null),
            ("range_limit", rangeLimit.map(JSON.number) ?? .null),
            ("lottery", lottery.map { .string($0.rawValue) } ?? .null),
        ] + covariates.json + parameters.json
    }
}

extension MeritModel.Kind: Choice {}
extension Lottery.Rule: Choice {}
