/// Columns of numbers among those of judges whose headers leave open whether somebody is called that.
extension LayoutFinder {
    /// What is about the judges, or repeats one of them with a word more (Judges, Jury panel, Judge 1 weighted, Li (2023)), and which
    /// panel an entry had: 评审组 1 and 2.
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
            if isPanelNumber(index, beside: others) { throw try unexplained(index, beside: others, role: .judge, mayBeHeat: true) }
        }
    }

    /// Whether a column named like a group of judges, or like a judge of another kind than the others, numbers panels: whole numbers from
    /// 1 on, each of which several entries have, that are no scores like the others or belong to a group.
    private func isPanelNumber(_ index: Int, beside others: [Int]) -> Bool {
        let (column, words) = (columns[index], columns[index].words)
        guard words.has(.judge), !words.sequence.contains(where: { $0.kind == .number }), !family(others + [index]).contains(index),
            column.values.count == rows.count, column.isWhole
        else { return false }
        let sizes = Dictionary(grouping: column.values) { $0 }.mapValues(\.count)
        guard sizes.count > 1, Set(sizes.keys) == Set((1...sizes.count).map(Double.init)), sizes.values.allSatisfy({ $0 > 1 }) else {
            return false
        }
        let name = column.header.name.lowercased()
        return !overlaps(index, others) || ["组", "組", "group", "panel", "team"].contains { name.hasSuffix($0) }
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
