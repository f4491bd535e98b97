/// A round of the contest and its parallel heats.
public struct Stage: Sendable, Equatable {
    /// The name in the stage column. Of stages that were inferred from who went on, that of the only heat, the beginning that the names of
    /// its heats share (初赛第1场, 初赛第2场), or the number; `nil` when there is but one.
    public let name: String?
    /// The indices of its heats in `ScoreSheet.heats`.
    public let heats: [Int]
    /// The number of entries that appeared in it.
    public let entryCount: Int
}

extension ScoreSheet {
    /// The stages in their order, first to last.
    ///
    /// With a stage column, a stage is later when all its entries come from the stage before, which has more. Without one, heats that share
    /// no entry are parallel; a heat is later when all its entries come from other heats with more entries, or when it shares entries with
    /// heats that must be earlier, since others of their entries did not go on.
    ///
    /// - Throws: `DesignError.stageOrderUnknown` when that leaves the order open.
    public func stages() throws(DesignError) -> [Stage] {
        let rounds = Rounds(of: self)
        if rounds.names.count == 1 { return [Stage(name: rounds.names[0], heats: Array(heats.indices), entryCount: entries.count)] }
        guard let levels = hasStageNames ? rounds.chain() : rounds.levels() ?? rounds.levelsOfLeavers() else {
            throw .stageOrderUnknown(rounds.names.enumerated().map { $1 ?? heats[$0].name ?? "" })
        }
        let members = (0...(levels.max() ?? 0)).map { level in levels.indices.filter { levels[$0] == level } }
        let names = hasStageNames ? members.map { rounds.names[$0[0]] } : StageNames.names(of: members.map { $0.map { heats[$0].name } })
        return zip(names, members).map { name, members in
            Stage(
                name: name, heats: members.flatMap { rounds.heats[$0] }, entryCount: Set(members.flatMap { rounds.entries[$0] }).count)
        }
    }

    var hasStageNames: Bool { heats.contains { $0.stage != nil } }
}

/// What is to be put in order: the stages that a column names, or else the heats.
private struct Rounds {
    var names: [String?]
    var heats: [[Int]]
    var entries: [Set<Int32>] = []

    init(of sheet: ScoreSheet) {
        let hasNames = sheet.heats.contains { $0.stage != nil }
        var roundOfHeat: [Int]
        if hasNames {
            let factor = Factor(sheet.heats.map { $0.stage ?? "" })
            names = factor.levels
            roundOfHeat = factor.codes.map { Int($0) }
        } else if sheet.hasRepeatedEntries {
            names = sheet.heats.map { _ in nil }
            roundOfHeat = Array(sheet.heats.indices)
        } else {
            // Heats that share no entry at all are one stage.
            names = [nil]
            roundOfHeat = sheet.heats.map { _ in 0 }
        }
        heats = names.map { _ in [] }
        for (heat, round) in roundOfHeat.enumerated() { heats[round].append(heat) }
        guard names.count > 1 else { return }
        entries = names.map { _ in [] }
        for performance in sheet.performances { entries[roundOfHeat[Int(performance.heat)]].insert(performance.entry) }
    }

    /// One after the other, each with entries of the one before only.
    func chain() -> [Int]? {
        let order = entries.indices.sorted { entries[$0].count > entries[$1].count }
        for (before, after) in zip(order, order.dropFirst()) {
            guard entries[after].count < entries[before].count, entries[after].isSubset(of: entries[before]) else { return nil }
        }
        var levels = [Int](repeating: 0, count: order.count)
        for (level, round) in order.enumerated() { levels[round] = level }
        return levels
    }

    /// Level 0 for heats without entries of larger heats; one above the larger heats that its entries come from for the others.
    func levels() -> [Int]? {
        var levels = [Int](repeating: 0, count: entries.count)
        let order = entries.indices.sorted { entries[$0].count > entries[$1].count }
        var roundsOfEntry: [Int32: [Int]] = [:]
        for round in order {
            let earlier = entries[round].map { roundsOfEntry[$0] ?? [] }
            let related = Set(earlier.flatMap(\.self))
            for entry in entries[round] { roundsOfEntry[entry, default: []].append(round) }
            guard !related.isEmpty else { continue }
            let areLarger = related.allSatisfy { entries[$0].count > entries[round].count }
            guard areLarger, earlier.allSatisfy({ !$0.isEmpty }) else { return nil }
            levels[round] = 1 + (related.map { levels[$0] }.max() ?? 0)
        }
        return levels
    }

    /// Stage by stage, where a final may have more entries than each of the heats before it.
    func levelsOfLeavers() -> [Int]? {
        var levels = [Int](repeating: 0, count: entries.count)
        var (rest, level) = (Array(entries.indices), 0)
        while !rest.isEmpty {
            guard let first = firstStage(of: rest) else { return nil }
            for round in first { levels[round] = level }
            rest.removeAll(where: first.contains)
            level += 1
        }
        return levels
    }

    /// Every entry starts in the first stage, whose heats share none: so a heat belongs to it if an entry of it can have started nowhere
    /// else, and a heat that shares an entry with such a heat does not.
    private func firstStage(of rounds: [Int]) -> Set<Int>? {
        var (open, first, started) = (rounds, Set<Int>(), Set<Int32>())
        while !open.isEmpty {
            let counts = open.reduce(into: [Int32: Int]()) { counts, round in
                for entry in entries[round] { counts[entry, default: 0] += 1 }
            }
            let decided = open.filter { round in entries[round].contains { counts[$0] == 1 } }
            for round in decided {
                guard entries[round].isDisjoint(with: started) else { return nil }
                started.formUnion(entries[round])
            }
            if decided.isEmpty { return nil }
            first.formUnion(decided)
            open.removeAll { first.contains($0) || !entries[$0].isDisjoint(with: started) }
        }
        return rounds.allSatisfy { entries[$0].isSubset(of: started) } ? first : nil
    }
}

extension ScoreSheet {
    /// Whether an entry appears in more than one heat.
    public var hasRepeatedEntries: Bool { performances.count > entries.count }
}
