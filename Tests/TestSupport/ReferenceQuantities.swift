public import Foundation

/// What other programs found in a case outside the package (`../shared/reference`), by the names of the case: lists by index,
/// maps by level.
public struct ReferenceQuantities: Sendable {
    private let name: String
    /// The numbers: `reml.var_s`, `reml.theta.0`, `reml.blup_s_selected.462`.
    public let values: [String: Double]

    /// The numbers of a case, such as `lmm/insteval_s_d`.
    public init(_ path: String) throws {
        name = path
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: ReferenceQuantities.file(path, "json")))
        var values: [String: Double] = [:]
        for (key, value) in (json as? [String: Any])?["quantities"] as? [String: Any] ?? [:] {
            if let number = value as? Double { values[key] = number }
            for (position, part) in (value as? [Any] ?? []).enumerated() { values["\(key).\(position)"] = part as? Double }
            for (level, part) in value as? [String: Double] ?? [:] { values["\(key).\(level)"] = part }
        }
        self.values = values
    }

    /// A file of a case.
    public static func file(_ path: String, _ kind: String) -> URL {
        CommandRun.root.appending(path: "../shared/reference/\(path).\(kind)").standardizedFileURL
    }

    /// Whether a case is there.
    public static func isPresent(_ path: String) -> Bool { FileManager.default.isReadableFile(atPath: file(path, "json").path) }

    /// The quantities of a map that are not as expected; a level that was not found is not.
    public func misses(_ quantity: String, _ found: [String: Double], relative: Double, absolute: Double = 0) -> [String] {
        let levels = values.keys.filter { $0.hasPrefix(quantity + ".") }
        guard !levels.isEmpty else { return ["\(name): no \(quantity)"] }
        return levels.flatMap { key in
            misses(key, found[String(key.dropFirst(quantity.count + 1))] ?? .nan, relative: relative, absolute: absolute)
        }
    }

    /// The quantity, when it is not as expected.
    public func misses(_ quantity: String, _ found: Double, relative: Double, absolute: Double = 0) -> [String] {
        guard let expected = values[quantity] else { return ["\(name): no \(quantity)"] }
        return isClose(found, expected, relative: relative, absolute: absolute) ? [] : ["\(name) \(quantity): \(found) for \(expected)"]
    }
}
