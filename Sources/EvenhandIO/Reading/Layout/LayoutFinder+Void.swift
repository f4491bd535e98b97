import Evenhand

/// Columns beside the scores that say of some rows that they do not count: 作废, disqualified.
extension LayoutFinder {
    /// Of ballots it has to be asked about; what is said of an entry is for people to decide.
    mutating func takeVoidRows() throws(ScoreSheetError) {
        takeVoidNames()
        var seen = Set(voidEntries)
        for index in columns.indices where mayVoid(index) {
            let header = columns[index].header.text
            let found = rows.indices.filter { position in
                let text = columns[index].texts[position]
                return VoidWords.say(text) || VoidWords.say(text, under: header)
            }
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
            voidEntries += open.map { remark($0, index) }.filter { seen.insert($0).inserted }
        }
    }

    /// Entries whose names say it: C (DQ), 张三（弃权）, and remarks below the scores: C was disqualified.
    private mutating func takeVoidNames() {
        let names = column(of: .entry).map { columns[$0].texts } ?? []
        let remarks = body.uses.filter { $0.value == .remark }.keys.sorted().flatMap { cells.grid.texts($0).sorted() }
        var seen: Set<String> = []
        voidEntries = names.filter { VoidWords.mark($0) && seen.insert($0).inserted }
        voidEntries += remarks.filter { remark in
            guard remark.utf8.count <= 80, Words.mayVoid(remark), HeaderWords(remark).has(.void) else { return false }
            let words = Set(Token.tokens(of: remark).map(\.text))
            return names.contains { $0.count > 1 && remark.contains($0) || words.contains(WordFolding.folded($0)) }
        }
    }

    /// Whether a column is not used, and the user has not said so.
    func mayVoid(_ index: Int) -> Bool {
        let column = columns[index]
        guard uses[index] == .attribute || uses[index] == .ignored else { return false }
        guard !column.isNumeric || column.words.has(.void) || column.words.sequence.count == 1 else { return false }
        return !options.isTakenByRule(column.answers)
            && !options.ignoredColumns.contains { column.answers(to: NameNormalization.normalized($0)) }
    }

    /// An entry, or the line of a row that names none, with what a column says of it.
    func remark(_ position: Int, _ index: Int) -> String {
        let name = column(of: .entry).map { columns[$0].texts[position] } ?? "\(cells.grid.lines[rows[position]])"
        return "\(name) (\(columns[index].texts[position]))"
    }

    private func isLeftOut(_ text: String) -> Bool {
        options.missingCodes.contains { NameNormalization.normalized($0).lowercased() == text.lowercased() }
    }
}

/// Texts that say that a score, a ballot or an entry does not count.
enum VoidWords {
    /// Nothing but such words, and what they are about, up to a sign before the reason; sentences mean all sorts of things.
    static func say(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 120, Words.mayVoid(text) else { return false }
        let front = text.split(maxSplits: 1) { ":：;；,，(（–—".contains($0) }.first.map(String.init) ?? text
        let words = HeaderWords(front.firstRange(of: " - ").map { String(front[..<$0.lowerBound]) } ?? front)
        return words.has(.void)
            && words.sequence.allSatisfy { !$0.concepts.isDisjoint(with: [.void, .score, .judge, .entry]) }
    }

    /// Whether an answer to a header says it: yes to Disqualified, no to Eligible.
    static func say(_ text: String, under header: String) -> Bool {
        let answer = WordFolding.folded(text)
        if no.contains(answer) { return valid.contains(WordFolding.folded(header).filter { $0 != "?" && $0 != "？" }) }
        guard yes.contains(answer), Words.mayVoid(header) else { return false }
        let words = HeaderWords(header)
        return words.isCovered && words.has(.void)
    }

    /// Whether a name has such a word after it, in brackets or behind a dash, or before it: before a colon, or in capital letters.
    static func mark(_ name: String) -> Bool {
        guard Words.mayVoid(name) else { return false }
        let parts = name.split(maxSplits: 1) { ":：".contains($0) }
        if parts.count == 2, say(String(parts[0])) { return true }
        if let first = name.split(separator: " ").first, first.count < name.count, first.allSatisfy(\.isUppercase), say(String(first)) {
            return true
        }
        if let last = name.last, ")）]】".contains(last), let start = name.lastIndex(where: { "(（[【".contains($0) }) {
            return say(String(name[name.index(after: start)...].dropLast()))
        }
        return [" - ", " – ", " — "].contains { dash in name.ranges(of: dash).last.map { say(String(name[$0.upperBound...])) } ?? false }
    }

    private static let valid: Set<String> = ["valid", "eligible", "counts", "counted", "accepted", "有效", "有效性", "计入", "计分"]
    private static let no: Set<String> = ["no", "n", "false", "0", "否", "不", "nein", "non"]
    private static let yes: Set<String> = [
        "yes", "y", "x", "✓", "✔", "✗", "true", "1", "是", "√", "ja", "j", "oui", "si", "sim", "да", "tak", "はい", "○", "예",
    ]
}

extension ScoreFile {
    /// Whether a further column of a plain file has a text that says void or takes points off; of columns that vary within entries the
    /// first rows are looked at.
    func mentionsRulings(in blocks: [ScoreBlock]) -> Bool {
        for attribute in blocks.flatMap(\.attributes) where attribute.values.levels.count <= ScoreFile.mostStates {
            let levels = attribute.values.levels
            if levels.contains(where: VoidWords.say) || levels.contains(where: PenaltyRemark.isOne)
                || levels.contains(where: { VoidWords.say($0, under: attribute.name) })
            {
                return true
            }
        }
        let names = Set(blocks.flatMap(\.varying))
        var (open, headers) = ([Int: Set<String>](), [Int: String]())
        for (index, use) in plan.uses.enumerated() {
            if case .attribute(let attribute) = use, names.contains(plan.attributes[attribute]) {
                (open[index], headers[index]) = ([], plan.attributes[attribute])
            }
        }
        let scanner = FieldScanner(input, separator: separator)
        var (position, row) = (start, 0)
        while position < input.count, row < ScoreFile.mostRowsWithStates, !open.isEmpty {
            let (fields, next) = scanner.row(at: position)
            for index in Array(open.keys) where index < fields.count {
                let text = scanner.text(of: fields[index])
                guard open[index]?.insert(text).inserted ?? false else { continue }
                if VoidWords.say(NameNormalization.normalized(text)) || VoidWords.say(text, under: headers[index] ?? "")
                    || PenaltyRemark.isOne(text)
                {
                    return true
                }
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
