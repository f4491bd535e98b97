import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Is the cut real? Who could be in or out, and what would flip it?
struct FinalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finals", abstract: "Say how sure the places around a cut are, and what would change them.")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Finals") var finals: FinalsOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.reporting { names in
            let tables = output.parts(of: FinalsTable.self).subtracting(finals.checkCoverage ? [] : [.coverage])
            let rule = try finals.scoringRule()
            let reading = try input.read(by: rule)
            let shown = output.anonymized(reading.sheet, hiding: &names)
            let warnings = reading.warnings(naming: shown, in: output.language)
            let selection = try input.selection(of: shown, by: rule)
            let recipe = try finals.recipe(rule, criteria: try input.rule(for: selection, of: reading))
            let list = try OfficialList(of: shown, heats: selection.sheet.heats, by: recipe)
            // Before the models, which take a while.
            try RankUncertainty.require(entries: list.entries.count)
            var layout = FinalsLayout(places: finals.places)
            (layout.draws, layout.seed, layout.subjects, layout.tables) = (finals.draws, finals.seed, finals.subjects, tables)
            (layout.rangeLimit, layout.hasPlots, layout.top) = (finals.rangeLimit, finals.plot, output.top)
            layout.scoreRange = try input.sheet.scoreRange()
            let (model, movers) = Parallel.both(
                { [finals] in MeritModel.result(of: list, by: finals.model, heatMeans: finals.heatMeans) },
                { [layout] in ListMovers(of: list, layout: layout) })
            // What the machine lacks is no fault of the scores.
            if case .failure(.fit(.noMatrixLibrary)) = model { throw FitError.noMatrixLibrary }
            if tables.contains(.coverage), let fitted = try? model.get(), let part = fitted.parts.last {
                let progress = ProgressBar(total: CoverageCheck.usualContests)
                layout.coverage = CoverageCheck(of: part, heatMeans: fitted.heatMeans, places: finals.places, seed: finals.seed) {
                    progress.advance()
                }
                progress.finish()
            }
            let report = Report(
                finals: list, model: model, movers: movers, selection: selection, layout: layout, in: output.language,
                cells: output.cellLanguage)
            let invocation = Invocation(
                command: "finals", inputs: reading.inputs, options: input.json + finals.json,
                attributeFiles: input.attributeFiles + [finals.rule].compactMap(\.self))
            let notes = reading.notes(in: output.language, hidesNames: !output.anonymize.isEmpty)
            try output.print(report.adding(notes: notes), warnings: warnings, invocation, hiding: names)
        }
    }
}
