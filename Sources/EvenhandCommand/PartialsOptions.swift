import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Exact sums in place of scores.
struct PartialsOptions: ParsableArguments {
    @Option(
        name: .customLong("partials"),
        help: ArgumentHelp("Exact sums in place of scores: a directory of evenhand partial or sql; repeatable.", valueName: "dir"),
        completion: .directory)
    var directories: [String] = []

    /// The directories as one.
    func directory() throws -> PartialDirectory { try PartialDirectory(reading: directories) }

    /// How many rows are shown, and of how many parts.
    func layout(_ directory: PartialDirectory, _ output: OutputOptions) -> PartialLayout {
        var layout = PartialLayout()
        (layout.top, layout.partCount) = (output.top, directory.parts.count)
        return layout
    }

    /// The files that were read.
    var files: [String] {
        directories.flatMap { directory in
            PartialDirectory.fileNames.map { "\(directory)/\($0)" }.filter { OutputFile.isSame($0, $0) }
        }
    }

    /// Refuses options that say something about scores, which are not there.
    ///
    /// - Parameters:
    ///   - given: options as they were given, by the names in JSON.
    ///   - usual: the same with their defaults.
    func refuse(_ given: [(String, JSON)], besides usual: [(String, JSON)]) throws {
        for (option, other) in zip(given, usual) where option.1 != other.1 {
            let name = option.0.replacing("_", with: "-")
            throw ValidationError("--\(name): there are no scores with --partials, only their sums; leave it out.")
        }
    }
}

extension PartialDirectory {
    /// Reads several directories and puts their sums together.
    init(reading paths: [String], sumsOnly: Bool = false) throws {
        let directories = try paths.map { path throws(PartialFileError) in
            try PartialDirectory(contentsOf: path, sumsOnly: sumsOnly)
        }
        self = try PartialDirectory(merging: directories)
    }

    /// The ranking of the sums, under names that may be shown; a second pass has to belong to the sums as they were read.
    func ranking(
        of shown: PartialSums, by methods: [ScoringMethod], normalization: NormalizationRules, ties: TieRule = .min,
        roundedTo decimals: Int? = nil
    ) throws -> PartialRanking {
        var rules = PartialRanking.Rules()
        (rules.normalization, rules.ties, rules.decimals) = (normalization, ties, decimals)
        rules.scales = sums.standardized == nil ? nil : try JudgeScales(of: sums, rules: normalization).digest
        rules.percentiles = sums.percentiles == nil ? nil : JudgePercentiles(of: sums)?.digest
        return try PartialRanking(of: shown, by: methods, rules: rules)
    }
}

/// A command that can answer from exact sums as well.
protocol PartialsCommand: ContestCommand {
    var partials: PartialsOptions { get }
    /// - Parameters:
    ///   - directory: the sums as they were read.
    ///   - shown: the same with the names that may be shown.
    func answer(from directory: PartialDirectory, shown: PartialSums) throws -> Answer
}

extension PartialsCommand {
    func run() throws {
        guard !partials.directories.isEmpty else { return try answerFromScores() }
        guard input.scores.isEmpty else {
            throw ValidationError(
                "--partials: sums take the place of the scores \(input.scores.joined(separator: " ")); give one or the other.")
        }
        try partials.refuse(input.json, besides: InputOptions.parse([]).json)
        for (file, name) in [(input.entries, "--entries"), (input.judges, "--judges")] where file != nil {
            throw ValidationError("\(name): attributes belong to the parts; give the file to evenhand partial.")
        }
        try output.reporting { names in
            let directory = try partials.directory()
            let shown = directory.sums.anonymizing(
                entries: output.anonymize.contains(.entries), judges: output.anonymize.contains(.judges))
            names.hide(directory.sums.entries, as: shown.entries)
            names.hide(directory.sums.judges, as: shown.judges)
            let answer = try answer(from: directory, shown: shown)
            let warnings = PartialText.warnings(of: directory, in: output.language)
            let invocation = Invocation(
                command: Self.configuration.commandName ?? "", inputs: [],
                options: input.json + answer.options + [("partials", .array(partials.directories.map(JSON.string)))],
                attributeFiles: partials.files)
            try output.print(answer.report, warnings: warnings + answer.warnings, invocation, hiding: names)
        }
    }
}
