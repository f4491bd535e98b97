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
        if check != nil, prefer != nil || keep != nil || anchors != nil {
            throw ValidationError("--check examines a plan as it is; leave --prefer, --keep and --anchors out.")
        }
        for (value, name, least) in [
            (perEntry, "--per-entry", 1), (maxLoad, "--max-load", 1), (minLoad, "--min-load", 0), (anchors, "--anchors", 0),
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
        ]
    }

    /// The columns whose equal values are conflicts.
    var conflictColumns: [String] {
        (conflictBy ?? "").split(whereSeparator: { $0 == "," || $0 == "，" }).map { String($0.drop { $0 == " " }) }
    }
}
