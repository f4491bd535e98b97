public import Evenhand

extension ScoringRule {
    /// Reads a rule from a JSON file with the members `name`, `steps`, `stages` and `tieBreaks`; a member of another name is an error.
    public init(contentsOf path: String) throws(RuleFileError) {
        let bytes: [UInt8]
        do throws(JSONFile.Unreadable) {
            bytes = try JSONFile(path: path).bytes()
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        let parts: RuleParts
        do throws(JSONError) {
            parts = try RuleParts(JSONParser.value(of: bytes))
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

/// What stands in the file, each part of the right kind but the whole not yet proved a rule.
private struct RuleParts {
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

extension ScoringRule.Step {
    /// An object of one member, whose name is the step.
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        guard case .object(let members) = json.content, let member = members.first else {
            throw json.wrongKind(key, "a step such as {\"round\": 2}")
        }
        if members.count > 1 { throw JSONError(line: members[1].value.line, problem: .unexpected(key: members[1].key)) }
        let (name, value) = (member.key, member.value)
        switch name {
        case "trim": return try trim(value, key: name)
        case "clip": return .clip(try .read(value, key: name))
        case "round": return .round(try Rounding.read(value, key: name))
        case "judges": return .judges(try combination(value, key: name))
        case "criteria": return .criteria(try combination(value, key: name))
        case "add": return .add(try .read(value, key: name))
        case "subtract": return .subtract(try .read(value, key: name))
        case "multiply": return .multiply(try .read(value, key: name))
        case "divide": return .divide(try .read(value, key: name))
        case "coefficient":
            var object = try JSONObject(value, key: name)
            let step = Self.coefficient(
                means: try object.optional("roundMeans", Rounding.read), coefficient: try object.optional("round", Rounding.read))
            try object.finish()
            return step
        default: throw JSONError(line: value.line, problem: .unexpected(key: name))
        }
    }

    /// One amount for both sides, or `high` and `low`.
    private static func trim(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        guard case .object(let members) = json.content, !members.contains(where: { $0.key == "attribute" }) else {
            let both = try ScoringRule.Amount.read(json, key: key)
            return .trim(high: both, low: both)
        }
        var object = try JSONObject(json, key: key)
        let (high, low) = (try object.optional("high", ScoringRule.Amount.read), try object.optional("low", ScoringRule.Amount.read))
        try object.finish()
        return .trim(high: high ?? .fixed(Fraction(0)), low: low ?? .fixed(Fraction(0)))
    }

    private static func combination(_ json: JSONValue, key: String) throws(JSONError) -> ScoringRule.Combination {
        guard let combination = ScoringRule.Combination(rawValue: try JSONValue.text(json, key: key)) else {
            throw json.wrongKind(key, "one of " + ScoringRule.Combination.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return combination
    }
}

extension ScoringRule.Amount {
    /// A number, `{"attribute": NAME}`, or a list of cases with conditions and a `value`.
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        switch json.content {
        case .number: return .fixed(try JSONValue.decimal(json, key: key))
        case .object:
            var object = try JSONObject(json, key: key)
            let name = try object.required("attribute", JSONValue.text)
            try object.finish()
            return .attribute(name)
        case .array: return .cases(try JSONValue.list(of: Case.read)(json, key))
        default: throw json.wrongKind(key, "a number, {\"attribute\": NAME} or a list of cases")
        }
    }
}

extension ScoringRule.Amount.Case {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let read = Self(
            stage: try object.optional("stage", JSONValue.name), heat: try object.optional("heat", JSONValue.name),
            criterion: try object.optional("criterion", JSONValue.name), judge: try object.optional("judge", JSONValue.name),
            judges: try object.optional("judges", JSONValue.whole), value: try object.required("value", JSONValue.decimal))
        try object.finish()
        return read
    }
}

extension Rounding {
    /// A number of decimals, or an object of `decimals` and `mode`.
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Rounding {
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
    fileprivate static func name(_ value: JSONValue, key: String) throws(JSONError) -> String {
        NameNormalization.normalized(try text(value, key: key))
    }

    fileprivate static func decimal(_ value: JSONValue, key: String) throws(JSONError) -> Fraction {
        guard case .number(let digits) = value.content, let number = Fraction(decimal: digits) else {
            throw value.wrongKind(key, "a decimal number of at most 15 digits")
        }
        return number
    }
}
