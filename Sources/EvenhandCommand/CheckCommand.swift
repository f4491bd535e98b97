import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// Whether these scores can be ranked at all.
struct CheckCommand: ContestCommand {
    typealias TableName = CheckTable

    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: "evenhand",
        abstract: "Say what was understood of score sheets, what looks wrong, and who scored whom.",
        usage: "evenhand check [<options>] <scores> ...")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("Save how the columns were read, for --layout.", valueName: "file"), completion: .file())
    var saveLayout: String?

    func read(by rule: ScoringRule?) throws -> Reading {
        do { return try input.read(isThorough: true) } catch let error as ScoreSheetError { try refuse(error) }
    }

    func answer(about contest: Contest) throws -> Answer {
        let part = input.selectsPart ? try input.selection(of: contest.shown).sheet : contest.shown
        if let saveLayout,
            (contest.reading.inputs.map(\.path) + input.attributeFiles).contains(where: { OutputFile.isSame($0, saveLayout) })
        {
            throw OutputError.overwritesInput(path: saveLayout)
        }
        if let saveLayout { try OutputFile.write([(path: saveLayout, bytes: LayoutFile(of: contest.reading).bytes)]) }
        return Answer(
            report: Report(
                checking: contest.reading, shown: contest.shown, part: part, top: output.top, in: output.language,
                cells: output.cellLanguage), notesReading: false)
    }

    /// Prints what is known about scores that cannot be read; the message goes to standard error as for every command.
    private func refuse(_ error: ScoreSheetError) throws -> Never {
        let attempt = ReadingAttempt(after: error, of: input.scores, as: try input.readingOptions())
        let report = Report(
            checking: attempt, hidesNames: !output.anonymize.isEmpty, top: output.top, in: output.language, cells: output.cellLanguage)
        var names = Pseudonyms()
        // It is unknown whose names are in the files and options, so none of them is shown.
        let isOpen = output.anonymize.isEmpty
        if !isOpen { names.hide(attempt.inputs.map(\.path), as: attempt.inputs.map { _ in "…" }) }
        let asked = Invocation(
            command: "check", inputs: attempt.inputs, options: isOpen ? input.json : [],
            attributeFiles: isOpen ? input.attributeFiles : [])
        try output.print(report, warnings: [], asked, hiding: names)
        throw error
    }
}
