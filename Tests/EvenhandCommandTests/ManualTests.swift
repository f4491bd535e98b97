import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
    /// The pages in a directory of their own.
    private func pages() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(shell: #"python3 -B Packaging/pages.py "$(command -v evenhand)" \#(directory.path)"#)
        try #require(run.status == 0, "\(run.error)")
        return directory
    }

    @Test func `every command has a page with all its options and an example`() throws {
        let directory = try pages()
        let commands = try CommandHelp.commands()
        #expect(commands.count > 5)
        for command in commands {
            let page = try directory.read("share/man/man1/evenhand-\(command.commandName).1")
            for word in (command.arguments ?? []).flatMap(\.words) {
                let escaped = word.replacing("-", with: "\\-")
                #expect(page.contains("\\fB\(escaped)\\fR"), "\(command.commandName) \(word)")
            }
            #expect(page.contains("\nevenhand \(command.commandName) "), "\(command.commandName)")
        }
        let root = try directory.read("share/man/man1/evenhand.1")
        for command in commands { #expect(root.contains("evenhand\\-\(command.commandName)\\fR(1)"), "\(command.commandName)") }
    }

    @Test func `pages are ASCII, state exit statuses and are the same each time`() throws {
        let (one, other) = (try pages(), try pages())
        let names = try FileManager.default.contentsOfDirectory(atPath: one.path + "/share/man/man1")
        for name in names.map({ "share/man/man1/\($0)" }) {
            let page = try one.read(name)
            #expect(page.utf8.allSatisfy { $0 < 0x7F }, "\(name)")
            #expect(page.contains(".SH EXIT STATUS\n.TP\n0\n"), "\(name)")
            #expect(try page == other.read(name))
        }
    }
}
