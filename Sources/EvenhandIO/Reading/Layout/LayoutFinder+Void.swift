import Evenhand

/// Columns beside the scores that say of some rows that they do not count: 作废, disqualified.
extension LayoutFinder {
    /// Of ballots it has to be asked about; what is said of an entry is for people to decide.
    mutating func takeVoidRows() throws(ScoreSheetError) {
        for index in columns.indices where mayVoid(index) {
            let found = rows.indices.filter { VoidWords.say(columns[index].texts[$0]) }
            guard !found.isEmpty, found.count < rows.count else { continue }
            let open = found.filter { !isLeftOut(columns[index].texts[$0]) }
            voidRows.formUnion(found.filter { !open.contains($0) }.map { rows[$0] })
            guard let first = open.first else { continue }
            let entry = column(of: .entry)
            if column(of: .judge) != nil, !(entry.map { relations.isConstant(index, within: $0) } ?? false) {
                let (name, texts) = (columns[index].shown, Set(open.map { columns[index].texts[$0] }).sorted())
                throw ask(
                    .void(column: name, text: columns[index].texts[first], count: open.count),
                    samples: open.prefix(4).map { sampleRow(rows[$0]) },
                    [
                        .init(texts.flatMap { ["--missing", $0] }, .notScored(texts.joined(separator: ", "))),
                        .init(["--ignore", name], .leftOut(name)),
                    ])
            }
            for position in open {
                let name = entry.map { columns[$0].texts[position] } ?? "\(cells.grid.lines[rows[position]])"
                let shown = "\(name) (\(columns[index].texts[position]))"
                if !voidEntries.contains(shown) { voidEntries.append(shown) }
            }
        }
    }

    /// Whether a column is not used, and the user has not said so.
    private func mayVoid(_ index: Int) -> Bool {
        let column = columns[index]
        guard uses[index] == .attribute || uses[index] == .ignored, !column.isNumeric else { return false }
        return !options.isTakenByRule(column.answers)
            && !options.ignoredColumns.contains { column.answers(to: NameNormalization.normalized($0)) }
    }

    private func isLeftOut(_ text: String) -> Bool {
        options.missingCodes.contains { NameNormalization.normalized($0).lowercased() == text.lowercased() }
    }
}

/// Texts that say that a score, a ballot or an entry does not count.
enum VoidWords {
    /// Nothing but such words, and what they are about; sentences mean all sorts of things.
    static func say(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 48, Words.mayVoid(text) else { return false }
        let words = HeaderWords(text)
        return words.has(.void)
            && words.sequence.allSatisfy { !$0.concepts.isDisjoint(with: [.void, .score, .judge, .entry]) }
    }
}

extension ScoreFile {
    /// Whether a further column of a plain file has such a text; of columns that vary within entries the first rows are looked at.
    func mentionsVoid(in blocks: [ScoreBlock]) -> Bool {
        for attribute in blocks.flatMap(\.attributes) where attribute.values.levels.count <= ScoreFile.mostStates {
            if attribute.values.levels.contains(where: VoidWords.say) { return true }
        }
        let names = Set(blocks.flatMap(\.varying))
        var open: [Int: Set<String>] = [:]
        for (index, use) in plan.uses.enumerated() {
            if case .attribute(let attribute) = use, names.contains(plan.attributes[attribute]) { open[index] = [] }
        }
        let scanner = FieldScanner(input, separator: separator)
        var (position, row) = (start, 0)
        while position < input.count, row < ScoreFile.mostRowsWithStates, !open.isEmpty {
            let (fields, next) = scanner.row(at: position)
            for index in Array(open.keys) where index < fields.count {
                let text = scanner.text(of: fields[index])
                guard open[index]?.insert(text).inserted ?? false else { continue }
                if VoidWords.say(NameNormalization.normalized(text)) { return true }
                // Remarks, times: not a few states.
                if open[index]?.count ?? 0 > ScoreFile.mostStates { open[index] = nil }
            }
            (position, row) = (next, row + 1)
        }
        return false
    }

    private static let mostStates = 256
    private static let mostRowsWithStates = 100_000
}
