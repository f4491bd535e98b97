public import Evenhand

/// Why a file holds no usable contest design.
public enum DesignFileError: Error, Sendable, Equatable {
    /// The file cannot be read; `reason` is the operating system's own text.
    case unreadable(path: String, reason: String)
    /// Something on that line is wrong.
    case malformed(path: String, line: Int, JSONProblem)
    /// A design that contradicts itself.
    case impossible(path: String, ContestDesignError)
}
