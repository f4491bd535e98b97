import Evenhand

/// Finds the columns of a sheet that hold scores.
struct ScoreColumns {
    let grid: Grid
    let columns: [HeaderColumn]
    let firstRow: Int
    let options: ReadingOptions

    /// Decides the use of every column that has no role.
    ///
    /// - Returns: the maxima that headers state.
    func mark(_ uses: inout [SheetLayout.Use?], hasJudge: Bool, file: String) throws(ScoreSheetError) -> [String: Fraction] {
        let open = uses.indices.filter { uses[$0] == nil }
        let hasJudge = hasJudge || uses.contains(.role(.judge))
        let score = uses.firstIndex(of: .role(.score))
        var found: [Int] = []
        if let score, hasJudge, !options.isWide {
            uses[score] = .score(judge: nil, criterion: nil)
        } else {
            found = try scoreColumns(among: open, file: file)
            if let score { uses[score] = .derived(.result, judge: nil) }
            guard !found.isEmpty else {
                throw ScoreSheetError(.noScoreColumn(headers: columns.map(\.shown)), file: file, line: grid.lines[firstRow - 1])
            }
        }
        var maxima: [String: Fraction] = [:]
        let isWide = !found.isEmpty
        let namesCriteria = isWide && namesCriteria(found, hasJudge: hasJudge)
        for column in found { uses[column] = use(of: columns[column], namesCriteria: namesCriteria, &maxima) }
        for column in open where uses[column] == nil {
            let header = columns[column].header
            if isWide, let derivation = header.derivation {
                uses[column] = .derived(derivation, judge: columns[column].group?.name)
            } else {
                uses[column] = header.text.isEmpty || isWide && header.isIndex || isEmpty(column) ? .ignored : .attribute
            }
        }
        return maxima
    }

    /// The columns that the user named; else those that look like judges or state a maximum; else those that hold numbers.
    private func scoreColumns(among open: [Int], file: String) throws(ScoreSheetError) -> [Int] {
        if !options.wideColumns.isEmpty {
            let wanted = options.wideColumns.map { NameNormalization.normalized($0) }
            for name in wanted where !columns.contains(where: { $0.answers(to: name) }) {
                throw ScoreSheetError(
                    .noNamedScoreColumn(header: name, headers: columns.map(\.shown)), file: file, line: grid.lines[firstRow - 1])
            }
            return columns.indices.filter { column in wanted.contains { columns[column].answers(to: $0) } }
        }
        let candidates = open.filter { column in
            let header = columns[column].header
            return !header.text.isEmpty && header.derivation == nil && !header.isIndex
        }
        let grouped = candidates.filter { columns[$0].group != nil && holdsNumbers($0) }
        if !grouped.isEmpty { return grouped }
        let judges = candidates.filter { columns[$0].header.looksLikeJudge && (numbers(in: $0).count > 0 || isBlank($0)) }
        if judges.count > 1 { return judges }
        let limited = candidates.filter { columns[$0].header.maximum != nil }
        if !limited.isEmpty { return limited }
        return candidates.filter(holdsNumbers)
    }

    /// Whether more than half of what stands in a column are numbers.
    private func holdsNumbers(_ column: Int) -> Bool {
        let (count, others) = numbers(in: column)
        return count > others
    }

    /// How many cells of a column hold numbers, and how many something else; those of signatures and remarks do not count.
    private func numbers(in column: Int) -> (count: Int, others: Int) {
        var (count, others) = (0, 0)
        for row in firstRow..<max(firstRow, grid.rows.count) {
            let text = grid.cell(row, column)
            switch ScoreText(text, hasDecimalComma: true) {
            case .number, .thousands, .decimalComma: count += 1
            case .missing: break
            case .other: others += Header.beginsFooter(text) ? 0 : 1
            }
        }
        return (count, others)
    }

    private func isEmpty(_ column: Int) -> Bool {
        (firstRow..<max(firstRow, grid.rows.count)).allSatisfy { grid.cell($0, column).isEmpty }
    }

    /// Whether a column holds nothing but codes of missing scores.
    private func isBlank(_ column: Int) -> Bool {
        (firstRow..<max(firstRow, grid.rows.count)).allSatisfy { MissingKind(NameNormalization.normalized(grid.cell($0, column))) != nil }
    }

    /// Whether columns of one level stand for criteria: the user says so, the judge is known otherwise, or they state their maxima.
    private func namesCriteria(_ found: [Int], hasJudge: Bool) -> Bool {
        if let said = options.scoreColumns { return said == .criterion }
        let headers = found.map { columns[$0] }
        if headers.contains(where: { $0.group != nil }) {
            // Of two levels, the lower one names criteria, unless the upper one states maxima or the lower one looks like judges.
            let upperIsCriterion = headers.contains { $0.group?.maximum != nil } || headers.allSatisfy { $0.header.looksLikeJudge }
            return !upperIsCriterion
        }
        if options.file == .criterion || options.sheet == .criterion { return false }
        return hasJudge || headers.contains { $0.header.maximum != nil } && !headers.contains { $0.header.looksLikeJudge }
    }

    private func use(of column: HeaderColumn, namesCriteria: Bool, _ maxima: inout [String: Fraction]) -> SheetLayout.Use {
        let (criterion, judge) = namesCriteria ? (column.header, column.group) : (column.group, column.header)
        if let criterion, let maximum = criterion.maximum { maxima[criterion.name] = maximum }
        return .score(judge: judge?.name, criterion: criterion?.name)
    }
}

extension HeaderColumn {
    /// Whether the user means this column by a name.
    fileprivate func answers(to name: String) -> Bool { [shown, header.text, header.name].contains(name) }
}
