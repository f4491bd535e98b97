import Foundation
import TestSupport
import Testing

/// The schema of JSON results.
@Suite struct ResultSchemaTests {
    private let schema: JSONSchema

    init() throws {
        schema = try JSONSchema(Data(contentsOf: CommandRun.root.appending(path: "Schema/result.schema.json")))
    }

    @Test func `every keyword of the schema is understood`() {
        #expect(schema.unknownKeywords.isEmpty)
    }

    @Test func `what every command prints is valid`() throws {
        let results = try PrintedResult.all.get()
        #expect(Set(results.map(\.command)) == ["check", "rank", "normalize", "judges", "groups", "finals", "plan", "pairs"])
        for result in results {
            let problems = schema.problems(in: result.document)
            #expect(problems.isEmpty, "\(result.arguments): \(problems.prefix(3))")
        }
    }

    /// A change that makes a document of a command wrong.
    struct Mutation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let command: String
        let change: @Sendable (inout JSONValue) -> Void

        init(_ name: String, of command: String, _ change: @escaping @Sendable (inout JSONValue) -> Void) {
            (testDescription, self.command, self.change) = (name, command, change)
        }

        /// A cell of the first row with another value.
        init(_ table: String, _ column: String, _ value: JSONValue?, of command: String) {
            self.init("\(command) \(table) \(column) \(value.map { "\($0)" } ?? "missing")", of: command) { document in
                let columns = document["tables", .member(table), "columns"]?.values ?? []
                guard let position = columns.firstIndex(of: .string(column)) else { return }
                document["tables", .member(table), "rows", 0, .position(position)] = value
            }
        }

        /// A member with another value, or without one.
        init(_ step: JSONValue.Step, _ others: JSONValue.Step..., value: JSONValue?, of command: String = "rank") {
            self.init("\(command) \(step) \(others) \(value.map { "\($0)" } ?? "missing")", of: command) { document in
                switch others.count {
                case 0: document[step] = value
                case 1: document[step, others[0]] = value
                default: document[step, others[0], others[1]] = value
                }
            }
        }

        /// One more column with a number in every row.
        static func column(of table: String, _ command: String) -> Mutation {
            Mutation("\(command) \(table): one more column", of: command) { document in
                let (columns, rows) = (document["tables", .member(table), "columns"], document["tables", .member(table), "rows"])
                document["tables", .member(table), "columns"] = .array((columns?.values ?? []) + [.string("unknown")])
                document["tables", .member(table), "rows"] = .array((rows?.values ?? []).map { .array($0.values + [.number(1)]) })
            }
        }

        /// A row that is one cell shorter than the columns.
        static func shortRow(of table: String, _ command: String) -> Mutation {
            Mutation("\(command) \(table): a short row", of: command) { document in
                let row = document["tables", .member(table), "rows", 0]?.values ?? []
                document["tables", .member(table), "rows", 0] = .array(row.dropLast())
            }
        }
    }

    private static let tables: [(command: String, table: String)] = [
        ("check", "understood"), ("rank", "ranking"), ("normalize", "normalized"), ("judges", "judges"), ("judges", "pairs"),
        ("groups", "groups"), ("groups", "tests"), ("finals", "cut"), ("finals", "methods"), ("finals", "pairs"),
        ("plan", "assignment"), ("plan", "loads"), ("plan", "expected"), ("plan", "panels"),
    ]

    static let mutations =
        tables.map { Mutation.column(of: $0.table, $0.command) }
        + tables.map { Mutation.shortRow(of: $0.table, $0.command) }
        + ["evenhand", "schema", "command", "arguments", "input", "files", "options", "verdict", "tables", "notes"].map {
            Mutation(.member($0), value: nil)
        }
        + [
            Mutation("extra", value: .string("x")), Mutation("schema", value: .number(2)), Mutation("command", value: .string("order")),
            Mutation("verdict", value: .string("")), Mutation("input", 0, "sha256", value: .string("abc")),
            Mutation("input", 0, "bytes", value: .number(-1)), Mutation("options", "colour", value: .null),
            Mutation("options", "places", value: .number(0)), Mutation("fits", "crossed", value: .object([:]), of: "finals"),
            Mutation("tables", "cut", value: nil, of: "finals"), Mutation("tables", "more", value: .object([:])),
            Mutation("tables", "ranking", "columns", value: nil), Mutation("notes", 0, value: .number(1)),
            Mutation("ranking", "mean_rank", .number(0), of: "rank"), Mutation("ranking", "mean", .string("high"), of: "rank"),
            Mutation("ranking", "scores", .number(1.5), of: "rank"), Mutation("ranking", "entry", .null, of: "rank"),
            Mutation("cut", "p_top", .number(1.2), of: "finals"), Mutation("cut", "band", .string("maybe"), of: "finals"),
            Mutation("cut", "low90", .number(0), of: "finals"), Mutation("cut", "gap_se", .number(-1), of: "finals"),
            Mutation("methods", "mean", .number(0), of: "finals"), Mutation("methods", "in", .number(-1), of: "finals"),
            Mutation("tau", "mean", .number(1.5), of: "finals"),
            Mutation("judges", "flags", .string("unkind"), of: "judges"), Mutation("judges", "flags", .string("severe "), of: "judges"),
            Mutation("judges", "consistency", .number(-1.5), of: "judges"), Mutation("agreement", "statistic", .string("r"), of: "judges"),
            Mutation("groups", "rate", .number(2), of: "groups"), Mutation("tests", "test", .string("sign"), of: "groups"),
            Mutation("columns", "read_as", .string("rank"), of: "check"),
            Mutation("assignment", "role", .string("guest"), of: "plan"), Mutation("assignment", "order", .number(0), of: "plan"),
            Mutation("expected", "design", .string("circle"), of: "plan"), Mutation("expected", "p_winner", .number(1.5), of: "plan"),
            Mutation("expected", "feasible", .string("maybe"), of: "plan"), Mutation("expected", "gain_se", .number(-1), of: "plan"),
            Mutation("measures", "flags", .string("odd"), of: "judges"), Mutation("measures", "se", .number(-1), of: "judges"),
            Mutation("separation", "basis", .string("all"), of: "judges"), Mutation("categories", "share", .number(2), of: "judges"),
            Mutation("fits", "rasch", value: .object([:]), of: "judges"),
            Mutation("tables", "design", value: nil, of: "plan"), Mutation("options", "per_entry", value: .number(-1), of: "plan"),
        ]

    @Test(arguments: mutations) func `a broken document is refused`(mutation: Mutation) throws {
        let results = try PrintedResult.all.get().filter { $0.command == mutation.command }
        var isBroken = false
        for result in results where !isBroken {
            var document = result.document
            mutation.change(&document)
            if document == result.document { continue }
            isBroken = true
            #expect(!schema.problems(in: document).isEmpty)
        }
        #expect(isBroken, "no document has what is to be broken")
    }
}
