/// A file with an entry and a judge in every row, such as conflicts, or a plan that somebody made.
package struct PairFile: Sendable, Equatable {
    /// A row.
    package struct Pair: Sendable, Equatable {
        /// The entry's name.
        package let entry: String
        /// The judge's name.
        package let judge: String
        /// What the column of weights says; empty without one.
        package let weight: String
        /// What the column of heats says; empty without one.
        package let heat: String
        /// Whether the judge only stands by, as the column of roles says.
        package let isSpare: Bool
    }

    /// Where the file is.
    package let path: String
    /// The rows, in their order.
    package let pairs: [Pair]

    /// Reads a file; weights are in a column `weight`, heats and roles of a plan in `heat` and `role`.
    ///
    /// - Throws: `ScoreSheetError`.
    package init(contentsOf path: String, as options: ReadingOptions = ReadingOptions()) throws(ScoreSheetError) {
        let entries = try ListFile(path: path, of: .entry, among: [], as: options)
        let judges = try ListFile(path: path, of: .judge, among: [], as: options)
        guard judges.header == entries.header, judges.key != entries.key else {
            throw ScoreSheetError(.noColumn(role: .judge, headers: entries.headers), file: path)
        }
        func column(_ names: [String]) -> Int? { entries.headers.firstIndex { names.contains($0.lowercased()) } }
        let (weight, heat, role) = (column(["weight", "权重"]), column(ColumnRole.heat.headers), column(["role", "性质"]))
        self.path = path
        var pairs: [Pair] = []
        for row in entries.rows {
            let judge = NameNormalization.normalized(entries.grid.cell(row, judges.key))
            if judge.isEmpty { throw entries.problem(.emptyName, row, judges.key) }
            func text(_ column: Int?) -> String { column.map { entries.text(row, $0) } ?? "" }
            pairs.append(
                Pair(
                    entry: entries.name(row), judge: judge, weight: text(weight), heat: text(heat),
                    isSpare: ["spare", "候补", "候補"].contains(text(role).lowercased())))
        }
        self.pairs = pairs
    }
}
