import Foundation
import Testing

/// The diagram of the architecture: what each target may import.
@Suite struct LayeringTests {
    static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
    static let platform: Set<String> = ["Dispatch", "Synchronization", "Glibc", "Musl", "Darwin"]
    static let allowed: [String: Set<String>] = [
        "COpenBLAS": [],
        "CBoostMath": [],
        "CLemon": [],
        "CPlaces": [],
        "LinearAlgebra": platform.union(["COpenBLAS"]),
        "Evenhand": platform.union(["LinearAlgebra", "CBoostMath", "CLemon", "CPlaces"]),
        "CFields": [],
        "CMinizip": [],
        "CExpat": [],
        "CUTF8Proc": [],
        "CUchardet": [],
        "CWords": [],
        "CDigest": [],
        "CProcess": [],
        "EvenhandIO": platform.union([
            "Evenhand", "CFields", "CMinizip", "CExpat", "CUTF8Proc", "CUchardet", "CWords", "CDigest", "Foundation",
        ]),
        "EvenhandReports": platform.union(["Evenhand", "EvenhandIO", "Foundation"]),
        "EvenhandCommand": platform.union([
            "Evenhand", "EvenhandIO", "EvenhandReports", "CProcess", "Foundation", "ArgumentParser",
        ]),
    ]

    static func files(of target: String? = nil) throws -> [(path: String, lines: [String])] {
        let root = target.map { sources.appending(path: $0) } ?? sources
        let names = FileManager.default.enumerator(atPath: root.path())?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            return ((target.map { $0 + "/" } ?? "") + name, text.components(separatedBy: "\n"))
        }
    }

    /// The module that a line imports: `public import struct Foundation.Date` imports Foundation.
    static func module(importedBy line: String) -> String? {
        let words = line.split(separator: " ").map(String.init)
        let access: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        let rest = words.drop { $0.hasPrefix("@") || access.contains($0) }
        guard rest.first == "import" else { return nil }
        return rest.dropFirst().drop { kinds.contains($0) }.first?.split(separator: ".").first.map(String.init)
    }

    @Test func `every target is in the diagram`() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: LayeringTests.sources.path())
        #expect(Set(targets.filter { !$0.hasPrefix(".") }) == Set(LayeringTests.allowed.keys))
    }

    @Test(arguments: allowed.keys.sorted())
    func `a target imports what is to its left`(target: String) throws {
        for file in try LayeringTests.files(of: target) {
            for (index, line) in file.lines.enumerated() {
                guard let module = LayeringTests.module(importedBy: line) else { continue }
                #expect(LayeringTests.allowed[target]?.contains(module) == true, "\(file.path):\(index + 1): \(line)")
            }
        }
    }

    @Test(arguments: [
        ("import Evenhand", "Evenhand"), ("public import Evenhand", "Evenhand"), ("    internal import Glibc", "Glibc"),
        ("@testable import EvenhandIO", "EvenhandIO"), ("@preconcurrency public import struct Foundation.Date", "Foundation"),
        ("// import Foundation", nil), ("let important = 1", nil),
    ])
    func `imports are found in all their forms`(line: String, module: String?) {
        #expect(LayeringTests.module(importedBy: line) == module)
    }

    @Test func `no source file is longer than 400 lines`() throws {
        for file in try LayeringTests.files() {
            let count = file.lines.count - (file.lines.last == "" ? 1 : 0)
            #expect(count <= 400, "\(file.path) has \(count) lines")
        }
    }

    @Test func `no comment is longer than 140 columns`() throws {
        for file in try LayeringTests.files() {
            for (index, line) in file.lines.enumerated() where line.count > 140 && line.drop(while: { $0 == " " }).hasPrefix("//") {
                Issue.record("\(file.path):\(index + 1) has \(line.count) columns")
            }
        }
    }

    @Test(arguments: allowed.keys.filter { $0 != "EvenhandCommand" }.sorted())
    func `only the command prints`(target: String) throws {
        // OutputFile writes bytes to a descriptor that it was given; these write to standard output or error on their own.
        let printing = try Regex(#"(^|[^.\w])(print|debugPrint|dump|puts|putchar|fputs|printf|fprintf)\("#)
        for file in try LayeringTests.files(of: target) {
            for (index, line) in file.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                #expect(line.firstMatch(of: printing) == nil, "\(file.path):\(index + 1): \(line)")
            }
        }
    }
}
