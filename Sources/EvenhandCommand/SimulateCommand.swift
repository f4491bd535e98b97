import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", _superCommandName: "evenhand", abstract: "Simulate a contest with a known truth.",
        discussion: """
            Writes scores.csv, entries.csv, judges.csv and truth.csv into the output directory, in place of older files of these names. \
            The same options give the same bytes. Scores lie between 0 and 100 around a mean of 80.
            """)

    @OptionGroup var counts: ContestCounts
    @OptionGroup var spreads: ContestSpreads
    @Option(help: "Seed of the random numbers.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("Design of the contest, a JSON file, in place of the counts.", valueName: "file"), completion: .file())
    var design: String?
    @Option(
        help: ArgumentHelp(
            "Plan of the contest, a file with columns entry, judge and perhaps heat, in place of the counts.", valueName: "file"),
        completion: .file())
    var plan: String?
    @Option(help: "The language of words: en or zh (default: that of the locale).")
    var lang: Language?
    @Option(help: ArgumentHelp("Directory for the four files; created if needed.", valueName: "dir"), completion: .directory)
    var output: String

    func validate() throws {
        if design != nil, plan != nil { throw ValidationError("--design and --plan: name one of the two.") }
        if counts.areGiven, let name = design.map({ _ in "--design" }) ?? plan.map({ _ in "--plan" }) {
            throw ValidationError("\(name) gives the numbers of entries, heats, judges and criteria; leave out the counts.")
        }
    }

    /// The design before spreads are applied to it.
    private func base() throws -> ContestDesign {
        if let design { return try ContestDesign(contentsOf: design) }
        guard let plan else { return try counts.design() }
        return try ContestDesign(
            plan: PairFile(contentsOf: plan).pairs.filter { !$0.isSpare }.map { ($0.entry, $0.judge, $0.heat.isEmpty ? nil : $0.heat) })
    }

    func run() throws {
        let language = OutputOptions.language(lang)
        do {
            let design = try spreads.applied(to: try base())
            let contest = SimulatedContest(of: design, seed: seed)
            try OutputFile.makeDirectory(output)
            try OutputFile.write(contest.files.map { (path: "\(output)/\($0.name)", bytes: $0.bytes) })
        } catch let error as ScoreSheetError {
            throw Failure(error.message(in: language, answering: []))
        } catch let error as ContestDesignError {
            throw Failure(error.message(in: language))
        } catch let error as DesignFileError {
            throw Failure(error.message(in: language))
        } catch let error as OutputError {
            throw Failure(error.message(in: language))
        }
    }
}

/// What went wrong, in words: printed to standard error, exit status 1.
private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
