import Foundation
import TestSupport
import Testing

/// The commands in the README are run as they stand there.
@Suite struct ReadmeTests {
    /// A command and the output printed below it, if any.
    struct Example: Equatable, CustomStringConvertible {
        let command: String
        let output: String?
        var description: String { command }
    }

    static let readme = try? String(contentsOf: CommandRun.root.appending(path: "README.md"), encoding: .utf8)

    /// The lines of `console` and `sh` blocks that begin with `evenhand`, with or without a prompt; behind a prompt, what follows is output.
    static func examples(in text: String) -> [Example] {
        var (examples, block) = ([Example](), [String]?.none)
        for line in text.components(separatedBy: "\n") {
            if let lines = block {
                if line.hasPrefix("```") {
                    examples += self.examples(inBlock: lines)
                    block = nil
                } else {
                    block = lines + [line]
                }
            } else if ["```console", "```sh"].contains(line) {
                block = []
            } else if line.hasPrefix("```") {
                block = nil
            }
        }
        return examples
    }

    private static func examples(inBlock lines: [String]) -> [Example] {
        let hasPrompts = lines.contains { $0.hasPrefix("$ ") }
        guard hasPrompts else { return lines.filter { $0.hasPrefix("evenhand ") }.map { Example(command: $0, output: nil) } }
        let starts = lines.indices.filter { lines[$0].hasPrefix("$ ") } + [lines.count]
        return zip(starts, starts.dropFirst()).compactMap { start, stop in
            let command = String(lines[start].dropFirst(2))
            let output = lines[(start + 1)..<stop]
            guard command.hasPrefix("evenhand ") else { return nil }
            return Example(command: command, output: output.isEmpty ? nil : output.map { $0 + "\n" }.joined())
        }
    }

    @Test func `commands and their output are found in a text`() {
        let text = """
            ```sh
            make run
            evenhand rank a.csv
            ```
            ```swift
            evenhand no
            ```
            ```console
            $ evenhand rank b.csv | head -n 1
            one

            $ ls
            b.csv
            $ evenhand --version
            ```
            """
        #expect(
            ReadmeTests.examples(in: text) == [
                Example(command: "evenhand rank a.csv", output: nil),
                Example(command: "evenhand rank b.csv | head -n 1", output: "one\n\n"),
                Example(command: "evenhand --version", output: nil),
            ])
    }

    @Test(.enabled(if: readme != nil))
    func `the README has a command`() { #expect(ReadmeTests.examples(in: ReadmeTests.readme ?? "").isEmpty == false) }

    @Test func `every command of the README runs and prints what stands there`() throws {
        // A directory that looks like the repository's root, so that files which an example writes do not end up there.
        let (directory, root) = (try TemporaryDirectory(), CommandRun.root.path())
        for name in try FileManager.default.contentsOfDirectory(atPath: root) where !name.hasPrefix(".") {
            try FileManager.default.createSymbolicLink(atPath: "\(directory.path)/\(name)", withDestinationPath: "\(root)/\(name)")
        }
        for example in ReadmeTests.examples(in: ReadmeTests.readme ?? "") {
            let run = try CommandRun(shell: example.command, in: URL(filePath: directory.path))
            #expect(run.status == 0, "\(example.command): \(run.error)")
            if let output = example.output { #expect(run.output == output, "\(example.command)") }
        }
    }
}
