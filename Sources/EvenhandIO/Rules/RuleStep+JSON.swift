import Evenhand

extension ScoringRule.Step {
    /// The steps by their words, and right forms of each.
    private static let forms: KeyValuePairs = [
        "trim": [#"{"trim": 1}"#, #"{"trim": {"high": 2, "low": 1, "from": 5}}"#],
        "best": ScoringRule.Facet.allCases.map { #"{"best": {"\#($0.rawValue)": 2}}"# },
        "clip": [#"{"clip": 3}"#],
        "round": [#"{"round": 2}"#, #"{"round": {"decimals": 2, "mode": "half-even"}}"#],
        "judges": combinations("judges"),
        "criteria": combinations("criteria"),
        "heats": combinations("heats"),
        "preferences": [#"{"preferences": "heat"}"#],
        "add": [#"{"add": 5}"#, #"{"add": {"attribute": "base_value"}}"#],
        "subtract": [#"{"subtract": 2}"#, #"{"subtract": {"attribute": "deductions"}}"#],
        "multiply": [
            #"{"multiply": 1.6}"#, #"{"multiply": {"attribute": "difficulty"}}"#,
            #"{"multiply": [{"criterion": "a", "value": 0.3}, {"value": 0.7}]}"#,
        ],
        "divide": [#"{"divide": 3}"#],
        "coefficient": [#"{"coefficient": {"roundMeans": 4, "round": 4}}"#],
    ]

    private static func combinations(_ facet: String) -> [String] {
        ScoringRule.Combination.allCases.map { #"{"\#(facet)": "\#($0.rawValue)"}"# }
    }

    /// An object of one member, whose name is the step; what is wrong with it comes with the form that it should have.
    static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        guard case .object(let members) = json.content, let member = members.first else {
            throw json.wrongKind(key, "a step such as {\"round\": 2}")
        }
        let (name, value) = (member.key, member.value)
        guard let right = forms.first(where: { $0.key == name })?.value else {
            let names = forms.map(\.key)
            let nearest = NearestNames.of(name, among: names, most: 1).first
            let near = forms.first { $0.key == nearest }?.value ?? []
            throw JSONError(line: value.line, problem: .unknownStep(name, forms: near, known: names))
        }
        if members.count > 1 { throw JSONError(line: members[1].value.line, problem: .severalSteps(members.map(\.key))) }
        do throws(JSONError) {
            return try read(name, value)
        } catch {
            throw JSONError(line: error.line, problem: .step(name, forms: right, error.problem))
        }
    }

    private static func read(_ name: String, _ value: JSONValue) throws(JSONError) -> Self {
        switch name {
        case "trim": return try trim(value, key: name)
        case "best": return try best(value, key: name)
        case "clip": return .clip(try .read(value, key: name))
        case "round": return .round(try Rounding.read(value, key: name))
        case "judges": return .judges(try combination(value, key: name))
        case "criteria": return .criteria(try combination(value, key: name))
        case "heats": return .heats(try combination(value, key: name))
        case "preferences":
            guard case .string("heat") = value.content else { throw value.wrongKind(name, "\"heat\"") }
            return .preferences
        case "add": return .add(try .read(value, key: name))
        case "subtract": return .subtract(try .read(value, key: name))
        case "multiply": return .multiply(try .read(value, key: name))
        case "divide": return .divide(try .read(value, key: name))
        default:
            var object = try JSONObject(value, key: name)
            let step = Self.coefficient(
                means: try object.optional("roundMeans", Rounding.read), coefficient: try object.optional("round", Rounding.read))
            try object.finish()
            return step
        }
    }

    /// One amount for both sides, or `high` and `low`; with `from`, only where there are so many scores.
    private static func trim(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        guard case .object(let members) = json.content, !members.contains(where: { $0.key == "attribute" }) else {
            let both = try ScoringRule.Amount.read(json, key: key)
            return .trim(high: both, low: both)
        }
        var object = try JSONObject(json, key: key)
        let (high, low) = (try object.optional("high", ScoringRule.Amount.read), try object.optional("low", ScoringRule.Amount.read))
        let from = try object.optional("from", JSONValue.whole)
        try object.finish()
        func side(_ given: ScoringRule.Amount?) -> ScoringRule.Amount {
            let amount = given ?? .fixed(Fraction(0))
            return from.map { .cases([.init(judges: $0, amount: amount), .init(value: Fraction(0))]) } ?? amount
        }
        return .trim(high: side(high), low: side(low))
    }

    /// `{"heats": 2}`: a facet and how many are kept.
    private static func best(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        guard case .object(let members) = json.content, members.count == 1, let facet = ScoringRule.Facet(rawValue: members[0].key) else {
            throw json.wrongKind(key, "an object of one of " + ScoringRule.Facet.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let count = try JSONValue.whole(members[0].value, key: members[0].key)
        guard count > 0 else { throw members[0].value.wrongKind(members[0].key, "a whole number above 0") }
        return .best(count, of: facet)
    }

    private static func combination(_ json: JSONValue, key: String) throws(JSONError) -> ScoringRule.Combination {
        guard let combination = ScoringRule.Combination(rawValue: try JSONValue.text(json, key: key)) else {
            throw json.wrongKind(key, "one of " + ScoringRule.Combination.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return combination
    }
}

extension ScoringRule.Amount {
    /// A number, `{"attribute": NAME}`, or a list of cases with conditions and a `value` or an `attribute`.
    static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
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
        let (stage, heat) = (try object.optional("stage", JSONValue.name), try object.optional("heat", JSONValue.name))
        let (criterion, judge) = (try object.optional("criterion", JSONValue.name), try object.optional("judge", JSONValue.name))
        let judges = try object.optional("judges", JSONValue.whole)
        let attribute = try object.optional("attribute", JSONValue.text)
        let amount: ScoringRule.Amount =
            if let attribute { .attribute(attribute) } else { .fixed(try object.required("value", JSONValue.decimal)) }
        try object.finish()
        return Self(stage: stage, heat: heat, criterion: criterion, judge: judge, judges: judges, amount: amount)
    }
}
