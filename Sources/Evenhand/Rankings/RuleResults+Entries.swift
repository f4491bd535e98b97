extension RuleResults {
    /// The stage that a heat of the sheet belongs to, an index of `stageNames`.
    public func stage(ofHeat heat: Int) -> Int { stageOfHeat[heat] }

    /// The stage of a part of the sheet; with stage weights it must be one alone.
    public func stage(of part: ScoreSheet) throws(DesignError) -> Int {
        let stages = part.heats.compactMap { heat in sheet.heats.firstIndex(of: heat).map { stageOfHeat[$0] } }
        let found = Set(stages).sorted()
        if !rule.stages.isEmpty, found.count > 1 { throw .severalStages(found.compactMap { stageNames[$0] }) }
        return found.first ?? 0
    }

    /// The earlier stages that count for the entries of a part of the sheet.
    public func earlierStages(for part: ScoreSheet) throws(DesignError) -> [Int] {
        let last = try stage(of: part)
        guard rule.stages.indices.contains(last) else { return [] }
        let counted = rule.stages[last].weights.filter { $0.weight.numerator != 0 }.map(\.stage)
        return rule.stages.indices.filter { $0 != last && counted.contains(rule.stages[$0].name) }
    }

    /// Those of some stages in which the entries of a part did not all meet the same judges.
    public func stagesOfDifferentPanels(_ stages: [Int], for part: ScoreSheet) -> [Int] {
        let names = Set(part.entries)
        return stages.filter { stage in
            var panels: Set<[Int32]> = []
            for performance in sheet.performances where stageOfHeat[Int(performance.heat)] == stage {
                guard names.contains(sheet.entries[Int(performance.entry)]) else { continue }
                // Judges are in the order of their codes.
                var panel: [Int32] = []
                for row in performance.rows where panel.last != sheet.judgeCodes[row] { panel.append(sheet.judgeCodes[row]) }
                panels.insert(panel)
            }
            return panels.count > 1
        }
    }

    /// The performance of each entry of a part of the sheet, with the indices of `sheet`; of several that are combined the first.
    public func performances(in part: ScoreSheet) throws(DesignError) -> [Int] {
        let isInPart = sheet.heats.map(part.heats.contains)
        let position = Dictionary(uniqueKeysWithValues: part.entries.enumerated().map { ($1, $0) })
        var found = [Int?](repeating: nil, count: part.entries.count)
        for (index, performance) in sheet.performances.enumerated() where isInPart[Int(performance.heat)] {
            guard let entry = position[sheet.entries[Int(performance.entry)]] else { continue }
            guard let first = found[entry] else {
                found[entry] = index
                continue
            }
            let heats = [first, index].map { Int(sheet.performances[$0].heat) }
            let stage = stageOfHeat[heats[0]]
            guard stageOfHeat[heats[1]] == stage, rule.combinesHeats(inStage: stage) else {
                throw .severalPerformances(entry: part.entries[entry], heats: heats.map { sheet.heats[$0].name ?? "" })
            }
        }
        return found.compactMap(\.self)
    }

    /// The results of the entries of a part of the sheet, such as the stage that is ranked: cumulative where the rule has stages.
    ///
    /// - Throws: `DesignError` when an entry has several performances in it, the part spans several stages of the rule, or it has an entry
    ///   that the rule was not applied to.
    public func results(for part: ScoreSheet) throws(DesignError) -> EntryResults {
        let mine = try performances(in: part)
        guard mine.count == part.entries.count else {
            let known = Set(mine.map { sheet.entries[Int(sheet.performances[$0].entry)] })
            throw .unknownEntry(part.entries.first { !known.contains($0) } ?? "", nearest: [])
        }
        let fractions: [Fraction]
        if cumulative.isEmpty {
            fractions = mine.map { performances[$0] }
        } else {
            let stage = try stage(of: part)
            fractions = mine.map { cumulative[stage][sheet.performances[$0].entry] ?? performances[$0] }
        }
        let few = Set(untrimmed)
        return EntryResults(
            exactly: fractions.map(part.direction.turned), direction: part.direction,
            untrimmed: mine.indices.filter { few.contains(mine[$0]) })
    }
}

extension EntryResults {
    /// Results that are known as fractions of which more is better.
    init(exactly fractions: [Fraction], direction: Direction, untrimmed: [Int] = []) {
        values = fractions.map(\.value)
        self.fractions = fractions
        self.direction = direction
        tieGrid = 0
        self.untrimmed = untrimmed
        normalization = nil
    }

    /// Results that were put together from those of several stages.
    init(combined values: [Double], direction: Direction, tieGrid: Double) {
        (self.values, self.direction, self.tieGrid) = (values, direction, tieGrid)
        (fractions, untrimmed, normalization) = (nil, [], nil)
    }
}
