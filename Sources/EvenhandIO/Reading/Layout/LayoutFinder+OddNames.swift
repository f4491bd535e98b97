/// Columns of numbers among those of judges whose headers leave open whether somebody is called that.
extension LayoutFinder {
    /// What is about the judges, or repeats one of them with a word more: Judges, Jury panel, Judge 1 weighted, Li (2023).
    func askAboutOddNames(_ scores: [Int]) throws(ScoreSheetError) {
        guard options.scoreColumns == nil, !options.takesNumbersAsScores, (3...200).contains(scores.count), !hasJudge else { return }
        let judges = scores.filter { Nature(columns[$0].header) == .judge }
        for index in scores {
            let others = scores.filter { $0 != index }
            let words = columns[index].words
            let isCollective =
                words.isCovered && words.has(.judge) && words.sequence.contains { LayoutFinder.collective.contains($0.text) }
                && !words.sequence.contains { $0.kind == .number }
                && others.allSatisfy { other in !columns[other].words.sequence.contains { LayoutFinder.collective.contains($0.text) } }
            let isRepeat = judges.contains { $0 != index && LayoutFinder.repeats(columns[$0].header.name, in: columns[index].header.text) }
            if isCollective || isRepeat { throw try unexplained(index, beside: others, role: .judge) }
        }
    }

    private static let collective: Set<String> = ["judges", "jurors", "jury", "panel", "评委数", "评委人数", "评委组"]

    /// Whether a header is a name and something more that belongs to no name: a small letter, a digit, a bracket.
    private static func repeats(_ name: String, in header: String) -> Bool {
        guard header.count > name.count + 1, header.hasPrefix(name) else { return false }
        let rest = header.dropFirst(name.count)
        guard rest.first == " ", let first = rest.dropFirst().first else { return false }
        return first.isLowercase || first.isNumber || "(（[".contains(first) || rest.contains(where: \.isNumber)
    }

    /// Numbers like the scores on both sides, under a word that is also a name: Lane, Day, Price.
    func askAboutHiddenNames(_ scores: [Int]) throws(ScoreSheetError) {
        guard options.scoreColumns == nil, options.wideColumns.isEmpty, let first = scores.first, let last = scores.last,
            columns.count <= 300,
            scores.count > 1, scores.allSatisfy({ if case .score(let names)? = uses[$0] { names.judge != nil } else { false } }),
            // Seats are numbered; words of the table are seldom names of people.
            scores.count(where: { !columns[$0].words.isCovered || columns[$0].words.has(.person) }) * 2 > scores.count
        else { return }
        let values = scores.flatMap { columns[$0].values }
        guard let low = values.min(), let high = values.max(), low < high else { return }
        for index in first + 1..<max(first + 1, last) where !scores.contains(index) && isOpen(index, beside: scores) {
            let own = columns[index].values
            let isAlike =
                own.count * 2 > rows.count && Set(own).count > 1
                && own.allSatisfy { $0 >= low - (high - low) && $0 <= high + (high - low) / 2 }
            if isAlike { throw try unexplained(index, beside: scores, role: .judge) }
        }
    }

    /// Whether a column is left out by its words alone.
    private func isOpen(_ index: Int, beside scores: [Int]) -> Bool {
        let column = columns[index]
        guard column.isNumeric, column.group == nil, reasons[index] != .said, !column.header.hasUnit, column.words.sequence.count == 1,
            column.words.sequence.allSatisfy({ $0.kind == .word && !$0.text.isEmpty }), column.header.text.first?.isUppercase ?? false
        else { return false }
        switch uses[index] {
        case .derived?: return Claim(column.words).map { !follows(index, $0, scores) } ?? false
        case nil, .ignored?, .attribute?, .role(.heat)?, .role(.stage)?, .role(.order)?: return true
        default: return false
        }
    }
}
