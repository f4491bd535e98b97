public import Evenhand
public import EvenhandIO

extension ContestDesignError {
    /// What is wrong with the design, as a sentence.
    public var message: String {
        switch self {
        case .outOfRange(let name, let value, let range):
            "\(name) is \(plain(value)); it must be between \(plain(range.lowerBound)) and \(plain(range.upperBound))."
        case .tooFew(let what, let found, let needed): "Number of \(what): \(found); at least \(needed) needed."
        case .tooMany(let what, let found, let limit): "Number of \(what): \(found); at most \(limit) allowed."
        case .repeated(let kind, let name): "The \(kind) \"\(name)\" appears twice; use each name once."
        case .unknown(let kind, let name): "The \(kind) \"\(name)\" is named but not listed; add it to the list or correct its spelling."
        case .uselessShares(let groups): "The shares of the \(groups) must be numbers from 0 to 1000000000, at least one of them above 0."
        case .maximaAddUp(let sum, let whole): "The maxima of the criteria add up to \(sum); they must add up to \(whole)."
        }
    }
}

extension DesignFileError {
    /// What is wrong with the design file, and where, as a sentence.
    public var message: String {
        switch self {
        case .unreadable(let path, let reason): "Cannot read \(path): \(reason)."
        case .malformed(let path, let line, let problem): "\(path), line \(line): \(problem.message)"
        case .impossible(let path, let error): "\(path): \(error.message)"
        }
    }
}

extension JSONProblem {
    /// What is wrong with the text, as a sentence.
    public var message: String { wording(.en) }
}

/// 3 rather than 3.0.
private func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
}
