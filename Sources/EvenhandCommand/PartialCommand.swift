import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// What adds up exactly, however the scores were split?
struct PartialCommand: ContestReader {
    static let configuration = CommandConfiguration(
        commandName: "partial", _superCommandName: "evenhand",
        abstract: "Sum up a part of the scores exactly, or put such sums together.",
        discussion: """
            Reads one part of the scores and writes small files of whole numbers to a directory; of directories, adds up what is in them. \
            rank, groups and normalize finish the sums with --partials. With --scales, sums up z-scores and percentiles as well: a second \
            pass over each part, with the judges' scales that the first pass of all parts gives.
            """)

    @OptionGroup var input: InputOptions

    @Option(help: ArgumentHelp("The directory for the files; created if needed.", valueName: "dir"), completion: .directory)
    var output: String

    @Option(
        name: .customLong("scale"),
        help: ArgumentHelp("The unit that every score is a multiple of, such as 0.01 (default: the last decimal place).", valueName: "unit")
    )
    var unit: String?

    @Option(
        name: .customLong("method"),
        help:
            """
            A method that the sums have to serve; median, winsorized and other trims than one score need each entry's scores, percentile each \
            judge's; repeatable.
            """)
    var names: [MethodOptions.Name] = []

    @OptionGroup var parameters: MethodParameters

    @Option(
        name: .customLong("scales"),
        help: ArgumentHelp("Second pass: the sums of all parts, from the first pass; repeatable.", valueName: "dir"), completion: .directory
    )
    var scaleDirectories: [String] = []

    @OptionGroup(title: "Normalization") var normalization: ScaleOptions

    @Flag(help: "Leave out who scored whom: smaller files, but a score that is in two parts is no longer found.")
    var skipPairs = false

    @Option(help: "The language of words: en or zh (default: that of the locale).") var lang: Language?

    func validate() throws {
        if let unit, ScoreScale(unit) == nil { throw ValidationError("--scale \(unit): write 1, 0.1, 0.01 … 0.000001.") }
        if try parameters.needs(of: names).pairs, skipPairs {
            throw ValidationError("--skip-pairs: additive and crossed need to know who scored whom; leave it out.")
        }
    }

    func run() throws {
        var options = OutputOptions()
        options.lang = lang
        try options.reporting { _ in
            let directory = try made(warningIn: options.language)
            try OutputFile.makeDirectory(output)
            try directory.write(to: output)
        }
    }

    private func made(warningIn language: Language) throws -> PartialDirectory {
        let areDirectories = input.scores.map(OutputFile.isDirectory)
        guard areDirectories.contains(true) else { return try summed(warningIn: language) }
        if areDirectories.contains(false) {
            throw ValidationError("partial: give files of scores, which make one part, or directories of parts, but not both.")
        }
        if unit != nil || !scaleDirectories.isEmpty || !names.isEmpty || skipPairs {
            throw ValidationError(
                "partial: --scale, --scales, --method and --skip-pairs are said when a part is made, not when parts are put together.")
        }
        let directory = try PartialDirectory(reading: input.scores)
        for warning in PartialText.warnings(of: directory, in: language) { StandardError.show(warning) }
        return directory
    }

    private func summed(warningIn language: Language) throws -> PartialDirectory {
        let reading = try read(by: nil)
        for warning in reading.warnings(naming: reading.sheet, in: language) { StandardError.show(warning) }
        let sheet = try input.selection(of: reading.sheet).sheet
        var choices = PartialSums.Choices()
        let needs = try parameters.needs(of: names)
        let all = scaleDirectories.isEmpty ? nil : try PartialDirectory(reading: scaleDirectories, sumsOnly: true)
        (choices.scale, choices.keepsCounts) = (unit.flatMap { ScoreScale($0) }, needs.counts)
        choices.keepsJudgeCounts = needs.judgeCounts || all?.sums.judgeCounts != nil
        let sums = try PartialSums(of: sheet, choices)
        guard let all else { return PartialDirectory(sums, keepsPairs: !skipPairs) }
        let scales = try JudgeScales(of: all.sums, rules: normalization.rules)
        let zscores = try SecondPassSums(of: sheet, in: sums, by: scales, digest: scales.digest)
        let percentiles = try JudgePercentiles(of: all.sums).map { percentiles in
            try SecondPassSums(of: sheet, in: sums, by: percentiles, digest: percentiles.digest)
        }
        return PartialDirectory(sums.adding(zscores, percentiles: percentiles), keepsPairs: !skipPairs)
    }
}

extension MethodParameters {
    /// What the methods need besides the sums of entries and judges: each entry's scores counted, each judge's, or who scored whom.
    func needs(of names: [MethodOptions.Name]) throws -> (counts: Bool, judgeCounts: Bool, pairs: Bool) {
        var needs = (counts: false, judgeCounts: false, pairs: false)
        for method in try names.map({ try method($0, for: "--method") }) {
            switch method {
            case .mean, .normalized(.zscore, _), .trimmed(.scores(0...1)): break
            case .median, .trimmed, .winsorized: needs.counts = true
            case .normalized(.percentile, _): needs.judgeCounts = true
            case .additive, .crossed: needs.pairs = true
            default:
                throw ValidationError(
                    "--method \(method.name): sums serve mean, median, trimmed, winsorized, zscore, percentile, additive and crossed only.")
            }
        }
        return needs
    }
}

/// How judges with few scores are treated.
struct ScaleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A judge with fewer scores than this has few.", valueName: "n"))
    var minScores: Int = NormalizationRules().minimumScores

    @Option(help: "How a judge with few scores is treated: drawn toward the pool, replaced by it, or left as is.")
    var below: NormalizationRules.Below = NormalizationRules().below

    var rules: NormalizationRules {
        var rules = NormalizationRules()
        (rules.minimumScores, rules.below) = (minScores, below)
        return rules
    }
}
