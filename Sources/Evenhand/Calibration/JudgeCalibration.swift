/// Who is severe, erratic, flat or partial: everything that one stage says about its judges.
public struct JudgeCalibration: Sendable {
    /// A part of the answer, for those who need only that.
    public enum Part: Sendable, CaseIterable {
        /// Severity, fit, consistency and flags of each judge.
        case judges
        /// Scale and noise of each judge, by the calibrated model, which takes seconds for tens of thousands of scores.
        case scales
        /// Scores far from what the other scores predict.
        case outlying
        /// Home bias, interaction with criteria, halo and order.
        case biases
        /// Separation of entries and judges.
        case reliability
        /// Judges two by two.
        case pairs
    }

    /// The totals, as `Totals` makes them: what all answers are about.
    public let sheet: ScoreSheet
    /// Which judges can be compared.
    public let panels: PanelDesign
    /// Entries and judges by least squares.
    public let additive: Additive?
    /// Entries and judges as random effects; `nil` with the reason in `obstacle`.
    public let crossed: CrossedEffects?
    /// Why there is no crossed model.
    public let obstacle: FitObstacle?
    /// Scale and noise of each judge; `nil` with the reason in `scaleObstacle`.
    public let calibrated: Calibrated?
    /// Why scales and noises cannot be estimated.
    public let scaleObstacle: FitObstacle?

    /// Points below the other judges on the same entries.
    public let severity: Severity?
    /// Infit and outfit.
    public let fit: JudgeFit?
    /// Noise, and how closely each judge follows the entries, compared with the other judges.
    public let comparison: JudgeComparison?
    /// Correlation with the rest of the panel.
    public let consistency: Consistency?
    /// The judges who gave every entry the same score, of those with at least `ScoreSheet.leastConstant` scores.
    public let flatJudges: [Int]
    /// Judges with equal scores beyond chance.
    public let copies: JudgeCopies?
    /// Scores far from what the other scores predict.
    public let outlying: OutlyingScores?
    /// Entries that a judge favours or marks down over several scores; `nil` where no judge scored an entry twice.
    public let favourites: Favourites?
    /// The effect of sharing an attribute, for each attribute that judges and entries share.
    public let homeBiases: [HomeBias]
    /// The effect of the order of appearance; `nil` when it is not known.
    public let order: OrderEffect?
    /// Severity that depends on the criterion.
    public let criteria: CriterionInteraction?
    /// One impression for all criteria.
    public let halo: Halo?
    /// The separation of entries and of judges.
    public let entrySeparation, judgeSeparation: SeparationReliability?
    /// Judges two by two.
    public let pairs: JudgePairs?

    /// What is known about the judges of a part of a contest.
    ///
    /// - Parameters:
    ///   - totals: the judges' totals; every entry a performance, or with several performances of one entry taken together.
    ///   - assumption: what makes judges of panels without a common judge comparable.
    ///   - estimation: what the variances of the crossed model maximise.
    ///   - parts: what is wanted; all by default.
    /// - Throws: `FitError.tooLarge` for more judges than memory has room for; `FitError.notPositiveDefinite`, never seen.
    public init(
        of totals: Totals, assuming assumption: PanelAssumption? = nil, by estimation: CrossedEffects.Estimation = .reml,
        parts: Set<Part> = Set(Part.allCases)
    ) throws(FitError) {
        let sheet = totals.sheet
        let (wantsJudges, wantsBiases) = (parts.contains(.judges), parts.contains(.judges) || parts.contains(.biases))
        let additive = wantsBiases || parts.contains(.reliability) ? try Additive(of: sheet) : nil
        let panels = additive?.panels ?? PanelDesign(of: sheet)
        let hasHeats = assumption == .bothRandom && panels.subsetCount > 1
        flatJudges = wantsJudges ? sheet.constantJudges : []
        copies = wantsJudges ? JudgeCopies(of: sheet) : nil
        let left = Set(flatJudges + (copies?.pairs.map(\.second) ?? []))
        let needsCrossed = wantsJudges || parts.contains(.outlying)
        let (models, compared) = Parallel.both(
            {
                (
                    crossed: needsCrossed
                        ? FitObstacle.result { try CrossedEffects(of: sheet, by: estimation, heats: hasHeats) } : nil,
                    calibrated: parts.contains(.scales) ? FitObstacle.result { try Calibrated(of: sheet) } : nil
                )
            },
            { wantsJudges ? additive.flatMap { JudgeComparison(of: $0, leavingOut: left) } : nil })
        let (crossed, calibrated) = models
        comparison = compared
        // Scores that are explained exactly have no residuals to be compared with their noise.
        let residuals = crossed?.fit.flatMap { $0.residualVariance > 0 ? CrossedResiduals($0) : nil }
        (self.sheet, self.panels, self.additive) = (sheet, panels, additive)
        (self.crossed, obstacle) = (crossed?.fit, crossed?.obstacle)
        (self.calibrated, scaleObstacle) = (calibrated?.fit, calibrated?.obstacle)

        severity = wantsJudges ? additive.map { Severity(of: $0, crossed: crossed?.fit, assuming: assumption) } : nil
        fit = wantsJudges ? residuals.map { JudgeFit(of: $0) } : nil
        consistency = wantsJudges ? Consistency(of: sheet) : nil
        outlying = parts.contains(.outlying) ? residuals.map(OutlyingScores.init(of:)) : nil
        favourites = parts.contains(.outlying) ? residuals.flatMap(Favourites.init(of:)) : nil
        // A home judge is compared with the others of the same performance.
        let needsPerformances = wantsBiases && sheet.hasRepeatedEntries
        let performances = needsPerformances ? try Additive(of: sheet.byPerformance()) : additive
        homeBiases = wantsBiases ? performances.map(HomeBias.all) ?? [] : []
        order = wantsBiases ? performances.flatMap { OrderEffect(of: $0) } : nil
        let ballots = wantsBiases ? CriterionBallots(totals.ballots) : nil
        criteria = parts.contains(.biases) ? ballots.flatMap { ballots in additive.flatMap { CriterionInteraction(of: ballots, $0) } } : nil
        halo = ballots.flatMap { ballots in additive.flatMap { Halo(of: ballots, $0) } }
        let wantsReliability = parts.contains(.reliability)
        entrySeparation = wantsReliability ? additive.flatMap(SeparationReliability.entries) : nil
        judgeSeparation = wantsReliability ? additive.flatMap(SeparationReliability.judges) : nil
        pairs = parts.contains(.pairs) ? try JudgePairs(of: sheet) : nil
    }

    /// Who stands out.
    public var flags: JudgeFlags { JudgeFlags(of: self) }
}
