/// What the list would be without one judge, without one criterion, or with one weight changed: the list is recomputed by the same rule
/// each time.
///
/// A judge who decides a place is not to blame: some judge's scores always tip the balance. Nor is the range over these lists an interval:
/// it covers what the entries are worth only about half the time.
public struct Influence: Sendable {
    /// What was changed.
    public enum Change: Sendable, Hashable {
        /// All scores of a judge left out, in all stages that count.
        case judge(String)
        /// All scores of a criterion left out.
        case criterion(String)
        /// The weight of a criterion multiplied by 1 + percent / 100; under a rule, which has its own way with criteria, that criterion's
        /// scores.
        case weight(criterion: String, percent: Int)
    }

    /// The list after a change.
    public struct Effect: Sendable, Equatable {
        /// What was changed.
        public let change: Change
        /// The entries that come in, as indices of the list.
        public let enters: [Int]
        /// Those that fall out.
        public let leaves: [Int]
        /// Who is first.
        public let winners: [Int]
        /// Whether that differs from the list.
        public let changesWinner: Bool
        /// The most ranks that an entry moves.
        public let largestMove: Int
        /// The new rank of each entry; `nil` for one that has no scores left.
        public let ranks: [Double?]
        /// The new results; more is better.
        public let results: [Double?]
    }

    /// In the order judges, criteria, weights, each by name.
    public let effects: [Effect]
    /// What leaves no list: the only score of an entry for which the rule needs one, or the model's last degrees of freedom.
    public let impossible: [Change]

    /// By how much weights are changed, in percent.
    public static let weightChange = 10

    /// Recomputes the list without each judge, and without each criterion or with other weights where the list is made of criteria.
    public init(of list: OfficialList, places: Int) {
        let changes = Influence.changes(of: list)
        let found = Parallel.map(changes.count, size: changes.count * list.contest.count) { index in
            (try? Influence.list(list, after: changes[index])).map { Effect(changes[index], before: list, after: $0, places: places) }
        }
        effects = found.compactMap(\.self)
        impossible = zip(changes, found).filter { $1 == nil }.map(\.0)
    }

    /// The judges without whom an entry would be on the other side of the cut.
    public func judgesThatFlip(_ entry: Int) -> [String] {
        effects.compactMap { effect in
            guard case .judge(let name) = effect.change, effect.enters.contains(entry) || effect.leaves.contains(entry) else { return nil }
            return name
        }
    }

    private static func changes(of list: OfficialList) -> [Change] {
        let sheet = list.contest
        let judges = sheet.judges.count > 1 ? sheet.judges.map { Change.judge($0) } : []
        guard sheet.criteria.count > 1 else { return judges }
        let criteria = sheet.criteria.map { Change.criterion($0) }
        let weights = sheet.criteria.flatMap { name in
            [weightChange, -weightChange].map { Change.weight(criterion: name, percent: $0) }
        }
        return judges + criteria + weights
    }

    private static func list(_ list: OfficialList, after change: Change) throws -> OfficialList {
        let sheet = list.contest
        switch change {
        case .judge(let name):
            guard let code = sheet.judges.firstIndex(of: name).map({ Int32($0) }) else { return list }
            return try list.remade(of: sheet.selecting(performances: Array(sheet.performances.indices)) { sheet.judgeCodes[$0] != code })
        case .criterion(let name):
            guard let code = sheet.criteria.firstIndex(of: name).map({ Int32($0) }) else { return list }
            var rule = list.recipe.criteria
            rule.weights[name] = nil
            rule.maxima[name] = nil
            let rest = sheet.selecting(performances: Array(sheet.performances.indices)) { sheet.criterionCodes[$0] != code }
            return try list.remade(of: rest, criteria: rule)
        case .weight(let name, let percent):
            guard case .method = list.recipe.basis else { return try list.remade(of: sheet.multiplying(name, percent: 100 + percent)) }
            var rule = list.recipe.criteria
            if rule.weights.isEmpty {
                rule.weights = Dictionary(uniqueKeysWithValues: sheet.criteria.map { ($0, Fraction(1)) })
                rule.maxima = [:]
            }
            rule.weights[name] = try rule.weights[name].map { try $0 * Fraction(Int128(100 + percent), over: 100) }
            return try list.remade(of: sheet, criteria: rule)
        }
    }
}

extension ScoreSheet {
    /// The same sheet with the scores of one criterion at that many percent.
    ///
    /// - Throws: `FitError.overflow` when they do not fit two more decimals.
    fileprivate func multiplying(_ criterion: String, percent: Int) throws(FitError) -> ScoreSheet {
        let code = criteria.firstIndex(of: criterion).map { Int32($0) }
        let hundredths = units.indices.map { units[$0] * (criterionCodes[$0] == code ? Double(percent) : 100) }
        guard isExact else { return replacing(units: hundredths.map { $0 / 100 }) }
        guard hundredths.allSatisfy({ $0.magnitude < 0x1p53 }) else { throw .overflow(of: "digits in a weighted score") }
        return replacing(units: hundredths, unitsPerPoint: 100 * unitsPerPoint)
    }
}

extension Influence.Effect {
    fileprivate init(_ change: Influence.Change, before: OfficialList, after: OfficialList, places: Int) {
        let position = Dictionary(uniqueKeysWithValues: after.entries.enumerated().map { ($1, $0) })
        let now = before.entries.map { position[$0] }
        let (old, new) = (before.isIn(places: places), after.isIn(places: places))
        let isIn = now.map { $0.map { new[$0] } ?? false }
        self.change = change
        enters = old.indices.filter { !old[$0] && isIn[$0] }
        leaves = old.indices.filter { old[$0] && !isIn[$0] }
        let ranks = now.map { $0.map { after.ranks[$0] } }
        let winners = ranks.indices.filter { ranks[$0] == 1 }
        (self.ranks, self.winners) = (ranks, winners)
        results = now.map { $0.map { after.column.results.values[$0] } }
        changesWinner = winners != before.ranks.indices.filter { before.ranks[$0] == 1 }
        largestMove = zip(before.ranks, ranks).reduce(0) { most, pair in
            max(most, pair.1.map { Int(($0 - pair.0).magnitude) } ?? 0)
        }
    }
}
