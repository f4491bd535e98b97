import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// How do sectors and cities do, and is it more than chance?
struct GroupsCommand: TableCommand {
    typealias TableName = GroupComparison.Part

    static let configuration = CommandConfiguration(
        commandName: "groups", _superCommandName: "evenhand",
        abstract: "Compare groups of entries, such as sectors and cities, and how many of each got through.")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Groups") var groups: GroupOptions
    @OptionGroup(title: "Normalization") var normalization: NormalizationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.reporting { names in
            let reading = try input.read()
            let shown = output.anonymized(reading.sheet, hiding: &names, asked: Set(groups.attributes.joined()))
            let warnings = reading.warnings(naming: shown, in: output.language)
            let selection = try groups.selection(of: shown, input)
            let totals = try Totals(of: selection.sheet, by: try input.rule(for: selection, of: reading))
            if let name = groups.attributes.joined().first(where: reading.ignoredColumns.contains) {
                throw DesignError.severalValues(attribute: name)
            }
            let groupings = try groups.attributes.map { try Grouping(by: $0, of: totals.sheet) }
            let results = try groups.results(of: totals, normalization)
            let labels = output.labels(of: reading.sheet, shown)
            let selected = try groups.selected(of: results, contest: shown, names: labels, input)
            let comparisons = groupings.map {
                GroupComparison(of: results, $0, isSelected: selected?.isSelected, parts: output.parts(), rules: groups.rules)
            }
            var layout = GroupLayout()
            (layout.selected, layout.hasPlots, layout.top) = (selected, groups.plot, output.top)
            if groups.plot {
                let through = selected.map { zip(totals.sheet.entries, $0.isSelected).filter(\.1).map(\.0) }
                layout.funnels = try groups.attributes.map { try Funnel(of: shown, by: $0, selected: through) }
            }
            let report = Report(comparisons, totals: totals, selection: selection, layout: layout, in: output.language)
            let invocation = Invocation(
                command: "groups", inputs: reading.inputs, options: input.json + groups.json + normalization.json,
                attributeFiles: input.attributeFiles + groups.files)
            let notes = reading.notes(in: output.language, hidesNames: !output.anonymize.isEmpty)
            try output.print(report.adding(notes: notes), warnings: warnings, invocation, hiding: names)
        }
    }
}
