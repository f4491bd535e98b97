/// Why a file or a directory could not be made; `reason` is the operating system's own text.
public enum OutputError: Error, Sendable, Equatable {
    /// The file was not written, and an older file of that name is as it was.
    case cannotWrite(path: String, reason: String)
    /// The file to be written is one of those that were read.
    case overwritesInput(path: String)
    /// A file of that name exists and may hold something; it is as it was.
    case exists(path: String)
    /// The directory does not exist and could not be made.
    case cannotMakeDirectory(path: String, reason: String)
    /// A table has more rows or columns than a sheet of a workbook; nothing was written.
    case exceedsWorkbook(table: String, rows: Int, columns: Int)
}
