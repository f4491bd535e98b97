import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// The whole contest on one page to hand over.
struct ReportCommand: ContestReader {
    static let configuration = CommandConfiguration(
        commandName: "report", _superCommandName: "evenhand",
        abstract: "Put the whole contest on one page to hand over: verdict, list, judges, groups, certainty, origin.",
        usage: "evenhand report [<options>] <scores> ...")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Rules") var rules: RuleOptions
    @OptionGroup(title: "Output") var page: PageOptions

    @Option(help: ArgumentHelp("How many places there are; without it the page says nothing about a cut.", valueName: "k"))
    var places: Int?

    @Option(
        name: .customLong("by"),
        help: ArgumentHelp(
            "Attributes to break results down by, one part for each; repeatable (default: those with a few values).",
            valueName: "attribute,…"))
    var groupings: [String] = []

    @Option(help: "How much the page holds: one printed page, what an office needs, or everything.")
    var depth: ContestReport.Depth = .organiser

    @Option(help: ArgumentHelp("The heading of the page.", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("The seed of all draws.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
    }

    var shownAttributes: Set<String> { Set(attributes) }

    private var attributes: [String] {
        groupings.flatMap { $0.split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init) }
    }

    func scoringRule() throws -> ScoringRule? { try rules.scoringRule() }

    func read(by rule: ScoringRule?) throws -> Reading { try input.read(isThorough: true, by: rule) }

    func run() throws {
        let output = try page.options()
        try output.reporting { names in
            let contest = try contest(hiding: &names, output)
            let warnings = contest.reading.warnings(naming: contest.shown, in: output.language)
            let files = contest.reading.inputs.map(\.path) + input.attributeFiles + rules.files
            var report = try contestReport(of: contest, warnings: warnings, output)
            report.origin = Page.footer(
                version: Version.number, arguments: Invocation.arguments(output.language),
                files: files.map { ($0, FileDigest(ofFile: $0)) }, in: output.language)
            try output.write(names.replacing(report.page), warnings: warnings, read: files, hiding: names)
        }
    }

    private func contestReport(of contest: Contest, warnings: [String], _ output: OutputOptions) throws -> ContestReport {
        let language = output.language
        let part = input.selectsPart ? try input.selection(of: contest.shown).sheet : contest.shown
        let understood = Report(checking: contest.reading, shown: contest.shown, part: part, top: nil, in: language)
        var rank = try RankCommand.parse(["-"])
        (rank.input, rank.rules, rank.output, rank.methods.places) = (input, rules, output, places)
        let ranking = try rank.answer(about: contest)
        let cut = try cut(of: contest, output)
        var report = ContestReport(
            title: title ?? Page.title(of: "report", in: output.language), language: output.language, ranking: ranking.report, cut: cut,
            judges: try judges(of: contest, output), groups: try groups(of: contest, output, selected: cut.content?.analysis.namesIn),
            warnings: warnings + ranking.warnings, understood: understood, origin: [])
        (report.depth, report.isBrief, report.hasAllColumns) = (depth, isBrief(contest), output.allColumns)
        return report
    }

    private func cut(of contest: Contest, _ output: OutputOptions) throws -> ContestReport.Section<ContestReport.Cut> {
        guard let places else {
            return .missing(output.language.noPlaces)
        }
        var finals = try FinalsCommand.parse(["-", "--places", "\(places)"])
        (finals.input, finals.output, finals.finals.rule, finals.finals.tieBreak) = (input, output, rules.rule, rules.tieBreak)
        (finals.finals.seed, finals.finals.draws) = (seed, draws(for: contest.shown.entries.count))
        let isBrief = isBrief(contest)
        if isBrief { finals.finals.model = .crossed }
        let parts = Set(FinalsAnalysis.Part.allCases).subtracting(isBrief ? [.influence, .methods, .tau] : [])
        let (analysis, selection) = try finals.analysis(of: contest, parts: parts, isBrief: isBrief)
        var layout = FinalsLayout()
        layout.isPage = true
        return .present((analysis, Report(finals: analysis, selection: selection, layout: layout, in: output.language)))
    }

    /// From so many scores on what takes minutes is left out, and the page says so.
    private static let manyScores = 50_000

    private func isBrief(_ contest: Contest) -> Bool { contest.shown.count > ReportCommand.manyScores }

    /// As many draws as a contest's page needs; of very many entries as many as take seconds.
    private func draws(for entries: Int) -> Int { max(1000, min(10_000, 30_000_000 / max(1, entries))) }

    private func judges(of contest: Contest, _ output: OutputOptions) throws -> ContestReport.Section<ContestReport.Judges> {
        do {
            var judges = try JudgesCommand.parse(["-"])
            (judges.input, judges.output) = (input, output)
            return .present(try judges.judged(contest, isBrief: isBrief(contest)))
        } catch let error as FitError where error != .noMatrixLibrary {
            return .missing(error.message(in: output.language))
        } catch let error as DesignError {
            return .missing(error.message(in: output.language))
        }
    }

    private func groups(of contest: Contest, _ output: OutputOptions, selected: [String]?) throws -> ContestReport.Section<[Report]> {
        let sheet = try input.selection(of: contest.shown, by: contest.rule).sheet
        let chosen = attributes.isEmpty ? sheet.attributesToCompare : attributes
        guard !chosen.isEmpty else { return .missing(output.language.noAttributes) }
        return .present(
            try chosen.map { attribute in
                var groups = try GroupsCommand.parse(["-", "--by", "x"])
                (groups.input, groups.output, groups.groups.groupings) = (input, output, [attribute])
                groups.groups.seed = seed
                if isBrief(contest) { groups.groups.draws = 1000 }
                return try groups.answer(about: contest, selected: selected).report
            })
    }
}

extension FinalsAnalysis {
    /// Those who are in.
    fileprivate var namesIn: [String] {
        let isIn = list.isIn(places: rules.places)
        return list.entries.indices.filter { isIn[$0] }.map { list.entries[$0] }
    }
}

extension ContestReport.Depth: Choice {}

/// Where a page goes, in which language, and with which names.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write to this file, whole or not at all (default: standard output).", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(help: "The language of words: en or zh (default: that of the locale).")
    var lang: Language?

    @Option(help: "Replace names by stable labels; repeatable.")
    var anonymize: [OutputOptions.Anonymized] = []

    @Flag(help: "Show every column of every table.")
    var allColumns = false

    @Flag(help: "Exit with status 2 when there are warnings.")
    var strict = false

    func validate() throws {
        guard let output, output != "-" else { return }
        let isPage = (try? options().format) == .html
        if !isPage { throw ValidationError("--output \(output): a report is a page; give it the ending html.") }
    }

    /// The options of output that say the same.
    func options() throws -> OutputOptions {
        let file = output.flatMap { $0 == "-" ? nil : ["--output", $0] }
        var options = try OutputOptions.parse(file ?? ["--format", "html"])
        (options.lang, options.anonymize, options.allColumns, options.strict) = (lang, anonymize, allColumns, strict)
        return options
    }
}
