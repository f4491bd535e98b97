import ArgumentParser
import CProcess
import Evenhand

/// `evenhand COMMAND SCORES… [options]`
@main
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evenhand",
        abstract: "Scores of judged competitions: rank them, take judges' scales out, see how certain the result is.",
        version: Version.number,
        subcommands: [
            CheckCommand.self, NormalizeCommand.self, RankCommand.self, JudgesCommand.self, GroupsCommand.self, FinalsCommand.self,
            ReportCommand.self, LettersCommand.self, PlanCommand.self, PairsCommand.self, PartialCommand.self, SQLCommand.self,
            SimulateCommand.self, ReplayCommand.self,
        ])

    /// The arguments of a result that is being made again.
    nonisolated(unsafe) static var replayed: [String]?

    static func main() {
        // Both before there are threads: one that reads the environment while it changes would read freed memory.
        evenhand_keep_heap()
        evenhand_choose_blas()
        let arguments = withoutRemark(Array(CommandLine.arguments.dropFirst()))
        guard var command = namedCommand(arguments) else { return main(arguments) }
        do { try command.run() } catch { exit(of: type(of: command), with: error) }
    }

    /// Ends a command; wrong usage is explained with the command's own options.
    private static func exit(of type: any ParsableCommand.Type, with error: any Error) -> Never {
        guard type.exitCode(for: error) == .validationFailure else { exit(withError: error) }
        let name = "\(type.configuration.commandName ?? "") --help'"
        StandardError.show(type.fullMessage(for: error).replacing("'\(name)", with: "'evenhand \(name)"))
        type.exit(withError: ExitCode.validationFailure)
    }

    /// The arguments without a remark: what an answer to a question means follows `#`, which some shells take for a word when a
    /// line is pasted. Options may follow it.
    static func withoutRemark(_ arguments: [String]) -> [String] {
        guard let start = arguments.firstIndex(of: "#") else { return arguments }
        let end = arguments[start...].firstIndex { $0.hasPrefix("--") } ?? arguments.endIndex
        return Array(arguments[..<start] + arguments[end...])
    }

    /// The command that the first argument names, parsed by itself, which takes half the time of a start through the root; `nil` when the
    /// arguments ask for help or are wrong, about which the root has more to say.
    static func namedCommand(_ arguments: [String]) -> (any ParsableCommand)? {
        guard let name = arguments.first, let type = configuration.subcommands.first(where: { $0.configuration.commandName == name })
        else { return nil }
        if type == FinalsCommand.self || type == JudgesCommand.self || type == PairsCommand.self { Parallel.prepareMatrices() }
        return try? type.parseAsRoot(Array(arguments.dropFirst()))
    }

    /// The tables of the command that a line in a shell names.
    static func tableNames(completing words: [String]) -> [String] {
        let name = words.dropFirst().first
        let type = configuration.subcommands.first { $0.configuration.commandName == name }
        return (type as? any TableCommand.Type)?.tableNames ?? []
    }
}

/// A command that prints tables, of which `--table` names one.
protocol TableCommand: ParsableCommand {
    /// Each kind of table; that of `--table ranking/A` is `ranking`.
    associatedtype TableName: CaseIterable & RawRepresentable<String>
    /// The names of all tables.
    static var tableNames: [String] { get }
}

extension TableCommand {
    static var tableNames: [String] { TableName.allCases.map(\.rawValue) }
}

enum Version {
    /// The release, as `--version` and JSON state it.
    static let number = "0.1.0"
}
