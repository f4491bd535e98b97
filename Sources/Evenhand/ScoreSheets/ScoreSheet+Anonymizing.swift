extension ScoreSheet {
    /// The sheet with entries named E01, E02, … in the order of their names, and without their attributes that name each on its own.
    ///
    /// - Parameter asked: attributes that stay although all their values differ.
    public func anonymizingEntries(keeping asked: Set<String> = []) -> ScoreSheet {
        replacing(entries: ScoreSheet.labels("E", entries.count), judges: judges, entryAttributes: shared(asked))
    }

    /// The sheet with judges named J01, J02, … in the order of their names, without their attributes and without attributes of entries that
    /// name each on its own.
    ///
    /// - Parameter asked: attributes of entries that stay although all their values differ.
    public func anonymizingJudges(keeping asked: Set<String> = []) -> ScoreSheet {
        replacing(entries: entries, judges: ScoreSheet.labels("J", judges.count), entryAttributes: shared(asked))
    }

    /// The attributes that some entries share, and those that are asked for.
    private func shared(_ asked: Set<String>) -> [Attribute] {
        entryAttributes.filter { asked.contains($0.name) || $0.isShared }
    }

    /// Labels of one length, so that their order is that of the numbers.
    package static func labels(_ letter: String, _ count: Int) -> [String] {
        let length = max(2, String(count).count)
        return (1...max(1, count)).prefix(count).map { number in
            let digits = String(number)
            return letter + String(repeating: "0", count: length - digits.count) + digits
        }
    }

    private func replacing(entries: [String], judges: [String], entryAttributes: [Attribute]) -> ScoreSheet {
        ScoreSheet(
            entries: entries, judges: judges, criteria: criteria, heats: heats, performances: performances, judgeCodes: judgeCodes,
            criterionCodes: criterionCodes, items: items, repetitions: repetitions, units: units, unitsPerPoint: unitsPerPoint,
            isExact: isExact, direction: direction,
            entryAttributes: entryAttributes, judgeAttributes: judges == self.judges ? judgeAttributes : [],
            scoreAttributes: scoreAttributes)
    }
}

extension Attribute {
    /// Whether entries share a value: one that names each on its own would give away who they are.
    var isShared: Bool { values.levels.count < max(2, values.codes.count { $0 != Factor.missing }) }
}
