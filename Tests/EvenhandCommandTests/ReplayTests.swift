import EvenhandIO
import Foundation
import TestSupport
import Testing

@Suite struct ReplayTests {
    /// A directory with a sheet, and the result of a command on it.
    private static func recorded(_ arguments: [String]) throws -> (directory: TemporaryDirectory, result: String) {
        let directory = try TemporaryDirectory()
        try directory.write(try Data(contentsOf: CommandRun.root.appending(path: "Data/quickstart.csv")).map { $0 }, to: "scores.csv")
        let run = try CommandRun(
            [arguments[0], "scores.csv"] + arguments.dropFirst() + ["--format", "json", "--output", "result.json"],
            in: URL(filePath: directory.path))
        #expect(run.status == 0, "\(run.error)")
        return (directory, directory.path + "/result.json")
    }

    private static func replay(in directory: TemporaryDirectory, _ options: String...) throws -> CommandRun {
        try CommandRun(["replay", "result.json"] + options, in: URL(filePath: directory.path))
    }

    @Test(arguments: [
        ["rank", "--places", "3"], ["judges"], ["finals", "--places", "3", "--seed", "7"], ["normalize", "--lang=zh"], ["check"],
    ])
    func `a result comes out again byte for byte`(arguments: [String]) throws {
        let (directory, _) = try Self.recorded(arguments)
        let run = try Self.replay(in: directory)
        #expect(
            run.status == 0 && run.output == "The result comes out again, byte for byte, from 1 file with the same SHA-256.\n",
            "\(run.error)")
        let chinese = try Self.replay(in: directory, "--lang", "zh")
        #expect(chinese.output == "由 SHA-256 相同的 1 个文件重新得到逐字节相同的结果。\n")
    }

    @Test func `a changed sheet is named`() throws {
        let (directory, _) = try Self.recorded(["rank"])
        let path = directory.path + "/scores.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try directory.write(text.replacing("评委丁", with: "评委戊"), to: "scores.csv")
        let run = try Self.replay(in: directory)
        #expect(run.status == 2 && run.output.contains("Not made again: scores.csv is missing, changed"), "\(run.output)")
    }

    @Test func `a changed list of entries is named, too`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("entry,judge,score\nA,J,1\nB,J,2\n", to: "scores.csv")
        try directory.write("entry,city\nA,x\nB,y\n", to: "teams.csv")
        let run = try CommandRun(
            ["rank", "scores.csv", "--entries", "teams.csv", "--format", "json", "--output", "result.json"],
            in: URL(filePath: directory.path))
        #expect(run.status == 0, "\(run.error)")
        #expect(try Self.replay(in: directory).output.contains("from 2 files with the same SHA-256"))
        try directory.write("entry,city\nA,x\nB,z\n", to: "teams.csv")
        let again = try Self.replay(in: directory)
        #expect(again.status == 2 && again.output.contains("Not made again: teams.csv is missing, changed"), "\(again.output)")
    }

    @Test func `a changed result is named with its first line that differs`() throws {
        let (directory, result) = try Self.recorded(["rank"])
        let text = try String(contentsOfFile: result, encoding: .utf8)
        try directory.write(text.replacing("86.375", with: "86.5"), to: "result.json")
        let line = 1 + text.prefix(upTo: text.range(of: "86.375")!.lowerBound).count { $0 == "\n" }
        let run = try Self.replay(in: directory)
        #expect(run.status == 2 && run.output.contains("differs from line \(line) on"), "\(run.output)")
    }

    /// As on a processor that adds in another order.
    @Test(arguments: [
        ("86.375", "86.37500000000001", "last digits of some numbers (at most 2e-16"), ("86.375", "86.376", "differs from line"),
        ("86.375", "86.37500008", "last digits of some numbers (at most 9e-10"), ("86.375", "86.3750001", "differs from line"),
    ])
    func `a difference in the last digits is called that`(was: String, becomes: String, words: String) throws {
        let (directory, result) = try Self.recorded(["rank"])
        try directory.write(try String(contentsOfFile: result, encoding: .utf8).replacing(was, with: becomes), to: "result.json")
        let run = try Self.replay(in: directory)
        #expect(run.status == 2 && run.output.contains(words), "\(run.output)")
    }

    @Test func `the digest of a file is SHA-256`() throws {
        // FIPS 180-2, appendix B.1.
        let directory = try TemporaryDirectory()
        let path = try directory.write("abc", to: "abc")
        #expect(
            FileDigest(ofFile: path)?.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(FileDigest(ofFile: directory.path + "/none") == nil && FileDigest(ofFile: "-") == nil)
    }

    @Test func `what is no result is refused`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("{\"evenhand\": \"0.1.0\"}", to: "result.json")
        let run = try Self.replay(in: directory)
        #expect(run.status == 1 && run.output.isEmpty && run.error.contains("\"arguments\" is missing") && run.error.contains("[E702]"))
        let missing = try CommandRun(["replay", "none.json"], in: URL(filePath: directory.path))
        #expect(missing.status == 1 && missing.error.contains("[E701]"))
    }
}
