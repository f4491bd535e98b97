import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Who leads, by which method, and who moves between methods?
struct RankCommand: PartialsCommand {
    typealias TableName = RankingTable

    static let configuration = CommandConfiguration(
        commandName: "rank", _superCommandName: "evenhand", abstract: "Rank the entries by several methods, with ties that are real ties.")

    @OptionGroup var input: InputOptions
    @OptionGroup var partials: PartialsOptions
    @OptionGroup(title: "Methods") var methods: MethodOptions
    @OptionGroup(title: "Rules") var rules: RuleOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    var shownAttributes: Set<String> { Set([methods.each].compactMap(\.self)) }

    func scoringRule() throws -> ScoringRule? { try rules.scoringRule() }

    func answer(about contest: Contest) throws -> Answer {
        let (reading, rule) = (contest.reading, contest.rule)
        let chosen = try input.selection(of: contest.shown, by: rule)
        let unit = methods.unit(of: chosen.sheet)
        let selection = unit == .performance ? chosen.byPerformance() : chosen
        let totals = try Totals(
            of: selection.sheet, by: try input.rule(for: selection, of: reading),
            keepsIncomplete: rule.map { !$0.combinesCriteriaFirst } ?? false)
        let plain = try Ranking(
            of: totals.sheet, criteria: normalization.criteria(of: totals), by: totals.areComparable ? try methods.scoringMethods() : [],
            rules: normalization.rules, ties: methods.ties, roundedTo: methods.round)
        let ranking = try rules.applied(rule, to: plain, contest: contest.shown, selection: selection, input: input, unit: unit)
        var layout = try methods.layout(ranking, own: reading.trimmedResult, top: output.top)
        layout.hasPlots = output.hasPictures
        let base = try Report(
            ranking, totals: totals, selection: selection, layout: layout, in: output.language, cells: output.cellLanguage)
        let (report, differences) = try rules.extended(base, ranking, of: contest, input, in: output.language)
        return Answer(
            report: report, warnings: ranking.warnings(in: output.language) + differences,
            options: methods.json + normalization.json + rules.json, files: rules.files)
    }

    /// The same list from exact sums, by the methods that those allow.
    func answer(from directory: PartialDirectory, shown sums: PartialSums) throws -> Answer {
        try partials.refuse(rules.json, besides: RuleOptions.parse([]).json)
        try partials.refuse(methods.scoreOptions, besides: MethodOptions.parse([]).scoreOptions)
        try partials.refuse(normalization.scoreOptions, besides: NormalizationOptions.parse([]).scoreOptions)
        let usesZscores = !methods.names.isEmpty || sums.standardized != nil
        let chosen = try methods.scoringMethods().filter { usesZscores || $0 != .normalized(.zscore) }
        let ranking = try directory.ranking(
            of: sums, by: chosen, normalization: normalization.rules, ties: methods.ties, roundedTo: methods.round)
        var layout = partials.layout(directory, output)
        layout.sortColumn = methods.sort.flatMap { key in chosen.firstIndex { $0.name == key.rawValue } } ?? 0
        layout.places = methods.places
        return Answer(
            report: Report(ranking, layout: layout, in: output.language, cells: output.cellLanguage),
            options: methods.json + normalization.json + rules.json)
    }
}
