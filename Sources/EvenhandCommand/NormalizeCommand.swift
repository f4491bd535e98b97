import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// What is each score worth once judges' scales are taken out?
struct NormalizeCommand: TableCommand {
    typealias TableName = NormalizationTable

    static let configuration = CommandConfiguration(
        commandName: "normalize", _superCommandName: "evenhand", abstract: "Take judges' scales out of the scores.")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: "How scores are brought to one scale.")
    var method: NormalizationMethod = .zscore

    func run() throws {
        try output.reporting { names in
            let reading = try input.read()
            let shown = output.anonymized(reading.sheet, hiding: &names)
            let warnings = reading.warnings(naming: shown, in: output.language)
            let selection = try input.selection(of: shown)
            var parts: [(criterion: String?, sheet: ScoreSheet, normalization: Normalization)] = []
            var totals: Totals?
            if normalization.per == .criterion, !selection.sheet.criteria.isEmpty {
                for (criterion, sheet) in selection.sheet.byCriterion() {
                    parts.append((criterion, sheet, try Normalization(of: sheet, by: method, rules: normalization.rules)))
                }
            } else {
                let made = try Totals(of: selection.sheet, by: try input.rule(for: selection, of: reading))
                parts.append((nil, made.sheet, try Normalization(of: made.sheet, by: method, rules: normalization.rules)))
                totals = made
            }
            let report = Report(parts, totals: totals, selection: selection, top: output.top, in: output.language)
            let options = input.json + [("method", JSON.string(method.rawValue))] + normalization.json
            let invocation = Invocation(
                command: "normalize", inputs: reading.inputs, options: options, attributeFiles: input.attributeFiles)
            try output.print(
                report.adding(notes: reading.notes(in: output.language, hidesNames: !output.anonymize.isEmpty)), warnings: warnings,
                invocation, hiding: names)
        }
    }
}
