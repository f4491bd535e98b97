import Foundation
import TestSupport
import Testing

/// The article on output formats and what is printed name the same tables and columns.
@Suite struct OutputFormatsTests {
    /// A table of the article.
    struct Documented: Hashable {
        let command: String
        let table: String
        /// The names in its first column; `METHOD` and `ATTRIBUTE` are each in place of several.
        let columns: [String]
    }

    private let tables: [Documented]
    private let methods: Set<String>
    /// The attributes of the sheets that are printed, under the names that columns have.
    private let attributes: Set<String> = ["city", "sector", "side", "rate", "mean", "entry_rate", "entry_mean"]

    init() throws {
        let path = "Sources/Evenhand/Evenhand.docc/OutputFormats.md"
        let lines = try String(contentsOf: CommandRun.root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
        let headings = lines.indices.filter { lines[$0].hasPrefix("#") } + [lines.count]
        tables = zip(headings, headings.dropFirst()).compactMap { start, stop in
            guard let title = lines[start].wholeMatch(of: #/### (\w+): (\w+)/#) else { return nil }
            let rows = lines[start..<stop].filter { $0.hasPrefix("| `") }.compactMap { $0.split(separator: "|").first }
            return Documented(
                command: String(title.1), table: String(title.2), columns: rows.flatMap(OutputFormatsTests.codes))
        }
        // The methods are listed below the command that ranks by them, and those of finals likewise.
        let listed = lines.indices.filter { lines[$0].hasPrefix("Methods") || lines[$0].hasPrefix("Rows of `cut`") }
        methods = Set(listed.flatMap { start in lines[start...].prefix { !$0.isEmpty }.flatMap { OutputFormatsTests.codes($0[...]) } })
    }

    /// The words in code voice.
    private static func codes(_ text: Substring) -> [String] { text.matches(of: #/`([^`]+)`/#).map { String($0.1) } }

    /// The name that the article has for a column.
    private func documented(_ column: String, in table: Documented) -> String? {
        if table.columns.contains(column) { return column }
        for ending in ["", "_rank", "_se"] where table.columns.contains("METHOD" + ending) && column.hasSuffix(ending) {
            if methods.contains(String(column.dropLast(ending.count))) { return "METHOD" + ending }
        }
        return table.columns.contains("ATTRIBUTE") && attributes.contains(column) ? "ATTRIBUTE" : nil
    }

    @Test func `the article has every table, and each once`() throws {
        #expect(tables.count > 25 && Set(tables.map { [$0.command, $0.table] }).count == tables.count)
        #expect(methods.isSuperset(of: ["mean", "robust-z", "calibrated", "rule", "combined", "kemeny"]))
        for table in tables { #expect(!table.columns.isEmpty && Set(table.columns).count == table.columns.count, "\(table)") }
    }

    @Test func `every column that is printed is in the article, in its order`() throws {
        for result in try PrintedResult.all.get() {
            for (name, columns, _) in result.tables {
                let kind = String(name.prefix { $0 != "/" })
                let table = tables.first { $0.command == result.command && $0.table == kind }
                let known = try #require(table, "the article lacks \(result.command) \(name)")
                let names = columns.map { documented($0, in: known) }
                for (column, name) in zip(columns, names) { #expect(name != nil, "\(result.command) \(kind): \(column)") }
                let positions = names.compactMap { $0.flatMap(known.columns.firstIndex) }
                // The columns of one method come together, and those of the next begin anew.
                if !known.columns.contains("METHOD_rank") { #expect(positions == positions.sorted(), "\(result.arguments) \(name)") }
            }
        }
    }

    @Test func `every column of the article is printed by some command, with rows`() throws {
        var printed: [String: Set<String>] = [:]
        for result in try PrintedResult.all.get() {
            for (name, columns, isEmpty) in result.tables where !isEmpty {
                let kind = String(name.prefix { $0 != "/" })
                guard let table = tables.first(where: { $0.command == result.command && $0.table == kind }) else { continue }
                printed["\(result.command) \(kind)", default: []].formUnion(columns.compactMap { documented($0, in: table) })
            }
        }
        for table in tables {
            let missing = Set(table.columns).subtracting(printed["\(table.command) \(table.table)"] ?? [])
            #expect(missing.isEmpty, "\(table.command) \(table.table): \(missing.sorted())")
        }
    }

    @Test func `options and fits of every result are in the article`() throws {
        let path = "Sources/Evenhand/Evenhand.docc/OutputFormats.md"
        let text = try String(contentsOf: CommandRun.root.appending(path: path), encoding: .utf8)
        for result in try PrintedResult.all.get() {
            for name in (result.document["options"]?.members ?? [:]).keys {
                #expect(text.contains("`\(name)`"), "\(result.command): \(name)")
            }
            for name in (result.document["fits"]?.members ?? [:]).values.flatMap(\.members.keys) {
                #expect(text.firstMatch(of: try Regex("\\| [a-z_, ]*\\b\(name)\\b[a-z_, ]* \\|")) != nil, "\(result.command): \(name)")
            }
        }
    }
}
