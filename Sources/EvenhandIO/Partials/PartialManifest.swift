public import Evenhand

/// What `manifest.json` says about the numbers beside it.
public struct PartialManifest: Sendable, Equatable {
    /// The version of the files.
    static let version = 1
    /// The name of the file.
    public static let fileName = "manifest.json"

    /// Unit, direction, stage and heat.
    public var terms: PartialSums.Terms
    /// Whether nobody could look for scores that several parts share.
    public var isUnchecked = false
    /// The digest of the judges' scales of a second pass.
    public var scales: String?
    /// The digest of the judges' percentiles of a second pass.
    public var percentiles: String?

    /// What is to be said about sums.
    public init(terms: PartialSums.Terms, isUnchecked: Bool = false, scales: String? = nil, percentiles: String? = nil) {
        (self.terms, self.isUnchecked, self.scales, self.percentiles) = (terms, isUnchecked, scales, percentiles)
    }

    /// The manifest as JSON.
    public var bytes: [UInt8] {
        JSON.object([
            ("evenhand_partial", .integer(PartialManifest.version)), ("scale", .string(terms.scale.text)),
            ("declared", .bool(terms.scale.isDeclared)), ("lower_is_better", .bool(terms.direction == .lowerIsBetter)),
            ("stage", terms.stage.map(JSON.string) ?? .null), ("heat", terms.heat.map(JSON.string) ?? .null),
            ("unchecked", .bool(isUnchecked)), ("pass", .integer(scales == nil ? 1 : 2)), ("scales", scales.map(JSON.string) ?? .null),
            ("percentiles", percentiles.map(JSON.string) ?? .null),
        ]).bytes
    }

    /// Reads the manifest of a directory.
    init(ofDirectory directory: String) throws(PartialFileError) {
        let path = "\(directory)/\(PartialManifest.fileName)"
        let bytes: [UInt8]
        do throws(JSONFile.Unreadable) { bytes = try JSONFile(path: path).bytes() } catch {
            throw PartialFileError(.noManifest, in: directory)
        }
        var version = 0
        do throws(JSONError) {
            var object = try JSONObject(JSONParser.value(of: bytes), key: "manifest")
            version = try object.required("evenhand_partial", JSONValue.whole)
            let scale = try object.required("scale", JSONValue.text)
            let isDeclared = try object.required("declared", JSONValue.truth)
            guard let found = ScoreScale(scale) else { throw JSONError(line: -1, problem: .missing(key: scale)) }
            terms = PartialSums.Terms(
                scale: ScoreScale(decimals: found.decimals, isDeclared: isDeclared),
                direction: try object.required("lower_is_better", JSONValue.truth) ? .lowerIsBetter : .higherIsBetter,
                stage: try object.optional("stage", JSONValue.text), heat: try object.optional("heat", JSONValue.text))
            isUnchecked = try object.optional("unchecked", JSONValue.truth) ?? false
            _ = try object.optional("pass", JSONValue.whole)
            scales = try object.optional("scales", JSONValue.text)
            percentiles = try object.optional("percentiles", JSONValue.text)
            if version == PartialManifest.version { try object.finish() }
        } catch {
            if error.line < 0, case .missing(let scale) = error.problem { throw PartialFileError(.noScale(scale), in: path) }
            throw PartialFileError(.manifest(error.problem), in: path, line: error.line)
        }
        if version != PartialManifest.version { throw PartialFileError(.laterVersion(version), in: path) }
    }
}

extension JSONValue {
    fileprivate static func truth(_ value: JSONValue, key: String) throws(JSONError) -> Bool {
        guard case .bool(let truth) = value.content else { throw value.wrongKind(key, "true or false") }
        return truth
    }
}
