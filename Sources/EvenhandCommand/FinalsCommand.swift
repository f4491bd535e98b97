import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Is the cut real? Who could be in or out, and what would flip it?
struct FinalsCommand: ContestCommand {
    typealias TableName = FinalsAnalysis.Part

    static let configuration = CommandConfiguration(
        commandName: "finals", _superCommandName: "evenhand",
        abstract: "Say how certain the places around a cut are, and what would change them.",
        usage: "evenhand finals [<options>] <scores> ...")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Finals") var finals: FinalsOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if output.tableName == FinalsAnalysis.Part.lottery.rawValue, finals.lottery == nil {
            throw ValidationError("--table lottery: name the rule with --lottery snsf or --lottery linear.")
        }
    }

    /// Drawn places from which on drawing takes seconds.
    private static let manyPlaces = 50_000_000

    func scoringRule() throws -> ScoringRule? { try finals.scoringRule() }

    func read(by rule: ScoringRule?) throws -> Reading { try input.read(by: rule, keeping: finals.covariates.names) }

    func answer(about contest: Contest) throws -> Answer {
        let (analysis, selection) = try analysis(of: contest, parts: output.parts())
        var layout = FinalsLayout()
        (layout.hasPlots, layout.isPage, layout.top) = (finals.plot, output.hasPictures, output.top)
        layout.ownResult = finals.ownResult(of: contest.reading)
        let report = Report(finals: analysis, selection: selection, layout: layout, in: output.language, cells: output.cellLanguage)
        // Who asks for strictness acts on the list.
        let warnings = output.strict ? analysis.warnings(in: output.language) : []
        return Answer(report: report, warnings: warnings, options: finals.json, files: [finals.rule].compactMap(\.self))
    }

    /// What is known about the cut of the part of the contest that is asked for.
    ///
    /// - Parameter isBrief: leaves out what takes long for very many entries.
    func analysis(of contest: Contest, parts: Set<FinalsAnalysis.Part>, isBrief: Bool = false) throws -> (FinalsAnalysis, Selection) {
        let tables = parts.subtracting(finals.partsNotAsked)
        let selection = try input.selection(of: contest.shown, by: contest.rule)
        let recipe = try finals.recipe(
            contest.rule, criteria: try input.rule(for: selection, of: contest.reading), own: finals.ownResult(of: contest.reading))
        let list = try OfficialList(of: contest.shown, heats: selection.sheet.heats, by: recipe)
        var rules = finals.rules(scoreRange: try input.sheet.scoreRange())
        rules.isBrief = isBrief
        let draws = list.entries.count * rules.draws > FinalsCommand.manyPlaces ? rules.draws * rules.subjects.count : 0
        let progress = ProgressBar(total: tables.contains(.coverage) ? CoverageCheck.usualContests : draws)
        let analysis = try FinalsAnalysis(of: list, rules: rules, parts: tables, progress: { progress.advance(by: $0) })
        progress.finish()
        try requireCovariates(of: list, in: analysis.cut.certainty?.model)
        return (analysis, selection)
    }

    /// Refuses covariates that no model accounts for, with the reason.
    private func requireCovariates(of list: OfficialList, in model: MeritModel?) throws {
        let names = finals.covariates.names
        guard !names.isEmpty, model?.terms.allSatisfy({ $0.facets == nil }) ?? true else { return }
        let sheet = list.totals.judgements
        _ = try FacetModel(of: sheet, covariates: names.flatMap { try sheet.covariates($0) })
        throw ValidationError(
            "--covariate \(names.joined(separator: ",")): only the probabilities of plain means by the calibrated model account for it; leave out --model crossed, --heat-means, --rule, --stage-weights and methods that leave scores out."
        )
    }
}
