import Foundation

/// Long simulations, run by `make test-long`: fixed seeds, bounds that are asserted, and the table for the article printed.
enum Studies {
    static var areWanted: Bool { ProcessInfo.processInfo.environment["EVENHAND_STUDIES"] == "1" }

    /// Prints rows as a table of Markdown.
    static func show(_ title: String, _ header: [String], _ rows: [[String]]) {
        let lines = [header, header.map { _ in "---" }] + rows
        print("\n\(title)\n\n" + lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
    }
}
