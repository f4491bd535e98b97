import ArgumentParser
import CProcessHeap

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
        main(nil)
    }
}

enum Version {
    /// The release, as `--version` and JSON state it.
    static let number = "0.1.0"
}
