extension ScoreSheet {
    /// The performance that the score at an index belongs to.
    public func performance(ofRow row: Int) -> Int {
        var (low, high) = (0, performances.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if performances[middle].rows.lowerBound <= row { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The sheet with more attributes of its entries; a new attribute replaces one of the same name.
    public func adding(entryAttributes added: [Attribute]) -> ScoreSheet {
        replacing(entryAttributes: ScoreSheet.merged(entryAttributes, added))
    }

    /// The sheet with more attributes of its judges; a new attribute replaces one of the same name.
    public func adding(judgeAttributes added: [Attribute]) -> ScoreSheet {
        replacing(judgeAttributes: ScoreSheet.merged(judgeAttributes, added))
    }

    /// The sheet with more attributes of its scores; a new attribute replaces one of the same name.
    public func adding(scoreAttributes added: [Attribute]) -> ScoreSheet {
        replacing(scoreAttributes: ScoreSheet.merged(scoreAttributes, added))
    }

    private static func merged(_ known: [Attribute], _ added: [Attribute]) -> [Attribute] {
        let names = Set(added.map(\.name))
        return (known.filter { !names.contains($0.name) } + added).sorted { Factor.precedes($0.name, $1.name) }
    }

    private func replacing(
        entryAttributes: [Attribute]? = nil, judgeAttributes: [Attribute]? = nil, scoreAttributes: [Attribute]? = nil
    ) -> ScoreSheet {
        ScoreSheet(
            entries: entries, judges: judges, criteria: criteria, heats: heats, performances: performances, judgeCodes: judgeCodes,
            criterionCodes: criterionCodes, items: items, repetitions: repetitions, units: units, unitsPerPoint: unitsPerPoint,
            isExact: isExact, direction: direction,
            entryAttributes: entryAttributes ?? self.entryAttributes, judgeAttributes: judgeAttributes ?? self.judgeAttributes,
            scoreAttributes: scoreAttributes ?? self.scoreAttributes)
    }
}
