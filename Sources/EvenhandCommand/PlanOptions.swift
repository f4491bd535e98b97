import ArgumentParser
import Evenhand
import EvenhandIO

/// Who may judge what.
struct PlanOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The entries: a file with a column entry.", valueName: "file"), completion: .file())
    var entries: String

    @Option(help: ArgumentHelp("The judges: a file with a column judge.", valueName: "file"), completion: .file())
    var judges: String

    @Option(help: ArgumentHelp("How many judges score each entry.", valueName: "n"))
    var perEntry: Int?

    @Option(
        help: ArgumentHelp(
            "The most entries of a judge; a column max_load of the judges wins (default: as even as possible).", valueName: "n"))
    var maxLoad: Int?

    @Option(help: ArgumentHelp("The fewest entries of a judge; a column min_load of the judges wins.", valueName: "n"))
    var minLoad: Int?

    @Option(
        help: ArgumentHelp("Pairs that must not meet: a file with columns entry and judge; repeatable.", valueName: "file"),
        completion: .file())
    var conflicts: [String] = []

    @Option(help: ArgumentHelp("Columns of both lists whose equal values are conflicts.", valueName: "column,…"))
    var conflictBy: String?

    @Option(
        help: ArgumentHelp("Pairs that have to meet: a file with columns entry and judge; repeatable.", valueName: "file"),
        completion: .file())
    var must: [String] = []

    @Option(
        help: ArgumentHelp("Pairs that should meet: a file with columns entry, judge and weight (1 without).", valueName: "file"),
        completion: .file())
    var prefer: String?

    @Option(
        help: ArgumentHelp(
            "Columns of entries and of judges whose equal values should meet: sector=field.", valueName: "column=column,…"))
    var match: String?

    @Option(
        help: ArgumentHelp("Judges of whom every entry or heat needs some: field=投资人:1; repeatable.", valueName: "column=value:n"))
    var panelHas: [String] = []

    @Option(
        help: ArgumentHelp(
            "How many heats, or their sizes: the entries of a heat have the same judges. Columns heats of the judges (1-3,5) and heat of the entries say who can be at which.",
            valueName: "n"))
    var heats: String?

    @Option(help: ArgumentHelp("How many judges stand by for each entry or heat.", valueName: "n"))
    var spares: Int?

    @Option(help: ArgumentHelp("An earlier plan that is changed as little as possible.", valueName: "file"), completion: .file())
    var keep: String?

    @Option(help: ArgumentHelp("How many entries every judge scores, to connect all others.", valueName: "n"))
    var anchors: Int?

    @Option(help: ArgumentHelp("The seed of everything that is drawn.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("Examine a plan that exists: a file with columns entry and judge.", valueName: "file"), completion: .file())
    var check: String?

    func validate() throws {
        if perEntry == nil, check == nil { throw ValidationError("--per-entry N: say how many judges score each entry.") }
        if check != nil, prefer != nil || keep != nil || anchors != nil || match != nil || spares != nil {
            throw ValidationError("--check examines a plan as it is; leave --prefer, --match, --keep, --anchors and --spares out.")
        }
        if let heats, heatSizes.isEmpty {
            throw ValidationError("--heats \(heats): a number of heats, such as 9, or their sizes, such as 17,17,16.")
        }
        for (text, pair) in zip(list(match), matches) where pair == nil {
            throw ValidationError("--match \(text): a column of the entries, =, and one of the judges: sector=field.")
        }
        for (text, group) in zip(panelHas, groups) where group == nil {
            throw ValidationError("--panel-has \(text): a column of the judges, =, a value, : and a number: field=投资人:1.")
        }
        for (value, name, least) in [
            (perEntry, "--per-entry", 1), (maxLoad, "--max-load", 1), (minLoad, "--min-load", 0), (anchors, "--anchors", 0),
            (spares, "--spares", 0),
        ] {
            if let value, !(least...1_000_000).contains(value) {
                throw ValidationError("\(name) \(value): a number from \(least) to 1000000.")
            }
        }
    }

    /// The files that are read.
    var files: [String] { [entries, judges] + conflicts + must + [prefer, keep, check].compactMap(\.self) }

    /// The options as JSON states them.
    var json: [(String, JSON)] {
        func number(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
        return [
            ("per_entry", number(perEntry)), ("max_load", number(maxLoad)), ("min_load", number(minLoad)), ("anchors", number(anchors)),
            ("conflict_by", .array(conflictColumns.map(JSON.string))), ("seed", .string(String(seed))),
            ("match", .array(list(match).map(JSON.string))), ("panel_has", .array(panelHas.map(JSON.string))),
            ("heats", heats.map(JSON.string) ?? .null), ("spares", number(spares)),
        ]
    }

    /// The columns whose equal values are conflicts.
    var conflictColumns: [String] { list(conflictBy) }

    private func list(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { $0 == "," || $0 == "，" }).map { String($0.drop { $0 == " " }) }
    }

    /// Columns of entries and of judges whose equal values are preferred; `nil` for what is not a pair.
    var matches: [(entries: String, judges: String)?] {
        list(match).map { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 && !parts.contains("") ? (parts[0], parts[1]) : nil
        }
    }

    /// Columns and values of judges of whom so many are needed; `nil` for what is not that.
    var groups: [(column: String, value: String, count: Int)?] {
        panelHas.map { text in
            guard let equals = text.firstIndex(of: "="), let colon = text.lastIndex(where: { $0 == ":" || $0 == "：" }), equals < colon,
                let count = Int(text[text.index(after: colon)...]), (1...1_000_000).contains(count)
            else { return nil }
            let (column, value) = (text[..<equals], text[text.index(after: equals)..<colon])
            return column.isEmpty || value.isEmpty ? nil : (String(column), String(value), count)
        }
    }

    /// A single number of heats, or several sizes; empty when it is neither.
    var heatSizes: [Int] {
        let numbers = list(heats).map { Int($0) ?? 0 }
        return numbers.allSatisfy { (1...100_000).contains($0) } ? numbers : []
    }
}
