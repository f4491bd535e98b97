import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Is the cut real? Who could be in or out, and what would flip it?
struct FinalsCommand: TableCommand {
    typealias TableName = FinalsAnalysis.Part

    static let configuration = CommandConfiguration(
        commandName: "finals", _superCommandName: "evenhand",
        abstract: "Say how certain the places around a cut are, and what would change them.")

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

    func run() throws {
        try output.reporting { names in
            let tables = output.parts(of: TableName.self).subtracting(finals.partsNotAsked)
            let rule = try finals.scoringRule()
            let reading = try input.read(by: rule)
            let shown = output.anonymized(reading.sheet, hiding: &names)
            let warnings = reading.warnings(naming: shown, in: output.language)
            let selection = try input.selection(of: shown, by: rule)
            let recipe = try finals.recipe(rule, criteria: try input.rule(for: selection, of: reading))
            let list = try OfficialList(of: shown, heats: selection.sheet.heats, by: recipe)
            let rules = finals.rules(scoreRange: try input.sheet.scoreRange())
            let draws = list.entries.count * rules.draws > FinalsCommand.manyPlaces ? rules.draws * rules.subjects.count : 0
            let progress = ProgressBar(total: tables.contains(.coverage) ? CoverageCheck.usualContests : draws)
            let analysis = try FinalsAnalysis(of: list, rules: rules, parts: tables, progress: { progress.advance(by: $0) })
            progress.finish()
            var layout = FinalsLayout()
            (layout.hasPlots, layout.top) = (finals.plot, output.top)
            let report = Report(
                finals: analysis, selection: selection, layout: layout, in: output.language, cells: output.cellLanguage)
            let invocation = Invocation(
                command: "finals", inputs: reading.inputs, options: input.json + finals.json,
                attributeFiles: input.attributeFiles + [finals.rule].compactMap(\.self))
            let notes = reading.notes(in: output.language, hidesNames: !output.anonymize.isEmpty)
            try output.print(report.adding(notes: notes), warnings: warnings, invocation, hiding: names)
        }
    }
}
