import ArgumentParser
import Evenhand
import EvenhandIO

/// Which groups are compared, by what, and who was selected.
struct GroupOptions: ParsableArguments {
    @Option(
        name: .customLong("by"),
        help: ArgumentHelp("An attribute, or several crossed; repeatable, with one answer each.", valueName: "attribute[,attribute]"))
    var groupings: [String]

    @Option(
        name: .customLong("result"),
        help: "The method whose results are compared (default: crossed up to \(GroupResults.mostJudges) judges, else trimmed).")
    var result: MethodOptions.Name?

    @OptionGroup var parameters: MethodParameters

    @Option(help: ArgumentHelp("Who was selected: a file with a column entry.", valueName: "file"), completion: .file())
    var selected: String?

    @Option(help: ArgumentHelp("The first k by the results were selected.", valueName: "k"))
    var places: Int?

    @Option(help: ArgumentHelp("Those who appear in this later stage were selected, from those of the stage before it.", valueName: "name"))
    var toStage: String?

    @Option(
        name: .customLong("test"),
        help: "A test; repeatable (default: permutation, and all tests when one panel saw every entry).")
    var tests: [GroupTests.Kind] = []

    @Option(help: "How p-values are adjusted for their number.")
    var adjust: PAdjustment = GroupComparison.Rules().adjustment

    @Option(help: ArgumentHelp("The number of random permutations of labels.", valueName: "n"))
    var draws: Int = GroupComparison.Rules().draws

    @Option(help: ArgumentHelp("The seed of the permutations.", valueName: "n"))
    var seed: UInt64 = GroupComparison.Rules().seed

    @Flag(help: "Draw means with intervals, and how many of each group remain from stage to stage.")
    var plot = false

    func validate() throws {
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
        if !(1...10_000_000).contains(draws) { throw ValidationError("--draws \(draws): between 1 and 10000000.") }
        let sources = [selected != nil, places != nil, toStage != nil].count { $0 }
        if sources > 1 { throw ValidationError("--selected, --places and --to-stage: give only one of them.") }
        for names in attributes where names.isEmpty || Set(names).count < names.count {
            throw ValidationError("--by \(names.joined(separator: ",")): give an attribute, or several different ones separated by commas.")
        }
        _ = try result.map { try parameters.method($0, for: "--result") }
    }

    /// The attributes of each grouping.
    var attributes: [[String]] {
        groupings.map { $0.split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init) }
    }

    var rules: GroupComparison.Rules {
        var rules = GroupComparison.Rules()
        (rules.tests, rules.adjustment, rules.draws, rules.seed) = (tests.isEmpty ? nil : distinctTests, adjust, draws, seed)
        return rules
    }

    private var distinctTests: [GroupTests.Kind] { tests.indices.filter { !tests[..<$0].contains(tests[$0]) }.map { tests[$0] } }

    /// The part of the contest whose entries are compared: before `--to-stage` the stage that leads there.
    func selection(of contest: Contest, _ input: InputOptions) throws -> Selection {
        let (contest, rule) = (contest.shown, contest.rule)
        guard let toStage, !input.selectsPart else { return try input.selection(of: contest, by: rule) }
        let before = try contest.stage(called: toStage).before
        if let name = before.name { return try Selection(of: contest, stage: .named(name)) }
        return try Selection(of: contest, heats: before.heats.compactMap { contest.heats[$0].name })
    }

    /// The results that groups are compared by.
    func results(of totals: Totals, _ normalization: NormalizationOptions) throws -> GroupResults {
        guard let result else { return try GroupResults.usual(of: totals.sheet) }
        return try GroupResults(
            of: totals.sheet, by: parameters.method(result, for: "--result"), criteria: normalization.criteria(of: totals),
            rules: normalization.rules)
    }

    /// The method whose results are compared, from sums.
    func method(of sums: PartialSums) throws -> ScoringMethod {
        if let result { return try parameters.method(result, for: "--result") }
        guard sums.pairs != nil, sums.judges.count <= GroupResults.mostJudges else {
            throw ValidationError(
                "--result: say which results are compared, such as trimmed; the model of judges, which is the default, needs to know "
                    + "who scored whom (pairs.csv), and no more than \(GroupResults.mostJudges) judges.")
        }
        return .crossed()
    }

    /// Who of the entries of the totals was selected.
    func selected(of results: GroupResults, contest: Contest, _ input: InputOptions) throws -> SelectedEntries? {
        let (entries, names) = (results.sheet.entries, contest.labels)
        if let selected {
            let list = try EntryList(
                contentsOf: selected, among: names.map { Array($0.keys) } ?? contest.shown.entries, as: input.readingOptions())
            return try SelectedEntries(named: list.names.map { names?[$0] ?? $0 }, among: entries)
        }
        if let toStage {
            return SelectedEntries(
                reaching: try contest.shown.stage(called: toStage).stage, called: toStage, of: contest.shown, among: entries)
        }
        return try places.map { places in
            let ranks = try results.plain.map { Ranks(of: $0) } ?? Ranking(of: results.sheet, by: results.method).columns[0].ranks
            return SelectedEntries(first: places, by: ranks)
        }
    }

    /// The files that are read besides the scores.
    var files: [String] { [selected].compactMap(\.self) }

    /// The options that need the scores themselves.
    var scoreOptions: [(String, JSON)] {
        json.filter { !["by", "result"].contains($0.0) && !parameters.json.map(\.0).contains($0.0) } + [("plot", .bool(plot))]
    }

    var json: [(String, JSON)] {
        [
            ("by", .array(groupings.map(JSON.string))), ("result", result.map { .string($0.rawValue) } ?? .null),
            ("selected", selected.map(JSON.string) ?? .null), ("places", places.map(JSON.integer) ?? .null),
            ("to_stage", toStage.map(JSON.string) ?? .null), ("test", .array(tests.map { .string($0.rawValue) })),
            ("adjust", .string(adjust.rawValue)), ("draws", .integer(draws)), ("seed", .string(String(seed))),
        ] + parameters.json
    }
}

extension GroupTests.Kind: Choice {}
extension PAdjustment: Choice {}
