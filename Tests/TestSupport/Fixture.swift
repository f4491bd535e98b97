import Foundation

/// The text of a file of `Tests/Fixtures`, named by its path there.
public func fixture(_ path: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "Fixtures/\(path)"), encoding: .utf8)
}

/// Whether |a − b| ≤ max(absolute, relative·max(|a|, |b|)); equal infinities are close, NaN is close to nothing.
public func isClose(_ a: Double, _ b: Double, relative: Double = 1e-12, absolute: Double = 0) -> Bool {
    a == b || (a - b).magnitude <= max(absolute, relative * max(a.magnitude, b.magnitude)) && (a - b).isFinite
}
