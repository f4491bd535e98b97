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
}
