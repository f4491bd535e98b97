/// What is wrong in a directory of partial sums.
public struct PartialFileError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        /// The file cannot be read; `reason` is the operating system's own text.
        case unreadable(reason: String)
        /// There is no manifest: the directory holds something else.
        case noManifest
        /// Something in the manifest is wrong.
        case manifest(JSONProblem)
        /// The manifest is of a later version.
        case laterVersion(Int)
        /// A scale that is not a power of ten.
        case noScale(String)
        /// The header lacks a column.
        case noColumn(String)
        /// A row of another length than the header.
        case raggedRow(found: Int, expected: Int)
        /// A cell that is not a whole number in its range.
        case noWholeNumber(column: String, text: String)
        /// A cell without a name.
        case noName(column: String)
        /// A name that has a row already, perhaps in another spelling.
        case repeatedName(String)
        /// A name that the file of its sums does not have.
        case unknownName(String, file: String)
        /// Numbers that contradict each other.
        case contradiction(String)
        /// What an engine found wrong in its table: the first of the rows.
        case problem(String, entry: String, judge: String, score: String, rows: String)
    }

    /// The file.
    public let path: String
    /// The line, where there is one.
    public let line: Int?
    /// What is wrong.
    public let kind: Kind

    init(_ kind: Kind, in path: String, line: Int? = nil) { (self.kind, self.path, self.line) = (kind, path, line) }
}
