import Evenhand

/// Weights in a column, a row or headers, and whom they are for: those of criteria are used, those of judges have to be asked about.
extension LayoutFinder {
    /// One weight for each criterion, or for each judge, in rows; one for each entry is a fact about it, and equal ones change nothing.
    mutating func takeWeightColumns() throws(ScoreSheetError) {
        for index in columns.indices where isWeightColumn(index) && !columns[index].isConstant {
            let isOfEntries = column(of: .entry).map { relations.isConstant(index, within: $0) } ?? false
            if let criterion = column(of: .criterion) {
                if let found = amounts(in: index, for: criterion) {
                    try use(found, ofColumn: index, for: criterion)
                } else if !isOfEntries {
                    let name = columns[index].shown
                    throw ask(.unexplained(column: name), samples: samples(index), [.init(["--ignore", name], .leftOut(name))])
                }
            } else if let judge = column(of: .judge), !isOfEntries, !hasEntry || !columns[judge].isUnique,
                let found = amounts(in: index, for: judge), !found.isEmpty
            {
                throw askAboutJudges(in: judge, weightedBy: index)
            }
        }
    }

    private func isWeightColumn(_ index: Int) -> Bool {
        let column = columns[index]
        guard column.isNumeric, (uses[index] ?? .ignored) == .ignored, !column.header.hasUnit, Claim(column.words) == .weight else {
            return false
        }
        return !options.ignoredColumns.contains { column.answers(to: NameNormalization.normalized($0)) }
    }

    /// The number beside each name of another column; `nil` when a name has two.
    private func amounts(in index: Int, for key: Int) -> [String: Fraction]? {
        var found: [String: Fraction] = [:]
        for (position, row) in rows.enumerated() {
            let name = columns[key].texts[position]
            guard !name.isEmpty, let value = weight(row, index) else { continue }
            if let known = found.updateValue(value, forKey: name), known != value { return nil }
        }
        return found
    }

    private func weight(_ row: Int, _ index: Int) -> Fraction? {
        guard let millionths = cells.number(row, index)?.millionths, millionths > 0 else { return nil }
        return Fraction(millionths, over: CellNumber.one * (cells.kind(row, index) == .percentage ? 100 : 1))
    }

    private mutating func use(_ found: [String: Fraction], ofColumn index: Int, for key: Int) throws(ScoreSheetError) {
        let names = columns[key].texts
        guard names.allSatisfy({ $0.isEmpty || found[$0] != nil }) else {
            let name = columns[index].shown
            throw ask(.unexplained(column: name), samples: samples(index), [.init(["--ignore", name], .leftOut(name))])
        }
        // Weights in percent of 100.
        let isOfHundred = abs(found.values.reduce(0.0) { $0 + $1.value } - 100) < 1e-9
        weights = isOfHundred ? found.mapValues { Fraction($0.numerator, over: $0.denominator * 100) } : found
        // A mark above its share cannot be the share.
        let exceeds = names.indices.contains { position in
            let most = (weights[names[position]]?.value ?? 1) * 100 + 1e-9
            return scores.contains { !columns[$0].numbers.isEmpty && (columns[$0].numbers[position]?.value ?? 0) > most }
        }
        if exceeds || !weights.values.allSatisfy({ $0.value < 1 }) || options.weightsAreGiven { return }
        throw askAboutShares(of: Set(found.keys), in: [index])
    }

    // MARK: Judges

    /// Weights of columns of judges: no method uses them, and as parts of one score the columns are criteria.
    mutating func takeJudgeWeights() throws(ScoreSheetError) {
        let block = scores.filter { if case .score(let names)? = uses[$0] { names.judge != nil && names.criterion == nil } else { false } }
        let row = body.uses.filter { $0.value == .weights }.keys.min()
        let found = block.compactMap { index in
            (columns[index].header.weight ?? row.flatMap { weight($0, index) }).map { (index, $0) }
        }
        guard let first = found.first?.1, found.count < block.count || found.contains(where: { $0.1 != first }) else { return }
        for (index, value) in found {
            if case .score(let names)? = uses[index], let judge = names.judge { judgeWeights[judge] = value }
        }
        // The sheet's own total may show that they are not used.
        let totals = columns.indices.filter { if case .derived(let kind, nil)? = uses[$0] { kind != .rank } else { false } }
        if options.scoreColumns == .judge || totals.contains(where: { relations.isTotal($0, of: block) }) { return }
        let shown = block.map { columns[$0].shown }
        throw ask(
            .judgeWeights(judges: shown), samples: row.map { [sampleRow($0)] } ?? block.prefix(3).flatMap { samples($0).prefix(1) },
            [
                .init(wide(block, .criterion) + ["--file-is", "judge"], .weights), .init(wide(block, .judge), .judges(shown)),
            ])
    }

    private func askAboutJudges(in judge: Int, weightedBy index: Int) -> ScoreSheetError {
        let (name, header) = (columns[index].shown, columns[judge].header.text)
        // Judges are the parts of one score where nothing else is.
        let isPlain = scores.allSatisfy { if case .score(let names)? = uses[$0] { names.criterion == nil } else { false } }
        let parts = ["--column", "criterion=" + header] + (hasEntry ? [] : ["--columns", "entry"]) + ["--file-is", "judge"]
        return ask(
            .judgeWeights(judges: columns[judge].samples), samples: samples(index),
            (isPlain ? [.init(parts, .weights)] : []) + [.init(["--ignore", name], .leftOut(name))])
    }
}
