import Evenhand

/// What the headers of a block of score columns name, and which columns belong to it.
extension LayoutFinder {
    /// Decides what the score columns are; columns that are not scores leave the block.
    func role(of scores: inout [Int], _ names: [Int: String], isShared: Bool) throws(ScoreSheetError) -> ReadingOptions.Role? {
        if hasJudge || column(of: .criterion) != nil, !hasEntry {
            // Judges or criteria in rows: the columns are entries; points and maxima are not.
            let all = scores
            scores.removeAll { index in
                let words = columns[index].words
                let isTop = relations.isExtreme(index, of: all, highest: true)
                return words.isCovered
                    && (words.says(.score) && words.sequence.count == 1 || words.says(.maximum) || words.says(.highest) && isTop)
            }
            return .entry
        }
        try takeNamedScore(&scores)
        if hasJudge, scores.count == 1 || column(of: .criterion) != nil {
            let named = scores.filter { columns[$0].words.says(.score) && !columns[$0].words.has(.quality) }
            if named.count == 1 { scores = named }
            if scores.count == 1 {
                let header = columns[scores[0]].header
                let isNamed = header.maximum != nil || header.weight != nil || Nature(header) == .criterion && !header.words.has(.score)
                return options.scoreColumns == .criterion || isNamed && column(of: .criterion) == nil ? .criterion : nil
            }
        }
        if let said = options.scoreColumns {
            if said == .entry { return .entry }
            try settleOdd(&scores, core: scores, role: said)
            return said
        }
        if hasJudge {
            // The only column of scores next to others whose headers do not call them scores.
            let known = scores.filter { Nature(columns[$0].header) != .unknown || isPrefixed($0, scores) }
            try settleOdd(&scores, core: known, role: .criterion)
            return .criterion
        }
        if options.file == .criterion || options.sheet == .criterion { return .judge }
        if isShared { return .judge }
        let natures = Dictionary(uniqueKeysWithValues: scores.map { ($0, nature(of: $0, names)) })
        let judges = scores.filter { natures[$0] == .judge }
        let criteria = scores.filter { natures[$0] == .criterion }
        if judges.isEmpty, criteria.isEmpty {
            if scores.count == 1
                || areBlank(scores) && scores.allSatisfy({ columns[$0].words.has(.score) }) && !columns[scores[0]].words.has(.judge)
                    && scores.count == 1
            {
                throw noJudge(scores)
            }
            if areBlank(scores) { return .judge }
            throw judgesOrCriteria(scores)
        }
        if !judges.isEmpty, criteria.isEmpty {
            // A single column of 0 and 1 may mark entries (pupil of a juror), and a judge's scores do not look like that.
            if scores.count == 1, columns[scores[0]].values.allSatisfy({ $0 == 0 || $0 == 1 }) { throw noJudge(scores) }
            // Z next to Judge A, Judge B is someone, or something, else.
            let worded = family(judges.filter { columns[$0].words.has(.judge) })
            let core =
                worded.count > 1
                ? judges.filter { worded.contains($0) || columns[$0].words.has(.judge) || columns[$0].words.has(.honorific) } : judges
            try settleOdd(&scores, core: core, role: .judge)
            return .judge
        }
        if !criteria.isEmpty, judges.isEmpty {
            try settleOdd(&scores, core: criteria, role: .criterion)
            throw noJudge(scores)
        }
        throw judgesOrCriteria(scores)
    }

    /// Beside entries and judges a column called score is what judges gave; numbers under names of other kinds are not.
    private func takeNamedScore(_ scores: inout [Int]) throws(ScoreSheetError) {
        guard hasJudge, !options.isWide, options.scoreColumns == nil, scores.count > 1 else { return }
        let named = scores.filter { ColumnRole.named(columns[$0].header.text) == .score }
        if named.count > 1 {
            throw ScoreSheetError(.twoColumns(role: .score, headers: named.map { columns[$0].shown }), file: file, line: line)
        }
        let hasCriteria = scores.contains { !named.contains($0) && Nature(columns[$0].header) == .criterion }
        if named.count == 1, !hasCriteria { scores = named }
    }

    private func nature(of index: Int, _ names: [Int: String]) -> Nature {
        guard let name = names[index], name != columns[index].header.name else {
            let column = columns[index]
            // 评委 over 1, 2, 3.
            if column.header.name.last?.isNumber ?? false,
                column.path.dropLast().contains(where: {
                    let words = HeaderWords($0); return words.has(.judge) || words.has(.score)
                })
            {
                return .judge
            }
            return Nature(column.header)
        }
        return Nature(Header(name))
    }

    /// Whether several columns are under one heading, or under none.
    private func areBlank(_ scores: [Int]) -> Bool {
        Set(scores.map { columns[$0].header.text }).count == 1
            && (columns[scores[0]].words.has(.judge) || columns[scores[0]].words.has(.score)) && scores.count > 1
    }

    /// Columns next to the block under a header that says nothing: part of the block if all speaks for it, else a question.
    private func settleOdd(_ scores: inout [Int], core: [Int], role: ReadingOptions.Role) throws(ScoreSheetError) {
        let odd = scores.filter { !core.contains($0) }
        guard !odd.isEmpty, !core.isEmpty else {
            if core.isEmpty, scores.count > 1, hasJudge { return try settleAllUnknown(&scores) }
            return
        }
        // A total of the others alone leaves all odd ones out.
        if core.count > 1, totalColumns.contains(where: { relations.isTotal($0, of: core) && !relations.isTotal($0, of: scores) }) {
            scores = core
            return
        }
        let totals = totalColumns
        for index in odd {
            let without = scores.filter { $0 != index }
            let (isIn, isOut) = (
                totals.contains { relations.isTotal($0, of: scores) }, totals.contains { relations.isTotal($0, of: without) }
            )
            if isIn, !isOut { continue }
            if isOut, !isIn {
                scores = without
                continue
            }
            if isSibling(index, of: core, isStrict: true, role: role) { continue }
            throw try unexplained(index, beside: without, role: role)
        }
    }

    /// Whether a header begins like another one with a word for scores or questions: score_flavor, score[idea], Q1 …
    private func isPrefixed(_ index: Int, _ scores: [Int]) -> Bool {
        let tokens = Token.tokens(of: columns[index].header.name)
        guard let first = tokens.first, tokens.count > 1,
            !Words.all.concepts(of: first.text).isDisjoint(with: [.score, .criterion, .total])
        else { return false }
        return scores.contains { $0 != index && Token.tokens(of: columns[$0].header.name).first == first }
    }

    /// A judge is known, and no header of the numbers is: they are criteria when they are alike.
    private func settleAllUnknown(_ scores: inout [Int]) throws(ScoreSheetError) {
        // What is the same in all rows, or never, comes first.
        let order =
            scores.filter { columns[$0].isConstant || columns[$0].isDistinctWhole }
            + scores.filter { !columns[$0].isConstant && !columns[$0].isDistinctWhole }
        let totals = totalColumns
        for index in order {
            let others = scores.filter { $0 != index }
            if totals.contains(where: { relations.isTotal($0, of: scores) }) { return }
            if !isSibling(index, of: others, isStrict: true, role: .criterion) {
                throw try unexplained(index, beside: others, role: .criterion)
            }
        }
    }

    /// The columns whose headers claim a total of the row.
    private var totalColumns: [Int] {
        // A sheet has a few totals; of thousands the first ones say as much.
        Array(
            columns.indices.lazy.filter { index in
                guard columns[index].isNumeric, let claim = Claim(columns[index].words) else { return false }
                return [.sum, .mean, .result].contains(claim)
            }.prefix(8))
    }

    /// Whether a column of numbers looks like those of the block: next to it, on its scale, and not running numbers.
    private func isSibling(_ index: Int, of core: [Int], isStrict: Bool, role: ReadingOptions.Role) -> Bool {
        if columns[index].words.has(.aside) { return false }
        let values = columns[index].values
        let others = core.flatMap { columns[$0].values }
        guard let low = others.min(), let high = others.max(), let least = values.min(), let most = values.max() else {
            return columns[index].isBlank
        }
        let slack = max(1, high - low) * 0.35
        // Criteria may have smaller maxima than others.
        guard least >= (role == .criterion ? min(0, low - slack) : low - slack), most <= high + slack else { return false }
        if !isStrict { return true }
        if columns[index].header.name.isEmpty { return false }
        let isBeside = core.contains(index - 1) || core.contains(index + 1)
        // Numbers of tables and lots are whole and differ from row to row; scores of few rows may, too.
        let looksNumbered = columns[index].isDistinctWhole && core.contains { !columns[$0].isDistinctWhole }
        let isAmong = (core.min() ?? index) < index
        // Beside Judge 1, Judge 2 another name is somebody of another kind.
        if family(core).count == core.count, core.count > 1, family(core + [index]).count == core.count { return false }
        return isBeside && !looksNumbered && isAmong && spread(values) > 0
    }

    private func spread(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }

    // MARK: Questions

    /// The columns whose headers differ in a number or letter at their end only: Jurado 1, Jurado 2.
    func family(_ scores: [Int]) -> [Int] {
        families(scores).max { ($0.count, -($0.first ?? 0)) < ($1.count, -($1.first ?? 0)) } ?? []
    }

    /// All such sets of columns, those of one column, too.
    func families(_ scores: [Int]) -> [[Int]] {
        var families: [String: [Int]] = [:]
        for index in scores {
            let words = columns[index].header.name.split(separator: " ")
            let tokens = Token.tokens(of: columns[index].header.name)
            guard let last = tokens.last, tokens.count > 1,
                last.kind == .number || last.text.count == 1 || ["ii", "iii", "iv", "vi", "vii", "viii", "ix"].contains(last.text)
                    || words.count == 1 && last.kind == .run && last.text.count == 1
            else { continue }
            families[tokens.dropLast().map(\.text).joined(separator: " "), default: []].append(index)
        }
        return Array(families.values)
    }

    /// The largest family with whatever else could be scores, which an answer must not leave out: other families, and numbers like its own.
    private func possibleScores(_ all: [Int]) -> [Int] {
        let families = families(all).filter { $0.count > 1 }
        let family = family(all)
        guard family.count > 1 else { return all }
        return all.filter { index in families.contains { $0.contains(index) } || overlaps(index, family) }
    }

    /// Whether the numbers of a column are on the scale of others.
    func overlaps(_ index: Int, _ others: [Int]) -> Bool {
        let (own, values) = (columns[index].values, others.flatMap { columns[$0].values })
        guard let least = own.min(), let most = own.max(), let low = values.min(), let high = values.max() else { return false }
        return least <= high && most >= low
    }

    func judgesOrCriteria(_ all: [Int]) -> ScoreSheetError {
        let scores = possibleScores(all)
        let shown = scores.map { columns[$0].shown }
        return ask(
            .judgesOrCriteria(columns: shown), samples: scores.prefix(3).flatMap { samples($0).prefix(1) },
            [
                .init(wide(scores, .judge), .judges(shown)),
                .init(wide(scores, .criterion) + ["--file-is", "judge"], .criteria(shown)),
            ])
    }

    func noJudge(_ scores: [Int]) -> ScoreSheetError {
        let shown = scores.map { columns[$0].shown }
        var answers = [Question.Answer(wide(scores, .criterion) + ["--file-is", "judge"], .oneJudge)]
        for index in openTexts.prefix(3) where !columns[index].isUnique && !columns[index].words.says(.fact) {
            answers.append(.init(["--column", "judge=" + columns[index].header.text], .judgeColumn(columns[index].shown)))
        }
        if scores.count > 1 { answers.append(.init(wide(scores, .judge), .judges(shown))) }
        return ask(.noJudge(columns: shown), samples: scores.prefix(3).flatMap { samples($0).prefix(1) }, answers)
    }

    /// A column of numbers that nothing explains.
    ///
    /// - Parameter mayBeHeat: whether they look like those of panels.
    func unexplained(
        _ index: Int, beside scores: [Int], role: ReadingOptions.Role?, mayBeHeat: Bool = false
    ) throws(ScoreSheetError) -> ScoreSheetError {
        let all = (scores + [index]).sorted()
        let name = columns[index].shown.isEmpty ? Grid.columnName(index) : columns[index].shown
        let with = all.map { columns[$0].shown }
        let isCriteria = role == .criterion
        var answers = [
            Question.Answer(["--ignore", name], .leftOut(name)),
            .init(wide(all, nil) + (role.map { ["--columns", $0.rawValue] } ?? []), isCriteria ? .criteria(with) : .judges(with)),
            .init(["--deduct", name], .taken(off: name)),
        ]
        if columns[index].shown.isEmpty { answers.removeLast(2) }
        if mayBeHeat { answers.insert(.init(["--column", "heat=" + columns[index].header.text], .heatColumn(name)), at: 0) }
        // Beside a judge any column of numbers may be the score, whatever it is called: the award of a dive.
        if hasJudge, !columns[index].shown.isEmpty {
            answers.insert(.init(wide([index], nil), .onlyColumn(name)), at: columns[index].words.says(.score) ? 0 : 1)
        }
        return ask(.unexplained(column: name), samples: samples(index), answers)
    }
}
