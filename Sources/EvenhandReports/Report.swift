public import EvenhandIO

/// The answer of a command in words and tables: the verdict comes first, the notes last.
public struct Report: Sendable, Equatable {
    /// One sentence, or a few, that answer the question.
    public let verdict: String
    /// The tables; the first is the answer, the others belong to it.
    public let tables: [Table]
    /// Methods, conventions, assumptions, and who was treated specially.
    public let notes: [String]
    /// The numbers of fitted models, by name.
    public let fits: [Fit]
    /// Pictures for people, below the tables.
    public let plots: [Plot]

    /// A model's name and its numbers: variances, the criterion.
    public struct Fit: Sendable, Equatable {
        /// The method's name.
        public let name: String
        /// The names of the numbers, as JSON has them.
        public let names: [String]
        /// The numbers.
        public let values: [Double]
    }

    /// A report of at least one table.
    public init(verdict: String, tables: [Table], notes: [String], fits: [Fit] = [], plots: [Plot] = []) {
        self.verdict = verdict
        self.tables = tables
        self.notes = notes
        self.fits = fits
        self.plots = plots
    }

    /// The report with more notes below its own.
    public func adding(notes more: [String]) -> Report {
        Report(verdict: verdict, tables: tables, notes: notes + more, fits: fits, plots: plots)
    }

    /// The report with the columns that people see without asking for all, and a note that there are others.
    package func essential(in language: Language) -> Report {
        let hidden = printed.reduce(0) { $0 + $1.detailCount }
        let note = language.say(
            "--all-columns shows \(language.count(hidden, "more column", "")).", "其余 \(hidden) 列可用 --all-columns 显示。")
        return Report(
            verdict: verdict, tables: tables.map(\.essential), notes: notes + (hidden == 0 ? [] : [note]), fits: fits, plots: plots)
    }

    /// The report as text for a terminal.
    public func text(width: Int?) -> String { text(width: width, inColour: false) }

    /// The same, with the verdict in bold and cells in their colours.
    package func text(width: Int?, inColour: Bool) -> String {
        let tables = printed.map { $0.text(width: width, inColour: inColour) } + plots.map { $0.text(width: width) }
        return (inColour ? TextColour.bold.applied(to: verdict) : verdict) + "\n\n" + tables.joined(separator: "\n")
            + Report.list(notes, mark: "\n", bullet: "- ")
    }

    /// The report as Markdown.
    public var markdown: String {
        verdict + "\n\n" + (printed.map(\.markdown) + plots.map { "```text\n\($0.text())```\n" }).joined(separator: "\n")
            + Report.list(notes, mark: "\n", bullet: "- ")
    }

    /// For people a table without rows says nothing, unless there is no other.
    var printed: [Table] {
        let filled = tables.filter { $0.rowCount > 0 }
        return filled.isEmpty ? tables : filled
    }

    private static func list(_ notes: [String], mark: String, bullet: String) -> String {
        notes.isEmpty ? "" : mark + notes.map { bullet + $0 + "\n" }.joined()
    }
}
