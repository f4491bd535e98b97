extension ContestDesign {
    /// More scores than this would be gigabytes, and are a slip of the keyboard rather than a contest.
    static let mostScores = 20_000_000

    func validate() throws(ContestDesignError) {
        try model.validate()
        try validateSize()
        try validateStages()
        try validateNames()
        try validatePanels()
        try validateCriteria()
        for (shares, kind) in [(sectors, "sectors"), (cities, "cities")] where !shares.isEmpty {
            guard shares.allSatisfy({ (0...1e9).contains($0.share) }), shares.contains(where: { $0.share > 0 }) else {
                throw .uselessShares(of: kind)
            }
        }
        try validateBest()
    }

    /// Added up with care for numbers that no array could hold.
    private func validateSize() throws(ContestDesignError) {
        guard !heats.isEmpty else { throw .tooFew(of: "heats", found: 0, needed: 1) }
        var scores = 0
        for heat in heats {
            guard heat.entries > 0 else { throw .tooFew(of: "entries in a heat", found: heat.entries, needed: 1) }
            guard (0...heat.entries).contains(heat.advancing) else {
                throw heat.advancing < 0
                    ? .tooFew(of: "advancing entries", found: heat.advancing, needed: 0)
                    : .tooMany(of: "advancing entries", found: heat.advancing, limit: heat.entries)
            }
            let (product, overflow) = heat.entries.multipliedReportingOverflow(by: heat.panel.count * max(criteria.count, 1))
            guard !overflow, product <= Self.mostScores - scores else {
                throw .tooMany(of: "scores", found: overflow ? .max : product.addingSaturated(scores), limit: Self.mostScores)
            }
            scores += product
        }
    }

    private func validateStages() throws(ContestDesignError) {
        guard let final else { return }
        guard let stage else { throw .tooFew(of: "names of the first stage", found: 0, needed: 1) }
        try requireDistinct([stage, final.stage], "stage")
        guard heats.contains(where: { $0.advancing > 0 }) else { throw .tooFew(of: "finalists", found: 0, needed: 1) }
    }

    private func validateNames() throws(ContestDesignError) {
        try requireDistinct(judges.map(\.name), "judge")
        try requireDistinct(heats.filter { $0.members == nil }.compactMap(\.name), "heat")
        try requireDistinct(criteria.map(\.name), "criterion")
        try requireDistinct(sectors.map(\.name), "sector")
        try requireDistinct(cities.map(\.name), "city")
    }

    private func validatePanels() throws(ContestDesignError) {
        let known = Set(judges.map(\.name))
        for panel in heats.map(\.panel) + (final.map { [$0.panel] } ?? []) {
            guard !panel.isEmpty else { throw .tooFew(of: "judges on a panel", found: 0, needed: 1) }
            if let stranger = panel.first(where: { !known.contains($0) }) { throw .unknown("judge", name: stranger) }
            try requireDistinct(panel, "judge on one panel")
        }
    }

    private func validateCriteria() throws(ContestDesignError) {
        if let empty = criteria.first(where: { $0.maximum < 1 }) {
            throw .tooFew(of: "points of criterion \(empty.name)", found: empty.maximum, needed: 1)
        }
        let total = criteria.reduce(0) { $0.addingSaturated($1.maximum) }
        guard criteria.isEmpty || total == ScoreModel.highestScore else {
            throw .maximaAddUp(to: total, insteadOf: ScoreModel.highestScore)
        }
    }

    private func validateBest() throws(ContestDesignError) {
        let counts = sectors.allotment(of: entryCount)
        for sector in best {
            guard let index = sectors.firstIndex(where: { $0.name == sector }) else { throw .unknown("sector", name: sector) }
            let needed = best.count { $0 == sector }
            guard counts[index] >= needed else { throw .tooFew(of: "entries of sector \(sector)", found: counts[index], needed: needed) }
        }
    }

    private func requireDistinct(_ names: [String], _ kind: String) throws(ContestDesignError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted { throw .repeated(kind, name: name) }
    }
}

extension [ContestDesign.Share] {
    /// How many of `count` entries each group gets: the whole part of its share, and what is left to the largest remainders.
    func allotment(of count: Int) -> [Int] {
        let total = reduce(0) { $0 + $1.share }
        let exact = map { $0.share / total * Double(count) }
        var counts = exact.map { Int($0) }
        let byRemainder = indices.sorted { (exact[$0] - Double(counts[$0]), $1) > (exact[$1] - Double(counts[$1]), $0) }
        for index in byRemainder.prefix(count - counts.reduce(0, +)) { counts[index] += 1 }
        return counts
    }
}

extension Int {
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

/// Why no contest can be made to a design.
public enum ContestDesignError: Error, Sendable, Equatable {
    /// A number of the score model outside the range that makes sense; named as in the design file.
    case outOfRange(String, value: Double, ClosedRange<Double>)
    /// Fewer of something than needed, such as judges for a panel.
    case tooFew(of: String, found: Int, needed: Int)
    /// More of something than can be placed or kept in memory.
    case tooMany(of: String, found: Int, limit: Int)
    /// Two judges, heats or criteria of one name, or one judge twice on a panel.
    case repeated(String, name: String)
    /// A panel names a judge, or the best entries a sector, that the design does not list.
    case unknown(String, name: String)
    /// A share that is negative or beyond reason, or shares that add up to nothing.
    case uselessShares(of: String)
    /// The criteria's maxima do not add up to the whole score.
    case maximaAddUp(to: Int, insteadOf: Int)
}
