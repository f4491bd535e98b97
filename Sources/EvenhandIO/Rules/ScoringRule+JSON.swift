public import Evenhand

extension ScoringRule {
    /// Reads a rule from a JSON file with the members `name`, `steps`, `stages` and `tieBreaks`; an unknown member is an error.
    public init(contentsOf path: String) throws(RuleFileError) {
        let bytes: [UInt8]
        do throws(JSONFile.Unreadable) {
            bytes = try JSONFile(path: path).bytes()
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        let parts: RuleFields
        do throws(JSONError) {
            parts = try RuleFields(JSONParser.value(of: bytes))
        } catch {
            throw .malformed(path: path, line: error.line, error.problem)
        }
        do throws(ScoringRuleError) {
            self = try ScoringRule(steps: parts.steps, stages: parts.stages, tieBreaks: parts.tieBreaks)
        } catch {
            throw .impossible(path: path, error)
        }
    }
}

/// What is in the file, each part of the right kind but the whole not yet checked.
private struct RuleFields {
    let steps: [ScoringRule.Step]
    let stages: [ScoringRule.Stage]
    let tieBreaks: [TieBreak]

    init(_ json: JSONValue) throws(JSONError) {
        var object = try JSONObject(json, key: "rule")
        // What the rule is called, for those who read the file.
        _ = try object.optional("name", JSONValue.text)
        steps = try object.optional("steps", JSONValue.list(of: ScoringRule.Step.read)) ?? []
        stages = try object.optional("stages", JSONValue.list(of: ScoringRule.Stage.read)) ?? []
        tieBreaks = try object.optional("tieBreaks", JSONValue.list(of: TieBreak.read)) ?? []
        try object.finish()
    }
}

extension TieBreak {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> TieBreak {
        guard let tieBreak = TieBreak(try JSONValue.name(json, key: key)) else {
            throw json.wrongKind(key, "one of " + TieBreak.words.joined(separator: ", "))
        }
        return tieBreak
    }
}

extension ScoringRule.Stage {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let stage = Self(
            name: try object.required("name", JSONValue.name),
            steps: try object.optional("steps", JSONValue.list(of: ScoringRule.Step.read)),
            weights: try object.optional("weights", ScoringRule.Weight.readAll) ?? [],
            rounding: try object.optional("round", Rounding.read))
        try object.finish()
        return stage
    }
}

extension ScoringRule.Weight {
    fileprivate static func readAll(_ json: JSONValue, key: String) throws(JSONError) -> [Self] {
        guard case .object(let members) = json.content else { throw json.wrongKind(key, "an object of stages and their weights") }
        var weights: [Self] = []
        for member in members {
            guard !weights.contains(where: { $0.stage == member.key }) else {
                throw JSONError(line: member.value.line, problem: .unexpected(key: member.key))
            }
            weights.append(
                Self(stage: NameNormalization.normalized(member.key), weight: try JSONValue.decimal(member.value, key: member.key)))
        }
        return weights
    }
}

extension Rounding {
    /// A number of decimals, or an object of `decimals` and `mode`.
    static func read(_ json: JSONValue, key: String) throws(JSONError) -> Rounding {
        guard case .object = json.content else { return Rounding(decimals: try decimals(json, key: key)) }
        var object = try JSONObject(json, key: key)
        let rounding = Rounding(decimals: try object.required("decimals", decimals), mode: try object.optional("mode", mode) ?? .halfUp)
        try object.finish()
        return rounding
    }

    private static func decimals(_ json: JSONValue, key: String) throws(JSONError) -> Int {
        let number = try JSONValue.whole(json, key: key)
        guard (0...mostDecimals).contains(number) else { throw json.wrongKind(key, "a whole number from 0 to \(mostDecimals)") }
        return number
    }

    private static func mode(_ json: JSONValue, key: String) throws(JSONError) -> Mode {
        guard let mode = Mode(rawValue: try JSONValue.text(json, key: key)) else {
            throw json.wrongKind(key, "one of " + Mode.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return mode
    }
}

extension JSONValue {
    /// A name in the form in which names of scores are compared.
    static func name(_ value: JSONValue, key: String) throws(JSONError) -> String {
        NameNormalization.normalized(try text(value, key: key))
    }

    static func decimal(_ value: JSONValue, key: String) throws(JSONError) -> Fraction {
        guard case .number(let digits) = value.content, let number = Fraction(decimal: digits) else {
            throw value.wrongKind(key, "a decimal number of at most 15 digits")
        }
        return number
    }
}

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
