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
    @Option(help: ArgumentHelp("Directory for the four files; created if needed.", valueName: "dir"), completion: .directory)
    var output: String

    func validate() throws {
        guard design == nil || !counts.areGiven else {
            throw ValidationError("--design gives the numbers of entries, heats, judges and criteria; leave out the counts.")
        }
    }

    func run() throws {
        do {
            let design = try spreads.applied(to: try design.map { try ContestDesign(contentsOf: $0) } ?? counts.design())
            let contest = SimulatedContest(of: design, seed: seed)
            try OutputFile.makeDirectory(output)
            try OutputFile.write(contest.files.map { (path: "\(output)/\($0.name)", bytes: $0.bytes) })
        } catch let error as ContestDesignError {
            throw Failure(error.message)
        } catch let error as DesignFileError {
            throw Failure(error.message)
        } catch let error as OutputError {
            throw Failure(error.message(in: Language(locale: "")))
        }
    }
}

/// What went wrong, in words: printed to standard error, exit status 1.
private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
