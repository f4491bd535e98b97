import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// How do sectors and cities do, and is it more than chance?
struct GroupsCommand: PartialsCommand {
    typealias TableName = GroupComparison.Part

    static let configuration = CommandConfiguration(
        commandName: "groups", _superCommandName: "evenhand",
        abstract: "Compare groups of entries, such as sectors and cities, and how many of each got through.")

    @OptionGroup var input: InputOptions
    @OptionGroup var partials: PartialsOptions
    @OptionGroup(title: "Groups") var groups: GroupOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    var shownAttributes: Set<String> { Set(groups.attributes.joined()) }

    func answer(about contest: Contest) throws -> Answer { try answer(about: contest, selected: nil) }

    /// - Parameter names: the entries that were selected, when that is known from elsewhere.
    func answer(about contest: Contest, selected names: [String]?) throws -> Answer {
        let selection = try groups.selection(of: contest, input)
        let totals = try Totals(of: selection.sheet, by: try input.rule(for: selection, of: contest.reading))
        if let name = groups.attributes.joined().first(where: contest.reading.ignoredColumns.contains) {
            throw DesignError.severalValues(attribute: name)
        }
        let groupings = try groups.attributes.map { try Grouping(by: $0, of: totals.sheet) }
        let results = try groups.results(of: totals, normalization)
        let selected =
            try names.map { try SelectedEntries(named: $0, among: results.sheet.entries) }
            ?? groups.selected(of: results, contest: contest, input)
        let comparisons = groupings.map {
            GroupComparison(of: results, $0, isSelected: selected?.isSelected, parts: output.parts(), rules: groups.rules)
        }
        var layout = GroupLayout()
        (layout.selected, layout.hasPlots, layout.top) = (selected, groups.plot || output.hasPictures, output.top)
        if layout.hasPlots {
            let through = selected.map { zip(totals.sheet.entries, $0.isSelected).filter(\.1).map(\.0) }
            // Stages that do not follow one another have no way through them to be drawn.
            layout.funnels = groups.attributes.compactMap { try? Funnel(of: contest.shown, by: $0, selected: through) }
        }
        return Answer(
            report: Report(
                comparisons, totals: totals, selection: selection, layout: layout, in: output.language, cells: output.cellLanguage),
            options: groups.json + normalization.json, files: groups.files)
    }

    /// The table of groups from exact sums, by a method that those allow.
    func answer(from directory: PartialDirectory, shown sums: PartialSums) throws -> Answer {
        try partials.refuse(groups.scoreOptions, besides: GroupOptions.parse(["--by", "any"]).scoreOptions)
        try partials.refuse(normalization.scoreOptions, besides: NormalizationOptions.parse([]).scoreOptions)
        let groupings = try groups.attributes.map { try Grouping(by: $0, of: sums.attributes, entryCount: sums.entries.count) }
        let ranking = try directory.ranking(of: sums, by: [groups.method(of: sums)], normalization: normalization.rules)
        return Answer(
            report: try Report(
                ranking, by: groupings.map { try ranking.breakdown(by: $0) }, layout: partials.layout(directory, output),
                in: output.language, cells: output.cellLanguage),
            options: groups.json + normalization.json)
    }
}
