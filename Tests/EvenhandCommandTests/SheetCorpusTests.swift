import Foundation
import TestSupport
import Testing

/// Sheets as people have them are read right, or a question is asked whose commands read them right; never anything else.
@Suite struct SheetCorpusTests {
    private static let own = SheetCase.folders(in: CommandRun.root.appending(path: "Tests/Fixtures/sheets"))
    /// A second corpus, where it is at hand.
    private static let other = SheetCase.folders(in: CommandRun.root.appending(path: "../shared/sheets").standardized)

    @Test func `there are at least 60 sheets`() { #expect(SheetCorpusTests.own.count >= 60) }

    @Test(arguments: own)
    func `a sheet is read, or asked about with a command that reads it`(folder: URL) throws {
        try check(folder)
    }

    @Test(arguments: other)
    func `a sheet of the other corpus is read, or asked about`(folder: URL) throws {
        try check(folder)
    }

    private func check(_ folder: URL) throws {
        let sheet = try SheetCase(folder: folder)
        let (outcome, error) = try sheet.outcome(in: folder)
        #expect(sheet.isWanted(outcome), "\(folder.lastPathComponent): \(outcome); never: \(sheet.never ?? "")\n\(error.prefix(600))")
    }
}
