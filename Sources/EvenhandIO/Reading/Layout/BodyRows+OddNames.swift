/// Rows among the entries or judges that are named like neither.
extension BodyRows {
    /// A row or two that are called something else than an entry or a judge: the line of a cut, last year's winner, an example, a
    /// penalty or, as the first or the last row, a fact; and those with nothing but signs for a name.
    mutating func findOddNames() {
        let rows = data
        let found = rows.filter { row in
            guard let label = label(row) else { return false }
            let words = cells.words(row, label)
            if words.has(.reference), words.isCovered { return true }
            let text = grid.cell(row, label)
            if text.allSatisfy(\.isPunctuation) || isExample(text) { return true }
            let isOfCriteria = region.header.contains { cells.words($0, label).has(.criterion) }
            guard rows.count > 2, !isOfCriteria, !isNamedLikeOthers(row), words.isCovered else { return false }
            let facts = words.sequence.count > 1 ? BodyRows.facts.union(BodyRows.phrases) : BodyRows.facts
            let other = row == rows.first || row == rows.last ? BodyRows.amounts.union(facts) : BodyRows.amounts
            return words.sequence.contains { !$0.concepts.isDisjoint(with: other) }
                && words.sequence.allSatisfy { part in
                    part.kind != .number && part.concepts.isDisjoint(with: [.person, .surname])
                        && !part.concepts.isDisjoint(with: other.union([.judge, .score, .entry, .criterion]))
                }
        }
        guard found.count <= 2 else { return }
        unclear += found.filter { !unclear.contains($0) }
        unclear.sort()
    }

    private static let amounts: Set<Concept> = [.deduction, .bonus, .weight]
    private static let facts: Set<Concept> = [.order, .count, .remark, .signature, .standardised]
    /// Words that are names, too: only with another word they are facts. Judge no., years of experience; but a team may be called Key.
    private static let phrases: Set<Concept> = [.identifier, .date, .contact, .fact, .aside, .raw, .name]

    /// Whether a name is marked as an example: C (test).
    private func isExample(_ name: String) -> Bool {
        guard let last = name.last, ")）]】".contains(last), let start = name.lastIndex(where: { "(（[【".contains($0) }) else { return false }
        let words = HeaderWords(String(name[name.index(after: start)...].dropLast()))
        return words.has(.reference) && words.isCovered
    }
}
