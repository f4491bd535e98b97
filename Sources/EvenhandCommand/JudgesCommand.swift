import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Who is severe, erratic, flat or partial? Do the judges agree, and how many are enough?
struct JudgesCommand: ContestCommand {
    typealias TableName = JudgesTable

    /// The tables of all models, each name once.
    static var tableNames: [String] {
        let names = JudgesTable.allCases.map(\.rawValue)
        return names + RaschTable.allCases.map(\.rawValue).filter { !names.contains($0) }
    }

    static let configuration = CommandConfiguration(
        commandName: "judges", _superCommandName: "evenhand",
        abstract: "Say who is severe, erratic, flat or partial, how far judges agree and how many are enough.",
        usage: "evenhand judges [<options>] <scores> ...")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: "What is judged: each performance (an entry in a heat), or each entry over all its heats.")
    var unit: MethodOptions.Unit = .performance

    @Option(help: "The assumption by which judges of panels without a common judge are compared.")
    var assume: RankingLayout.Assumption?

    @Option(help: "How the model estimates variances: restricted or full maximum likelihood.")
    var modelMethod: CrossedEffects.Estimation = .reml

    @Option(help: "The reliability that a panel should reach.")
    var reliability = 0.8

    @OptionGroup(title: "Models") var models: JudgeModelOptions

    @OptionGroup(title: "Items") var covariates: CovariateOptions

    @Option(
        help: ArgumentHelp(
            "Effects of judges or items to keep, and to test for drift: a file such as the table effects of an earlier contest. An effect is what it adds to a score, so a severe judge's is negative.",
            valueName: "file"), completion: .file())
    var anchor: [String] = []

    func validate() throws {
        if !(0 < reliability && reliability < 1) { throw ValidationError("--reliability \(reliability): a number between 0 and 1.") }
        if models.model != .linear, assume != nil { throw ValidationError("--assume belongs to --model linear.") }
        if models.model != .linear, !covariates.names.isEmpty { throw ValidationError("--covariate belongs to --model linear.") }
        if models.model != .linear, !anchor.isEmpty { throw ValidationError("--anchor belongs to --model linear.") }
    }

    func read(by rule: ScoringRule?) throws -> Reading { try input.read(by: rule, keeping: covariates.names) }

    func answer(about contest: Contest) throws -> Answer {
        if let answer = try raschAnswer(about: contest) { return answer }
        return Answer(report: try judged(contest).report, options: json, files: anchor)
    }

    /// What is known about the judges, and how it is told.
    ///
    /// - Parameter isBrief: leaves out the scales, which take long.
    func judged(_ contest: Contest, isBrief: Bool = false) throws -> (calibration: JudgeCalibration, report: Report) {
        var layout = JudgesLayout()
        let tables = output.parts(of: JudgesTable.self)
        (layout.tables, layout.isForPeople, layout.top) = (JudgesTable.allCases.filter(tables.contains), output.isForPeople, output.rows)
        layout.hasPlots = output.hasPictures
        let chosen = try input.selection(of: contest.shown, by: contest.rule)
        layout.isByPerformance = unit == .performance && chosen.sheet.hasRepeatedEntries
        let selection = layout.isByPerformance ? chosen.byPerformance() : chosen
        let totals = try Totals(of: selection.sheet, by: try input.rule(for: selection, of: contest.reading))
        var parts = Set(layout.tables.compactMap(\.part))
        if parts.contains(.judges), !isBrief { parts.insert(.scales) }
        let calibration = try JudgeCalibration(of: totals, assuming: assume, by: modelMethod, parts: parts)
        let facets = try facets(of: totals, selection.sheet, layout)
        let report = try Report(
            judging: calibration, agreement: agreement(on: totals, calibration, contest: contest.shown, chosen, layout),
            facets: facets.study, totals: totals, selection: selection, layout: layout, in: output.language, cells: output.cellLanguage)
        return (calibration, report.adding(notes: facets.notes))
    }

    /// Judges and items together, or the facets that are asked for, when a table of them is printed.
    ///
    /// - Parameter single: the scores of single criteria.
    /// - Returns: the study, or a note why there is none, where other tables are printed.
    private func facets(
        of totals: Totals, _ single: ScoreSheet, _ layout: JudgesLayout
    ) throws -> (study: FacetStudy?, notes: [String]) {
        let own: Set<JudgesTable> = [.components, .decision, .judgeItems, .covariates, .effects, .drift]
        guard !own.isDisjoint(with: layout.tables) else { return (nil, []) }
        let isAsked = models.facets != nil || !covariates.names.isEmpty || !anchor.isEmpty || own.isSuperset(of: layout.tables)
        do { return (try study(of: totals, single), []) } catch let error where !isAsked {
            guard let note = Report.noteWithoutFacets(error, in: output.language) else { throw error }
            return (nil, [note])
        }
    }

    private func study(of totals: Totals, _ single: ScoreSheet) throws -> FacetStudy? {
        guard totals.judgements.hasItems || !covariates.names.isEmpty || !anchor.isEmpty || models.facets != nil else { return nil }
        let wanted = try models.linearFacets()
        let sheet = wanted.contains { $0.contains(.criterion) } ? single : totals.judgements
        let (known, names) = (try anchors(of: sheet), Set(sheet.judges).union(sheet.items.levels))
        if !anchor.isEmpty, !known.contains(where: { names.contains($0.level) }) {
            throw ValidationError("--anchor \(anchor.joined(separator: ", ")): no judge or item in it has an effect and scores here.")
        }
        let isPlain = wanted.allSatisfy { $0.rawValue.nonzeroBitCount == 1 }
        let chosen =
            isPlain ? wanted.reduce(Facets.entry) { $0.union($1) }.crossed(hasRepeats: sheet.repetitions.isPresent) : [.entry] + wanted
        let model = try FacetModel(
            of: sheet, facets: wanted.isEmpty ? nil : chosen, covariates: covariates.names.flatMap { try sheet.covariates($0) },
            anchors: known)
        let anchored = Set(known.map(\.facets))
        for facets in wanted where !anchored.contains(facets) && !model.components.contains(where: { $0.facets == facets }) {
            throw ValidationError(
                "--facets \(models.facets ?? ""): the scores cannot tell \(JudgeModelOptions.name(of: facets)) from the other facets or from noise."
            )
        }
        return FacetStudy(of: model)
    }

    private func anchors(of sheet: ScoreSheet) throws -> [FacetModel.Anchor] {
        let files = try anchor.map { (file: $0, anchors: try AnchorFile(contentsOf: $0, of: sheet).anchors) }
        var fileOf: [Facets: [String: String]] = [:]
        for (file, anchors) in files {
            for anchor in anchors {
                if let first = fileOf[anchor.facets, default: [:]].updateValue(file, forKey: anchor.level) {
                    throw ValidationError("--anchor \(first), \(file): both have an effect of \(anchor.level); name it once.")
                }
            }
        }
        return files.flatMap(\.anchors)
    }

    /// The agreement, when a table of it is printed.
    private func agreement(
        on totals: Totals, _ calibration: JudgeCalibration, contest: ScoreSheet, _ selection: Selection, _ layout: JudgesLayout
    ) -> AgreementReport? {
        guard layout.tables.contains(where: { $0.part == nil }) else { return nil }
        return AgreementReport(
            Agreement(of: totals.sheet, fit: calibration.crossed), contest: contest, selection: selection, reliability: reliability,
            in: output.language, cells: output.cellLanguage)
    }

    /// The answer by a many-facet Rasch model, if one is asked for.
    private func raschAnswer(about contest: Contest) throws -> Answer? {
        if models.model == .linear { return nil }
        let chosen = try input.selection(of: contest.shown, by: contest.rule)
        let isByPerformance = unit == .performance && chosen.sheet.hasRepeatedEntries
        let selection = isByPerformance ? chosen.byPerformance() : chosen
        let criteria = try input.rule(for: selection, of: contest.reading)
        guard let rules = try models.rules(weights: criteria.weights) else { return nil }
        let model = try RaschModel(of: selection.sheet, by: rules)
        let tables = output.parts(of: RaschTable.self)
        let isOnPage = output.isForPeople && output.format != .xlsx
        let report = Report(
            rasch: model, selection: selection, tables: RaschTable.allCases.filter(tables.contains), isForPeople: output.isForPeople,
            hasRuler: isOnPage, top: output.rows, isByPerformance: isByPerformance, in: output.language, cells: output.cellLanguage)
        return Answer(report: report, warnings: model.warnings(in: output.language), options: json)
    }

    private var json: [(String, JSON)] {
        [
            ("unit", .string(unit.rawValue)), ("assume", assume.map { .string($0.rawValue) } ?? .null),
            ("model_method", .string(modelMethod.rawValue)), ("reliability", .number(reliability)),
            ("anchor", .array(anchor.map(JSON.string))),
        ] + models.json + covariates.json
    }
}
