/// Names that appear in the scores and not in the file of attributes, or the other way round.
public struct UnmatchedNames: Sendable, Equatable {
    /// Whether they are entries or judges.
    public let role: ColumnRole
    /// The file of attributes.
    public let file: String
    /// Whether it is the file of attributes that has them; otherwise it lacks them.
    public let onlyInFile: Bool
    /// The names, in canonical order.
    public let names: [String]

    static func between(_ known: [String], _ file: AttributeFile, _ role: ColumnRole) -> [UnmatchedNames] {
        let (scored, listed) = (Set(known), Set(file.names))
        let lacking = known.filter { !listed.contains($0) }
        let further = file.names.filter { !scored.contains($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return [(lacking, false), (further, true)].compactMap { names, onlyInFile in
            names.isEmpty ? nil : UnmatchedNames(role: role, file: file.path, onlyInFile: onlyInFile, names: names)
        }
    }
}
