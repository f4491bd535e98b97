extension ScoreTable {
    /// The table of some entries; of one judge or criterion only where `part` says so.
    init(_ form: TableForm, of contest: RenderedContest, noise: SheetNoise, entries: [Int], part: ScoreKey = ScoreKey()) {
        (self.contest, self.noise) = (contest, noise)
        let criteria: [Int?] = contest.criteria.isEmpty || part.criterion != nil ? [part.criterion] : contest.criteria.indices.map { $0 }
        let judges = contest.judges.indices
        switch form {
        case .long:
            rows = entries.flatMap { entry in
                judges.flatMap { judge in criteria.map { ScoreKey(entry: entry, judge: judge, criterion: $0) } }
            }
            columns = names(hasJudge: true) + [Column(headings: [contest.header(\.score)], content: .score(ScoreKey()))]
        case .ballots:
            rows =
                noise.judgeIsFirst
                ? judges.flatMap { judge in entries.map { ScoreKey(entry: $0, judge: judge) } }
                : entries.flatMap { entry in judges.map { ScoreKey(entry: entry, judge: $0) } }
            columns = names(hasJudge: true) + criteria.map { criterionColumn($0, ScoreKey(criterion: $0)) }
        case .oneJudge:
            rows = entries.map { ScoreKey(entry: $0, judge: part.judge) }
            columns = names(hasJudge: false) + criteria.map { criterionColumn($0, ScoreKey(criterion: $0)) }
        case .oneEntry:
            rows = judges.map { ScoreKey(entry: part.entry, judge: $0) }
            columns =
                [Column(headings: [contest.header(\.judge)], content: .judge)]
                + criteria.map { criterionColumn($0, ScoreKey(criterion: $0)) }
        case .judges, .judgesUnderHeading:
            rows = entries.map { ScoreKey(entry: $0, criterion: part.criterion) }
            columns = names(hasJudge: false) + judges.map { Column(headings: [contest.judges[$0]], content: .score(ScoreKey(judge: $0))) }
            if form == .judgesUnderHeading { addHeading(contest.header(\.judges)) }
        case .judgesOverCriteria, .criteriaOverJudges:
            rows = entries.map { ScoreKey(entry: $0) }
            columns = names(hasJudge: false).map(spread) + (form == .judgesOverCriteria ? judgeGroups(criteria) : criterionGroups(criteria))
        case .composedHeaders:
            rows = entries.map { ScoreKey(entry: $0) }
            columns = names(hasJudge: false) + composed(criteria)
        case .entriesAcross:
            rows = judges.flatMap { judge in criteria.map { ScoreKey(judge: judge, criterion: $0) } }
            columns = [Column(headings: [contest.header(\.judge)], content: .judge)]
            if !contest.criteria.isEmpty { columns.append(Column(headings: [contest.header(\.criterion)], content: .criterion)) }
            columns += entries.map { Column(headings: [contest.entries[$0]], content: .score(ScoreKey(entry: $0))) }
            return
        }
        if noise.leavesOutMissing, rows.contains(where: { $0.judge != nil }) { rows.removeAll { contest.sum($0).count == 0 } }
        addResults(form)
    }

    private func spread(_ column: Column) -> Column {
        var column = column
        let name = column.headings[0]
        switch noise.leadNames {
        case .upper: column.headings = [name, ""]
        case .lower: column.headings = ["", name]
        case .both: column.headings = [name, name]
        }
        return column
    }

    /// What is in front of the scores.
    private func names(hasJudge: Bool) -> [Column] {
        func column(_ name: String, _ content: Content) -> Column { Column(headings: [name], content: content) }
        let words = contest.words
        var columns: [Column] = []
        if noise.hasSerial { columns.append(column(contest.header(\.serial), .serial)) }
        if noise.hasDate { columns.append(column(words.date, .date)) }
        if noise.hasTime { columns.append(column(words.time, .time)) }
        if noise.hasSeconds { columns.append(column("", .seconds)) }
        if noise.hasCategory, noise.categoryIsFirst { columns.append(column(contest.header(\.category), .category)) }
        if hasJudge, noise.judgeIsFirst { columns.append(column(contest.header(\.judge), .judge)) }
        if noise.hasBooth { columns.append(column(contest.header(\.booth), .booth)) }
        columns.append(column(contest.header(\.entry), .entry))
        if noise.hasCategory, !noise.categoryIsFirst { columns.append(column(contest.header(\.category), .category)) }
        if hasJudge, !noise.judgeIsFirst { columns.append(column(contest.header(\.judge), .judge)) }
        if rows.contains(where: { $0.judge != nil && $0.criterion != nil }), hasJudge {
            columns.append(column(contest.header(\.criterion), .criterion))
        }
        return columns
    }

    private func criterionColumn(_ criterion: Int?, _ key: ScoreKey) -> Column {
        Column(headings: [criterion.map { contest.criteria[$0] + noise.most } ?? contest.header(\.score)], content: .score(key))
    }

    private mutating func addHeading(_ heading: String) {
        columns = columns.map { column in
            if case .score = column.content {
                Column(headings: [heading, column.headings[0]], content: column.content, isGrouped: true)
            } else {
                spread(column)
            }
        }
    }

    private func judgeGroups(_ criteria: [Int?]) -> [Column] {
        contest.judges.enumerated().flatMap { judge, name in
            var group = criteria.map { criterion in
                let heading = criterionColumn(criterion, ScoreKey()).headings[0]
                return Column(headings: [name, heading], content: .score(ScoreKey(judge: judge, criterion: criterion)), isGrouped: true)
            }
            if noise.hasSubtotals {
                group.append(Column(headings: [name, contest.words.subtotal], content: .subtotal(ScoreKey(judge: judge)), isGrouped: true))
            }
            return group
        }
    }

    private func criterionGroups(_ criteria: [Int?]) -> [Column] {
        criteria.flatMap { criterion in
            contest.judges.enumerated().map { judge, name in
                let heading = criterionColumn(criterion, ScoreKey()).headings[0]
                return Column(headings: [heading, name], content: .score(ScoreKey(judge: judge, criterion: criterion)), isGrouped: true)
            }
        }
    }

    /// `Judge 1 Innovation`, `评委1_创新性`, `Design - Corey` and the like.
    private func composed(_ criteria: [Int?]) -> [Column] {
        func heading(_ judge: String, _ criterion: String) -> String {
            switch noise.composition {
            case 0 where contest.words.space == " " && !contest.judges[0].contains(" "): "\(judge) \(criterion)"
            case 1: "\(judge)_\(criterion)"
            case 2: "\(criterion) - \(judge)"
            case 3: "\(judge): \(criterion)"
            case 4: "\(criterion) (\(judge))"
            default: "\(judge) - \(criterion)"
            }
        }
        return contest.judges.enumerated().flatMap { judge, name in
            var group = criteria.map { criterion in
                Column(
                    headings: [heading(name, criterion.map { contest.criteria[$0] } ?? "")],
                    content: .score(ScoreKey(judge: judge, criterion: criterion)))
            }
            if noise.hasSubtotals {
                group.append(Column(headings: [heading(name, contest.words.subtotal)], content: .subtotal(ScoreKey(judge: judge))))
            }
            return group
        }
    }

    /// What comes after the scores: nothing is added up where a row has one score.
    private mutating func addResults(_ form: TableForm) {
        func add(_ name: String, _ content: Content) {
            let column = Column(headings: [name], content: content)
            columns.append(columns[0].headings.count == 2 ? spread(column) : column)
        }
        let scores = columns.count { if case .score = $0.content { true } else { false } }
        if scores > 1, form != .long {
            if noise.hasTotal { add(contest.header(\.total), .total) }
            if noise.hasAverage { add(contest.header(\.average), .average) }
            if noise.hasRank, form != .ballots, form != .oneEntry { add(contest.header(\.rank), .rank) }
        }
        if noise.hasRemarks { add(contest.header(\.remark), .remark) }
    }
}

extension RenderedContest {
    /// The word that this contest uses for something: each contest keeps to one.
    func header(_ words: KeyPath<SheetWords, [String]>) -> String {
        let list = self.words[keyPath: words]
        return list[(entries.count * 7 + judges.count * 3 + criteria.count + decimals) % list.count]
    }
}
