/// How an engine writes what the statements of partial sums need: types, names, texts, and where rows go.
public struct EngineDialect: Sendable, Equatable {
    /// The engines.
    public enum Engine: String, Sendable, CaseIterable {
        /// DuckDB.
        case duckdb
        /// Spark SQL.
        case spark
        /// PostgreSQL, for psql.
        case postgres
        /// ClickHouse.
        case clickhouse
        /// Apache DataFusion.
        case datafusion
    }

    /// The engine.
    public let engine: Engine
    /// A text, or no text.
    let text: String
    /// A number with ten decimals.
    let decimal: String
    /// A whole number of 38 digits or 128 bits.
    let integer: String
    /// A binary number of 64 bits.
    let double: String
    /// What a name is put between.
    let quote: Character
    /// Whether a backslash in a text makes the next character mean something else.
    let escapesWithBackslash: Bool

    /// The dialect of an engine.
    public init(_ engine: Engine) {
        self.engine = engine
        (text, decimal, integer, double) =
            switch engine {
            case .duckdb: ("VARCHAR", "DECIMAL(28, 10)", "HUGEINT", "DOUBLE")
            case .spark: ("STRING", "DECIMAL(28, 10)", "DECIMAL(38, 0)", "DOUBLE")
            case .postgres: ("TEXT", "NUMERIC(28, 10)", "NUMERIC(38, 0)", "DOUBLE PRECISION")
            case .clickhouse: ("Nullable(String)", "Nullable(Decimal(28, 10))", "Nullable(Int128)", "Nullable(Float64)")
            case .datafusion: ("VARCHAR", "DECIMAL(28, 10)", "DECIMAL(38, 0)", "DOUBLE")
            }
        (quote, escapesWithBackslash) = (engine == .spark ? "`" : "\"", engine == .spark || engine == .clickhouse)
    }

    /// A name as it is written in a statement: it keeps its case and may hold anything.
    func name(_ name: String) -> String {
        let quote = String(quote)
        let inner = engine == .clickhouse ? name.replacing("\\", with: "\\\\") : name
        return quote + inner.replacing(quote, with: quote + quote) + quote
    }

    /// A table; points separate its name from that of its schema.
    func table(_ path: String) -> String {
        path.split(separator: ".", omittingEmptySubsequences: false).map { name(String($0)) }.joined(separator: ".")
    }

    /// A text as it is written in a statement.
    func literal(_ text: String) -> String {
        guard escapesWithBackslash else { return "'" + text.replacing("'", with: "''") + "'" }
        return "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    /// Rows of texts as something that can be selected from, with columns named `names`.
    func rows(_ rows: [[String]], named names: [String]) -> String {
        let lines = rows.map { "  (" + $0.map(literal).joined(separator: ", ") + ")" }.joined(separator: ",\n")
        guard engine == .clickhouse else { return "(VALUES\n\(lines)\n) AS evenhand_rows (\(names.joined(separator: ", ")))" }
        let columns = names.map { "\($0) String" }.joined(separator: ", ")
        return "values(\(literal(columns)),\n\(lines)\n)"
    }

    /// The statement that writes the rows of a query to a file with a header.
    func export(_ query: String, name: String, to path: String) -> String {
        switch engine {
        case .duckdb: "COPY (\n\(query)\n) TO \(literal(path)) (FORMAT csv, HEADER);"
        case .datafusion: "COPY (\n\(query)\n) TO \(literal(path)) STORED AS CSV OPTIONS ('format.has_header' 'true');"
        // psql takes a command in one line; the query is longer.
        case .postgres:
            "CREATE OR REPLACE TEMPORARY VIEW evenhand_\(name) AS\n\(query);\n"
                + "\\copy (SELECT * FROM evenhand_\(name)) TO \(literal(path)) WITH (FORMAT csv, HEADER)"
        case .clickhouse: "\(query)\nINTO OUTFILE \(literal(path)) TRUNCATE FORMAT CSVWithNames;"
        // A directory with one file in it; quotes are doubled when they are said to escape themselves.
        case .spark:
            "INSERT OVERWRITE LOCAL DIRECTORY \(literal(path)) USING csv OPTIONS (header 'true', escape '\"')\n"
                + "SELECT /*+ COALESCE(1) */ * FROM (\n\(query)\n);"
        }
    }
}
