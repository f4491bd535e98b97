import Foundation
import Testing

/// The folders of a target: which of them use types of which others.
@Suite struct FolderTests {
    /// The uses among folders: those whose types a folder's files name, each with one example.
    static func uses(in sources: [(path: String, lines: [String])]) throws -> [String: [String: String]] {
        let declaration = try Regex(#"^(?:public |package |final |indirect )*(?:struct|enum|class|protocol|actor) (\w+)"#)
        var home: [Substring: String] = [:]
        for file in sources {
            for line in file.lines {
                if let name = line.firstMatch(of: declaration)?.output[1].substring { home[name] = folder(of: file.path) }
            }
        }
        let word = try Regex(#"\b[A-Z]\w+"#)
        var uses: [String: [String: String]] = [:]
        for file in sources {
            for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                let code = line.replacing(try Regex(#""(?:\\.|[^"\\])*""#), with: "\"\"")
                for match in code.matches(of: word) {
                    let name = code[match.range]
                    if let other = home[name], other != folder(of: file.path) {
                        uses[folder(of: file.path), default: [:]][other] = "\(file.path): \(name)"
                    }
                }
            }
        }
        return uses
    }

    private static func folder(of path: String) -> String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// A way from a folder along uses back to itself, if there is one.
    static func circle(in uses: [String: [String: String]]) -> [String]? {
        var done: Set<String> = []
        func search(_ folder: String, _ way: [String]) -> [String]? {
            if let start = way.firstIndex(of: folder) { return way[start...] + [folder] }
            guard done.insert(folder).inserted else { return nil }
            for other in (uses[folder] ?? [:]).keys.sorted() {
                if let circle = search(other, way + [folder]) { return circle }
            }
            return nil
        }
        for folder in uses.keys.sorted() {
            if let circle = search(folder, []) { return circle }
        }
        return nil
    }

    @Test(arguments: ["Evenhand", "EvenhandIO"])
    func `folders do not use each other in a circle`(target: String) throws {
        let uses = try FolderTests.uses(in: LayeringTests.files(of: target))
        let circle = FolderTests.circle(in: uses)
        let steps = circle.map { zip($0, $0.dropFirst()).map { "\($0) → \($1), as in \(uses[$0]?[$1] ?? "")" } } ?? []
        #expect(uses.count > 3 && circle == nil, "\(steps.joined(separator: "\n"))")
    }

    @Test func `a circle is found with its steps`() throws {
        let sources = [
            (path: "T/A/One.swift", lines: ["public struct One {", "    let two: Two  // Three", "}"]),
            (path: "T/B/Two.swift", lines: ["struct Two {", "    let text = \"One\"", "}"]),
            (path: "T/C/Three.swift", lines: ["enum Three {}"]),
        ]
        #expect(try FolderTests.circle(in: FolderTests.uses(in: sources)) == nil)
        let back = sources + [(path: "T/B/More.swift", lines: ["extension Two {", "    var one: One { One() }", "}"])]
        #expect(try FolderTests.circle(in: FolderTests.uses(in: back)) == ["A", "B", "A"])
    }

    @Test func `no folder of the product is called Tests`() throws {
        let paths = try LayeringTests.files().map(\.path)
        #expect(paths.allSatisfy { !$0.split(separator: "/").contains("Tests") })
    }
}
