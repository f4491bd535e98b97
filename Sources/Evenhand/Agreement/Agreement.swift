/// Whether the judges agree, how reliable their list is, and how many of them are enough.
///
/// What is agreed on is a performance: an entry that starts in several heats counts once for each. A part that the scores do not allow is
/// `nil`.
public struct Agreement: Sendable {
    /// What the statistics are about: every performance an entry of its own.
    public let sheet: ScoreSheet
    /// Variances of entries, judges and noise; `nil` with the reason in `obstacle`.
    public let generalizability: Generalizability?
    /// Why there are no variances.
    public let obstacle: FitObstacle?
    /// The intraclass correlations of the design, with intervals that hold as well when judges are unlike.
    public let correlations: IntraclassCorrelations?
    /// The same with the intervals that the field reports, by F distributions (McGraw and Wong), which take judges to be alike; of
    /// incomplete tables by draws of mean squares, where these replace a jackknife.
    public let classical: IntraclassCorrelations?
    /// Krippendorff's α by each metric that suits the scale: nominal for coarse scales, ratio for scores that are not negative.
    public let alphas: [KrippendorffAlpha]
    /// Kendall's W.
    public let concordance: KendallConcordance
    /// Spearman's correlations of pairs of judges.
    public let rankCorrelations: JudgeCorrelations
    /// Cronbach's α of a complete table.
    public let cronbach: CronbachAlpha?
    /// Equal and neighbouring scores on a coarse scale.
    public let matches: ScoreMatches?
    /// Agreement beyond chance on a coarse scale.
    public let categories: CategoryAgreement?
    /// The shares of equal and of neighbouring scores that the variances lead to; `nil` without them, or on a fine scale.
    public let expectedMatches: ExpectedMatches?
    /// What other numbers of judges would give.
    public let decisions: DecisionStudy?

    /// The agreement on a sheet of totals.
    ///
    /// - Parameters:
    ///   - sheet: one score for each judge of a performance, as `Totals` makes them.
    ///   - fit: the model of the same sheet by restricted likelihood, where it is at hand.
    ///   - level: of all intervals.
    ///   - draws: for intervals of incomplete designs.
    public init(of sheet: ScoreSheet, fit: CrossedEffects? = nil, level: Double = 0.95, draws: Generalizability.Draws = .init()) {
        let unit = sheet.hasRepeatedEntries ? sheet.byPerformance() : sheet
        self.sheet = unit
        let usable = fit.flatMap { $0.sheet == unit && $0.estimation == .reml && $0.heatVariance == nil && $0.groups.count == 1 ? $0 : nil }
        let ((made, jackknife), (concordance, rankCorrelations)) = Parallel.both(
            {
                let made = FitObstacle.result { try Generalizability(of: unit, fit: usable) }
                return (made, made.fit.flatMap { JackknifedVariances(of: unit, $0) })
            },
            { (KendallConcordance(of: unit, level: level), JudgeCorrelations(of: unit, kind: .ranks, level: level)) })
        let study = made.fit
        (generalizability, obstacle) = (study, made.obstacle)
        (self.concordance, self.rankCorrelations) = (concordance, rankCorrelations)
        (correlations, classical) = Agreement.correlations(of: study, jackknife, level: level, draws)
        cronbach = correlations.flatMap { CronbachAlpha(of: unit, $0) }
        decisions = study.map { DecisionStudy(of: $0, level: level, draws: draws, jackknife: jackknife) }
        matches = ScoreMatches(of: unit)
        categories = CategoryAgreement(of: unit, level: level)
        expectedMatches = matches.flatMap { matches in study.map { ExpectedMatches(of: $0, step: matches.step) } }
        let scores = PairableScores(of: unit)
        let isCoarse = matches != nil
        alphas = KrippendorffAlpha.Metric.allCases.filter { $0 != .nominal || isCoarse }.filter { $0 != .ratio || scores.isRatioScale }
            .map { KrippendorffAlpha(of: scores, in: unit, metric: $0, level: level) }
    }

    /// The correlations with intervals that leave judges and entries out, and with the usual ones. Draws take longer than all the rest:
    /// they are made where they have to replace a jackknife.
    private static func correlations(
        of study: Generalizability?, _ jackknife: JackknifedVariances?, level: Double, _ draws: Generalizability.Draws
    ) -> (shown: IntraclassCorrelations?, classical: IntraclassCorrelations?) {
        guard let study else { return (nil, nil) }
        let usual = IntraclassCorrelations(of: study, level: level, possible: nil)
        let found = usual.jackknifed(jackknife, level: level)
        guard study.design == .incomplete else { return (found, usual) }
        guard found.intervals != .jackknife else { return (found, nil) }
        let drawn = IntraclassCorrelations(of: study, level: level, draws: draws)
        return (drawn, drawn)
    }
}
