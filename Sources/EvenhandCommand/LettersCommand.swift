import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// One page for each entry or judge.
struct LettersCommand: ContestReader {
    static let configuration = CommandConfiguration(
        commandName: "letters", _superCommandName: "evenhand",
        abstract: "Write a page for each entry, or a confidential one for each judge.",
        usage: "evenhand letters [<options>] <scores> ...")

    enum Reader: String, Choice { case entries, judges }

    @OptionGroup var input: InputOptions

    @Option(name: .customLong("for"), help: "Who the letters are for.")
    var reader: Reader

    @Option(help: ArgumentHelp("How many places there are.", valueName: "k"))
    var places: Int?

    @Option(help: ArgumentHelp("The rule of the list, a JSON file.", valueName: "file"), completion: .file())
    var rule: String?

    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Directory for the letters; created if needed.", valueName: "dir"), completion: .directory)
    var output: String

    @Option(help: "The language of words: en or zh (default: that of the locale).")
    var lang: Language?

    @Option(help: "Replace names by stable labels; repeatable.")
    var anonymize: [OutputOptions.Anonymized] = []

    func validate() throws {
        if let places, places < 1 { throw ValidationError("--places \(places): at least one place.") }
        if reader == .judges, places != nil || rule != nil {
            throw ValidationError("--for judges: letters to judges are about their scores; leave --places and --rule out.")
        }
    }

    func scoringRule() throws -> ScoringRule? { try rule.map { try ScoringRule(contentsOf: $0) } }

    /// Letters are pages, with the names that may be shown.
    private func pageOptions() throws -> OutputOptions {
        var options = try OutputOptions.parse(["--format", "html"])
        (options.lang, options.anonymize) = (lang, anonymize)
        return options
    }

    func run() throws {
        let options = try pageOptions()
        try options.reporting { names in
            let contest = try contest(hiding: &names, options)
            let warnings = contest.reading.warnings(naming: contest.shown, in: options.language)
            let pages = reader == .entries ? try entryLetters(contest, options) : try judgeLetters(contest, options)
            for warning in warnings { StandardError.show(names.replacing(warning)) }
            let shown = pages.map { names.replacing($0) }
            let files = FileNames.distinct(shown.map(\.title)).map { "\($0).html" }
            try OutputFile.makeDirectory(output)
            try OutputFile.write(zip(files, shown).map { (path: "\(output)/\($0)", bytes: Array($1.html.utf8)) })
            let others = Set(OutputFile.names(in: output).filter { $0.hasSuffix(".html") }).subtracting(files)
            if let warning = Page.warning(others: others.sorted(), in: output, options.language) { StandardError.show(warning) }
        }
    }

    private func entryLetters(_ contest: Contest, _ options: OutputOptions) throws -> [Page] {
        var finals = try FinalsCommand.parse(["-", "--places", "\(places ?? contest.shown.entries.count)"])
        (finals.input, finals.output, finals.finals.rule, finals.finals.seed) = (input, options, rule, seed)
        let (analysis, _) = try finals.analysis(of: contest, parts: [.cut, .methods])
        return analysis.list.entries.indices.map { EntryLetter(analysis, entry: $0, language: options.language).page }
    }

    private func judgeLetters(_ contest: Contest, _ options: OutputOptions) throws -> [Page] {
        var judges = try JudgesCommand.parse(["-"])
        (judges.input, judges.output) = (input, options)
        let calibration = try judges.judged(contest).calibration
        return calibration.sheet.judges.indices.map { JudgeLetter(calibration, judge: $0, language: options.language).page }
    }
}

/// Names as files can have them on every system.
enum FileNames {
    /// The longest name in bytes, so that an ending and a number fit.
    private static let longest = 180
    /// Names that are devices on Windows.
    private static let reserved: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

    /// Each name without what a file's name cannot have; those that are then equal, in any case of letters, get numbers.
    static func distinct(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            let base = usable(name)
            var (file, number) = (base, 1)
            while !taken.insert(file.lowercased()).inserted {
                number += 1
                file = "\(base)-\(number)"
            }
            return file
        }
    }

    private static func usable(_ name: String) -> String {
        let mapped = name.unicodeScalars.map { scalar -> Character in
            let isFree =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_ .()（）".unicodeScalars.contains(scalar)
            return isFree || scalar.properties.generalCategory == .nonspacingMark ? Character(scalar) : "_"
        }
        var text = ""
        for character in mapped {
            if text.utf8.count + String(character).utf8.count > longest { break }
            text.append(character)
        }
        while text.hasSuffix(".") || text.hasSuffix(" ") { text.removeLast() }
        while text.hasPrefix(".") || text.hasPrefix(" ") { text.removeFirst() }
        if text.isEmpty || reserved.contains(text.lowercased()) { return "_" + text }
        return text
    }
}
