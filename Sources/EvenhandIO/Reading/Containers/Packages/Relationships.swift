/// Which parts a part leads to, by the identifiers it uses for them.
final class Relationships: XMLHandler {
    struct Target {
        /// The last word of the type: `worksheet`, `sharedStrings`, `officeDocument`.
        let type: String
        let part: String
    }

    private(set) var targets: [String: Target] = [:]
    private let folder: [String]
    private let budget: PackageBudget

    /// Reads the relationships of `part`, or of the whole archive when it is empty; without the part that lists them there are none.
    init(of part: String, in archive: Archive, budget: PackageBudget) throws(WorkbookError) {
        var path = part.split(separator: "/").map(String.init)
        let file = path.popLast() ?? ""
        folder = path
        self.budget = budget
        let name = (path + ["_rels", file + ".rels"]).joined(separator: "/")
        if archive.contains(name) { try archive.parse(name, self) }
    }

    func first(of type: String) -> String? {
        targets.values.filter { $0.type == type }.map(\.part).min()
    }

    func start(_ element: XMLElement) throws(WorkbookError) {
        guard element.isNamed("Relationship"), element.text("TargetMode")?.lowercased() != "external" else { return }
        guard let id = element.text("Id"), let type = element.text("Type"), let target = element.text("Target") else { return }
        try budget.keep(256 + id.utf8.count + target.utf8.count)
        let word = type.split(separator: "/").last.map(String.init) ?? ""
        // An identifier given twice leaves open which part is meant; the first is as good as any.
        guard targets[id] == nil, let part = resolved(target) else { return }
        targets[id] = Target(type: word, part: part)
    }

    func end(_ element: XMLElement) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    /// A target is relative to the folder of the part, or begins with a slash; `nil` when it leads out of the archive.
    private func resolved(_ target: String) -> String? {
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch step {
            case ".": continue
            case "..": if path.popLast() == nil { return nil }
            default: path.append(String(step))
            }
        }
        return path.isEmpty ? nil : path.joined(separator: "/")
    }
}
