import Evenhand

/// The columns of numbers: which are scores, which follow from them, and which are something else.
extension LayoutFinder {
    mutating func takeNumbers() throws(ScoreSheetError) {
        try takeDateAmongScores()
        if !options.wideColumns.isEmpty { return try takeWide(try wideColumns()) }
        let open = openNumbers
        try askAboutTexts(open)
        if let composite = CompositeHeaders(columns, among: open),
            !hasJudge || composite.names.values.contains(where: { Nature(Header($0.judge)) == .judge }),
            options.scoreColumns == nil || open.contains(where: { columns[$0].group != nil }) || options.scoreColumns == .judge
        {
            try takeComposite(composite, open)
            return
        }
        try takeSingle(open)
    }

    /// The columns that the user named; a name may have commas inside.
    private func wideColumns() throws(ScoreSheetError) -> [Int] {
        var (found, position) = ([Int](), 0)
        let pieces = options.wideColumns
        while position < pieces.count {
            var matches: [Int] = []
            var length = pieces.count - position
            while length > 0 {
                let name = NameNormalization.normalized(pieces[position..<position + length].joined(separator: ","))
                matches = columns.indices.filter { columns[$0].answers(to: name) || columns[$0].group?.text == name }
                if !matches.isEmpty { break }
                length -= 1
            }
            guard !matches.isEmpty else {
                throw ScoreSheetError(
                    .noNamedScoreColumn(header: NameNormalization.normalized(pieces[position]), headers: headers), file: file, line: line)
            }
            found += matches.filter { !found.contains($0) }
            position += length
        }
        return found
    }

    private mutating func takeWide(_ chosen: [Int]) throws(ScoreSheetError) {
        if let composite = CompositeHeaders(columns, among: chosen), composite.names.count == chosen.count,
            options.scoreColumns == nil || chosen.contains(where: { columns[$0].group != nil })
        {
            for (column, name) in composite.names {
                takeScore(
                    column, judge: name.judge, part: name.part, isSingle: Set(composite.names.values.map(\.part.name)).count == 1, .said)
            }
        } else {
            let role =
                options.scoreColumns
                ?? (hasJudge
                    ? column(of: .entry) == nil ? .entry : .criterion
                    : chosen.contains { columns[$0].header.maximum != nil || columns[$0].header.weight != nil } ? .criterion : .judge)
            takeBlock(chosen, as: role, .said)
        }
        for index in openNumbers { takeDerived(index, judge: nil, orElse: .ignored, .said) }
        try takeAmounts()
    }

    /// No column of scores, or none that is filled in: empty ones are known by their headers.
    private var noScores: ScoreSheetError {
        let empty = columns.filter { $0.isBlank && ($0.header.maximum != nil || $0.words.says(.score)) }.map(\.shown)
        return ScoreSheetError(empty.isEmpty ? .noScoreColumn(headers: headers) : .unfilled(columns: empty), file: file, line: line)
    }

    // MARK: One name in a header

    private mutating func takeSingle(_ open: [Int]) throws(ScoreSheetError) {
        var claims = Dictionary(uniqueKeysWithValues: open.map { ($0, claim(of: $0)) })
        // A word that all judges' columns share says what the numbers are: Judge 1 rank, Li total.
        let shared = sharedClaim(claims)
        for index in shared.columns { claims[index] = .some(nil) }
        if shared.claim == .rank { isLowerBetter = true }
        // Where judges are in rows the columns are entries, which can be called anything.
        if column(of: .entry) == nil, hasJudge || column(of: .criterion) != nil {
            for index in open where !columns[index].words.isCovered || columns[index].header.name.hasSuffix("]") {
                claims[index] = .some(nil)
            }
        }
        // Numbers of entries before their names: Paper 11, Moss on Stone.
        let unclaimed = open.filter { claims[$0] == .some(nil) }
        for index in unclaimed where isEntryNumber(index, unclaimed) { claims[index] = .identifier }
        var scores = open.filter { claims[$0] == .some(nil) }
        var names = shared.names
        // Names that are also words: a judge called Max, whose numbers are not maxima.
        for index in open {
            guard let claim = claims[index] ?? nil, claim.isDerived, open.count <= 500, isAlsoName(index), scores.count > 0 else {
                continue
            }
            if !follows(index, claim, scores) {
                claims[index] = .some(nil)
                scores.append(index)
            }
        }
        // A mark called Final or Total that the sheet's own total has in it.
        for index in open where scores.count > 1 && open.count <= 500 {
            guard let claim = claims[index] ?? nil, [.sum, .mean, .result].contains(claim), !follows(index, claim, scores) else { continue }
            let isPart = open.contains { total in
                total != index && (claims[total] ?? nil).map { [.sum, .mean, .result].contains($0) } ?? false
                    && (relations.holds(.sum, total, of: scores + [index]) || relations.holds(.mean, total, of: scores + [index]))
                    && !relations.isTotal(total, of: scores)
            }
            if isPart {
                claims[index] = .some(nil)
                scores.append(index)
            }
        }
        scores.sort()
        if scores.isEmpty { scores = promoted(claims) }
        try askAboutZeros(scores, claims)
        // Beside criteria a column called points or score is their total when the numbers say so.
        for index in scores
        where columns[index].words.says(.score) && !columns[index].words.has(.quality) && !columns[index].words.has(.judge)
            && scores.count > 2
        {
            let others = scores.filter { $0 != index }
            if relations.isTotal(index, of: others, isStrict: true) || isWeightedTotal(index, others) {
                set(index, .derived(.result, judge: nil), .relation)
                scores = others
            }
        }
        // Columns of entries have no order in which one could be the sum of others.
        if shared.claim == nil, column(of: .entry) != nil { removeWordlessTotals(&scores) }
        guard !scores.isEmpty else { throw noScores }
        if let unnamed = scores.first(where: { columns[$0].header.text.isEmpty }) {
            throw try unexplained(unnamed, beside: scores.filter { $0 != unnamed }, role: hasJudge ? .criterion : .judge)
        }
        try refuseTwins(scores)
        if shared.claim == nil { try askAboutOddNames(scores) }
        for index in scores where names[index] == nil { names[index] = columns[index].header.name }
        let role = try role(of: &scores, names, isShared: shared.claim != nil)
        takeBlock(scores, as: role, .words, names: names)
        for index in open where uses[index] == nil {
            if let claim = claims[index] ?? nil { take(index, claim) }
        }
        try askAboutHiddenNames(scores)
        try takeAmounts()
    }

    /// What the words of a header claim: together, or those of one of its rows; who states a maximum or a weight is a criterion.
    func claim(of index: Int) -> Claim? {
        let column = columns[index]
        if Nature.hasInitial(column.header.name) { return nil }
        let claim =
            Claim(column.words)
            ?? (column.path.count > 1 ? column.path.lazy.compactMap { Claim(HeaderWords($0)) }.first(where: \.isDerived) : nil)
        if column.header.maximum != nil || column.header.weight != nil, let claim, !claim.isDerived, claim != .deduction,
            claim != .tiebreak, claim != .confidence
        {
            return nil
        }
        if claim == nil, column.header.hasUnit { return .fact }
        if claim == nil, isWeakTotal(index) { return .result }
        return claim
    }

    /// A header that begins with a word for totals, before unknown words: when its numbers are one, it is.
    private func isWeakTotal(_ index: Int) -> Bool {
        let words = columns[index].words
        guard columns.count <= 500, let first = words.sequence.first?.concepts, !first.isDisjoint(with: [.total, .mean, .result]),
            !words.has(.quality)
        else {
            return false
        }
        let others = openNumbers.filter { $0 != index && Claim(columns[$0].words) == nil }
        return relations.isTotal(index, of: others) || isWeightedTotal(index, others)
    }

    /// Words in columns of numbers that no language of the table has for a missing score.
    private func askAboutTexts(_ open: [Int]) throws(ScoreSheetError) {
        var counts: [String: Int] = [:]
        for index in open where columns[index].counts.text > 0 && (Claim(columns[index].words) == nil || columns[index].group != nil) {
            for (position, row) in rows.enumerated() where cells.kind(row, index) == .text {
                let text = columns[index].texts[position]
                if text.contains(where: \.isNumber) { return }
                counts[text, default: 0] += 1
            }
        }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), counts.count <= 4 else { return }
        let open = counts.keys.sorted().filter { text in
            !options.missingCodes.contains { NameNormalization.normalized($0).lowercased() == text.lowercased() }
        }
        guard !open.isEmpty else { return }
        throw ask(
            .noNumber(text: most.key, count: most.value), samples: [],
            [.init(open.flatMap { ["--missing", $0] }, .notScored(open.joined(separator: ", ")))])
    }

    /// Whether a column has the word for entries, and whole numbers that belong to them.
    private func isEntryNumber(_ index: Int, _ scores: [Int]) -> Bool {
        let words = columns[index].words
        guard let entry = column(of: .entry), words.says(.entry), words.isCovered, !words.has(.quality) || words.has(.name),
            columns[index].isWhole
        else { return false }
        // Student behind Chair and Expert, with numbers like theirs, could be one more of them; behind Judge 1, Judge 2 it is none.
        let others = scores.filter { $0 != index && Nature(columns[$0].header) == .judge }
        if let first = others.first, first < index, family(others).count < 2, overlaps(index, others), !columns[index].isPermutation,
            !words.has(.identifier)
        {
            return false
        }
        return columns[index].isDistinctWhole || relations.isConstant(index, within: entry)
    }

    /// Two columns with one header and other numbers: which of them is meant, or who, cannot be determined.
    private func refuseTwins(_ scores: [Int]) throws(ScoreSheetError) {
        var seen: [String: Int] = [:]
        for index in scores {
            guard let first = seen.updateValue(index, forKey: columns[index].shown) else { continue }
            throw ScoreSheetError(.twoColumns(role: .score, headers: [columns[first].shown, columns[index].shown]), file: file, line: line)
        }
    }

    /// Columns of one claim whose other words name judges: 评委1名次, 评委2名次.
    private func sharedClaim(_ claims: [Int: Claim?]) -> (claim: Claim?, columns: [Int], names: [Int: String]) {
        for claim in [Claim.rank, .sum, .mean, .result] {
            let columns = claims.filter { $0.value == claim }.keys.sorted()
            guard columns.count > 1, columns.count > claims.values.count(where: { $0 == nil }) else { continue }
            var names: [Int: String] = [:]
            for index in columns {
                let words = self.columns[index].words
                let rest = words.sequence.filter { $0.concepts.isDisjoint(with: [.rank, .total, .mean, .result, .score]) }
                guard !rest.isEmpty,
                    rest.contains(where: {
                        $0.kind == .number || $0.concepts.contains(.judge) || $0.concepts.contains(.person) || $0.concepts.isEmpty
                    })
                else { continue }
                names[index] = self.columns[index].header.name
            }
            if names.count > 1 { return (claim, names.keys.sorted(), names) }
        }
        // Platz WR A, Platz WR B: places before unknown words.
        let family = family(claims.filter { $0.value == nil }.keys.sorted())
        if family.count > 1, !hasJudge, family.allSatisfy({ columns[$0].words.has(.rank) && !columns[$0].words.has(.quality) }) {
            return (.rank, family, Dictionary(uniqueKeysWithValues: family.map { ($0, columns[$0].header.name) }))
        }
        return (nil, [], [:])
    }

    /// Whether a header is one word that could be somebody's name.
    private func isAlsoName(_ index: Int) -> Bool {
        let words = columns[index].words
        return words.sequence.count == 1 && words.has(.person)
            || words.head.isDisjoint(with: [.total, .mean, .result, .rank, .subtotal, .median, .score, .spread, .highest, .lowest])
                && !words.isCovered
    }

    /// Whether a column follows from the scores as its header claims.
    func follows(_ index: Int, _ claim: Claim, _ scores: [Int]) -> Bool {
        switch claim {
        case .highest: relations.isExtreme(index, of: scores, highest: true)
        case .lowest: relations.isExtreme(index, of: scores, highest: false)
        case .rank: relations.ranks(index, by: relations.rowMeans(scores))
        default: relations.isTotal(index, of: scores) || isWeightedTotal(index, scores)
        }
    }

    /// When only totals and averages are there, the one that differs between the judges of an entry is the score.
    private func promoted(_ claims: [Int: Claim?]) -> [Int] {
        guard hasJudge, let entry = column(of: .entry) else { return [] }
        let candidates = claims.filter { $0.value?.isDerived ?? false }.keys.sorted()
        let varying = candidates.filter { !relations.isConstant($0, within: entry) && claims[$0] != .some(.rank) }
        return varying.count == 1 ? varying : candidates.count == 1 ? candidates : []
    }

    // MARK: Uses

    mutating func takeBlock(_ block: [Int], as role: ReadingOptions.Role?, _ reason: ColumnReason, names: [Int: String] = [:]) {
        let question = commonQuestion(block.map { names[$0] ?? columns[$0].header.name })
        for index in block {
            let header = columns[index].header
            let name = String((names[index] ?? header.name).dropFirst(role == .judge ? 0 : question))
            // What its own words do not say, the columns next to it do.
            let reason = reason == .words && Nature(header) == .unknown && !header.words.has(.score) ? ColumnReason.siblings : reason
            switch role {
            case .judge: set(index, .score(judge: name), reason)
            case .entry: set(index, .score(entry: entryName(name)), reason)
            case .criterion:
                set(index, .score(criterion: name), reason)
                if let maximum = header.maximum { maxima[name] = maximum }
                if let weight = header.weight { weights[name] = weight }
            default: set(index, .score(), reason)
            }
        }
        // A judge next to the others who has not scored yet is a judge all the same.
        guard role == .judge, reason == .words else { return }
        let empty = columns.indices.filter { columns[$0].isBlank && (uses[$0] ?? .ignored) == .ignored }
        let siblings = empty.isEmpty ? [] : family(block + empty)
        guard siblings.contains(where: block.contains) else { return }
        for index in empty where siblings.contains(index) { set(index, .score(judge: columns[index].header.name), .siblings) }
    }

    /// How many characters of a question all names begin with: Rate the project - Idea, Rate the project - Demo.
    private func commonQuestion(_ names: [String]) -> Int {
        guard names.count > 1, let first = names.first else { return 0 }
        for separator in [" - ", " – ", ": ", "："] {
            guard let end = first.ranges(of: separator).last?.upperBound else { continue }
            let question = first[..<end]
            if names.allSatisfy({ $0.hasPrefix(question) && $0.count > question.count }) { return question.count }
        }
        return 0
    }

    /// In brackets after a question: Rate each team [Silver Birch].
    private func entryName(_ name: String) -> String {
        guard name.hasSuffix("]"), let start = name.lastIndex(of: "[") else { return name }
        return NameNormalization.normalized(String(name[name.index(after: start)...].dropLast()))
    }

    mutating func take(_ index: Int, _ claim: Claim) {
        if claim.isDerived {
            takeDerived(index, judge: nil, orElse: .ignored, .words)
        } else if claim == .fact || claim == .identifier || claim == .contact || claim == .count {
            set(index, claim == .fact ? .attribute : .ignored, .words)
        } else if claim != .deduction, claim != .bonus {
            set(index, .ignored, .words)
        }
    }

    mutating func takeDerived(_ index: Int, judge: String?, orElse other: SheetLayout.Use, _ reason: ColumnReason) {
        if let derivation = Claim(columns[index].words)?.derivation, columns[index].isNumeric {
            set(index, .derived(derivation, judge: judge), .words)
        } else if ![Claim.deduction, .bonus].contains(Claim(columns[index].words)) || reason == .said {
            set(index, other, reason)
        }
    }
}
