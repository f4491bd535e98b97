import Evenhand

/// Whether the lowest score is the best: places, errors, times, grades.
extension LayoutFinder {
    /// Finds it where headers, titles or the sheet's own places say it; what only hints at it is asked.
    mutating func takeDirection() throws(ScoreSheetError) {
        let scores = scores
        guard options.isLowerBetter == nil, !isLowerBetter, !scores.isEmpty else { return }
        // Headers that name entries say nothing about their scores.
        let named = areEntries(scores) ? [] : scores
        // A sheet can have a hundred thousand headers.
        let isShort = named.count <= 60
        let stated = named.map { index in
            texts(of: index).lazy.compactMap { isShort ? Direction(toldIn: $0) : Direction(statedIn: $0) }.first
        }
        let said = Set(stated.compactMap(\.self))
        if said.count == 1, !stated.contains(nil) || said.contains(.higherIsBetter) {
            isLowerBetter = said.contains(.lowerIsBetter)
        } else if !said.isEmpty {
            throw askWhichIsBest(named.map { columns[$0].shown }, scores)
        } else if let direction = textsAround.lazy.compactMap(Direction.init(toldIn:)).first {
            isLowerBetter = direction == .lowerIsBetter
        } else if let proof = placing(of: scores) {
            guard proof.direction == .lowerIsBetter else { return }
            // Three rows are in one order by chance once in six times.
            if proof.rows < 4 { try askAboutHint([columns[proof.column].shown], scores) } else { isLowerBetter = true }
        } else {
            try takeWords(named, scores)
        }
    }

    /// What the words of headers, of headings and of titles say.
    private mutating func takeWords(_ named: [Int], _ scores: [Int]) throws(ScoreSheetError) {
        let shown = named.map { columns[$0].shown }
        let (isAboutPlaces, isAboutFaults) = (LayoutFinder.isAboutPlaces, LayoutFinder.isAboutFaults)
        if !named.isEmpty, named.allSatisfy({ isAboutPlaces(columns[$0].header.text) }) {
            if arePlaces(scores) { isLowerBetter = true } else { try askAboutHint(shown, scores) }
            return
        }
        if !named.isEmpty, named.allSatisfy({ texts(of: $0).contains(where: isAboutFaults) }) { return try askAboutHint(shown, scores) }
        // Grades of German schools have the name of French points.
        let areGrades = scores.allSatisfy { columns[$0].values.allSatisfy { (1...6).contains($0) } }
        if areGrades, !named.isEmpty,
            named.allSatisfy({ LayoutFinder.isGrade(columns[$0].header.text) }) || textsAround.contains(where: LayoutFinder.isGrade)
        {
            return try askAboutHint(shown, scores)
        }
        // A title can be about the result: 成绩排名表. The numbers have to be places as well.
        let headings = named.isEmpty ? [] : texts(of: named[0]).filter { text in named.allSatisfy { texts(of: $0).contains(text) } }
        let hints = (headings + textsAround).filter { isAboutPlaces($0) || isAboutFaults($0) && HeaderWords($0).has(.judge) }
        guard let hint = hints.first, hints.contains(where: isAboutFaults) || arePlaces(scores, least: 3) else { return }
        try askAboutHint([hint], scores)
    }

    static func isAboutPlaces(_ text: String) -> Bool {
        let words = HeaderWords(text)
        return words.has(.rank) && !words.has(.honorific) && !Nature.hasInitial(text)
            && (Claim(words) == .rank || !words.has(.quality))
    }

    /// Note, Noten, Note Müller.
    private static func isGrade(_ text: String) -> Bool {
        Token.tokens(of: text).first.map { ["note", "noten", "schulnote", "schulnoten"].contains($0.text) } ?? false
    }

    static func isAboutFaults(_ text: String) -> Bool {
        let words = HeaderWords(text)
        return words.has(.fault) && !words.has(.quality)
    }

    private func areEntries(_ scores: [Int]) -> Bool {
        scores.contains { if case .score(let names)? = uses[$0] { names.entry != nil } else { false } }
    }

    /// The header of a column and the headings above it.
    private func texts(of index: Int) -> [String] {
        let column = columns[index]
        return [column.header.text] + [column.group?.text].compactMap(\.self) + column.path
    }

    /// The titles directly above the header, and the remarks below the table.
    var textsAround: [String] {
        let grid = cells.grid
        let above = (0..<region.header.lowerBound).reversed().prefix { grid.isBlank($0) || grid.isLone($0) }
        let below = body.uses.filter { $0.value == .remark }.keys.sorted()
        return (above + below).flatMap { row in grid.texts(row).sorted() }
    }

    /// The order in which a column of places has the sums or means of the scores, the most rows first.
    private func placing(of scores: [Int]) -> (direction: Direction, rows: Int, column: Int)? {
        // A sheet with hundreds of columns of judges has no more than a few of totals, and comparing all would take minutes.
        guard column(of: .judge) == nil, column(of: .criterion) == nil, columns.count <= 500 else { return nil }
        let ranks = uses.indices.filter { uses[$0] == .derived(.rank, judge: nil) }
        guard !ranks.isEmpty else { return nil }
        let totals = uses.indices.filter { index in
            guard case .derived(let kind, nil)? = uses[index], kind == .sum || kind == .mean || kind == .result else { return false }
            return relations.isTotal(index, of: scores)
        }
        let sources = [relations.rowMeans(scores)] + totals.map { relations.rowMeans([$0]) }
        for rank in ranks {
            let found = sources.compactMap { relations.direction(ofPlaces: rank, by: $0) }.filter { $0.rows > 2 }
            guard let most = found.max(by: { $0.rows < $1.rows }), Set(found.map(\.direction)).count == 1 else { continue }
            return (most.direction, most.rows, rank)
        }
        return nil
    }

    /// Whether each judge gave places: 1, 2, 2, 4, or 1, 2, 2, 3, or 1, 2.5, 2.5, 4.
    private func arePlaces(_ scores: [Int], least: Int = 1) -> Bool {
        let keys = [ColumnRole.judge, .heat, .stage, .criterion, .item, .repetition].compactMap { column(of: $0) }
        let isAcross = areEntries(scores)
        var ballots: [[String]: [Double]] = [:]
        for index in scores {
            for (row, number) in columns[index].numbers.enumerated() {
                guard let number else { continue }
                ballots[[isAcross ? "\(row)" : "\(index)"] + keys.map { columns[$0].texts[row] }, default: []].append(number.value)
            }
        }
        return ballots.values.allSatisfy { $0.count >= least && LayoutFinder.arePlaces($0) } && ballots.values.contains { $0.count > 1 }
    }

    /// - Parameter isDense: whether places may go on without a gap after a tie, as points of a short scale do, too.
    static func arePlaces(_ values: [Double], isDense: Bool = true) -> Bool {
        let sorted = values.sorted()
        var (isCompetition, isDense, isShared) = (true, isDense, true)
        var (start, level) = (0, 0)
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            level += 1
            isCompetition = isCompetition && sorted[start] == Double(start + 1)
            isDense = isDense && sorted[start] == Double(level)
            isShared = isShared && sorted[start] == Double(start + 1 + end) / 2
            start = end
        }
        return isCompetition || isDense || isShared
    }

    /// Asks, unless the user has said that all numbers are scores.
    private func askAboutHint(_ names: [String], _ scores: [Int]) throws(ScoreSheetError) {
        guard options.range == nil, !options.takesNumbersAsScores else { return }
        throw askWhichIsBest(names, scores)
    }

    private func askWhichIsBest(_ names: [String], _ scores: [Int]) -> ScoreSheetError {
        let values = scores.flatMap { columns[$0].values }
        let range = "\(NumberFormat.shortest(values.min() ?? 0)):\(NumberFormat.shortest(values.max() ?? 0))"
        return ask(
            .lowest(names: names), samples: scores.prefix(3).flatMap { samples($0).prefix(1) },
            [.init(["--lower-is-better"], .lowestIsBest), .init(["--range", range], .allScores)])
    }
}
