import Evenhand

/// Columns of scores of which no cell is a number, such as 85分 or 8/10: they are neither attributes nor names.
extension LayoutFinder {
    /// Names the cells of such columns as what they are, as those among numbers are named.
    func refuseTextScores() throws(ScoreSheetError) {
        // Who names the columns of scores has said what the others are not.
        guard options.wideColumns.isEmpty else { return }
        let numbers = openNumbers.filter { columns[$0].isNumeric && Claim(columns[$0].words) == nil }
        // A few cells first: headers of thousands of columns take longer than they.
        let open = openTexts
        let candidates = open.filter { index in
            filledRows(index).prefix(20).contains { ScoreLikeText(cells.text($0, index)) != nil }
        }
        guard !candidates.isEmpty else { return }
        let beside = ScoreNeighbors(self, numbers: numbers, texts: open, candidates: candidates)
        let found = candidates.filter { holdsTextScores($0, beside: beside) }
        let wrong = rows.flatMap { row in found.filter { isNoNumber(row, $0) }.map { (row: row, column: $0) } }
        guard !wrong.isEmpty else { return }
        throw ScoreSheetError(
            problems: wrong.prefix(ScoreSheetError.mostListed).map { problem($0.row, $0.column) }, count: wrong.count)
    }

    private func isNoNumber(_ row: Int, _ column: Int) -> Bool {
        let kind = cells.kind(row, column)
        return kind != .empty && kind != .missing && !cells.isNumber(row, column)
    }

    private func problem(_ row: Int, _ column: Int) -> ScoreSheetError.Problem {
        let (grid, text) = (cells.grid, cells.text(row, column))
        let location = Grid.location(
            file: file, sheet: grid.sheet, line: grid.lines[row], column: column, headers: columns.map(\.shown),
            offset: grid.offsets.isEmpty ? 0 : grid.offsets[row])
        let kind: ScoreSheetError.Kind =
            switch ScoreText(text, hasDecimalComma: cells.hasDecimalComma) {
            case .decimalComma: .decimalComma
            case .thousands: .thousands
            default: .notANumber
            }
        return .init(
            kind: kind, file: file, line: location.line, column: location.column, text: String(text.prefix(60)), cell: location.cell)
    }

    private func filledRows(_ index: Int) -> some Sequence<Int> {
        rows.lazy.filter { ![.empty, .missing].contains(cells.kind($0, index)) }
    }

    private func holdsTextScores(_ index: Int, beside neighbors: ScoreNeighbors) -> Bool {
        // Lists of scores, as 4,3 under Ratings, are in columns of their own already.
        let isList = neighbors.names.contains("\(columns[index].header.text) 1")
        guard Claim(columns[index].words) == nil, !isList else { return false }
        let isAlike = isAlike(index, neighbors)
        guard isAlike || isAmong(index, neighbors) else { return false }
        var (digits, grades, hasMark, others) = (0, 0, false, 0)
        for row in filledRows(index) {
            let text = cells.text(row, index)
            switch cells.isNumber(row, index) ? .digits : ScoreLikeText(text) {
            case .digits: digits += 1
            case .grade(let isMarked):
                grades += 1
                if isMarked { hasMark = true }
            case nil: others += 1
            }
        }
        // Letters alone could be groups or classes.
        return digits > others + grades || isAlike && hasMark && others == 0
    }

    /// Whether a header is of the kind of those of the numbers: 评委1 beside 评委2, a judge beside judges, a criterion beside criteria.
    private func isAlike(_ index: Int, _ neighbors: ScoreNeighbors) -> Bool {
        let nature = Nature(columns[index].header)
        if nature == .judge || nature == .criterion, neighbors.natures.contains(nature) { return true }
        if let group = columns[index].group,
            neighbors.groups.contains(group.text) || neighbors.hasJudgeGroup && Nature(group) == .judge
        {
            return true
        }
        return neighbors.kin.contains(index)
    }

    /// Whether only the cells can tell: an unknown header between scores, a numbered judge beside no other, or entries across.
    private func isAmong(_ index: Int, _ neighbors: ScoreNeighbors) -> Bool {
        let (words, nature) = (columns[index].words, Nature(columns[index].header))
        if words.has(.judge) || nature == .judge, columns[index].header.name.contains(where: \.isNumber) { return true }
        let isUnknown = words.concepts.isEmpty || nature == .entry || nature == .judge
        if isUnknown, neighbors.haveJudgesInRows, !words.has(.judge) { return true }
        return words.concepts.isEmpty
            && [index - 1, index + 1].allSatisfy { neighbors.numbers.contains($0) && Nature(columns[$0].header) != .unknown }
    }
}

/// The columns of numbers that a column of texts may belong to, looked at once for all.
private struct ScoreNeighbors {
    let numbers: Set<Int>
    let natures: Set<Nature>
    let groups: Set<String>
    let hasJudgeGroup: Bool
    /// The columns of numbered series with several columns, as 评委1 and 评委2.
    let kin: Set<Int>
    /// The headers of all columns.
    let names: Set<String>
    /// Whether a column of texts names judges and none names entries.
    let haveJudgesInRows: Bool

    init(_ finder: LayoutFinder, numbers: [Int], texts: [Int], candidates: [Int]) {
        let columns = finder.columns
        let groups = numbers.compactMap { columns[$0].group }
        self.numbers = Set(numbers)
        natures = Set(numbers.map { Nature(columns[$0].header) })
        self.groups = Set(groups.map(\.text))
        hasJudgeGroup = groups.contains { Nature($0) == .judge }
        let own = self.numbers
        let series = finder.families(numbers + candidates).filter { $0.count > 1 && $0.contains(where: own.contains) }
        kin = Set(series.joined())
        names = Set(columns.map(\.header.text))
        haveJudgesInRows =
            texts.contains { columns[$0].words.has(.judge) } && !texts.contains { columns[$0].words.has(.entry) }
    }
}
