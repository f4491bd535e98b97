import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Who leads, by which method, and who moves between methods?
struct RankCommand: TableCommand {
    typealias TableName = RankingTable

    static let configuration = CommandConfiguration(
        commandName: "rank", _superCommandName: "evenhand", abstract: "Rank the entries by several methods, with ties that are real ties.")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Methods") var methods: MethodOptions
    @OptionGroup(title: "Rules") var rules: RuleOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.reporting { names in
            let rule = try rules.scoringRule()
            let reading = try input.read(by: rule)
            let shown = output.anonymized(reading.sheet, hiding: &names, asked: Set([methods.each].compactMap(\.self)))
            let warnings = reading.warnings(naming: shown, in: output.language)
            let chosen = try input.selection(of: shown, by: rule)
            let unit = methods.unit(of: chosen.sheet)
            let selection = unit == .performance ? chosen.byPerformance() : chosen
            let totals = try Totals(
                of: selection.sheet, by: try input.rule(for: selection, of: reading),
                keepsIncomplete: rule.map { !$0.combinesCriteriaFirst } ?? false)
            let plain = try Ranking(
                of: totals.sheet, criteria: normalization.criteria(of: totals),
                by: totals.areComparable ? try methods.scoringMethods() : [], rules: normalization.rules, ties: methods.ties,
                roundedTo: methods.round
            )
            let ranking = try rules.applied(rule, to: plain, contest: shown, selection: selection, input: input, unit: unit)
            let base = try Report(
                ranking, totals: totals, selection: selection,
                layout: try methods.layout(ranking, own: reading.trimmedResult, top: output.top), in: output.language,
                cells: output.cellLanguage)
            let labels = output.labels(of: reading.sheet, shown)
            let (report, differences) = try rules.extended(base, ranking, of: shown, names: labels, input, in: output.language)
            let invocation = Invocation(
                command: "rank", inputs: reading.inputs, options: input.json + methods.json + normalization.json + rules.json,
                attributeFiles: input.attributeFiles + rules.files)
            let notes = reading.notes(in: output.language, hidesNames: !output.anonymize.isEmpty)
            try output.print(
                report.adding(notes: notes), warnings: warnings + ranking.warnings(in: output.language) + differences, invocation,
                hiding: names)
        }
    }
}
