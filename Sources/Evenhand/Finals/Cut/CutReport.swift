/// Whether a cut is real: the official list, how certain the places on both sides are, and what could be done.
///
/// The list is the rule's, and stays. What is said about it is how certain the scores make it that an entry is *truly* among the best;
/// where they cannot separate entries, the rule decides, not the statistics.
public struct CutReport: Sendable {
    /// How far an entry is from the other side of the cut.
    public struct Gap: Sendable, Equatable {
        /// The entry on the other side: the best one out for an entry that is in, the last one in for an entry that is out. Where a tie
        /// crosses the cut, one of those that share the last place that is in.
        public let other: Int
        /// The difference of the two results: not negative for entries that are in, not positive for those that are out; 0 for entries of a
        /// tie across the cut.
        public let points: Double
        /// The standard error of that difference; `nil` where it is not known.
        public let error: Double?

        /// The gap in standard errors.
        public var inErrors: Double? { error.flatMap { $0 > 0 ? points / $0 : nil } }
    }

    /// Where the standard errors of gaps come from.
    public enum GapErrors: Sendable, Equatable {
        /// The variances of the crossed model: σ² (1/m + 1/m′), and severities where panels differ.
        case variances
        /// Leaving one judge out at a time (jackknife).
        case jackknife
    }

    /// How certain places are, by a model.
    public struct Certainty: Sendable {
        /// The model behind the probabilities.
        public let model: MeritModel
        /// The ranks of the draws.
        public let ranks: RankUncertainty
        /// How many judges of each it would take to tell the two entries next to the cut apart; `nil` when the model sees no difference
        /// between them.
        public let judgesNeeded: Int?
    }

    /// The list.
    public let list: OfficialList
    /// How many places there are.
    public let places: Int
    /// What probabilities are about.
    public let subject: DrawSubject
    /// What the model says; `nil` with the reason in `obstacle`. Everything else works without one.
    public let certainty: Certainty?
    /// Why there is no model.
    public let obstacle: FitObstacle?
    /// The gap of each entry; `nil` when no entry is on the other side.
    public let gaps: [Gap?]
    /// Where their errors come from.
    public let gapErrors: GapErrors

    /// Reports on the cut after `places` of a list.
    ///
    /// - Parameters:
    ///   - list: the official list.
    ///   - model: fitted to the same scores, or why there is none.
    ///   - influence: the lists without one judge, for the errors of gaps that variances do not give.
    ///   - places: how many are in.
    ///   - draws: how many draws the probabilities are shares of.
    ///   - seed: of the draws.
    ///   - subject: what the probabilities are about.
    ///   - progress: called with the number of further draws that are ranked.
    public init(
        of list: OfficialList, model: Result<MeritModel, FitObstacle>, influence: Influence? = nil, places: Int, draws: Int, seed: UInt64,
        about subject: DrawSubject = .merit, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        (self.list, self.places, self.subject) = (list, places, subject)
        let errors = GapError(list, model: model.fit, influence: influence)
        gapErrors = errors.source
        let isIn = list.isIn(places: places)
        let border = list.border(places: places)
        let results = list.column.results.values
        gaps = results.indices.map { entry in
            guard let border else { return nil }
            let other = isIn[entry] && entry != border.first ? border.first : border.last
            return Gap(other: other, points: results[entry] - results[other], error: errors.error(entry, other))
        }
        let certainty = model.flatMap { model in
            FitObstacle.result {
                Certainty(
                    model: model,
                    ranks: try RankUncertainty(of: model.draws(draws, of: subject, seed: seed), places: places, progress: progress),
                    judgesNeeded: border.flatMap { CutReport.judgesNeeded(model, $0.last, $0.first) })
            }
        }
        (self.certainty, obstacle) = (certainty.fit, certainty.obstacle)
    }

    /// The smallest panel with which a difference as large as the model's estimate would be detected with 90 % certainty: Φ(d / √((f² +
    /// f′²) σ²/n)) ≥ 0.9, with the factors of a rule, 1 without.
    private static func judgesNeeded(_ model: MeritModel, _ a: Int, _ b: Int) -> Int? {
        // With items too, more judges alone may not do it.
        guard let term = model.terms.last, model.terms.count == 1, term.facets == nil else { return nil }
        let difference = (model.merits[a] - model.merits[b]).magnitude
        guard difference > 0 else { return nil }
        let quantile = NormalDistribution.standard.quantile(RankUncertainty.Band.certain)
        let squares = term.factors[a] * term.factors[a] + term.factors[b] * term.factors[b]
        let needed = squares * term.fit.residualVariance * quantile * quantile / (difference * difference)
        return Int(exactly: min(needed, 1e9).rounded(.up))
    }

    /// How many judges the two entries next to the cut have had, the smaller number; `nil` when no entry is out.
    public var judgesAtBorder: Int? {
        let sheet = list.totals.sheet
        func judges(_ entry: Int) -> Int {
            Set(sheet.performances.lazy.filter { $0.entry == Int32(entry) }.flatMap { sheet.judgeCodes[$0.rows] }).count
        }
        return list.border(places: places).map { min(judges($0.last), judges($0.first)) }
    }

    /// The entries that are in, and truly among the best with at least 90 % certainty.
    public var secure: [Int] {
        guard let bands = certainty?.ranks.bands else { return [] }
        let isIn = list.isIn(places: places)
        return isIn.indices.filter { isIn[$0] && bands[$0] == .inside }
    }

    /// The entries for which the scores do not show on which side of the cut they truly belong, in the order of the list.
    public var open: [Int] {
        guard let bands = certainty?.ranks.bands else { return [] }
        return list.column.ranks.order.map { Int($0) }.filter { bands[$0] == .open }
    }

    /// The entries that with at least 90 % certainty truly belong on the other side of the cut than the list has them, in the order of the
    /// list.
    package var misplaced: [Int] {
        guard let bands = certainty?.ranks.bands else { return [] }
        let isIn = list.isIn(places: places)
        return list.column.ranks.order.map { Int($0) }.filter { isIn[$0] ? bands[$0] == .outside : bands[$0] == .inside }
    }

    /// The first and the last rank of the list that an open entry has.
    public var openRanks: ClosedRange<Int>? {
        let ranks = open.map { Int(list.ranks[$0]) }
        return ranks.min().flatMap { low in ranks.max().map { low...$0 } }
    }

    /// The entries near the cut: the open ones and the two on each side of it, at most `most`, in the order of the list.
    public func nearCut(most: Int = 12) -> [Int] {
        let order = list.column.ranks.order.map { Int($0) }
        let inside = list.isIn(places: places).count(where: \.self)
        let isOpen = Set(open)
        let near = order.indices.filter { isOpen.contains(order[$0]) || (inside - 2..<inside + 2).contains($0) }
        let closest = near.sorted { distance($0, inside) < distance($1, inside) }.prefix(most)
        return closest.sorted().map { order[$0] }
    }

    private func distance(_ position: Int, _ inside: Int) -> Double { (Double(position) + 0.5 - Double(inside)).magnitude }
}
