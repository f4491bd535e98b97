public import Foundation

/// A JSON Schema of draft 2020-12, as far as the schema of results uses it, with that schema's own keyword `x-row`: what a row of a table
/// is as an object from column to cell.
public final class JSONSchema {
    private let root: JSONValue
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]
    private var matches: [[String]: Bool] = [:]

    /// What only describes.
    private static let remarks: Set<String> = ["$schema", "$id", "$comment", "$defs", "title", "description"]
    /// What demands something.
    private static let demands: Set<String> = [
        "$ref", "type", "enum", "const", "pattern", "minLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "required",
        "properties", "patternProperties", "additionalProperties", "minProperties", "minItems", "prefixItems", "items", "contains",
        "uniqueItems", "anyOf", "allOf", "if", "then", "x-row",
    ]

    /// Reads a schema.
    public init(_ data: Data) throws { root = try JSONValue(data) }

    /// What is wrong with a document, each with its location; empty when it is valid.
    public func problems(in document: JSONValue) -> [String] { problems(document, root, "") }

    /// The keywords of the schema that this does not know, which would demand nothing.
    public var unknownKeywords: Set<String> { unknown(root) }

    private func unknown(_ schema: JSONValue) -> Set<String> {
        schema.members.reduce(into: []) { found, member in
            let (keyword, value) = member
            switch keyword {
            case "properties", "patternProperties", "$defs": value.members.values.forEach { found.formUnion(unknown($0)) }
            case "allOf", "anyOf", "prefixItems": value.values.forEach { found.formUnion(unknown($0)) }
            case "items", "contains", "additionalProperties", "if", "then", "x-row": found.formUnion(unknown(value))
            default: if !JSONSchema.demands.union(JSONSchema.remarks).contains(keyword) { found.insert(keyword) }
            }
        }
    }

    private func problems(_ value: JSONValue, _ schema: JSONValue, _ position: String) -> [String] {
        if schema == .bool(false) { return ["\(position): nothing may be here"] }
        let keywords = schema.members
        return keywords.keys.sorted().flatMap { keyword -> [String] in
            guard let demand = keywords[keyword] else { return [] }
            return problems(value, keyword, demand, keywords, position)
        }
    }

    private func problems(
        _ value: JSONValue, _ keyword: String, _ demand: JSONValue, _ keywords: [String: JSONValue], _ position: String
    ) -> [String] {
        switch keyword {
        case "$ref": reference(value, demand, position)
        case "type": type(value, demand, position)
        case "enum": demand.values.contains(value) ? [] : ["\(position): \(value) is not one of \(demand.values)"]
        case "const": value == demand ? [] : ["\(position): \(value) is not \(demand)"]
        case "anyOf": anyOf(value, demand, position)
        case "allOf": demand.values.flatMap { problems(value, $0, position) }
        case "if": problems(value, demand, position).isEmpty ? keywords["then"].map { problems(value, $0, position) } ?? [] : []
        case "pattern": pattern(value, demand, position)
        case "minLength": minLength(value, demand, position)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": bound(value, keyword, demand, position)
        case "required": required(value, demand, position)
        case "properties": properties(value, demand, position)
        case "patternProperties": patternProperties(value, demand, position)
        case "additionalProperties": additionalProperties(value, demand, keywords, position)
        case "minProperties", "minItems": size(value, demand, position)
        case "prefixItems": prefixItems(value, demand, position)
        case "items": items(value, demand, keywords, position)
        case "contains": contains(value, demand, position)
        case "uniqueItems": uniqueItems(value, demand, position)
        case "x-row": row(value, demand, position)
        default: []
        }
    }

    // MARK: Any value

    private func reference(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        let steps = (demand.text ?? "").split(separator: "/").map(String.init)
        guard steps.first == "#", let schema = steps.dropFirst().reduce(root as JSONValue?, { $0?.members[$1] }) else {
            return ["\(position): the schema has no \(demand.text ?? "name")"]
        }
        return problems(value, schema, position)
    }

    private func type(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        let types = demand.text.map { [$0] } ?? demand.values.compactMap(\.text)
        let own: Set<String> =
            switch value {
            case .null: ["null"]
            case .bool: ["boolean"]
            case .number(let number): number == number.rounded() ? ["number", "integer"] : ["number"]
            case .string: ["string"]
            case .array: ["array"]
            case .object: ["object"]
            }
        return own.isDisjoint(with: types) ? ["\(position): \(value) is not of type \(types.joined(separator: " or "))"] : []
    }

    private func anyOf(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        let found = demand.values.map { problems(value, $0, position) }
        return found.contains { $0.isEmpty } ? [] : ["\(position): no alternative holds"] + (found.min { $0.count < $1.count } ?? [])
    }

    // MARK: Texts and numbers

    private func pattern(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        guard let text = value.text, let pattern = demand.text, !hasMatch(text, pattern) else { return [] }
        return ["\(position): “\(text)” does not match \(pattern)"]
    }

    private func hasMatch(_ text: String, _ pattern: String) -> Bool {
        if let known = matches[[pattern, text]] { return known }
        if patterns[pattern] == nil { patterns[pattern] = try? Regex(pattern) }
        // A pattern that is none matches nothing.
        let found = patterns[pattern].flatMap { text.firstMatch(of: $0) } != nil
        matches[[pattern, text]] = found
        return found
    }

    private func minLength(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        guard let text = value.text, let least = demand.number else { return [] }
        return Double(text.unicodeScalars.count) < least ? ["\(position): “\(text)” is too short"] : []
    }

    private func bound(_ value: JSONValue, _ keyword: String, _ demand: JSONValue, _ position: String) -> [String] {
        guard let number = value.number, let limit = demand.number else { return [] }
        let isInside =
            switch keyword {
            case "minimum": number >= limit
            case "maximum": number <= limit
            case "exclusiveMinimum": number > limit
            default: number < limit
            }
        return isInside ? [] : ["\(position): \(number) is out of range"]
    }
}

// MARK: - Objects and arrays

extension JSONSchema {
    private func required(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        guard case .object(let members) = value else { return [] }
        return demand.values.compactMap(\.text).filter { members[$0] == nil }.map { "\(position): \($0) is missing" }
    }

    private func properties(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        value.members.flatMap { name, part in demand.members[name].map { problems(part, $0, "\(position)/\(name)") } ?? [] }
    }

    private func patternProperties(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        value.members.flatMap { name, part in
            demand.members.filter { hasMatch(name, $0.key) }.flatMap { problems(part, $0.value, "\(position)/\(name)") }
        }
    }

    private func additionalProperties(
        _ value: JSONValue, _ demand: JSONValue, _ keywords: [String: JSONValue], _ position: String
    ) -> [String] {
        let named = keywords["properties"]?.members ?? [:]
        let patterns = (keywords["patternProperties"]?.members ?? [:]).keys
        let others = value.members.filter { name, _ in named[name] == nil && !patterns.contains { hasMatch(name, $0) } }
        return others.flatMap { problems($1, demand, "\(position)/\($0)") }
    }

    private func size(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        let count: Int
        switch value {
        case .array(let values): count = values.count
        case .object(let members): count = members.count
        default: return []
        }
        return Double(count) < demand.number ?? 0 ? ["\(position): only \(count)"] : []
    }

    private func prefixItems(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        zip(value.values, demand.values).enumerated().flatMap { index, pair in problems(pair.0, pair.1, "\(position)/\(index)") }
    }

    private func items(_ value: JSONValue, _ demand: JSONValue, _ keywords: [String: JSONValue], _ position: String) -> [String] {
        let first = keywords["prefixItems"]?.values.count ?? 0
        return value.values.enumerated().dropFirst(first).flatMap { problems($1, demand, "\(position)/\($0)") }
    }

    private func contains(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        guard case .array(let values) = value else { return [] }
        return values.contains { problems($0, demand, position).isEmpty } ? [] : ["\(position): lacks \(demand)"]
    }

    private func uniqueItems(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        demand == .bool(true) && Set(value.values).count < value.values.count ? ["\(position): two items are equal"] : []
    }

    private func row(_ value: JSONValue, _ demand: JSONValue, _ position: String) -> [String] {
        let columns = (value["columns"]?.values ?? []).compactMap(\.text)
        return (value["rows"]?.values ?? []).enumerated().flatMap { index, row -> [String] in
            guard row.values.count == columns.count else {
                return ["\(position)/\(index): \(row.values.count) cells, \(columns.count) columns"]
            }
            let members = Dictionary(zip(columns, row.values)) { first, _ in first }
            return problems(.object(members), demand, "\(position)/\(index)")
        }
    }
}
