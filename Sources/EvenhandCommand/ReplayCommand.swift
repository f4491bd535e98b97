import ArgumentParser
import EvenhandIO
import EvenhandReports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Does a result still come out of the same files?
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", _superCommandName: "evenhand",
        abstract: "Make a result again from the same files, and compare it byte for byte.",
        discussion: """
            Reads a result that was written with --format json, compares the files that it names with their SHA-256, runs its arguments again from \
            this directory, and says whether the result is the same. The exit status is 2 when it is not.
            """)

    @Argument(help: ArgumentHelp("A result in JSON.", valueName: "result"), completion: .file()) var result: String

    @Option(help: "The language of words: en or zh (default: that of the locale).") var lang: Language?

    func run() throws {
        var options = OutputOptions()
        options.lang = lang
        try options.reporting { _ in
            let recorded = try RecordedResult(contentsOf: result)
            let answer = try Replay(of: recorded, digests: recorded.files.map { FileDigest(ofFile: $0.path)?.hexadecimal }) {
                try again(recorded.arguments)
            }
            try OutputFile.write(answer.text(in: options.language) + "\n", to: "/dev/stdout")
            if !answer.isSame { throw ExitCode(2) }
        }
    }

    /// What the arguments print now; `nil` when they print nothing.
    private func again(_ arguments: [String]) throws -> [UInt8]? {
        // A result is recorded without where it went: who asks for files to be written is no result of this program.
        guard !arguments.contains(where: { $0.hasPrefix("--output") || $0.hasPrefix("--save-layout") }) else { return nil }
        guard var command = RootCommand.namedCommand(arguments), !(command is ReplayCommand), let file = tmpfile() else { return nil }
        defer { fclose(file) }
        RootCommand.replayed = arguments
        let standard = dup(STDOUT_FILENO)
        dup2(fileno(file), STDOUT_FILENO)
        defer { close(standard) }
        do { try command.run() } catch is ExitCode {
            // With --strict, warnings end a run that printed its result.
        }
        dup2(standard, STDOUT_FILENO)
        var bytes = [UInt8](repeating: 0, count: Int(lseek(fileno(file), 0, SEEK_END)))
        let count = bytes.count
        let read = bytes.withUnsafeMutableBytes { pread(fileno(file), $0.baseAddress, count, 0) }
        return read == count && count > 0 ? bytes : nil
    }
}
