/// One table of a sheet: the rows of its header and the rows below.
struct TableRegion: Equatable {
    /// The rows of the header.
    var header: Range<Int>
    /// All rows that belong to it, from the first row of the header on.
    var rows: Range<Int>
    /// Further rows that say the header again.
    var repeatedHeaders: Set<Int> = []
}

/// Finds the tables of a sheet by the kinds of their cells: a header is texts above numbers.
struct SheetTables {
    private let cells: TypedGrid
    private var grid: Grid { cells.grid }

    init(_ cells: TypedGrid) { self.cells = cells }

    /// The tables from top to bottom; tables with one header are one.
    func regions() -> [TableRegion] {
        var regions: [TableRegion] = []
        var start = 0
        while start < grid.rows.count, var region = firstRegion(from: start) {
            var end = region.header.upperBound
            var next: Int?
            while end < grid.rows.count {
                if region.header.count > 1, saysAll(region.header, end) {
                    region.repeatedHeaders.formUnion(end..<end + region.header.count)
                    end += region.header.count - 1
                } else if says(region.header, end) {
                    region.repeatedHeaders.insert(end)
                } else if beginsTable(end, after: region) {
                    next = end
                    break
                }
                end += 1
            }
            region.rows = region.header.lowerBound..<end
            regions.append(region)
            guard let next else { break }
            start = next
        }
        return regions
    }

    /// Whether a row has the texts of a header's last row.
    private func says(_ header: Range<Int>, _ row: Int) -> Bool {
        let own = header.upperBound - 1
        let columns = (0..<cells.width).filter { !grid.cell(own, $0).isEmpty }
        guard columns.count > 1, cells.numberCounts[row] <= cells.numberCounts[own] else { return false }
        let equal = columns.count { NameNormalization.normalized(grid.cell(row, $0)) == NameNormalization.normalized(grid.cell(own, $0)) }
        return equal * 5 >= columns.count * 4 && equal > 1
    }

    /// Whether the rows from one on have the texts of all rows of a header.
    private func saysAll(_ header: Range<Int>, _ row: Int) -> Bool {
        guard row + header.count <= grid.rows.count, says(header, row + header.count - 1) else { return false }
        return zip(header, row...).allSatisfy { own, other in
            (0..<cells.width).allSatisfy {
                NameNormalization.normalized(grid.cell(own, $0)) == NameNormalization.normalized(grid.cell(other, $0))
            }
        }
    }

    /// Whether another table begins: texts above numbers, after a row that is empty or a title.
    private func beginsTable(_ row: Int, after region: TableRegion) -> Bool {
        guard row > region.header.upperBound, cells.numberCounts[row] == 0, !grid.isBlank(row), !grid.isLone(row) else { return false }
        // Workbooks leave out rows that are empty.
        let isBehindGap = grid.sheet != nil && grid.lines[row] > grid.lines[row - 1] + 1
        guard grid.isBlank(row - 1) || grid.isLone(row - 1) || isBehindGap else { return false }
        // A score that is not a number, after an empty row, begins no table.
        guard grid.texts(row).contains(where: { !HeaderWords($0).concepts.isEmpty }) else { return false }
        guard let below = (row + 1..<grid.rows.count).first(where: { !grid.isBlank($0) }), cells.numberCounts[below] > 0 || texts(below) > 1
        else { return false }
        let body = (below..<min(grid.rows.count, below + 20)).prefix { !grid.isBlank($0) }
        guard body.contains(where: { cells.numberCounts[$0] > 0 }) else { return false }
        let over = (0..<cells.width).count { column in
            cells.kind(row, column) == .text && body.contains { cells.isNumber($0, column) }
        }
        return over >= 1 && texts(row) >= 2
    }

    private func texts(_ row: Int) -> Int { grid.texts(row).count }

    /// The next table from a row on.
    private func firstRegion(from start: Int) -> TableRegion? {
        guard let data = firstDataRow(from: start) else { return nil }
        var bottom = data
        // Numbers that name columns below a heading that reaches over them.
        let header: Range<Int>
        if let above = headerRows(above: data, from: start) {
            header = above
            bottom = isNumberHeader(data, below: above.upperBound - 1) ? data + 1 : above.upperBound
        } else if isNumberedHeader(data) {
            (header, bottom) = (data..<data + 1, data + 1)
        } else {
            return nil
        }
        return TableRegion(
            header: header.lowerBound..<max(bottom, header.upperBound), rows: header.lowerBound..<grid.rows.count)
    }

    /// The first row that looks like most rows with numbers: lines of facts above a table have fewer.
    private func firstDataRow(from start: Int) -> Int? {
        let rows = start..<grid.rows.count
        let counts = rows.map { cells.numberCounts[$0] }.filter { $0 > 0 }.sorted()
        guard let median = counts.isEmpty ? nil : counts[counts.count / 2] else { return nil }
        let filled = rows.filter { cells.numberCounts[$0] > 0 }.map { row in grid.rows[row].count { !$0.isEmpty } }.sorted()
        let usual = filled[filled.count / 2]
        return rows.first { row in
            let count = cells.numberCounts[row]
            guard count > 0, count * 2 >= median, grid.rows[row].count(where: { !$0.isEmpty }) * 2 >= usual else { return false }
            return (start..<row).contains { !grid.isBlank($0) } || isNumberedHeader(row)
        }
    }

    /// The rows of texts directly above the first row of numbers.
    private func headerRows(above data: Int, from start: Int) -> Range<Int>? {
        var (top, row) = (data, data - 1)
        while row >= start, grid.isBlank(row), top == data { row -= 1 }
        // A section's name directly below the header: one text alone in its row, or reaching over it.
        while row > start, isSection(row) { row -= 1 }
        guard row >= start else { return nil }
        // Numbers that name columns below a heading are the header's last row.
        if row > start, isNumberHeader(row, below: row - 1), let above = headerRows(above: row, from: start) {
            return above.lowerBound..<row + 1
        }
        while row > start, isUnscored(row), !grid.isBlank(row - 1) { row -= 1 }
        row = aboveTextScores(row, from: start, data: data)
        while row > start, isSection(row) { row -= 1 }
        let bottom = row + 1
        top = bottom
        while row >= start, bottom - row <= 5, !grid.isBlank(row), belongs(row, to: top..<bottom) {
            top = row
            row -= 1
        }
        // A last row with one text, as in a pivot table, needs the rows above it.
        if top < bottom, bottom - top == 1, grid.isLone(top), grid.rows[top].count(where: { !$0.isEmpty }) < 2, cells.width > 2 {
            return nil
        }
        return top < bottom ? top..<bottom : nil
    }

    /// Whether a row has nothing but words for missing scores, or fewer numbers, above the columns of numbers: the first entry may have
    /// none.
    private func isUnscored(_ row: Int) -> Bool {
        let below = row + 1..<min(grid.rows.count, row + 12)
        let kinds = (0..<cells.width).filter { column in below.contains { cells.isNumber($0, column) } }.map { cells.kind(row, $0) }
        guard kinds.allSatisfy({ [.missing, .empty, .number].contains($0) }) else { return false }
        // An entry without scores below a header with texts over the numbers.
        if kinds.allSatisfy({ $0 == .empty }), !kinds.isEmpty, row > 0, !grid.isBlank(row), !namesColumns(row, Array(0..<cells.width)) {
            return below.contains { cells.numberCounts[$0] > 0 }
                && (0..<cells.width).contains { column in
                    cells.kind(row - 1, column) == .text && below.contains { cells.isNumber($0, column) }
                }
        }
        return kinds.contains(.missing) || kinds.contains(.number) && kinds.contains(.empty) && !isNumberedHeader(row) && !hasYears(row)
    }

    /// The row of the header above names with scores that are no numbers, as 王, 90分, 77分; the row itself when it has none.
    private func aboveTextScores(_ row: Int, from start: Int, data: Int) -> Int {
        let below = data..<min(grid.rows.count, data + 12)
        let columns = (0..<cells.width).filter { column in below.contains { cells.isNumber($0, column) } }
        var header = row
        while header > start, !grid.isBlank(header), hasTextScores(header, columns) { header -= 1 }
        guard header < row else { return row }
        // What is above is a header only where it names the columns of all these scores, and another one.
        let scored = columns.filter { column in (header + 1...row).contains { isTextScore($0, column) } }
        let namesScores = scored.allSatisfy { cells.kind(header, $0) == .text && !isTextScore(header, $0) }
        let namesOther = (0..<cells.width).contains { !columns.contains($0) && cells.kind(header, $0) == .text }
        return namesScores && namesOther ? header : row
    }

    /// Whether a row has a name, and in the columns of numbers nothing but scores, some of which are no numbers.
    private func hasTextScores(_ row: Int, _ columns: [Int]) -> Bool {
        guard columns.contains(where: { isTextScore(row, $0) }),
            columns.allSatisfy({ isTextScore(row, $0) || cells.isNumber(row, $0) || [.empty, .missing].contains(cells.kind(row, $0)) }),
            let label = (0..<cells.width).first(where: { !columns.contains($0) && cells.kind(row, $0) == .text })
        else { return false }
        // Maxima below a header are called so; a name is not all words of headers.
        let words = cells.words(row, label)
        let isWord = words.isCovered && words.sequence.allSatisfy { $0.kind != .number && !$0.concepts.contains(.person) }
        return !words.has(.maximum) && !words.has(.weight) && (!isWord || words.has(.surname))
    }

    private func isTextScore(_ row: Int, _ column: Int) -> Bool {
        switch cells.kind(row, column) {
        case .unclearNumber: true
        case .text: [.digits, .grade(isMarked: true)].contains(ScoreLikeText(cells.text(row, column)))
        default: false
        }
    }

    /// Whether a row with one text is below a row of several, and names no column.
    private func isSection(_ row: Int) -> Bool {
        guard grid.isLone(row), !grid.isBlank(row - 1), !grid.isLone(row - 1), cells.numberCounts[row - 1] == 0 else { return false }
        if grid.rows[row].count(where: { !$0.isEmpty }) > 1 { return true }
        guard let column = grid.rows[row].firstIndex(where: { !$0.isEmpty }) else { return false }
        let above = cells.words(row - 1, column)
        return !(above.has(.judge) || above.has(.criterion)) || above.has(.entry)
    }

    /// Whether a row is a part of the header that begins below it.
    private func belongs(_ row: Int, to header: Range<Int>) -> Bool {
        if header.isEmpty {
            // Numbers above numbers are data, or name the columns one after the other.
            let clash = (0..<cells.width).contains { cells.isNumber(row, $0) && row + 1 < grid.rows.count && cells.isNumber(row + 1, $0) }
            return (!clash || isNumberedHeader(row) || hasYears(row)) && !isUnscored(row)
        }
        let columns = (0..<cells.width).filter { column in
            header.contains { !grid.cell($0, column).isEmpty } || !grid.cell(row, column).isEmpty
        }
        let own = columns.filter { !grid.cell(row, $0).isEmpty }
        guard !own.isEmpty, cells.numberCounts[row] == 0 else { return false }
        if grid.isLone(row) {
            // A title reaches over the whole table or is in its first cell; a heading of columns has the entries' column free.
            guard let first = own.first,
                let firstBelow = columns.first(where: { column in header.contains { !grid.cell($0, column).isEmpty } })
            else { return false }
            return first > firstBelow && (own.count > 1 || columns.last.map { $0 > first } ?? false)
        }
        if own.count * 5 >= columns.count * 4 { return true }
        // Above the columns of names it says the same, or nothing.
        let firstNumber =
            columns.first { column in
                (header.upperBound..<min(grid.rows.count, header.upperBound + 20)).contains { cells.isNumber($0, column) }
            } ?? 0
        let clashes = own.filter { column in
            column < firstNumber && header.contains { !grid.cell($0, column).isEmpty && grid.cell($0, column) != grid.cell(row, column) }
        }
        if clashes.isEmpty { return true }
        // The names of levels, as in a pivot table: "judge" before Li, Wu.
        return clashes == [own.first].compactMap(\.self)
            && !cells.words(row, clashes[0]).concepts.isDisjoint(with: [.judge, .criterion, .entry])
            && own.count > columns.count / 2
    }

    /// Whether a row of numbers names columns: 1, 2, 3 … below a heading that reaches over them, and nothing new for the entry.
    private func isNumberHeader(_ row: Int, below header: Int) -> Bool {
        let numbers = (0..<cells.width).filter { cells.isNumber(row, $0) }
        let others = (0..<cells.width).filter { !grid.cell(row, $0).isEmpty && !cells.isNumber(row, $0) }
        guard numbers.count > 1,
            others.allSatisfy({
                grid.cell(row, $0) == grid.cell(header, $0) || cells.kind(row, $0) == .text && grid.cell(header, $0).isEmpty
            })
        else { return false }
        // Nothing new before the numbers but words of a header.
        let new = (0..<(numbers.first ?? 0)).filter { !grid.cell(row, $0).isEmpty && grid.cell(row, $0) != grid.cell(header, $0) }
        guard new.isEmpty || new.allSatisfy({ grid.cell(header, $0).isEmpty }) && namesColumns(row, new) else { return false }
        let values = numbers.compactMap { cells.number(row, $0)?.value }
        guard zip(values, values.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else { return false }
        return numbers.dropFirst().allSatisfy { column in
            let above = grid.cell(header, column)
            return above.isEmpty || above == grid.cell(header, column - 1)
        }
    }

    /// Whether the numbers of a row are years above other numbers: 2023, Judge 1, 2024.
    private func hasYears(_ row: Int) -> Bool {
        let numbers = (0..<cells.width).compactMap { cells.number(row, $0)?.value }
        let below = (0..<cells.width).filter { cells.isNumber(row, $0) }.compactMap { cells.number(row + 1, $0)?.value }
        let isYear: (Double) -> Bool = { (1990...2099).contains($0) && $0.rounded() == $0 }
        return cells.kind(row, 0) == .text && numbers.allSatisfy(isYear) && !below.contains(where: isYear)
    }

    /// Whether a row names its columns by numbers: Team, 1, 2, 3.
    private func isNumberedHeader(_ row: Int) -> Bool {
        let numbers = (0..<cells.width).filter { cells.isNumber(row, $0) }
        guard numbers.count > 1, let first = numbers.first, (0..<first).contains(where: { cells.kind(row, $0) == .text }) else {
            return false
        }
        let values = numbers.compactMap { cells.number(row, $0)?.value }
        let isRun = values.first == 1 && zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
        return isRun && namesColumns(row, Array(0..<first)) && row + 1 < grid.rows.count
    }

    /// Whether some cell has a word for the entry in the header of a table.
    private func namesColumns(_ row: Int, _ columns: [Int]) -> Bool {
        columns.contains { !cells.words(row, $0).concepts.isDisjoint(with: [.entry, .name, .title, .identifier]) }
    }
}
