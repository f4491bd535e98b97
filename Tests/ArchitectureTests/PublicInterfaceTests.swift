import Foundation
import Testing

/// The public interface of a target, read from its sources as swift-format leaves them.
struct PublicInterface {
    /// A declaration a line, each after the type that it belongs to, in alphabetical order.
    let declarations: [String]

    private struct Scope {
        let margin: Int
        let name: String
        /// A public enumeration's cases are public, and a public protocol's requirements.
        let publishes: String?
    }

    private static let kinds: Set<String> = ["struct", "enum", "class", "protocol", "extension", "actor"]
    private static let modifiers: Set<String> = [
        "public", "package", "internal", "fileprivate", "private", "final", "indirect", "nonisolated", "static", "mutating",
    ]

    init(of sources: [[String]]) { declarations = sources.flatMap(Self.declarations).sorted() }

    private static func declarations(in lines: [String]) -> [String] {
        var (found, scopes) = ([String](), [Scope]())
        for (index, line) in lines.enumerated() {
            let margin = line.prefix { $0 == " " }.count
            let text = String(line.dropFirst(margin))
            if text.isEmpty || text.hasPrefix("//") { continue }
            while let last = scopes.last, margin <= last.margin { scopes.removeLast() }
            let words = text.split(separator: " ").map(String.init).drop { $0.hasPrefix("@") }
            let isPublic = words.first == "public"
            let isMember = scopes.last.map { $0.publishes != nil && margin == $0.margin + 4 } ?? false
            let heads =
                scopes.last?.publishes == "enum" ? ["case ", "indirect case "] : ["func ", "var ", "init(", "static ", "mutating "]
            let isPublished = isMember && heads.contains { text.hasPrefix($0) }
            let path = scopes.map(\.name).joined(separator: ".")
            if (isPublic && !words.contains("import")) || isPublished {
                found.append((path.isEmpty ? "" : path + ": ") + declaration(from: index, in: lines, after: words))
            }
            let rest = words.drop { modifiers.contains($0) }
            if let kind = rest.first, kinds.contains(kind), rest.count > 1, !text.hasSuffix("}") {
                let name = rest.dropFirst().first?.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" } ?? ""
                scopes.append(
                    Scope(margin: margin, name: String(name), publishes: isPublic && (kind == "enum" || kind == "protocol") ? kind : nil))
            }
        }
        return found
    }

    /// A declaration without its body, on one line.
    private static func declaration(from index: Int, in lines: [String], after words: ArraySlice<String>) -> String {
        var text = words.joined(separator: " ")
        var next = index + 1
        func isOpen() -> Bool {
            let depth = text.reduce(0) { $0 + (["(", "["].contains($1) ? 1 : [")", "]"].contains($1) ? -1 : 0) }
            return depth > 0
        }
        while next < lines.count, isOpen() || (lines[next].contains("where ") && !text.hasSuffix("{") && lines[next].hasSuffix("{")) {
            text += " " + lines[next].trimmingCharacters(in: .whitespaces)
            next += 1
        }
        if let body = text.range(of: " {") { text = String(text[..<body.lowerBound]) }
        return text.replacing("( ", with: "(").replacing(" )", with: ")")
    }
}

/// `API` lists what is public, so that a change of the interface shows in a review.
@Suite struct PublicInterfaceTests {
    static let folder = LayeringTests.sources.appending(path: "../API").standardized

    @Test(arguments: ["Evenhand", "EvenhandIO", "EvenhandReports"])
    func `the public interface is the one that is listed`(target: String) throws {
        let now = PublicInterface(of: try LayeringTests.files(of: target).map(\.lines)).declarations
        let file = Self.folder.appending(path: target + ".txt")
        if ProcessInfo.processInfo.environment["EVENHAND_WRITE_API"] == "1" {
            try Data((now.joined(separator: "\n") + "\n").utf8).write(to: file)
        }
        let listed = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let difference = now.difference(from: listed)
        let removed = difference.removals.map { change in if case .remove(_, let line, _) = change { "− " + line } else { "" } }
        let added = difference.insertions.map { change in if case .insert(_, let line, _) = change { "+ " + line } else { "" } }
        #expect((removed + added).isEmpty, "\((removed + added).joined(separator: "\n"))\nIf that is intended: make api")
    }

    @Test func `declarations are found with their types, and bodies left out`() {
        let source = """
            public import Other
            /// A type.
            public struct A: Sendable {
                public let x: Int
                let hidden: Int
                public enum B: String {
                    case one
                    case two(Int, label: String)
                    static func no() {}
                }
                /// Long.
                @discardableResult public func f(
                    of a: Int, b: [Int]
                ) throws -> Int {
                    public_()
                }
            }
            extension A.B {
                public var isOne: Bool { self == .one }
            }
            struct Hidden {
                func g() {}
            }
            public protocol P {
                var name: String { get }
            }
            """
        #expect(
            PublicInterface(of: [source.components(separatedBy: "\n")]).declarations == [
                "A.B: case one", "A.B: case two(Int, label: String)", "A.B: public var isOne: Bool", "A: public enum B: String",
                "A: public func f(of a: Int, b: [Int]) throws -> Int", "A: public let x: Int", "P: var name: String",
                "public protocol P", "public struct A: Sendable",
            ])
    }
}
