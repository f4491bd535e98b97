extension LayoutFinder {
    /// The columns that name entries, judges, criteria, heats and stages.
    mutating func takeRoles() throws(ScoreSheetError) {
        try takePlainRoles()
        if !hasJudge { try takeJudge() }
        if column(of: .entry) == nil, titles?.role != .entry { try takeEntry() }
        if !hasJudge, column(of: .entry) != nil, titles?.role != .criterion { try takeJudgeByRepeats() }
    }

    /// A corner that names what is below it and what is beside it: Entry / Judge, 选手\评委, Judge → / Entry ↓.
    mutating func takeCorner() {
        guard options.columns[.entry] == nil, options.columns[.judge] == nil, options.scoreColumns == nil, options.wideColumns.isEmpty,
            !hasJudge, let corner = columns.first(where: { !$0.isEmpty && !$0.header.text.isEmpty })
        else { return }
        let text = corner.header.text.replacing("↓", with: "↓/")
        let parts = text.split { "/\\|／＼｜→↘".contains($0) }.map { ($0.contains("↓"), HeaderWords(String($0))) }
        let named = parts.filter { $0.1.has(.entry) != $0.1.has(.judge) }
        guard named.count == 2, named[0].1.has(.judge) != named[1].1.has(.judge),
            columns.count(where: { $0.index > corner.index && $0.isNumeric }) > 1
        else { return }
        // What is written first goes down the side.
        let side = named[1].0 && !named[0].0 ? named[1].1 : named[0].1
        set(corner.index, .role(side.has(.judge) ? .judge : .entry), .words)
        options.scoreColumns = side.has(.judge) ? .entry : .judge
    }

    /// What the words of a column of texts name, when they are none of entries and judges.
    static func role(of words: HeaderWords) -> ColumnRole? {
        if words.says(.criterion), !words.has(.name) { return .criterion }
        return words.says(.stage) ? .stage : words.says(.heat) ? .heat : nil
    }

    private mutating func takePlainRoles() throws(ScoreSheetError) {
        if options.takesItems {
            for index in openTexts + openNumbers where columns[index].group == nil {
                guard let role = ColumnRole.onDemand(columns[index].header.text), column(of: role) == nil, options.columns[role] == nil
                else { continue }
                set(index, .role(role), .words)
            }
        }
        for index in openTexts {
            let words = columns[index].words
            // 項目 names entries in one language and criteria in another.
            let isEntry =
                words.has(.entry)
                && !(words.has(.criterion) && openTexts.contains { columns[$0].words.has(.entry) && !columns[$0].words.has(.criterion) })
            guard !words.has(.judge), !isEntry else { continue }
            let role = LayoutFinder.role(of: words)
            if let role, let known = column(of: role), columns[known].header.text == columns[index].header.text,
                options.columns[role] == nil
            {
                throw ScoreSheetError(
                    .twoColumns(role: role, headers: [columns[known].shown, columns[index].shown]), file: file, line: line)
            }
            if let role, column(of: role) == nil, options.columns[role] == nil { set(index, .role(role), .words) }
        }
        for index in openNumbers {
            let words = columns[index].words
            guard words.isCovered, words.sequence.count <= 2, columns[index].group == nil, !words.has(.judge), !words.has(.score),
                !words.has(.quality)
            else { continue }
            if words.head.contains(.stage), column(of: .stage) == nil, columns[index].isWhole {
                set(index, .role(.stage), .words)
            } else if words.head.contains(.heat), column(of: .heat) == nil, columns[index].isWhole {
                set(index, .role(.heat), .words)
            } else if words.says(.order), column(of: .order) == nil, Claim(words) == .order, columns[index].isWhole {
                set(index, .role(.order), .words)
            }
        }
    }

    /// A column whose header is about judges; a name before a number or an address.
    private mutating func takeJudge() throws(ScoreSheetError) {
        func rank(_ index: Int) -> Int? {
            let words = columns[index].words
            guard words.has(.judge), !words.has(.count), !words.has(.remark), !words.says(.mean), !words.has(.signature) else { return nil }
            if words.has(.quality), !words.isCovered { return nil }
            if words.has(.contact) { return 1 }
            return words.has(.identifier) ? 2 : words.has(.name) || words.sequence.count == 1 ? 4 : 3
        }
        let texts = openTexts.compactMap { index in rank(index).map { (index, $0) } }
        let best = texts.max { ($0.1, -$0.0) < ($1.1, -$1.0) }
        try refuseTwins(texts.map(\.0), .judge)
        // Two columns that both name judges, and not the same ones: which of them judged?
        let leading = texts.filter { $0.1 == best?.1 }.map(\.0)
        if leading.count > 1, leading.contains(where: { columns[$0].texts != columns[leading[0]].texts }) {
            throw ScoreSheetError(.twoColumns(role: .judge, headers: leading.map { columns[$0].shown }), file: file, line: line)
        }
        // Numbers of judges: Judge # 1, 2, 3 in rows that repeat.
        let numbered = openNumbers.first { index in
            let column = columns[index]
            let words = column.words
            guard words.has(.judge), column.isWhole, column.group == nil, !column.isUnique,
                Claim(words) == .identifier || words.isCovered && words.sequence.count == 1
            else { return false }
            return openNumbers.count { columns[$0].words.has(.judge) } == 1
        }
        guard let index = best?.0 ?? numbered else { return }
        // Where columns name judges, a judge in each row is someone else: a chief judge, a mentor.
        let seats = openNumbers.count { Nature(columns[$0].header) == .judge && columns[$0].header.maximum == nil }
        if seats > 1, relations.isConstantOrUnique(index, entryLike: openTexts.first { $0 != index }), !hasRepeats(besides: index) {
            return
        }
        set(index, .role(.judge), .words)
        for other in openTexts where other != index && columns[other].words.has(.judge) && !columns[other].words.has(.entry) {
            set(other, .ignored, .words)
        }
    }

    /// Whether some other text column repeats, as entries do where each ballot is a row.
    private func hasRepeats(besides judge: Int) -> Bool {
        openTexts.contains { $0 != judge && columns[$0].words.has(.entry) && !columns[$0].isUnique }
    }

    private mutating func takeEntry() throws(ScoreSheetError) {
        func rank(_ index: Int) -> Int? {
            let column = columns[index]
            let words = column.words
            let isText = !column.isNumeric
            if words.has(.judge) && !(words.has(.entry) && self.column(of: .judge) != nil) || words.has(.count) || words.has(.remark)
                || words.has(.contact) || words.has(.date)
                || words.has(.score) && !words.has(.entry)
            {
                return nil
            }
            if words.has(.fact), !words.has(.name), !words.has(.entry) { return nil }
            if words.has(.fact), words.head.contains(.fact) { return nil }
            if words.has(.entry), isText {
                if words.has(.identifier) { return 55 }
                return words.head.contains(.entry) || words.isCovered || words.head.isDisjoint(with: [.quality, .fact])
                    ? (words.has(.name) || words.has(.title) ? 100 : 90) : nil
            }
            if words.says(.title), isText { return 80 }
            if words.says(.name), isText { return 60 }
            if isText, words.says(.identifier) { return 25 }
            guard !isText, column.isWhole, column.group == nil, !words.sequence.contains(where: { $0.kind == .number }) else { return nil }
            if words.has(.entry), words.has(.identifier), words.isCovered { return 40 }
            if words.head.contains(.entry), words.isCovered, !words.has(.quality), column.index == openNumbers.first { return 35 }
            return nil
        }
        let ranked = (openTexts + openNumbers).compactMap { index in rank(index).map { (index, $0) } }
        let best = ranked.map(\.1).max() ?? 0
        try refuseTwins(ranked.filter { $0.1 == best }.map(\.0), .entry)
        var top = ranked.filter { $0.1 >= min(best, 90) && $0.1 > 40 || $0.1 == best }.map(\.0).sorted()
        // Of several that name entries, those that tell all rows apart.
        if top.count > 1 {
            let judge = column(of: .judge)
            let telling = top.filter { tellsRowsApart($0, with: judge) }
            if !telling.isEmpty { top = telling }
            // One to one: any of them, the one that has most words for it.
            if let first = top.first(where: { index in ranked.contains { $0 == (index, best) } }) ?? top.first { top = [first] }
        }
        // A code next to names under an unknown header: which of them is meant has to be asked.
        let isCode = best == 25 && openTexts.contains { !top.contains($0) && columns[$0].words.concepts.isEmpty && columns[$0].isUnique }
        if let index = top.first, !isCode { return set(index, .role(.entry), .words) }
        let unknown = openTexts.filter { index in
            let words = columns[index].words
            // A legend at the side has fewer rows.
            guard columns[index].texts.count(where: { !$0.isEmpty }) * 5 >= columns[index].texts.count * 3 else { return false }
            return !words.has(.remark) && !words.has(.contact) && !words.has(.date) && !words.says(.fact) && !words.has(.judge)
                && columns[index].counts.yesNo == 0
        }
        if unknown.count == 1 {
            try requireNoJudge(unknown[0])
            return set(unknown[0], .role(.entry), .onlyOne)
        }
        if unknown.count > 1 {
            var answers: [Question.Answer] = unknown.prefix(4).map {
                .init(["--column", "entry=" + columns[$0].header.text], .entryColumn(columns[$0].shown))
            }
            if unknown.count <= 3, column(of: .judge) == nil, !isJudgeKnown {
                // One may name entries and another one judges.
                for (entry, judge) in unknown.flatMap({ entry in unknown.filter { $0 != entry }.map { (entry, $0) } })
                where !columns[judge].isUnique {
                    answers.append(
                        .init(
                            ["--column", "entry=" + columns[entry].header.text, "--column", "judge=" + columns[judge].header.text],
                            .judgeColumn(columns[judge].shown)))
                }
            }
            throw ask(
                .entryColumn(columns: unknown.map { columns[$0].shown }), samples: unknown.prefix(3).flatMap { samples($0).prefix(2) },
                answers)
        }
        if column(of: .judge) != nil || column(of: .criterion) != nil { return try askForEntry() }
        let facts = openTexts.filter { columns[$0].isUnique }
        if facts.count == 1 { return set(facts[0], .role(.entry), .onlyOne) }
        let numbers = openNumbers.filter { Claim(columns[$0].words) == .identifier && columns[$0].isUnique && columns[$0].isWhole }
        if let only = numbers.first { return set(only, .role(.entry), .onlyOne) }
        if let first = openNumbers.first, columns[first].isDistinctWhole, Claim(columns[first].words) == nil,
            openNumbers.dropFirst().contains(where: { Nature(columns[$0].header) == .judge }), Nature(columns[first].header) != .judge
        {
            return set(first, .role(.entry), .onlyOne)
        }
        throw ScoreSheetError(.noColumn(role: .entry, headers: headers), file: file, line: line)
    }

    /// One score for each row beside a fact: schools may be what is judged, or whose works are.
    private func askForEntry() throws(ScoreSheetError) {
        let facts = openTexts.filter { columns[$0].words.has(.fact) && columns[$0].counts.yesNo == 0 }
        guard !facts.isEmpty, openNumbers.count == 1, columns[openNumbers[0]].words.has(.score),
            ![options.file, options.sheet, options.table].contains(.entry)
        else { return }
        throw ask(
            .entryColumn(columns: facts.map { columns[$0].shown }), samples: facts.prefix(3).flatMap { samples($0).prefix(2) },
            facts.prefix(4).map {
                .init(["--column", "entry=" + columns[$0].header.text], .entryColumn(columns[$0].shown))
            })
    }

    /// A single column of names under an unknown header could name judges, with the entries across.
    private func requireNoJudge(_ index: Int) throws(ScoreSheetError) {
        guard columns[index].words.concepts.isEmpty, column(of: .judge) == nil, !isJudgeKnown, options.scoreColumns == nil,
            options.wideColumns.isEmpty
        else { return }
        let numbers = openNumbers.filter { Claim(columns[$0].words) == nil }
        let natures = numbers.map { Nature(columns[$0].header) }
        let names = columns[index].texts.count {
            Nature.isName($0, HeaderWords($0)) || HeaderWords($0).head.contains(.person) || Nature.isSeat($0) || HeaderWords($0).has(.judge)
        }
        let isUnknown = natures.allSatisfy { $0 == .unknown || $0 == .entry }
        guard isUnknown, !numbers.isEmpty, names * 2 > columns[index].texts.count || natures.contains(.entry) else { return }
        let shown = numbers.map { columns[$0].shown }
        throw ask(
            .transposed(columns: shown), samples: samples(index),
            [
                .init(["--column", "judge=" + columns[index].header.text, "--columns", "entry"], .entries(shown)),
                .init(["--column", "entry=" + columns[index].header.text, "--columns", "judge"], .judges(shown)),
                .init(
                    ["--column", "entry=" + columns[index].header.text, "--columns", "criterion", "--file-is", "judge"], .criteria(shown)),
            ])
    }

    func tellsRowsApart(_ index: Int, with judge: Int?) -> Bool {
        var seen: Set<String> = []
        for position in columns[index].texts.indices {
            let name = columns[index].texts[position]
            if name.isEmpty { continue }
            let known = [ColumnRole.heat, .stage, .criterion, .item, .repetition].map { column(of: $0) }
            let others = ([judge] + known).compactMap {
                $0.map { columns[$0].texts[position] }
            }
            if !seen.insert(([name] + others).joined(separator: "\u{0}")).inserted { return false }
        }
        return true
    }

    /// Where entries appear in several rows, something else must tell the rows apart: a name, an address.
    private mutating func takeJudgeByRepeats() throws(ScoreSheetError) {
        guard let entry = column(of: .entry) else { return }
        let names = openTexts.filter {
            columns[$0].words.says(.name) && $0 != entry && !PersonNames.isPart(columns[$0].header.text)
        }
        let isRepeated = !tellsRowsApart(entry, with: nil)
        if let name = names.first, isRepeated || !columns[name].isUnique { return set(name, .role(.judge), .onlyOne) }
        guard isRepeated else { return }
        let telling = openTexts.filter { tellsRowsApart(entry, with: $0) && !columns[$0].isUnique && !columns[$0].words.has(.remark) }
        if let contact = telling.first(where: { columns[$0].words.has(.contact) }),
            telling.allSatisfy({ columns[$0].words.has(.contact) || columns[$0].words.says(.fact) })
        {
            return set(contact, .role(.judge), .onlyOne)
        }
        // Nothing tells the rows apart: ballots that came twice, which the reader of rows names.
        if telling.isEmpty, identifiers(tellingRowsApart: entry).isEmpty { return }
        let (count, name) = repeated(entry)
        throw ask(
            .repeated(entry: name, count: count), samples: samples(entry),
            telling.prefix(4).map { .init(["--column", "judge=" + columns[$0].header.text], .judgeColumn(columns[$0].shown)) }
                + identifiers(tellingRowsApart: entry).prefix(3).map {
                    .init(["--column", "entry=" + columns[$0].header.text], .entryColumn(columns[$0].shown))
                })
    }

    /// Two columns with one header that could both have a role.
    private func refuseTwins(_ found: [Int], _ role: ColumnRole) throws(ScoreSheetError) {
        let twins = found.filter { index in found.contains { $0 != index && columns[$0].header.text == columns[index].header.text } }
        if twins.count > 1 {
            throw ScoreSheetError(.twoColumns(role: role, headers: twins.map { columns[$0].shown }), file: file, line: line)
        }
    }

    private func repeated(_ entry: Int) -> (Int, String) {
        let counts = Dictionary(columns[entry].texts.filter { !$0.isEmpty }.map { ($0, 1) }, uniquingKeysWith: +)
        let name = columns[entry].texts.first { (counts[$0] ?? 0) > 1 } ?? ""
        return (counts[name] ?? 0, name)
    }

    /// Columns of numbers or codes that differ in every row.
    private func identifiers(tellingRowsApart entry: Int) -> [Int] {
        columns.indices.filter {
            $0 != entry && uses[$0] == nil && columns[$0].isUnique
                && (Claim(columns[$0].words) == .identifier || columns[$0].words.has(.entry))
        }
    }
}

extension Relations {
    /// Whether a text has one value for each entry, or entries are not repeated at all.
    func isConstantOrUnique(_ index: Int, entryLike: Int?) -> Bool {
        guard let entryLike else { return false }
        return columns[entryLike].isUnique || isConstant(index, within: entryLike)
    }
}
