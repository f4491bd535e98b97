import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// How does an engine that has the scores in a table sum them up?
struct SQLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", _superCommandName: "evenhand",
        abstract: "Print statements that sum up a table of scores exactly in a database.",
        discussion: """
            The statements write the files of evenhand partial to a directory, for which this command writes the manifest. They read the table \
            and change nothing. Rows that cannot be summed up come to problems.csv, and rank, groups and normalize then refuse the directory. \
            The second pass belongs to the directory of the first.
            """)

    @Option(help: "The engine: duckdb, spark, postgres (for psql), clickhouse or datafusion.") var engine: EngineDialect.Engine

    @Option(help: ArgumentHelp("The table, or schema.table.", valueName: "name")) var table: String

    @Option(
        name: .customLong("column"),
        help: ArgumentHelp("The column of a role: entry, judge or score (default: those words); repeatable.", valueName: "role=column"))
    var columns: [Assignment] = []

    @Option(
        name: .customLong("attribute"),
        help: ArgumentHelp("A column that is constant for each entry, such as a sector; repeatable.", valueName: "column"))
    var attributes: [String] = []

    @Option(name: .customLong("scale"), help: ArgumentHelp("The unit that every score is a multiple of, such as 0.01.", valueName: "unit"))
    var unit: String

    @Flag(help: "Scores are places or faults: the lowest is the best.") var lowerIsBetter = false

    @Option(
        name: .customLong("method"),
        help: ArgumentHelp(
            """
            A method that the sums have to serve; median, winsorized and other trims than one score need each entry's scores, additive and \
            crossed who scored whom; repeatable.
            """)
    )
    var names: [MethodOptions.Name] = []

    @OptionGroup var parameters: MethodParameters

    @Option(help: ArgumentHelp("1, or 2 for the z-scores.", valueName: "1|2")) var pass = 1

    @Option(
        name: .customLong("scales"),
        help: ArgumentHelp("Second pass: the directory of the first, or of all parts; repeatable.", valueName: "dir"),
        completion: .directory)
    var scaleDirectories: [String] = []

    @OptionGroup(title: "Normalization") var normalization: ScaleOptions

    @Option(help: ArgumentHelp("The directory for the files; created if needed.", valueName: "dir"), completion: .directory)
    var output: String

    @Option(help: "The language of words: en or zh (default: that of the locale).") var lang: Language?

    func validate() throws {
        if ScoreScale(unit) == nil { throw ValidationError("--scale \(unit): write 1, 0.1, 0.01 … 0.000001.") }
        if pass != 1, pass != 2 { throw ValidationError("--pass \(pass): 1 or 2.") }
        if (pass == 2) == scaleDirectories.isEmpty {
            throw ValidationError("--pass 2 and --scales DIR belong together: the second pass needs the sums of the first.")
        }
        for column in columns where !["entry", "judge", "score"].contains(column.name) {
            throw ValidationError("--column \(column.name)=…: roles are entry, judge and score.")
        }
        if try parameters.needs(of: names).judgeCounts {
            throw ValidationError("--method percentile: statements sum up z-scores but no percentiles; use evenhand partial.")
        }
    }

    func run() throws {
        var options = OutputOptions()
        options.lang = lang
        try options.reporting { _ in
            guard let scale = ScoreScale(unit) else { return }
            var source = PartialStatements.Source(table: table)
            for column in columns {
                switch column.name {
                case "entry": source.entry = column.value
                case "judge": source.judge = column.value
                default: source.score = column.value
                }
            }
            source.attributes = attributes
            let statements = PartialStatements(engine, source: source, scale: scale, directory: output)
            var manifest = PartialManifest(
                terms: PartialSums.Terms(scale: scale, direction: lowerIsBetter ? .lowerIsBetter : .higherIsBetter))
            let text: String
            if pass == 1 {
                let needs = try parameters.needs(of: names)
                text = statements.firstPass(keepsCounts: needs.counts, keepsPairs: needs.pairs)
            } else {
                let all = try PartialDirectory(reading: scaleDirectories, sumsOnly: true).sums
                guard all.terms.scale == scale, all.terms.direction == manifest.terms.direction else { throw PartialError.otherScales }
                let scales = try JudgeScales(of: all, rules: normalization.rules)
                manifest.scales = scales.digest
                text = statements.secondPass(scales)
            }
            try OutputFile.makeDirectory(output)
            try OutputFile.write(manifest.bytes, to: "\(output)/\(PartialManifest.fileName)")
            try OutputFile.write(text, to: "/dev/stdout")
        }
    }
}

extension EngineDialect.Engine: Choice {}
