public import EvenhandIO

/// One thing that is wrong with an input, or looks so, in words.
public struct Finding: Sendable, Equatable {
    /// Whether scores can be used all the same.
    public enum Severity: String, Sendable {
        /// The scores cannot be used.
        case error
        /// The scores can be used, but look wrong.
        case warning
    }

    /// The stable code: E… for errors, W… for warnings.
    public let code: String
    /// Whether scores can be used all the same.
    public let severity: Severity
    /// Where it is, if it is in one location.
    public let location: Reading.Location?
    /// The offending text as the file has it; empty when there are several.
    public let value: String
    /// What is wrong, and what to do.
    private let sentence: String

    init(_ code: String, severity: Severity = .warning, at location: Reading.Location? = nil, value: String = "", _ sentence: String) {
        (self.code, self.severity, self.location, self.value) = (code, severity, location, value)
        self.sentence = ScoreSheetError.Problem.printable(sentence)
    }

    /// The finding without what may be a name, for a sheet that could not be read so that no name is known.
    func withoutNames(_ language: Language) -> Finding {
        Finding(
            code, severity: severity, at: location.map { Reading.Location(file: "…", line: $0.line) },
            language.say("The message on standard error says what is wrong.", "问题见标准错误输出。"))
    }

    /// What is wrong.
    public var message: String { Finding.parted(sentence).message }
    /// What to do; empty when the message says it all.
    public var fix: String { Finding.parted(sentence).fix }

    /// The line for standard error: location, sentence and code.
    public func line(in language: Language) -> String {
        let start = location.map { $0.shown(in: language, withColumn: true) + ": " } ?? ""
        // Chinese full stops and question marks bring their own space.
        return start + sentence + (language == .zh && severity == .warning ? "[\(code)]" : " [\(code)]")
    }

    /// All sentences end with what to do, after the last semicolon or full stop inside.
    static func parted(_ sentence: String) -> (message: String, fix: String) {
        let inner = sentence.dropLast()
        let marks = ["; ", ". ", "；", "。"].compactMap { inner.ranges(of: $0).last }
        guard let mark = marks.max(by: { $0.lowerBound < $1.lowerBound }) else { return (sentence, "") }
        return (String(sentence[..<mark.lowerBound]), String(sentence[mark.upperBound...]))
    }
}

extension ScoreSheetError {
    /// The listed problems one by one.
    public func findings(in language: Language) -> [Finding] {
        problems.map { problem in
            let location = Reading.Location(file: problem.file, line: problem.line, column: problem.column, cell: problem.cell)
            return Finding(problem.kind.code, severity: .error, at: location, value: problem.text, problem.wording(language))
        }
    }
}
