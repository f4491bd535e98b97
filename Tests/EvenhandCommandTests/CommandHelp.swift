import Foundation
import TestSupport

/// What the program says of its commands and options, from which man pages and completions are made.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable { let kind, name: String }
        struct Completion: Decodable {
            private enum Key: String, CodingKey { case file, directory, custom }
            let completesFiles, completesDirectories, isCustom: Bool

            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: Key.self)
                (completesFiles, completesDirectories) = (values.contains(.file), values.contains(.directory))
                isCustom = values.contains(.custom)
            }
        }

        let kind: String
        let valueName: String
        let names: [Name]?
        let completionKind: Completion?

        /// As it is typed.
        var words: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [CommandHelp]?

    private struct Dump: Decodable { let command: CommandHelp }

    /// The program itself, with its commands below it.
    static let root: Result<CommandHelp, any Error> = Result {
        try JSONDecoder().decode(Dump.self, from: try CommandRun(["--experimental-dump-help"]).outputBytes).command
    }

    /// The commands.
    static func commands() throws -> [CommandHelp] { (try root.get().subcommands ?? []).filter { $0.commandName != "help" } }
}
