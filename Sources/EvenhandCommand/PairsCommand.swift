import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Who leads when judges only said who was better?
struct PairsCommand: TableCommand {
    typealias TableName = VoteAnalysis.Part

    static let configuration = CommandConfiguration(
        commandName: "pairs", _superCommandName: "evenhand",
        abstract: "Rank entries by votes between two of them, or by judges' rankings.")

    @OptionGroup(title: "Votes") var pairs: PairsOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.reporting { names in
            let input = try VoteInput(of: pairs.votes, criterion: pairs.criterion, as: pairs.readingOptions)
            let analysis = try analysis(of: input, hiding: &names)
            let language = output.language
            let report = Report(
                votes: analysis, criterion: input.criterion, readsOneAsFirst: input.readsOneAsFirst,
                isForPeople: output.isForPeople && output.format != .xlsx,
                top: output.top, in: language, cells: output.cellLanguage)
            try output.print(
                report, warnings: analysis.warnings(in: language),
                Invocation(command: "pairs", inputs: input.inputs, options: pairs.json), hiding: names)
        }
    }

    private func analysis(of input: VoteInput, hiding names: inout Pseudonyms) throws -> VoteAnalysis {
        let parts: Set<VoteAnalysis.Part> = output.parts()
        let (entries, judges) =
            switch input.ballots {
            case .votes(let votes): (votes.entries, votes.judges)
            case .rankings(let ballots): (ballots.entries, ballots.judges)
            }
        if output.anonymize.contains(.entries) { names.hide(entries, as: ScoreSheet.labels("E", entries.count)) }
        if output.anonymize.contains(.judges) { names.hide(judges, as: ScoreSheet.labels("J", judges.count)) }
        switch input.ballots {
        case .votes(let votes):
            return try VoteAnalysis(of: pairs.position == .ignore ? votes.withoutPositions : votes, rules: pairs.rules, parts: parts)
        case .rankings(let ballots):
            if pairs.epsilon != 0 { throw ValidationError("--epsilon \(pairs.epsilon): only votes between two entries can be adjusted.") }
            return try VoteAnalysis(of: ballots, rules: pairs.rules, parts: parts)
        }
    }
}

/// What is asked about votes.
struct PairsOptions: ParsableArguments {
    enum Position: String, Choice { case estimate, ignore }

    @Argument(
        help:
            "Files of votes (winner and loser; or a, b and result) or of rankings (judge, entry and rank; or 1, 2, 3 …); - is standard input.",
        completion: .file())
    var votes: [String]

    @Option(help: ArgumentHelp("How many places there are.", valueName: "k"))
    var places: Int?

    @Option(help: ArgumentHelp("The criterion whose votes count; all pools them.", valueName: "name|all"))
    var criterion: String?

    @Option(
        help: ArgumentHelp(
            "Adjust every entry's wins by so many votes, which makes abilities finite that are not; 0.3 is usual.", valueName: "votes"))
    var epsilon = 0.0

    @Option(help: "What standard errors and probabilities rest on.")
    var errors: VoteErrors = .model

    @Option(help: "Whether an effect of being shown first is estimated, where the columns say what was.")
    var position: Position = .estimate

    @Option(help: "The number of draws for the probabilities.")
    var draws = 10_000

    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The encoding of text files (default: detected).", valueName: "name"))
    var encoding: String?

    func validate() throws {
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
        if !(0...100).contains(epsilon) { throw ValidationError("--epsilon \(epsilon): a number of votes from 0 to 100.") }
        if !(100...1_000_000).contains(draws) { throw ValidationError("--draws \(draws): between 100 and 1000000.") }
    }

    var readingOptions: ReadingOptions {
        var options = ReadingOptions()
        options.encoding = encoding
        return options
    }

    var rules: VoteAnalysis.Rules {
        var rules = VoteAnalysis.Rules(places: places)
        (rules.adjustment, rules.errors, rules.draws, rules.seed) = (epsilon, errors, draws, seed)
        return rules
    }

    var json: [(String, JSON)] {
        [
            ("places", places.map(JSON.integer) ?? .null), ("criterion", criterion.map(JSON.string) ?? .null),
            ("epsilon", .number(epsilon)), ("errors", .string(errors.rawValue)), ("position", .string(position.rawValue)),
            ("draws", .integer(draws)), ("seed", .string("\(seed)")), ("encoding", encoding.map(JSON.string) ?? .null),
        ]
    }
}

extension VoteErrors: Choice {}
