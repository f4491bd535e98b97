import Foundation

/// A directory of a test's own, gone with the value.
public final class TemporaryDirectory: Sendable {
    /// Where it is, without a slash at the end.
    public let path: String

    /// Makes the directory.
    public init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "evenhand-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names of what is in it, sorted.
    public var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// Writes a file and returns its path.
    @discardableResult public func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    /// Writes a file and returns its path.
    @discardableResult public func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// The text of a file.
    public func read(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
}
