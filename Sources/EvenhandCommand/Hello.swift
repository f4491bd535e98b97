import ArgumentParser
@main struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "evenhand")
    mutating func run() { print("hi") }
}
