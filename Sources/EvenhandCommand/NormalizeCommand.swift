import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// What is each score worth once judges' scales are taken out?
struct NormalizeCommand: PartialsCommand {
    typealias TableName = NormalizationTable

    static let configuration = CommandConfiguration(
        commandName: "normalize", _superCommandName: "evenhand", abstract: "Take judges' scales out of the scores.")

    @OptionGroup var input: InputOptions
    @OptionGroup var partials: PartialsOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: "How scores are brought to one scale.")
    var method: NormalizationMethod = .zscore

    func answer(about contest: Contest) throws -> Answer {
        let selection = try input.selection(of: contest.shown)
        var parts: [(criterion: String?, sheet: ScoreSheet, normalization: Normalization)] = []
        var totals: Totals?
        if normalization.per == .criterion, !selection.sheet.criteria.isEmpty {
            for (criterion, sheet) in selection.sheet.byCriterion() {
                parts.append((criterion, sheet, try Normalization(of: sheet, by: method, rules: normalization.rules)))
            }
        } else {
            let made = try Totals(of: selection.sheet, by: try input.rule(for: selection, of: contest.reading))
            parts.append((nil, made.sheet, try Normalization(of: made.sheet, by: method, rules: normalization.rules)))
            totals = made
        }
        return Answer(
            report: Report(parts, totals: totals, selection: selection, top: output.top, in: output.language),
            options: [("method", JSON.string(method.rawValue))] + normalization.json)
    }

    /// From exact sums, what each judge's scores are measured by: single scores are not among them.
    func answer(from directory: PartialDirectory, shown sums: PartialSums) throws -> Answer {
        guard method == .zscore else { throw PartialError.notAvailable(method: method.rawValue, .judgesScores) }
        let usual = try NormalizationOptions.parse([])
        try partials.refuse(
            normalization.scoreOptions + [("scale", .string(normalization.scale.rawValue))],
            besides: usual.scoreOptions + [("scale", .string(usual.scale.rawValue))])
        let scales = try JudgeScales(of: sums, rules: normalization.rules)
        return Answer(
            report: Report(
                scales, of: sums, rules: normalization.rules, layout: partials.layout(directory, output), in: output.language,
                cells: output.cellLanguage),
            options: [("method", JSON.string(method.rawValue))] + normalization.json)
    }
}
