/// The answers about a close final, computed as far as they are wanted.
///
/// The official list, and what would change it, need no model; certainty does, and where no model can be fitted `cut.obstacle` says why.
public struct FinalsAnalysis: Sendable {
    /// The parts of the answer, each a table.
    public enum Part: String, Sendable, CaseIterable {
        /// Results, gaps, ranks and probabilities of every entry.
        case cut
        /// Who is better than whom near the cut.
        case pairs
        /// What leaving out a judge or a criterion would change.
        case influence
        /// The ranks by every method.
        case methods
        /// How far methods agree.
        case tau
        /// The list under each assumption about heats.
        case readings
        /// What each heat gained from its panel.
        case heats
        /// Scores to be looked at again.
        case review
        /// What intervals cover on this design, by simulation.
        case coverage
        /// Who has which chance by lot, and who was drawn.
        case lottery
    }

    /// What is asked.
    public struct Rules: Sendable, Equatable {
        /// How many places there are.
        public var places: Int
        /// Which model is behind the probabilities.
        public var model: MeritModel.Kind = .calibrated
        /// What the effects of heats are taken for; by default strength where panels share no judge, else none.
        public var heatMeans: CrossedEffects.HeatMeans?
        /// How many draws the probabilities are shares of.
        public var draws = 10_000
        /// The seed of the draws.
        public var seed: UInt64 = 1
        /// What the probabilities are about; several for a range over shares that are unknown, the first of them for the columns.
        public var subjects: [DrawSubject] = [.merit]
        /// The range of an entry's scores, in points, above which it is listed for re-adjudication.
        public var rangeLimit: Double?
        /// What scores can be, in points.
        public var scoreRange: ClosedRange<Double>?
        /// Whether `cut` goes without what other judges, other methods or one other score would change, which takes minutes for tens of
        /// thousands of entries.
        package var isBrief = false
        /// The rule by which places near the cut are drawn by lot; none when `nil`.
        public var lottery: Lottery.Rule?

        /// Columns of numbers that scores may depend on; merits are at their means.
        public var covariates: [String] = []

        /// The usual ones for a number of places.
        public init(places: Int) { self.places = places }
    }

    /// What was asked.
    public let rules: Rules
    /// What was computed.
    public let parts: Set<Part>
    /// The cut.
    public let cut: CutReport
    /// The cut by the other subjects of a range.
    public let others: [CutReport]
    /// The lists without one judge or criterion.
    public let influence: Influence?
    /// The smallest change of one score that takes each entry across the cut.
    public let changes: [SmallestChange?]?
    /// The ranks by every method.
    public let methods: MethodComparison?
    /// The list under each assumption about heats; `nil` of one heat.
    public let readings: HeatAssumptions?
    /// The interval of 90 % of the standard deviation of heats.
    public let heatDeviation: ClosedRange<Double>?
    /// What each heat gained; `nil` of one heat, and where heats are the runs of a rule.
    public let luck: HeatLuck?
    /// Scores to be looked at again.
    public let review: ScoreReview?
    /// What intervals cover; `nil` unless it was asked for and there is a model, not of several runs.
    public let coverage: CoverageCheck?
    /// The places drawn by lot; `nil` unless it was asked for and there is a model.
    public let lottery: Lottery?

    /// The ranks that hold the middle half, and the middle 90 %, of each entry's probability; `nil` without a model, or without `cut`.
    /// Kept, since tables and pictures show them several times.
    package let halfIntervals, wideIntervals: [ClosedRange<Int>]?

    /// The official list.
    public var list: OfficialList { cut.list }

    /// Analyses the cut of a list.
    ///
    /// - Parameters:
    ///   - list: the official list.
    ///   - rules: what is asked.
    ///   - parts: what is computed.
    ///   - progress: called with the number of further draws that are ranked, of `rules.draws` for each subject; where `coverage` is asked
    ///     for, with 1 after each simulated contest, of `CoverageCheck.usualContests`.
    /// - Throws: `DesignError.tooMany` entries, before any work; `FitError.noMatrixLibrary`, which is not a fault of the scores.
    public init(
        of list: OfficialList, rules: Rules, parts: Set<Part> = Set(Part.allCases), progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        try RankUncertainty.require(entries: list.entries.count, draws: rules.draws)
        func needs(_ some: Part...) -> Bool { !parts.isDisjoint(with: some) }
        let needsAll = needs(.cut) && !rules.isBrief
        let (needsMovers, needsChanges) = (needs(.influence) || needsAll, needsAll)
        let (model, movers) = Parallel.both(
            { MeritModel.result(of: list, by: rules.model, heatMeans: rules.heatMeans, covariates: rules.covariates) },
            {
                (
                    influence: needsMovers ? Influence(of: list, places: rules.places) : nil,
                    changes: needsChanges ? SmallestChange.all(of: list, places: rules.places, range: rules.scoreRange) : nil
                )
            })
        if case .failure(.fit(.noMatrixLibrary)) = model { throw FitError.noMatrixLibrary }
        let (fitted, needsMethods) = (model.fit, needs(.methods, .tau) || needsAll)
        let isAboutContests = needs(.coverage)
        let drawn: @Sendable (Int) -> Void = { if !isAboutContests { progress($0) } }
        let (reports, methods) = Parallel.both(
            {
                rules.subjects.map { subject in
                    CutReport(
                        of: list, model: model, influence: movers.influence, places: rules.places, draws: rules.draws, seed: rules.seed,
                        about: subject, progress: drawn)
                }
            },
            { needsMethods ? MethodComparison(of: list, model: fitted, places: rules.places) : nil })
        (self.rules, self.parts, self.methods, cut, others) = (rules, parts, methods, reports[0], Array(reports.dropFirst()))
        (influence, changes) = (movers.influence, movers.changes)
        let drawnRanks = needs(.cut) ? reports[0].certainty?.ranks : nil
        (halfIntervals, wideIntervals) = (drawnRanks?.intervals(level: 0.5), drawnRanks?.intervals(level: 0.9))
        readings = needs(.readings) ? HeatAssumptions(of: list.totals.sheet) : nil
        heatDeviation = try? readings?.fit?.heatDeviationInterval(level: 0.9)
        review = needs(.review) ? ScoreReview(of: list, model: fitted, rangeLimit: rules.rangeLimit) : nil
        // Runs have a model each, and none of them knows about the others' heats.
        let isOfHeats = needs(.heats) && list.totals.sheet.heats.count > 1 && fitted?.isOfRuns != true
        luck = isOfHeats ? fitted?.terms.last.map { HeatLuck(of: $0.fit, heatMeans: fitted?.heatMeans ?? .strength) } : nil
        let ranks = needs(.lottery) ? cut.certainty?.ranks : nil
        lottery = ranks.flatMap { ranks in rules.lottery.map { Lottery(of: ranks, by: $0, seed: rules.seed) } }
        coverage =
            needs(.coverage)
            ? fitted.flatMap { model in
                // Contests are made for one part, whose places are those of the list.
                model.isOfRuns
                    ? nil
                    : model.terms.last.map {
                        CoverageCheck(of: $0, heatMeans: model.heatMeans, places: rules.places, seed: rules.seed, progress: { progress(1) })
                    }
            } : nil
    }
}
