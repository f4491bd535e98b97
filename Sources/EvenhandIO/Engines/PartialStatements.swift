public import Evenhand

/// The statements by which an engine sums up a table of scores exactly, as `PartialDirectory` reads it.
///
/// Scores become whole numbers of the scale through their text, so that a column of binary numbers is read as it is shown. Sums have 128
/// bits or 38 digits. What cannot be summed up (no name, no score, a score off the scale or twice, sums too large, two values of an
/// attribute) becomes a row of `problems.csv`, with which the directory is refused.
public struct PartialStatements: Sendable {
    /// Where the scores are and what their columns are called.
    public struct Source: Sendable, Equatable {
        /// The table; points separate it from its schema.
        public var table: String
        /// The column of the entries.
        public var entry = "entry"
        /// The column of the judges.
        public var judge = "judge"
        /// The column of the scores.
        public var score = "score"
        /// Columns that are constant for each entry, kept as its attributes.
        public var attributes: [String] = []

        /// A table with columns `entry`, `judge` and `score`.
        public init(table: String) { self.table = table }
    }

    let dialect: EngineDialect
    let source: Source
    let scale: ScoreScale
    /// Where the files go.
    let directory: String

    /// Statements for a table.
    public init(_ engine: EngineDialect.Engine, source: Source, scale: ScoreScale, directory: String) {
        (dialect, self.source, self.scale, self.directory) = (EngineDialect(engine), source, scale, directory)
    }

    /// The first pass.
    ///
    /// - Parameters:
    ///   - keepsCounts: whether the scores of each entry are counted, as medians and other trims need.
    ///   - keepsPairs: whether the judges of each entry are listed, as models of entries and judges need.
    /// - Returns: statements for problems, judges, entries and what is kept besides.
    public func firstPass(keepsCounts: Bool, keepsPairs: Bool = false) -> String {
        let files =
            [("problems", problems), ("judges", judges), ("entries", entries)] + (keepsCounts ? [("counts", counts)] : [])
            + (keepsPairs ? [("pairs", pairs)] : [])
        return script(files)
    }

    /// The second pass: each entry's sum of z-scores by the judges' scales.
    public func secondPass(_ scales: JudgeScales) -> String {
        let rows = zip(scales.judges, scales.lines).map { [$0, String($1.factor), String($1.offset)] }
        let names = ["evenhand_name", "evenhand_factor", "evenhand_offset"]
        let query = """
            \(units),
            evenhand_scales AS (
            SELECT
            \(line([
                names[0], cast(names[1], dialect.integer, as: "evenhand_a"), cast(names[2], dialect.integer, as: "evenhand_b"),
            ]))
            FROM \(dialect.rows(rows, named: names))
            )
            SELECT
            \(line([
                "evenhand_entry AS \(name("entry"))", "COUNT(*) AS \(name("scores"))",
                "SUM(evenhand_a * evenhand_s - evenhand_b) AS \(name("z_sum"))",
            ]))
            FROM evenhand_units JOIN evenhand_scales ON evenhand_judge = evenhand_name
            GROUP BY evenhand_entry
            """
        return script([("zscores", query)])
    }

    private func script(_ files: [(name: String, query: String)]) -> String {
        files.map { dialect.export($0.query, name: $0.name, to: "\(directory)/\($0.name).csv") + "\n" }.joined(separator: "\n")
    }

    private func name(_ name: String) -> String { dialect.name(name) }

    private func line(_ expressions: [String]) -> String { expressions.map { "  \($0)" }.joined(separator: ",\n") }

    private func cast(_ column: String, _ type: String, as name: String) -> String { "CAST(\(column) AS \(type)) AS \(name)" }

    /// The scores as texts and as whole numbers. Names of its own keep them apart from the columns of the table.
    private var units: String {
        let kept = source.attributes.indices.map { "evenhand_attribute_\($0 + 1)" }
        let attributes = zip(source.attributes, kept).map { cast(name($0), dialect.text, as: $1) }
        let own = ["evenhand_entry", "evenhand_judge", "evenhand_text", "evenhand_double"]
        let columns = [
            cast(name(source.entry), dialect.text, as: own[0]), cast(name(source.judge), dialect.text, as: own[1]),
            cast(name(source.score), dialect.text, as: own[2]), cast(name(source.score), dialect.double, as: own[3]),
        ]
        let exact = "CAST(evenhand_text AS \(dialect.decimal)) * \(scale.unitsPerPoint) AS evenhand_exact"
        return """
            WITH evenhand_rows_read AS (
            SELECT
            \(line(columns + attributes))
            FROM \(dialect.table(source.table))
            ),
            evenhand_scaled AS (
            SELECT
            \(line(own + kept + [exact]))
            FROM evenhand_rows_read
            ),
            evenhand_units AS (
            SELECT
            \(line(own + kept + ["evenhand_exact", cast("evenhand_exact", dialect.integer, as: "evenhand_s")]))
            FROM evenhand_scaled
            )
            """
    }

    private func sums(squares: Bool) -> [String] {
        [
            "COUNT(*) AS \(name("scores"))", "SUM(evenhand_s) AS \(name("sum"))",
            squares ? "SUM(evenhand_s * evenhand_s) AS \(name("sum_of_squares"))" : nil, "MIN(evenhand_s) AS \(name("min"))",
            "MAX(evenhand_s) AS \(name("max"))",
        ].compactMap(\.self)
    }

    private var judges: String {
        """
        \(units)
        SELECT
        \(line(["evenhand_judge AS \(name("judge"))"] + sums(squares: true)))
        FROM evenhand_units
        GROUP BY evenhand_judge
        """
    }

    private var entries: String {
        let attributes = source.attributes.enumerated().map { "MIN(evenhand_attribute_\($0 + 1)) AS \(name($1))" }
        return """
            \(units)
            SELECT
            \(line(["evenhand_entry AS \(name("entry"))"] + sums(squares: false) + attributes))
            FROM evenhand_units
            GROUP BY evenhand_entry
            """
    }

    private var counts: String {
        """
        \(units)
        SELECT
        \(line(["evenhand_entry AS \(name("entry"))", "evenhand_s AS \(name("score"))", "COUNT(*) AS \(name("count"))"]))
        FROM evenhand_units
        GROUP BY evenhand_entry, evenhand_s
        """
    }

    private var pairs: String {
        """
        \(units)
        SELECT
        \(line(["evenhand_entry AS \(name("entry"))", "evenhand_judge AS \(name("judge"))"]))
        FROM evenhand_units
        """
    }

    private var problems: String {
        let power = String(scale.unitsPerPoint)
        let cells = ["evenhand_entry", "evenhand_judge", "evenhand_text"]
        let none = "CAST(NULL AS \(dialect.text))"
        var parts = [
            problem("no entry", cells, where: "evenhand_entry IS NULL OR evenhand_entry = ''"),
            problem("no judge", cells, where: "evenhand_judge IS NULL OR evenhand_judge = ''"),
            problem("no score", cells, where: "evenhand_text IS NULL"),
            // By the decimals that are shown, and by the number itself, which may have more of them.
            problem(
                "off the scale", cells,
                where: "CAST(CAST(evenhand_s AS \(dialect.text)) AS \(dialect.decimal)) <> evenhand_exact "
                    + "OR CAST(evenhand_s AS \(dialect.double)) / \(power) <> evenhand_double"),
            problem("scored twice", ["evenhand_entry", "evenhand_judge", none], having: "COUNT(*) > 1"),
            problem("sums too large", [none, "evenhand_judge", none], having: isTooLarge),
        ]
        for position in source.attributes.indices {
            let column = "evenhand_attribute_\(position + 1)"
            parts.append(
                problem(
                    "two values of \(source.attributes[position])", ["evenhand_entry", none, none],
                    having: "MIN(\(column)) <> MAX(\(column)) OR COUNT(\(column)) > 0 AND COUNT(\(column)) < COUNT(*)"))
        }
        return units + "\n" + parts.joined(separator: "\nUNION ALL\n")
    }

    /// n · max |s|² has to stay below 10³⁸, the largest that all engines hold; Doubles say so without passing it themselves.
    private var isTooLarge: String {
        let (low, high) = ("CAST(MIN(evenhand_s) AS \(dialect.double))", "CAST(MAX(evenhand_s) AS \(dialect.double))")
        let count = "CAST(COUNT(*) AS \(dialect.double))"
        return "\(count) * \(low) * \(low) >= 1e37 OR \(count) * \(high) * \(high) >= 1e37"
    }

    /// Rows of one kind of problem; with a condition on groups, the groups are by the columns among its cells.
    private func problem(_ what: String, _ cells: [String], where condition: String? = nil, having: String? = nil) -> String {
        let named = zip(cells, ["entry", "judge", "score"]).map { "\($0) AS \(name($1))" }.joined(separator: ", ")
        let groups = cells.filter { $0.hasPrefix("evenhand_") }.joined(separator: ", ")
        let filter = condition.map { "WHERE \($0) " } ?? ""
        let group = "GROUP BY \(groups)" + (having.map { " HAVING \($0)" } ?? "")
        return
            "SELECT \(dialect.literal(what)) AS \(name("problem")), \(named), COUNT(*) AS \(name("rows")) FROM evenhand_units \(filter)\(group)"
    }
}
