import ArgumentParser
import CProcessHeap

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `evenhand COMMAND SCORES… [options]`
@main
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evenhand",
        abstract: "Scores of judged competitions: rank them, take judges' scales out, see how sure one can be.",
        version: Version.number,
        subcommands: [
            CheckCommand.self, NormalizeCommand.self, RankCommand.self, JudgesCommand.self, GroupsCommand.self, FinalsCommand.self,
            SimulateCommand.self,
        ])

    static func main() {
        evenhand_keep_heap()
        // Otherwise OpenBLAS starts a thread for every core when it is opened, and each spins for a while before it sleeps.
        // Here, before there are threads: another thread that read the environment meanwhile would read freed memory.
        setenv("OPENBLAS_NUM_THREADS", "1", 0)
        guard var command = namedCommand(Array(CommandLine.arguments.dropFirst())) else { return main(nil) }
        do { try command.run() } catch { exit(withError: error) }
    }

    /// The command that the first argument names, parsed by itself, which takes half the time of a start through the root; `nil` when the
    /// arguments ask for help or are wrong, about which the root has more to say.
    private static func namedCommand(_ arguments: [String]) -> (any ParsableCommand)? {
        guard let name = arguments.first, let type = configuration.subcommands.first(where: { $0.configuration.commandName == name })
        else { return nil }
        return try? type.parseAsRoot(Array(arguments.dropFirst()))
    }
}

enum Version {
    /// The release, as `--version` and JSON state it.
    static let number = "0.1.0"
}
