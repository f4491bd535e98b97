public import Evenhand

/// Why a file holds no usable rule.
public enum RuleFileError: Error, Sendable, Equatable {
    /// The file cannot be read; `reason` is the operating system's own text.
    case unreadable(path: String, reason: String)
    /// Something on that line is wrong.
    case malformed(path: String, line: Int, JSONProblem)
    /// Steps or stages that make no rule.
    case impossible(path: String, ScoringRuleError)
}
