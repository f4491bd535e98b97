public import Foundation

/// A parsed JSON value, for tests that look at a document or break it.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// A step to a part of a value: the name of a member or the index in an array.
    public enum Step: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case member(String)
        case position(Int)

        /// The member of a name.
        public init(stringLiteral name: String) { self = .member(name) }
        /// The index in an array.
        public init(integerLiteral position: Int) { self = .position(position) }
    }

    /// Reads a document.
    public init(_ data: Data) throws { self.init(parsed: try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) }

    private init(parsed value: Any) {
        switch value {
        case let text as String: self = .string(text)
        case let values as [Any]: self = .array(values.map(JSONValue.init(parsed:)))
        case let members as [String: Any]: self = .object(members.mapValues(JSONValue.init(parsed:)))
        // A truth value is a number of one character.
        case let number as NSNumber: self = String(cString: number.objCType) == "c" ? .bool(number.boolValue) : .number(number.doubleValue)
        default: self = .null
        }
    }

    /// The part that the steps lead to; `nil` where there is none. Setting it to `nil` takes it out.
    public subscript(steps: Step...) -> JSONValue? {
        get { steps.reduce(self) { $0?.part($1) } }
        set { set(steps[...], to: newValue) }
    }

    private func part(_ step: Step) -> JSONValue? {
        switch (self, step) {
        case (.object(let members), .member(let name)): members[name]
        case (.array(let values), .position(let position)): values.indices.contains(position) ? values[position] : nil
        default: nil
        }
    }

    private mutating func set(_ steps: ArraySlice<Step>, to value: JSONValue?) {
        guard let step = steps.first else { return }
        var part = part(step)
        if steps.count == 1 { part = value } else { part?.set(steps.dropFirst(), to: value) }
        switch (self, step) {
        case (.object(var members), .member(let name)):
            members[name] = part
            self = .object(members)
        case (.array(var values), .position(let position)):
            values.replaceSubrange(position..<min(position + 1, values.count), with: part.map { [$0] } ?? [])
            self = .array(values)
        default: break
        }
    }

    /// The members of an object; none of another value.
    public var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }

    /// The values of an array; none of another value.
    public var values: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }

    /// The text of a string.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number.
    public var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }
}
