extension Reading {
    /// Reads a path; a header that `--column` names and only the list of entries or judges has is looked for there alone.
    static func input(_ path: String, as options: ReadingOptions, isThorough: Bool) throws(ScoreSheetError) -> ScoreInput {
        do throws(ScoreSheetError) { return try ScoreInput(path: path, as: options, isThorough: isThorough) } catch {
            // What came through a pipe is gone.
            guard case .noNamedColumn(let role, _, _)? = error.problems.first?.kind, path != "-", let said = options.columns[role],
                let list = role == .entry ? options.entries : role == .judge ? options.judges : nil,
                let file = try? ListFile(path: list, of: role, among: [], as: options),
                NameNormalization.normalized(file.headers[file.key]).lowercased() == NameNormalization.normalized(said).lowercased()
            else { throw error }
            var others = options
            others.columns[role] = nil
            return try input(path, as: others, isThorough: isThorough)
        }
    }
}
