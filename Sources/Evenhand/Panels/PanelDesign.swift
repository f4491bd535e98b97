/// Who scored whom: which entries can be compared without an assumption.
///
/// Judges and entries are the nodes of a graph, scores its edges; its connected parts are *subsets*. Within one subset judges' severities
/// can be separated from the quality of entries, across subsets they cannot.
public struct PanelDesign: Sendable, Equatable {
    /// The number of subsets.
    public let subsetCount: Int
    /// For each judge the index of its subset; subsets are numbered in the order of their first performance, heat by heat.
    public let subsetOfJudge: [Int32]
    /// Whether every entry has exactly one score from each judge.
    public let isComplete: Bool
    /// The fewest and the most scores that an entry has.
    public let scoresPerEntry: ClosedRange<Int>

    /// The design of a sheet of totals.
    public init(of sheet: ScoreSheet) {
        var subsets = Subsets(count: sheet.judges.count)
        var lastJudgeOfEntry = [Int32](repeating: -1, count: sheet.hasRepeatedEntries ? sheet.entries.count : 0)
        for performance in sheet.performances {
            let rows = performance.rows
            guard subsets.number > 1, let first = rows.first else { break }
            for row in rows { subsets.join(sheet.judgeCodes[first], sheet.judgeCodes[row]) }
            guard !lastJudgeOfEntry.isEmpty else { continue }
            let before = lastJudgeOfEntry[Int(performance.entry)]
            if before >= 0 { subsets.join(before, sheet.judgeCodes[first]) }
            lastJudgeOfEntry[Int(performance.entry)] = sheet.judgeCodes[first]
        }
        subsetOfJudge = subsets.numbered(by: sheet)
        subsetCount = subsets.number
        scoresPerEntry =
            sheet.performances.count == sheet.entries.count
            ? PanelDesign.range(of: sheet.performances.lazy.map { $0.rows.count }) : PanelDesign.range(of: sheet.scoreCounts)
        isComplete = !sheet.hasRepeatedEntries && (sheet.count == 0 || scoresPerEntry == sheet.judges.count...sheet.judges.count)
    }

    private static func range(of counts: some Sequence<Int>) -> ClosedRange<Int> { (counts.min() ?? 0)...(counts.max() ?? 0) }

    /// The subset of each heat, by its first judge.
    public func subsets(ofHeatsIn sheet: ScoreSheet) -> [Int32] {
        var subsets = [Int32](repeating: 0, count: sheet.heats.count)
        var last: Int32 = -1
        for performance in sheet.performances where performance.heat != last {
            last = performance.heat
            subsets[Int(performance.heat)] = subsetOfJudge[Int(sheet.judgeCodes[performance.rows.lowerBound])]
        }
        return subsets
    }
}

/// Disjoint sets of judges (Tarjan 1975), joined by the smaller number, with paths halved.
private struct Subsets {
    private var parent: [Int32]
    private(set) var number: Int

    init(count: Int) {
        parent = (0..<count).map { Int32($0) }
        number = count
    }

    private mutating func root(_ judge: Int32) -> Int32 {
        var judge = judge
        while parent[Int(judge)] != judge {
            parent[Int(judge)] = parent[Int(parent[Int(judge)])]
            judge = parent[Int(judge)]
        }
        return judge
    }

    mutating func join(_ a: Int32, _ b: Int32) {
        let (rootA, rootB) = (root(a), root(b))
        guard rootA != rootB else { return }
        parent[Int(max(rootA, rootB))] = min(rootA, rootB)
        number -= 1
    }

    mutating func numbered(by sheet: ScoreSheet) -> [Int32] {
        guard number > 1 else { return [Int32](repeating: 0, count: parent.count) }
        var numbers: [Int32: Int32] = [:]
        for performance in sheet.performances {
            let root = root(sheet.judgeCodes[performance.rows.lowerBound])
            if numbers[root] == nil { numbers[root] = Int32(numbers.count) }
            if numbers.count == number { break }
        }
        return parent.indices.map { numbers[root(Int32($0))] ?? 0 }
    }
}

extension ScoreSheet {
    /// The number of scores of each entry.
    public var scoreCounts: [Int] {
        var counts = [Int](repeating: 0, count: entries.count)
        for performance in performances { counts[Int(performance.entry)] += performance.rows.count }
        return counts
    }

    /// The heat of each entry, when each appears in one heat only and there are several.
    public var heatOfEntry: [Int32]? {
        guard heats.count > 1, !hasRepeatedEntries else { return nil }
        var heatOfEntry = [Int32](repeating: 0, count: entries.count)
        for performance in performances { heatOfEntry[Int(performance.entry)] = performance.heat }
        return heatOfEntry
    }
}

/// What makes entries and judges of panels without a common judge comparable: the scores cannot say.
public enum PanelAssumption: String, Sendable, CaseIterable {
    /// Panels are equally severe: means as they are.
    case equalPanels = "equal-panels"
    /// Heats are equally strong: severity taken out within each panel.
    case equalHeats = "equal-heats"
    /// Panels and heats are both drawn at random: the crossed model with heat effects.
    case bothRandom = "both-random"
}
