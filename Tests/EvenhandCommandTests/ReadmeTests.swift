import Foundation
import TestSupport
import Testing

/// The commands in the README, in the articles and in the man pages are run as they are written there.
@Suite struct ReadmeTests {
    /// The README or an article of a module.
    struct Document: CustomTestStringConvertible {
        /// The path from the root of the repository.
        let path: String
        let text: String
        var testDescription: String { path }

        init(_ path: String) throws {
            self.path = path
            text = try String(contentsOf: CommandRun.root.appending(path: path), encoding: .utf8)
        }

        /// The document with other outputs below the commands that have one: one for each of the examples.
        func text(withOutputs outputs: [String]) -> String {
            var (lines, position, fence, isOutput) = ([String](), 0, String?.none, false)
            for line in text.components(separatedBy: "\n") {
                let isFence = line.hasPrefix("```")
                let isCommand = fence == "console" && line.hasPrefix("$ ") || fence == "sh" && line.hasPrefix("evenhand ")
                if isFence || isCommand { isOutput = false }
                if !isOutput { lines.append(line) }
                if isFence { fence = fence == nil ? String(line.dropFirst(3)) : nil }
                guard isCommand else { continue }
                if examples[position].output != nil {
                    lines += outputs[position].components(separatedBy: "\n").dropLast()
                    isOutput = true
                }
                position += 1
            }
            return lines.joined(separator: "\n")
        }

        var blocks: [Block] { Block.all(in: text) }
        var examples: [Example] { blocks.flatMap(\.examples) }
    }

    /// A fenced block of code.
    struct Block {
        /// What follows the fence.
        let language: String
        let lines: [String]

        static func all(in text: String) -> [Block] {
            var (blocks, language, lines) = ([Block](), String?.none, [String]())
            for line in text.components(separatedBy: "\n") {
                if let open = language {
                    if line == "```" {
                        blocks.append(Block(language: open, lines: lines))
                        language = nil
                    } else {
                        lines.append(line)
                    }
                } else if line.hasPrefix("```") {
                    (language, lines) = (String(line.dropFirst(3)), [])
                }
            }
            return blocks
        }

        /// In `console` every line after a prompt, with what follows as its output; in `sh` the lines that begin with `evenhand`.
        var examples: [Example] {
            switch language {
            case "console":
                let starts = lines.indices.filter { lines[$0].hasPrefix("$ ") } + [lines.count]
                return zip(starts, starts.dropFirst()).map { start, stop in
                    let output = lines[(start + 1)..<stop]
                    let text = output.isEmpty ? nil : output.map { $0 + "\n" }.joined()
                    return Example(command: String(lines[start].dropFirst(2)), output: text)
                }
            case "sh": return lines.filter { $0.hasPrefix("evenhand ") }.map { Example(command: $0, output: nil) }
            default: return []
            }
        }
    }

    /// A command and the output printed below it, if any.
    struct Example: Equatable {
        let command: String
        let output: String?
    }

    static let readme = "README.md"

    /// What the man pages show.
    static let examples = "Packaging/examples.md"

    /// The README, the examples and the articles, each by its path.
    static let documents: [Document] = {
        let manager = FileManager.default
        let sources = (try? manager.subpathsOfDirectory(atPath: CommandRun.root.appending(path: "Sources").path())) ?? []
        let articles = sources.filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted().map { "Sources/" + $0 }
        return ([readme, examples] + articles).compactMap { try? Document($0) }
    }()

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
            Block.all(in: text).flatMap(\.examples) == [
                Example(command: "evenhand rank a.csv", output: nil),
                Example(command: "evenhand rank b.csv | head -n 1", output: "one\n\n"),
                Example(command: "ls", output: "b.csv\n"),
                Example(command: "evenhand --version", output: nil),
            ])
    }

    @Test func `the README and the articles are found`() {
        let withExamples = ReadmeTests.documents.filter { !$0.examples.isEmpty }.map(\.path)
        #expect(withExamples.prefix(2) == [ReadmeTests.readme, ReadmeTests.examples])
        #expect(withExamples.count > 2)
    }

    @Test(arguments: documents)
    func `a console block begins with a prompt`(document: Document) {
        for block in document.blocks where block.language == "console" {
            #expect(block.lines.first?.hasPrefix("$ ") == true, "\(document.path): \(block.lines.first ?? "")")
        }
    }

    @Test(arguments: documents.filter { !$0.examples.isEmpty })
    func `every command runs and prints what the document shows`(document: Document) throws {
        // A directory that looks like the repository's root, so that files which an example writes do not end up there.
        let (directory, root) = (try TemporaryDirectory(), CommandRun.root.path())
        for name in try FileManager.default.contentsOfDirectory(atPath: root) where !name.hasPrefix(".") {
            try FileManager.default.createSymbolicLink(atPath: "\(directory.path)/\(name)", withDestinationPath: "\(root)/\(name)")
        }
        let isWriting = ProcessInfo.processInfo.environment["EVENHAND_WRITE_EXAMPLES"] == "1"
        var outputs: [String] = []
        for example in document.examples {
            let run = try CommandRun(shell: example.command, in: URL(filePath: directory.path))
            #expect(run.status == 0, "\(document.path): \(example.command): \(run.error)")
            let isSame = example.output.map { withoutLastDigits(run.output) == withoutLastDigits($0) }
            if isSame == false, !isWriting { #expect(run.output == example.output, "\(document.path): \(example.command)") }
            // A command that prints nothing any more needs another command, not an empty example.
            if isWriting, example.output != nil { #expect(!run.output.isEmpty, "\(document.path): \(example.command)") }
            outputs.append(run.output.isEmpty || isSame == true ? example.output ?? "" : run.output)
        }
        if isWriting { try Data(document.text(withOutputs: outputs).utf8).write(to: CommandRun.root.appending(path: document.path)) }
    }

    /// The text with 12 digits of numbers that have 15 and more: processors differ in the last ones of models.
    private func withoutLastDigits(_ text: String) -> String {
        text.replacing(/\d+\.\d+(?:e[-+]?\d+)?/) { number in
            let digits = number.output.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
            return digits.count < 15 ? String(number.output) : String(format: "%.12g", Double(number.output)!)
        }
    }

    @Test func `numbers may differ in their last digits, and in no others`() {
        #expect(withoutLastDigits("0.3767361111111111,6") == withoutLastDigits("0.37673611111111116,6"))
        #expect(withoutLastDigits("0.3767361111111111") != withoutLastDigits("0.3767361111211111"))
        #expect(withoutLastDigits("a 0.0020131357,1.25e-07, 1") == "a 0.0020131357,1.25e-07, 1")
    }

    @Test func `outputs are replaced, and nothing else`() throws {
        let document = try Document(ReadmeTests.readme)
        let outputs = document.examples.map { $0.output ?? "not shown\n" }
        #expect(document.text(withOutputs: outputs) == document.text)
        let others = document.examples.map { _ in "other\n" }
        let changed = document.text(withOutputs: others)
        #expect(Block.all(in: changed).flatMap(\.examples).allSatisfy { $0.output == nil || $0.output == "other\n" })
        #expect(Block.all(in: changed).flatMap(\.examples).map(\.command) == document.examples.map(\.command))
    }

    @Test func `the README fits on a front page`() throws {
        let lines = try Document(ReadmeTests.readme).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count - 1 <= 180)
    }

    @Test func `the README links to files that exist`() throws {
        let links = try Document(ReadmeTests.readme).text.matches(of: /\]\(([^)#]+)\)/).map { String($0.1) }
        #expect(!links.isEmpty)
        for link in links where !link.hasPrefix("http") {
            #expect(FileManager.default.fileExists(atPath: CommandRun.root.appending(path: link).path()), "\(link)")
        }
    }

    @Test func `the README names the release in its line for Package.swift`() throws {
        let version = try CommandRun(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try Document(ReadmeTests.readme).text.contains("from: \"\(version)\""))
    }
}
