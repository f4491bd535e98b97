import ArgumentParser
@main struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "evenhand", subcommands: [SimulateCommand.self])
    mutating func run() { print("hi") }
}
