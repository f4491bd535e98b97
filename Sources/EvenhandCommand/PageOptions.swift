import ArgumentParser
import EvenhandIO
import EvenhandReports

/// Where a page goes, in which language, and with which names.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write to this file, whole or not at all (default: standard output).", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(help: "The language of words: en or zh (default: that of the locale).")
    var lang: Language?

    @Option(help: "Replace names by stable labels; repeatable.")
    var anonymize: [OutputOptions.Anonymized] = []

    @Flag(help: "Show every column of every table.")
    var allColumns = false

    @Flag(help: "Exit with status 2 when there are warnings.")
    var strict = false

    func validate() throws {
        guard let output, output != "-" else { return }
        let isPage = (try? options().format) == .html
        if !isPage { throw ValidationError("--output \(output): a report is a page; give it the ending html.") }
    }

    /// The options of output that say the same.
    func options() throws -> OutputOptions {
        let file = output.flatMap { $0 == "-" ? nil : ["--output", $0] }
        var options = try OutputOptions.parse(file ?? ["--format", "html"])
        (options.lang, options.anonymize, options.allColumns, options.strict) = (lang, anonymize, allColumns, strict)
        return options
    }
}
