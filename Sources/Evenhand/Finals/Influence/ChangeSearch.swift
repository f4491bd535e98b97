/// The smallest change of one of an entry's own scores that brings it across the cut, by recomputing the list.
///
/// Where a result depends on the entry's own scores alone, only that result is recomputed and compared with those of the others.
struct ChangeSearch: Sendable {
    private let list: OfficialList
    private let places: Int
    private let limits: ClosedRange<Double>
    private let rows: [[Int]]

    /// How far from the cut, in ranks, entries are searched for: further away no single score decides.
    static let reach = 3.0

    init(_ list: OfficialList, places: Int, range: ClosedRange<Double>?) {
        (self.list, self.places) = (list, places)
        let sheet = list.contest
        let (low, high) = (sheet.units.min() ?? 0, sheet.units.max() ?? 0)
        // Without a known range, as far beyond the scores as they reach.
        let known = range.map(sheet.direction.turned).map { $0.lowerBound * sheet.unitsPerPoint...$0.upperBound * sheet.unitsPerPoint }
        limits = known ?? low - (high - low)...high + (high - low)
        rows = list.contest.rowsOfEntries
    }

    func smallest(for entry: Int) -> SmallestChange? {
        let ranks = list.ranks
        guard (ranks[entry] - Double(places) - 0.5).magnitude < ChangeSearch.reach + 0.5 else { return nil }
        let isIn = ranks[entry] <= Double(places)
        guard let index = list.contest.entries.firstIndex(of: list.entries[entry]) else { return nil }
        let sheet = isLocal ? list.contest.selecting(performances: performances(of: index)) { _ in true } : list.contest
        let trial = Trial(list: list, sheet: sheet, entry: entry, places: places, isLocal: isLocal)
        var best: (row: Int, units: Double)?
        for row in isLocal ? Array(sheet.units.indices) : rows[index] where isRanked(row, in: sheet) {
            let most = best.map { ($0.units - sheet.units[$0.row]).magnitude } ?? .infinity
            if let units = crossing(row, trial, isIn: isIn, within: most) { best = (row, units) }
        }
        return best.map { row, units in
            SmallestChange(
                scored: entry, judge: sheet.judges[Int(sheet.judgeCodes[row])],
                points: sheet.direction.turned((units - sheet.units[row]) / sheet.unitsPerPoint))
        }
    }

    /// Whether a result is made of the entry's own scores alone.
    private var isLocal: Bool {
        switch list.recipe.basis {
        case .rule(let rule): !rule.needsWholeStage
        case .method(.mean), .method(.median), .method(.trimmed), .method(.winsorized), .method(.clipped), .method(.huber): true
        default: false
        }
    }

    private func performances(of entry: Int) -> [Int] {
        list.contest.performances.indices.filter { Int(list.contest.performances[$0].entry) == entry }
    }

    private func isRanked(_ row: Int, in sheet: ScoreSheet) -> Bool {
        list.heats.contains(sheet.heats[Int(sheet.performances[sheet.performance(ofRow: row)].heat)])
    }

    /// The score nearest to the one given that brings the entry across, when it is nearer than `most`.
    private func crossing(_ row: Int, _ trial: Trial, isIn: Bool, within most: Double) -> Double? {
        let (score, step) = (trial.sheet.units[row], trial.sheet.isExact ? 1 : 0.01)
        let end = isIn ? max(limits.lowerBound, score - most + step) : min(limits.upperBound, score + most - step)
        var steps = (near: 0.0, far: ((end - score).magnitude / step).rounded(.down))
        let sign = isIn ? -step : step
        func crosses(_ count: Double) -> Bool { trial.isIn(with: row, at: score + sign * count) == !isIn }
        guard isIn ? end < score : end > score, steps.far >= 1, crosses(steps.far) else { return nil }
        while steps.far - steps.near > 1 {
            let middle = ((steps.near + steps.far) / 2).rounded(.down)
            // Beyond 2⁵³ steps there is not always a number in between.
            guard steps.near < middle, middle < steps.far else { break }
            if crosses(middle) { steps.far = middle } else { steps.near = middle }
        }
        return score + sign * steps.far
    }
}

/// The list with one score changed.
private struct Trial: Sendable {
    let list: OfficialList
    /// The scores whose results are recomputed.
    let sheet: ScoreSheet
    let entry: Int
    let places: Int
    let isLocal: Bool

    /// Whether the entry is among the first places; `nil` when there is no list.
    func isIn(with row: Int, at units: Double) -> Bool? {
        guard let changed = try? list.remade(of: sheet.replacing(row: row, units: units)) else { return nil }
        guard isLocal else { return changed.ranks[entry] <= Double(places) }
        let (old, new) = (list.column.results, changed.column.results)
        let others = list.entries.indices.filter { $0 != entry }
        let above = others.count { other in
            if let fractions = old.fractions, let mine = new.fractions?.first { return mine < fractions[other] }
            return old.values[other] - new.values[0] >= max(old.tieGrid, .leastNonzeroMagnitude)
        }
        return above < places
    }
}
