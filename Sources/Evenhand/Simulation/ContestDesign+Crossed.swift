extension ContestDesign {
    /// How many entries a contest has by default.
    public static let usualEntryCount = 30
    /// How many judges a contest has by default.
    public static let usualJudgeCount = 7

    /// A contest of one stage: entries spread evenly over heats, and panels that overlap.
    ///
    /// Without heats every entry has a panel of its own, drawn so that the judges' numbers of scores differ by one at most; with
    /// `panelSize` equal to `judgeCount` that is the complete table. With heats the panels are windows on the circle of judges,
    /// spread evenly: the design is connected whenever `judgeCount` ≤ `heatCount` · (`panelSize` − 1) + 1.
    ///
    /// - Parameters:
    ///   - entryCount: how many entries, at least one for each heat.
    ///   - heatCount: how many heats, or nil for none.
    ///   - judgeCount: how many judges; all of them must find a seat.
    ///   - panelSize: how many judges score each entry; nil for all.
    ///   - criterionCount: how many parts a score has, as equal as whole points allow.
    ///   - model: how scores come about.
    public init(
        entryCount: Int = usualEntryCount, heatCount: Int? = nil, judgeCount: Int = usualJudgeCount, panelSize: Int? = nil,
        criterionCount: Int = 1, model: ScoreModel = ScoreModel()
    ) throws(ContestDesignError) {
        let panelSize = panelSize ?? judgeCount
        let sittings = heatCount ?? entryCount
        try Self.requireRoom(
            entryCount: entryCount, heatCount: heatCount, judgeCount: judgeCount, panelSize: panelSize, criterionCount: criterionCount)

        let cities = ["North", "East", "South", "West"]
        let judges = numberedNames("J", count: judgeCount, digits: 2).enumerated().map { index, name in
            Judge(name: name, field: nil, city: cities[index % cities.count])
        }
        let panels =
            heatCount == nil
            ? Self.balancedPanels(count: sittings, size: panelSize, of: judgeCount)
            : Self.overlappingPanels(count: sittings, size: panelSize, of: judgeCount)
        let heatNames = heatCount.map { numberedNames("H", count: $0, digits: 1) }
        let heats = panels.enumerated().map { index, panel in
            let entries = entryCount * (index + 1) / sittings - entryCount * index / sittings
            return Heat(name: heatNames?[index], entries: entries, panel: panel.map { judges[$0].name }, advancing: 0)
        }
        try self.init(
            model: model, criteria: Self.equalCriteria(criterionCount),
            sectors: ["A", "B", "C", "D"].map { Share(name: $0, share: 1) }, cities: cities.map { Share(name: $0, share: 1) },
            judges: judges, heats: heats)
    }

    private static func requireRoom(
        entryCount: Int, heatCount: Int?, judgeCount: Int, panelSize: Int, criterionCount: Int
    ) throws(ContestDesignError) {
        let counts = [
            ("entries", entryCount), ("heats", heatCount ?? 1), ("judges", judgeCount), ("judges on a panel", panelSize),
            ("criteria", criterionCount),
        ]
        for (what, count) in counts {
            guard count >= 1 else { throw .tooFew(of: what, found: count, needed: 1) }
            guard count <= mostScores else { throw .tooMany(of: what, found: count, limit: mostScores) }
        }
        guard criterionCount <= ScoreModel.highestScore else {
            throw .tooMany(of: "criteria", found: criterionCount, limit: ScoreModel.highestScore)
        }
        guard panelSize <= judgeCount else { throw .tooMany(of: "judges on a panel", found: panelSize, limit: judgeCount) }
        let heats = heatCount ?? entryCount
        guard heats <= entryCount else { throw .tooFew(of: "entries", found: entryCount, needed: heats) }
        guard judgeCount <= heats * panelSize else { throw .tooMany(of: "judges", found: judgeCount, limit: heats * panelSize) }
        let scores = entryCount.multipliedReportingOverflow(by: panelSize * criterionCount)
        guard !scores.overflow, scores.partialValue <= mostScores else {
            throw .tooMany(of: "scores", found: scores.overflow ? .max : scores.partialValue, limit: mostScores)
        }
    }

    private static func overlappingPanels(count: Int, size: Int, of judgeCount: Int) -> [[Int]] {
        (0..<count).map { heat in
            let first = heat * judgeCount / count
            return (first..<first + size).map { $0 % judgeCount }.sorted()
        }
    }

    /// Deals out the shuffled judges again and again; a judge who would sit twice on a panel swaps with the next who does not.
    private static func balancedPanels(count: Int, size: Int, of judgeCount: Int) -> [[Int]] {
        if size == judgeCount { return Array(repeating: Array(0..<judgeCount), count: count) }
        // The panels belong to the design, which the seed of the scores does not change.
        var stream = RandomStream(seed: 1)
        var deck: [Int] = []
        return (0..<count).map { _ in
            if deck.count < size {
                let waiting = Set(deck)
                let fresh = stream.shuffled(Array(0..<judgeCount))
                // The end of the deck goes first, so whoever waits comes before the fresh ones that are not waiting too.
                deck = fresh.filter(waiting.contains) + fresh.filter { !waiting.contains($0) } + deck
            }
            let panel = deck.suffix(size)
            deck.removeLast(size)
            return panel.sorted()
        }
    }

    private static func equalCriteria(_ count: Int) -> [Criterion] {
        guard count > 1 else { return [] }
        let points = ScoreModel.highestScore
        return numberedNames("C", count: count, digits: 1).enumerated().map { index, name in
            Criterion(name: name, maximum: points * (index + 1) / count - points * index / count)
        }
    }
}

/// `count` names of equal length, such as P001 … P152, with at least so many digits.
func numberedNames(_ prefix: String, count: Int, digits: Int) -> [String] {
    let digits = max(digits, String(count).utf8.count)
    return (1...max(count, 1)).map { number in
        let text = String(number)
        return prefix + String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
