/// Which part of a contest an analysis is about.
public enum StageChoice: Sendable, Equatable {
    /// The last stage, which is usually the final.
    case last
    /// All stages together.
    case all
    /// The stage with this name.
    case named(String)
}

/// A part of a contest, and what was left out of it.
public struct Selection: Sendable {
    /// The scores of the part.
    public let sheet: ScoreSheet
    /// The name of the stage, when the part is one stage of several.
    public let stage: String?
    /// The number of heats of other stages that were left out without having been asked for.
    public let heatsLeftOut: Int

    /// The heats of a stage, or those that are named.
    ///
    /// - Throws: `DesignError` for names that do not occur, and when the order of stages cannot be determined.
    public init(of sheet: ScoreSheet, stage choice: StageChoice? = nil, heats names: [String] = []) throws(DesignError) {
        var candidates = Array(sheet.heats.indices)
        var (stage, heatsLeftOut) = (String?.none, 0)
        if case .named(let name) = choice {
            (candidates, stage) = try sheet.heats(ofStage: name)
        } else if choice == .last || (choice == nil && names.isEmpty) {
            let stages = try sheet.stages()
            candidates = stages.last?.heats ?? []
            stage = stages.last?.name
            if choice == nil { heatsLeftOut = sheet.heats.count - candidates.count }
        }
        if !names.isEmpty { candidates = try Selection.heats(named: names, among: candidates, of: sheet, stageIsGiven: choice != nil) }
        self.sheet = candidates.count == sheet.heats.count ? sheet : sheet.selecting(heats: candidates)
        self.stage = stage
        self.heatsLeftOut = heatsLeftOut
    }

    private static func heats(
        named names: [String], among candidates: [Int], of sheet: ScoreSheet, stageIsGiven: Bool
    ) throws(DesignError) -> [Int] {
        let known = candidates.map { sheet.heats[$0].name }
        var chosen: Set<Int> = []
        for name in names {
            let positions = CountedName.positions(of: name, among: known)
            chosen.formUnion(positions.map { candidates[$0] })
            if !positions.isEmpty { continue }
            // A name may hold a comma; otherwise it parts several.
            for part in name.split(whereSeparator: { ",，、".contains($0) }).map(String.init) {
                let positions = CountedName.positions(of: part, among: known)
                guard !positions.isEmpty else { throw .unknownHeat(part, known: CountedName.sorted(known.compactMap(\.self))) }
                chosen.formUnion(positions.map { candidates[$0] })
            }
        }
        let stages = stageIsGiven ? [] : sheet.stageNames(of: chosen)
        if stages.count > 1 { throw .severalStages(stages) }
        return candidates.filter(chosen.contains)
    }
}

extension ScoreSheet {
    /// The scores of some heats, with only the entries, judges and criteria that occur in them.
    public func selecting(heats chosen: [Int]) -> ScoreSheet {
        let chosenHeats = Set(chosen)
        return selecting(performances: performances.indices.filter { chosenHeats.contains(Int(performances[$0].heat)) }) { _ in true }
    }

    /// The scores at positions that `isIncluded`, of some performances.
    func selecting(performances chosen: [Int], where isIncluded: (Int) -> Bool) -> ScoreSheet {
        let rows = chosen.map { performances[$0].rows.filter(isIncluded) }
        let kept = chosen.indices.filter { !rows[$0].isEmpty }
        let allRows = kept.flatMap { rows[$0] }
        let (keptEntries, entryCode) = Factor.recoding(kept.map { performances[chosen[$0]].entry }, levelCount: entries.count)
        let (keptHeats, heatCode) = Factor.recoding(kept.map { performances[chosen[$0]].heat }, levelCount: heats.count)
        let judge = Factor(levels: judges, codes: judgeCodes).selecting(allRows)
        let keptJudges = Factor.recoding(allRows.map { judgeCodes[$0] }, levelCount: judges.count).kept
        let criterion = Factor(levels: criteria, codes: criterionCodes).selecting(criterionCodes.isEmpty ? [] : allRows)
        var (start, newPerformances) = (0, [Performance]())
        for index in kept {
            let old = performances[chosen[index]]
            let stop = start + rows[index].count
            newPerformances.append(old.moved(entry: entryCode[Int(old.entry)], heat: heatCode[Int(old.heat)], rows: start..<stop))
            start = stop
        }
        return ScoreSheet(
            entries: keptEntries.map { entries[$0] }, judges: judge.levels, criteria: criterion.levels, heats: keptHeats.map { heats[$0] },
            performances: newPerformances, judgeCodes: judge.codes, criterionCodes: criterion.codes,
            items: items.selectingIfPresent(allRows),
            repetitions: repetitions.selectingIfPresent(allRows), units: allRows.map { units[$0] }, unitsPerPoint: unitsPerPoint,
            isExact: isExact, direction: direction,
            entryAttributes: entryAttributes.map { $0.selecting(keptEntries) },
            judgeAttributes: judgeAttributes.map { $0.selecting(keptJudges) },
            scoreAttributes: scoreAttributes.map { $0.selecting(allRows) })
    }
}

extension ScoreSheet {
    /// The scores of each criterion as a sheet of its own, without criteria.
    public func byCriterion() -> [(criterion: String, sheet: ScoreSheet)] {
        criteria.indices.map { criterion in
            let part = selecting(performances: Array(performances.indices)) { criterionCodes[$0] == Int32(criterion) }
            let sheet = ScoreSheet(
                entries: part.entries, judges: part.judges, criteria: [], heats: part.heats, performances: part.performances,
                judgeCodes: part.judgeCodes, criterionCodes: [], items: part.items, repetitions: part.repetitions, units: part.units,
                unitsPerPoint: part.unitsPerPoint,
                isExact: part.isExact, direction: part.direction,
                entryAttributes: part.entryAttributes, judgeAttributes: part.judgeAttributes)
            return (criteria[criterion], sheet)
        }
    }
}
