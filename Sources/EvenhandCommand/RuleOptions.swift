import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// A rulebook to follow, a published list to compare it with, an entry to explain.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Results by a rule, a JSON file of steps; attributes and columns of the scores may be its amounts.", valueName: "file"),
        completion: .file())
    var rule: String?

    @Option(
        help: ArgumentHelp("What breaks ties, one after the other: \(TieBreak.words.joined(separator: ", ")).", valueName: "chain"))
    var tieBreak: TieBreakChain?

    @Option(help: ArgumentHelp("Show how an entry came to its place, step by step.", valueName: "entry"))
    var explain: String?

    @Option(
        help: ArgumentHelp("Compare with a published list: entries, perhaps heat by heat, with results, ranks or both.", valueName: "file"),
        completion: .file())
    var verify: String?

    /// The files that are read besides the scores.
    var files: [String] { [rule, verify].compactMap(\.self) }

    func validate() throws { try tieBreak?.requireKnown() }

    var json: [(String, JSON)] {
        [
            ("rule", rule.map(JSON.string) ?? .null), ("tie_break", .array((tieBreak?.steps ?? []).map { .string($0.text) })),
            ("explain", explain.map(JSON.string) ?? .null), ("verify", verify.map(JSON.string) ?? .null),
        ]
    }

    /// The rule, if there is one.
    func scoringRule() throws -> ScoringRule? { try rule.map { try ScoringRule(contentsOf: $0) } }

    /// The ranking led by the rule, if there is one, with ties broken.
    func applied(
        _ rule: ScoringRule?, to ranking: Ranking, contest: ScoreSheet, selection: Selection, input: InputOptions, unit: MethodOptions.Unit
    ) throws -> Ranking {
        var ranking = ranking
        if let rule {
            if unit == .performance, !rule.stages.isEmpty {
                throw ValidationError("--unit performance: the rule weighs stages, so its results belong to entries.")
            }
            if unit == .performance, rule.combinesHeats {
                throw ValidationError("--unit performance: the rule combines heats, so its results belong to entries.")
            }
            ranking = try ranking.led(by: RuleResults(of: basis(of: rule, contest, selection, input, unit), by: rule))
        }
        return try ranking.breakingTies(by: tieBreak?.steps ?? rule?.tieBreaks ?? [], ballots: selection.sheet, contest: contest)
    }

    /// All stages where the rule weighs them, the whole stage where heats depend on each other, otherwise what is ranked.
    private func basis(
        of rule: ScoringRule, _ contest: ScoreSheet, _ selection: Selection, _ input: InputOptions, _ unit: MethodOptions.Unit
    ) -> ScoreSheet {
        if !rule.stages.isEmpty { return contest }
        guard rule.needsWholeStage, !input.heats.isEmpty else { return selection.sheet }
        guard let whole = try? input.selection(of: contest, heats: []) else { return selection.sheet }
        return unit == .performance ? whole.byPerformance().sheet : whole.sheet
    }

    /// The report with what was found about the published list and the entry that are named, and the warning of a list that differs.
    func extended(_ report: Report, _ ranking: Ranking, of contest: Contest, _ input: InputOptions, in language: Language) throws -> (
        report: Report, warnings: [String]
    ) {
        var (report, warnings) = (report, [String]())
        let names = contest.labels
        if let verify {
            let read = try PublishedList(
                contentsOf: verify, among: names.map { Array($0.keys) } ?? contest.shown.entries,
                entry: input.columns.first { $0.name == "entry" }?.value, encoding: input.sheet.encoding)
            let list = try (names.map { read.renamed($0) } ?? read).matched(to: ranking.sheet, of: contest.shown)
            let search = ranking.rule == nil ? try RuleSearch(of: list, in: ranking) : nil
            let verification = try search?.verification ?? Verification(of: list, ranking)
            report = report.adding(verification, by: search?.best, in: language)
            warnings += [verification.warning(in: language)].compactMap(\.self)
        }
        if let explain {
            report = report.adding(tables: [try Table(explaining: names?[explain] ?? explain, in: ranking, language: language)])
        }
        return (report, warnings)
    }
}

/// `median,head-to-head`
struct TieBreakChain: ExpressibleByArgument {
    let steps: [TieBreak]
    private let unknown: String?

    init?(argument: String) {
        let parts = argument.split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init)
        if parts.isEmpty { return nil }
        steps = parts.compactMap { TieBreak($0) }
        unknown = parts.first { TieBreak($0) == nil }
    }

    /// Refuses words that name no step: most often a criterion or a stage as people call it.
    func requireKnown() throws {
        guard let unknown else { return }
        throw ValidationError(
            "--tie-break \(unknown): write criterion:\(unknown) if it is a criterion, stage:\(unknown) if it is a stage; the other steps are median, mean, high-scores, low-scores, heats and head-to-head."
        )
    }
}
