/// What one column of a table shows: the texts of its header and the cells below.
struct ColumnEvidence: Sendable {
    let index: Int
    /// The header itself.
    let header: Header
    /// The heading above that reaches over several columns, if it says something.
    let group: Header?
    /// Every text of the header, from top to bottom.
    let path: [String]
    /// What the words of the header say.
    let words: HeaderWords
    /// The numbers below, one for each row of data.
    let numbers: [CellNumber?]
    /// The texts below, one for each row of data, normalised; numbers too.
    let texts: [String]
    let counts: Counts

    struct Counts: Sendable, Equatable {
        var (number, percentage, date, time, yesNo, error, missing, unclear, text) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
        var numeric: Int { number + percentage }
        /// Cells that hold something, other than a word for a score that is not there.
        var filled: Int { numeric + date + time + yesNo + error + unclear + text }
    }

    init(index: Int, header: Header, group: Header?, path: [String], rows: [Int], cells: TypedGrid) {
        (self.index, self.header, self.group, self.path) = (index, header, group, path)
        words = HeaderWords(path.count > 1 && group == nil ? path.joined(separator: " ") : header.name)
        var counts = Counts()
        for row in rows {
            switch cells.kind(row, index) {
            case .empty: break
            case .number: counts.number += 1
            case .percentage: counts.percentage += 1
            case .date: counts.date += 1
            case .time: counts.time += 1
            case .yesNo: counts.yesNo += 1
            case .error: counts.error += 1
            case .missing: counts.missing += 1
            case .unclearNumber: counts.unclear += 1
            case .text: counts.text += 1
            }
        }
        self.counts = counts
        numbers = counts.numeric == 0 ? [] : rows.map { cells.number($0, index) }
        texts = rows.map { NameNormalization.normalized(cells.text($0, index)) }
    }

    /// The header as it is shown, with its heading.
    var shown: String {
        [group?.text, header.text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Whether the user means this column by a name.
    func answers(to name: String) -> Bool { [shown, header.text, header.name].contains(name) || path.contains(name) }

    var isEmpty: Bool { counts.filled == 0 && counts.missing == 0 }
    /// Whether nothing is below but words for scores that are not there.
    var isBlank: Bool { counts.filled == 0 }
    /// Whether most cells hold numbers.
    var isNumeric: Bool {
        guard counts.numeric > 0 else { return false }
        let isMostly = (counts.numeric + counts.unclear) * 2 > counts.filled
        // A judge's column with as many slips as scores is a judge's column all the same.
        return isMostly || counts.numeric * 4 > counts.filled && (counts.numeric > 2 || Nature(header) != .unknown)
    }
    /// Whether most cells hold dates or times.
    var isDate: Bool { (counts.date + counts.time) * 2 > counts.filled && counts.filled > 0 }

    var values: [Double] { numbers.compactMap { $0?.value } }
    var isWhole: Bool { numbers.allSatisfy { $0?.isWhole ?? true } }

    /// Whether the numbers are whole and no two are the same.
    var isDistinctWhole: Bool {
        let values = self.values
        return values.count > 1 && isWhole && Set(values).count == values.count
    }

    /// Whether the numbers rise by one from row to row.
    var isRising: Bool {
        let values = self.values
        return values.count > 1 && zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    /// Whether the numbers are 1 to n in any order, each once.
    var isPermutation: Bool {
        let values = self.values
        return values.count > 1 && isWhole && Set(values).count == values.count && values.min() == 1 && values.max() == Double(values.count)
    }

    var isConstant: Bool { Set(values).count == 1 && values.count > 1 }

    /// Whether no two rows have the same text; empty cells do not count.
    var isUnique: Bool {
        let filled = texts.filter { !$0.isEmpty }
        return Set(filled).count == filled.count
    }

    /// A few cells, for people.
    var samples: [String] { Array(texts.lazy.filter { !$0.isEmpty }.prefix(3)) }
}

/// The columns of a table with the texts of their headers.
struct HeaderColumns {
    /// - Parameter rows: the rows of data.
    static func columns(of region: TableRegion, in cells: TypedGrid, rows: [Int]) -> [ColumnEvidence] {
        let width = cells.width
        var levels = region.header.map { level(of: $0, in: cells, isLast: $0 == region.header.upperBound - 1, header: region.header) }
        // Rows of keys in braces are for programs only.
        if levels.count > 1 {
            levels.removeAll { row in row.count(where: { $0.text.hasPrefix("{") }) * 2 > row.count(where: { !$0.text.isEmpty }) }
        }
        let best = mostTelling(levels)
        var names = Set<Int>()
        for (position, level) in levels.enumerated() where position < levels.count - 1 {
            if let first = level.first(where: { !$0.text.isEmpty }),
                isLevelName(first.text, column: level.firstIndex { !$0.text.isEmpty } ?? 0, levels, position)
            {
                names.insert(position)
            }
        }
        let columns = (0..<width).map { column in
            var path = [(text: String, span: Int)]()
            for (position, level) in levels.enumerated() {
                let cell = level[column]
                if cell.text.isEmpty || names.contains(position) && cell.isFirst || path.last?.text == cell.text { continue }
                path.append((cell.text, cell.span))
            }
            let groups = path.dropLast().filter { $0.span > 1 }
            let singles = path.filter { $0.span == 1 }
            let own: String
            if let last = path.last, last.span == 1, groups.isEmpty, singles.count > 1 {
                // Several full rows: the one that says most; below a heading of one column, the heading.
                let telling = levels[best][column].text
                own = singles.contains { $0.text == telling } ? telling : last.text
            } else {
                own = path.last?.text ?? ""
            }
            var header = Header(own)
            if header.text.isEmpty, let group = groups.last { header = Header(group.text) }
            let group = groups.last.map { Header($0.text) }.flatMap { says($0, of: column, levels) && $0.text != header.text ? $0 : nil }
            return ColumnEvidence(
                index: column, header: header, group: group, path: path.map { Header($0.text).text }, rows: rows, cells: cells)
        }
        return withoutOnlyGroup(columns)
    }

    /// One heading over all judges tells nothing: Wertungen der Jury over Juror 1, Juror 2.
    private static func withoutOnlyGroup(_ columns: [ColumnEvidence]) -> [ColumnEvidence] {
        let grouped = columns.filter { $0.group != nil && $0.isNumeric }
        guard Set(grouped.compactMap(\.group?.text)).count == 1, grouped.count > 1 else { return columns }
        let judges = grouped.count { Nature($0.header) == .judge || Int($0.header.name) != nil }
        let isScores = grouped[0].group.map { $0.words.has(.score) && !$0.words.sequence.contains { $0.kind == .number } } ?? false
        guard judges * 2 > grouped.count || isScores && grouped.allSatisfy({ Nature($0.header) != .criterion }) else { return columns }
        return columns.map { $0.withoutGroup }
    }

    private struct LevelCell {
        var text: String
        var span: Int
        /// The first text of the row.
        var isFirst: Bool
    }

    /// The texts of one row of the header; one that comes before empty cells reaches over them.
    private static func level(of row: Int, in cells: TypedGrid, isLast: Bool, header: Range<Int>) -> [LevelCell] {
        let grid = cells.grid
        var texts = (0..<cells.width).map { grid.cell(row, $0) }
        if !isLast {
            let hasMerges = grid.merges.contains { $0.rows.contains(row) && $0.columns.count > 1 }
            for column in texts.indices.dropFirst() where texts[column].isEmpty && !hasMerges {
                let below = (row + 1..<header.upperBound).map { grid.cell($0, column) }.filter { !$0.isEmpty }
                if !below.isEmpty { texts[column] = texts[column - 1] }
            }
        }
        let first = texts.firstIndex { !$0.isEmpty }
        return texts.indices.map { column in
            var (low, high) = (column, column)
            while low > 0, texts[low - 1] == texts[column] { low -= 1 }
            while high + 1 < texts.count, texts[high + 1] == texts[column] { high += 1 }
            return LevelCell(text: texts[column], span: texts[column].isEmpty ? 0 : high - low + 1, isFirst: column == first)
        }
    }

    /// The level whose texts are the most known words.
    private static func mostTelling(_ levels: [[LevelCell]]) -> Int {
        let known = levels.map { level in level.reduce(0) { $0 + (HeaderWords($1.text).concepts.isEmpty ? 0 : 1) } }
        let most = known.max() ?? 0
        return known.lastIndex(of: most) ?? 0
    }

    /// Whether the first text of an upper row names the row itself, as in a pivot table: "judge" before Li, Wu.
    private static func isLevelName(_ text: String, column: Int, _ levels: [[LevelCell]], _ position: Int) -> Bool {
        let below = levels[levels.count - 1][column].text
        guard !below.isEmpty, below != text, levels[position][column].span == 1 else { return false }
        let full = levels[position].count { !$0.text.isEmpty }
        let words = HeaderWords(text)
        return full < levels[position].count * 2 && !words.concepts.isDisjoint(with: [.judge, .criterion]) && words.isCovered
            && HeaderWords(below).concepts.contains(.entry)
    }

    /// Whether a heading tells something: not when it says what scores are, over all of them.
    private static func says(_ group: Header, of column: Int, _ levels: [[LevelCell]]) -> Bool {
        let words = group.words
        let isGeneric =
            words.isCovered
            && words.concepts.isSubset(of: [.score, .judge, .criterion, .raw, .remark, .person, .name, .entry, .quality, .title])
            && !words.sequence.contains { $0.kind == .number } && words.has(.score)
            || words.isCovered && words.sequence.count == 1 && (words.has(.judge) || words.has(.criterion))
                && !words.sequence[0].concepts.contains(.person)
        guard isGeneric else { return true }
        // 评委 over 1, 2, 3; Scores over Li, Wu, Kim: the only heading of its row.
        return levels.contains { level in
            level[column].text == group.text || Header(level[column].text).text == group.text
        }
            && levels.first { Header($0[column].text).text == group.text }.map { level in
                Set(level.filter { $0.span > 1 }.map(\.text)).count > 1
            } ?? false
    }
}
