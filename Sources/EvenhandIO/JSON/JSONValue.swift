/// A value read from JSON text, with the line on which it begins.
struct JSONValue: Equatable {
    /// Members keep the order of the text; numbers keep their digits.
    enum Content: Equatable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([JSONMember])
    }

    let content: Content
    let line: Int
}

struct JSONMember: Equatable {
    let key: String
    let value: JSONValue
}

/// What is wrong with a JSON text, and on which line.
struct JSONError: Error, Equatable {
    let line: Int
    let problem: JSONProblem
}

/// What can be wrong with a JSON text.
public enum JSONProblem: Sendable, Equatable {
    /// The text is not JSON: something else should be here.
    case syntax(expected: String)
    /// A required member is missing.
    case missing(key: String)
    /// An unknown member, perhaps misspelt, or one that appears twice.
    case unexpected(key: String)
    /// A value of the wrong kind for its member; `kind` says which kind it should be.
    case wrongKind(key: String, kind: String)
    /// An unknown step of a rule; `forms` are those of the step with the most similar word.
    case unknownStep(String, forms: [String], known: [String])
    /// Several steps where there should be one.
    case severalSteps([String])
    /// What is wrong inside a step of a rule, and the forms that it may have.
    indirect case step(String, forms: [String], JSONProblem)
}

/// Typed access to the members of an object; every member must be asked for before `finish`.
struct JSONObject {
    let line: Int
    private let members: [JSONMember]
    private var asked: Set<String> = []

    init(_ value: JSONValue, key: String) throws(JSONError) {
        guard case .object(let members) = value.content else {
            throw JSONError(line: value.line, problem: .wrongKind(key: key, kind: "an object in braces"))
        }
        self.members = members
        line = value.line
    }

    mutating func optional<T>(_ key: String, _ read: (JSONValue, String) throws(JSONError) -> T) throws(JSONError) -> T? {
        asked.insert(key)
        guard let value = members.first(where: { $0.key == key })?.value, value.content != .null else { return nil }
        return try read(value, key)
    }

    mutating func required<T>(_ key: String, _ read: (JSONValue, String) throws(JSONError) -> T) throws(JSONError) -> T {
        guard let value = try optional(key, read) else { throw JSONError(line: line, problem: .missing(key: key)) }
        return value
    }

    /// Throws when a member has not been asked for, or appears twice.
    func finish() throws(JSONError) {
        var left = asked
        for member in members where left.remove(member.key) == nil {
            throw JSONError(line: member.value.line, problem: .unexpected(key: member.key))
        }
    }
}

extension JSONValue {
    static func text(_ value: JSONValue, key: String) throws(JSONError) -> String {
        guard case .string(let text) = value.content else { throw value.wrongKind(key, "a text in quotes") }
        return text
    }

    static func number(_ value: JSONValue, key: String) throws(JSONError) -> Double {
        guard case .number(let digits) = value.content, let number = Double(digits), number.isFinite else {
            throw value.wrongKind(key, "a number")
        }
        return number
    }

    static func whole(_ value: JSONValue, key: String) throws(JSONError) -> Int {
        guard case .number(let digits) = value.content, let number = Int(digits) else { throw value.wrongKind(key, "a whole number") }
        return number
    }

    static func list<T>(
        of read: @escaping (JSONValue, String) throws(JSONError) -> T
    ) -> (JSONValue, String) throws(JSONError) -> [T] {
        { (value, key) throws(JSONError) in
            guard case .array(let values) = value.content else { throw value.wrongKind(key, "a list in brackets") }
            return try values.map { value throws(JSONError) in try read(value, key) }
        }
    }

    func wrongKind(_ key: String, _ kind: String) -> JSONError {
        JSONError(line: line, problem: .wrongKind(key: key, kind: kind))
    }
}
