/// The tables of `check`.
public enum CheckTable: String, Sendable, CaseIterable {
    /// What the files were taken for, and what is in them.
    case understood
    /// What every column was read as.
    case columns
    /// Rows that are not entries.
    case rowsLeftOut = "rows_left_out"
    /// What is wrong or looks wrong.
    case problems
    /// Cells that were changed in reading.
    case changes
    /// Who scored whom.
    case design
    /// Groups that share no judge.
    case subsets
}
