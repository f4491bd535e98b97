public import Evenhand

extension ContestDesign {
    /// Reads a design from a JSON file whose members are named as the properties of the design.
    ///
    /// `judges` and `heats` are required; other members default to the values of `ContestDesign.init`. An unknown member is an error.
    public init(contentsOf path: String) throws(DesignFileError) {
        let bytes: [UInt8]
        do throws(JSONFile.Unreadable) {
            bytes = try JSONFile(path: path).bytes()
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        let parts: DesignFields
        do throws(JSONError) {
            parts = try DesignFields(JSONParser.value(of: bytes))
        } catch {
            throw .malformed(path: path, line: error.line, error.problem)
        }
        do throws(ContestDesignError) {
            self = try parts.design()
        } catch {
            throw .impossible(path: path, error)
        }
    }
}

/// What is in the file, each part of the right kind but the whole not yet checked.
private struct DesignFields {
    let model: ScoreModel
    let criteria: [ContestDesign.Criterion]
    let entryPrefix: String
    let sectors, cities: [ContestDesign.Share]
    let best: [String]
    let judges: [ContestDesign.Judge]
    let stage: String?
    let heats: [ContestDesign.Heat]
    let final: ContestDesign.Final?

    init(_ json: JSONValue) throws(JSONError) {
        var object = try JSONObject(json, key: "design")
        model = try object.optional("model", ScoreModel.read) ?? ScoreModel()
        criteria = try object.optional("criteria", JSONValue.list(of: ContestDesign.Criterion.read)) ?? []
        entryPrefix = try object.optional("entryPrefix", JSONValue.text) ?? "E"
        sectors = try object.optional("sectors", JSONValue.list(of: ContestDesign.Share.read)) ?? []
        cities = try object.optional("cities", JSONValue.list(of: ContestDesign.Share.read)) ?? []
        best = try object.optional("best", JSONValue.list(of: JSONValue.text)) ?? []
        judges = try object.required("judges", JSONValue.list(of: ContestDesign.Judge.read))
        stage = try object.optional("stage", JSONValue.text)
        heats = try object.required("heats", JSONValue.list(of: ContestDesign.Heat.read))
        final = try object.optional("final", ContestDesign.Final.read)
        try object.finish()
    }

    func design() throws(ContestDesignError) -> ContestDesign {
        try ContestDesign(
            model: model, criteria: criteria, entryPrefix: entryPrefix, sectors: sectors, cities: cities, best: best, judges: judges,
            stage: stage, heats: heats, final: final)
    }
}

extension ScoreModel {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> ScoreModel {
        var object = try JSONObject(json, key: key)
        var model = ScoreModel()
        model.mean = try object.optional("mean", JSONValue.number) ?? model.mean
        model.entrySD = try object.optional("entrySD", JSONValue.number) ?? model.entrySD
        model.judgeSD = try object.optional("judgeSD", JSONValue.number) ?? model.judgeSD
        model.scaleSD = try object.optional("scaleSD", JSONValue.number) ?? model.scaleSD
        model.noiseSD = try object.optional("noiseSD", JSONValue.number) ?? model.noiseSD
        model.noiseSpread = try object.optional("noiseSpread", JSONValue.number) ?? model.noiseSpread
        model.heatSD = try object.optional("heatSD", JSONValue.number) ?? model.heatSD
        model.decimals = try object.optional("decimals", JSONValue.whole) ?? model.decimals
        try object.finish()
        return model
    }
}

extension ContestDesign.Share {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let share = Self(name: try object.required("name", JSONValue.text), share: try object.required("share", JSONValue.number))
        try object.finish()
        return share
    }
}

extension ContestDesign.Judge {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let judge = Self(
            name: try object.required("name", JSONValue.text), field: try object.optional("field", JSONValue.text),
            city: try object.optional("city", JSONValue.text))
        try object.finish()
        return judge
    }
}

extension ContestDesign.Criterion {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let criterion = Self(name: try object.required("name", JSONValue.text), maximum: try object.required("maximum", JSONValue.whole))
        try object.finish()
        return criterion
    }
}

extension ContestDesign.Heat {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let heat = Self(
            name: try object.optional("name", JSONValue.text), entries: try object.required("entries", JSONValue.whole),
            panel: try object.required("panel", JSONValue.list(of: JSONValue.text)),
            advancing: try object.optional("advancing", JSONValue.whole) ?? 0)
        try object.finish()
        return heat
    }
}

extension ContestDesign.Final {
    fileprivate static func read(_ json: JSONValue, key: String) throws(JSONError) -> Self {
        var object = try JSONObject(json, key: key)
        let final = Self(
            stage: try object.required("stage", JSONValue.text), heat: try object.required("heat", JSONValue.text),
            panel: try object.required("panel", JSONValue.list(of: JSONValue.text)))
        try object.finish()
        return final
    }
}

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
