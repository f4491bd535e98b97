import Dispatch
public import Foundation

/// A finished run of a program.
public struct CommandRun: Sendable {
    /// The exit status, or the number of the signal that ended it.
    public let status: Int32
    /// Whether a signal ended it.
    public let wasSignalled: Bool
    /// What it wrote to standard output.
    public let outputBytes: Data
    /// What it wrote to standard error.
    public let error: String

    /// Standard output as text.
    public var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// The lines of standard output.
    public var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    /// The root of the repository.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// The program that was built together with the tests: the nearest `evenhand` above the test's own executable.
    public static func executable() throws -> URL {
        for argument in [Bundle.main.executablePath, CommandLine.arguments.first].compactMap(\.self) + CommandLine.arguments {
            var directory = URL(filePath: argument).deletingLastPathComponent()
            while directory.pathComponents.count > 1 {
                let candidate = directory.appending(path: "evenhand")
                var isDirectory: ObjCBool = false
                if FileManager.default.fileExists(atPath: candidate.path(), isDirectory: &isDirectory), !isDirectory.boolValue {
                    return candidate
                }
                directory = directory.deletingLastPathComponent()
            }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// Runs `evenhand` in the root of the repository, in English unless `environment` says otherwise.
    public init(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], in directory: URL = root
    ) throws {
        try self.init(program: CommandRun.executable(), arguments, input: input, environment: environment, in: directory)
    }

    /// Runs a line of the shell that knows `evenhand`.
    public init(shell line: String, environment: [String: String] = [:], in directory: URL = root) throws {
        try self.init(program: URL(filePath: "/bin/sh"), ["-c", line], input: [], environment: environment, in: directory)
    }

    /// Output goes to files, since a full pipe would stop the program.
    private init(
        program: URL, _ arguments: [String], input: [UInt8], environment: [String: String], in working: URL = root
    ) throws {
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = working
        let known = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let path = try CommandRun.executable().deletingLastPathComponent().path() + ":" + known
        process.environment = ["PATH": path, "LANG": "C.UTF-8"].merging(environment) { $1 }
        let input = try FileHandle(forReadingFrom: URL(filePath: directory.write(input, to: "in")))
        let output = try FileHandle(forWritingTo: URL(filePath: directory.write("", to: "out")))
        let errors = try FileHandle(forWritingTo: URL(filePath: directory.write("", to: "error")))
        // Foundation keeps them open as long as the process that it started, which is longer than anyone needs; with some
        // thousand open files its `run()` reads past the list of them.
        defer { for file in [input, output, errors] { try? file.close() } }
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        // waitUntilExit looks only every now and then, which hundreds of runs feel.
        let hasEnded = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in hasEnded.signal() }
        try process.run()
        hasEnded.wait()
        status = process.terminationStatus
        wasSignalled = process.terminationReason == .uncaughtSignal
        outputBytes = try Data(contentsOf: URL(filePath: "\(directory.path)/out"))
        error = String(decoding: try Data(contentsOf: URL(filePath: "\(directory.path)/error")), as: UTF8.self)
    }
}
