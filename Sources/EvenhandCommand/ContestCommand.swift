import ArgumentParser
import Evenhand
import EvenhandIO
import EvenhandReports

/// A command that begins with the scores of a contest.
protocol ContestReader: ParsableCommand {
    var input: InputOptions { get }
    /// The rule that results follow, if there is one.
    func scoringRule() throws -> ScoringRule?
    /// Attributes that are shown although they tell entries apart, since they are asked for by name.
    var shownAttributes: Set<String> { get }
    /// The scores as this command reads them.
    func read(by rule: ScoringRule?) throws -> Reading
}

/// A command that answers a question about scores: what all of them do before and after the answer itself.
protocol ContestCommand: ContestReader, TableCommand {
    var output: OutputOptions { get }
    func answer(about contest: Contest) throws -> Answer
}

/// What a command has to say.
struct Answer {
    let report: Report
    /// What goes to standard error besides the warnings about the sheet.
    var warnings: [String] = []
    /// The command's own options, as JSON states them.
    var options: [(String, JSON)] = []
    /// The files that were read besides the scores and the attributes.
    var files: [String] = []
    /// Whether notes say how the sheet was read; a command whose answer that is has its own.
    var notesReading = true
}

/// The scores that a command is about, with the names that may be shown.
struct Contest {
    let reading: Reading
    let rule: ScoringRule?
    /// The sheet with labels in place of names that are hidden.
    let shown: ScoreSheet
    /// What each entry of a file is called in the answer, when that is something else.
    let labels: [String: String]?
}

extension ContestReader {
    func scoringRule() throws -> ScoringRule? { nil }

    var shownAttributes: Set<String> { [] }

    func read(by rule: ScoringRule?) throws -> Reading { try input.read(by: rule) }

    /// Reads the scores and replaces the names that are not to be shown, which are hidden from now on.
    func contest(hiding names: inout Pseudonyms, _ output: OutputOptions) throws -> Contest {
        let rule = try scoringRule()
        let reading = try read(by: rule)
        let shown = output.anonymized(reading.sheet, hiding: &names, asked: shownAttributes)
        return Contest(reading: reading, rule: rule, shown: shown, labels: output.labels(of: reading.sheet, shown))
    }
}

extension ContestCommand {
    func run() throws { try answerFromScores() }

    func answerFromScores() throws {
        try output.reporting { names in
            let contest = try contest(hiding: &names, output)
            let answer = try answer(about: contest)
            let (reading, language) = (contest.reading, output.language)
            let notes = answer.notesReading ? reading.notes(in: language, hidesNames: !output.anonymize.isEmpty) : []
            let invocation = Invocation(
                command: Self.configuration.commandName ?? "", inputs: reading.inputs, options: input.json + answer.options,
                attributeFiles: input.attributeFiles + answer.files)
            try output.print(
                answer.report.adding(notes: notes), warnings: reading.warnings(naming: contest.shown, in: language) + answer.warnings,
                invocation, hiding: names)
        }
    }
}
