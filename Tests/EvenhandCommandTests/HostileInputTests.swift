import Foundation
import TestSupport
import Testing

@Suite struct HostileInputTests {
    /// Alternating forms, so that every way out of the program is taken.
    private static let ways: [[String]] = [
        ["rank", "--format", "json"], ["normalize", "--format", "csv"], ["rank"], ["rank", "--each", "heat", "--format", "markdown"],
        ["normalize", "--per", "criterion", "--format", "excel-csv"], ["rank", "--stage", "all", "--places", "3", "--format", "csv"],
    ]

    private func expectDecent(_ run: CommandRun, isRefused: Bool?, _ directory: TemporaryDirectory, input: [String]) {
        #expect(!run.wasSignalled && [0, 1].contains(run.status), "status \(run.status): \(run.error.prefix(400))")
        let isDone = run.status == 0
        if let isRefused { #expect(isDone != isRefused, "status \(run.status): \(run.error.prefix(400))") }
        #expect(run.output.isEmpty)
        #expect(directory.names == (input + (isDone ? ["out"] : [])).sorted())
        #expect(isDone || run.error.contains(/\[E\d\d\d\]/), "\(run.error.prefix(400))")
    }

    @Test func `there are at least 200 spoiled sheets`() { #expect(SpoiledSheet.all.count >= 200) }

    @Test(arguments: SpoiledSheet.all.indices)
    func `a spoiled sheet is read or refused in words and leaves nothing behind`(index: Int) throws {
        let (sheet, directory) = (SpoiledSheet.all[index], try TemporaryDirectory())
        let path = try directory.write(sheet.bytes(), to: "in.csv")
        // What must be refused or accepted is so for a plain ranking; other ways may know fewer or more reasons.
        let isPlain = sheet.isRefused != nil
        let way = isPlain ? HostileInputTests.ways[0] : HostileInputTests.ways[index % HostileInputTests.ways.count]
        let run = try CommandRun([way[0], path] + way.dropFirst() + ["--output", directory.path + "/out"])
        expectDecent(run, isRefused: sheet.isRefused, directory, input: ["in.csv"])
    }

    @Test(arguments: ["directory", "unreadable", "missing", "missing/below", "link to itself", "/dev/null", "fifo that is empty"])
    func `what is not a file of scores is refused in words`(name: String) throws {
        let directory = try TemporaryDirectory()
        let path = name.hasPrefix("/") ? name : directory.path + "/" + name
        switch name {
        case "directory": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case "unreadable":
            try directory.write("entry,judge,score\nE,J,5\n", to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            // Whoever may read everything, root above all, can read this too.
            if FileManager.default.isReadableFile(atPath: path) { return }
        case "link to itself": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: name)
        default: break
        }
        let input = directory.names
        let line =
            name.hasPrefix("fifo")
            ? "mkfifo '\(path)'; : > '\(path)' & evenhand rank '\(path)' --output '\(directory.path)/out'; s=$?; rm '\(path)'; exit $s"
            : nil
        let run = try line.map { try CommandRun(shell: $0) } ?? CommandRun(["rank", path, "--output", directory.path + "/out"])
        expectDecent(run, isRefused: true, directory, input: input)
    }

    @Test func `standard input can be closed, empty or a directory`() throws {
        for (line, code) in [("evenhand rank - <&-", "E101"), ("evenhand rank - < /dev/null", "E104"), ("evenhand rank - < .", "E102")] {
            let run = try CommandRun(shell: line)
            #expect(run.status == 1 && run.output.isEmpty && run.error.hasPrefix("standard input: ") && run.error.hasSuffix("[\(code)]\n"))
        }
    }

    @Test func `a full device as standard output is reported for every form`() throws {
        for format in ["table", "markdown", "csv", "excel-csv", "xlsx", "json"] {
            let run = try CommandRun(shell: "evenhand rank Data/quickstart.csv --format \(format) > /dev/full")
            #expect(run.status == 1 && run.error.hasSuffix("Cannot write /dev/stdout: No space left on device. [E501]\n"))
        }
    }
}
