/// What is known about files that could not be read as one sheet: as much as each of them says on its own.
public struct ReadingAttempt: Sendable {
    /// What is wrong.
    public let error: ScoreSheetError
    /// The files as they were named, with 0 for what is not known about them.
    public let inputs: [Reading.Input]
    /// What the files, and the sheets of workbooks, were taken for, as far as that could be determined.
    public let sources: [Reading.Source]
    /// Sheets of workbooks that are not score sheets, or hidden.
    public let leftOutSheets: [String]
    /// What was read as something other than its text.
    public let changes: [Reading.Change]

    /// Looks at each file again after a reading of all of them has failed; standard input cannot be read twice.
    public init(after error: ScoreSheetError, of paths: [String], as options: ReadingOptions) {
        self.error = error
        var (inputs, sources, sheets, changes) = ([Reading.Input](), [Reading.Source](), [String](), [Reading.Change]())
        for path in paths {
            guard path != "-", let input = try? ScoreInput(path: path, as: options, isThorough: true) else {
                inputs.append(Reading.Input(path: path, bytes: 0, rows: 0))
                continue
            }
            inputs.append(Reading.Input(path: path, bytes: input.bytes, rows: input.rows))
            sources += input.sources
            sheets += input.leftOutSheets
            changes += input.files.flatMap { $0.origin?.changes ?? [] }
        }
        (self.inputs, self.sources, leftOutSheets, self.changes) = (inputs, sources, sheets, changes)
    }
}
