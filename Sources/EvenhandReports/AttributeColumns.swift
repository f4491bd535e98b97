import Evenhand

extension [Attribute] {
    /// Those that do not tell all entries apart, as running numbers and names do.
    func shown(of entries: Int) -> [Attribute] { filter { $0.values.levels.count < entries || $0.values.levels.count < 2 } }
}

extension Attribute {
    /// The attribute's name, unless a column of a ranking by these methods has it.
    func columnName(besides methods: [String]) -> String {
        let taken = ["entry", "heat", "scores", "heat_rank", "in"] + methods + methods.flatMap { [$0 + "_rank", $0 + "_se"] }
        return taken.contains(name) ? "entry_" + name : name
    }
}
