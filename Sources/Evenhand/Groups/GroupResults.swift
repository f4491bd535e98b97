/// The results that groups of entries are compared by.
public struct GroupResults: Sendable {
    /// Why the crossed model, which is the default, was not used.
    public enum Fallback: Sendable, Equatable {
        /// More judges than the default fits.
        case manyJudges(Int)
        /// The scores do not allow the model: one score for each entry, no noise, or no solution.
        case noModel
    }

    /// The most judges for which the crossed model is fitted by default.
    public static let mostJudges = 2_000

    /// The sheet of totals.
    public let sheet: ScoreSheet
    /// How an entry's scores make one result.
    public let method: ScoringMethod
    /// Which results are the best for people.
    public var direction: Direction { plain?.direction ?? sheet.direction }
    /// One result for each entry, whose means, deviations and medians describe groups: with a model the plain means.
    public let shown: [Double]
    /// One value for each entry that tests act on: with a model the means less the severities of the entry's judges, unshrunken.
    public let compared: [Double]
    /// Values closer than this are equal; 0 when only equal ones are.
    public let grid: Double
    /// What the method makes of each entry's scores; `nil` with the model.
    public let plain: EntryResults?
    /// The crossed model without groups, when it is the method.
    public let model: CrossedEffects?
    /// Why the model was not used although no other method was chosen.
    public let fallback: Fallback?
    /// The heat of each entry, when each appears in one heat and there are several: labels are exchanged within heats only.
    public let heats: [Int32]?

    /// The results by a method.
    ///
    /// - Parameters:
    ///   - sheet: one score for each judge of a performance, as `Totals` makes them.
    ///   - method: how an entry's scores make one result.
    ///   - criteria: the scores of each criterion, when methods that normalize are to do so criterion by criterion.
    ///   - rules: for the methods that normalize.
    /// - Throws: as `EntryResults`; `FitError.noResidual` for a crossed model that explains the scores exactly.
    public init(
        of sheet: ScoreSheet, by method: ScoringMethod, criteria: [ScoreSheet] = [], rules: NormalizationRules = NormalizationRules()
    ) throws {
        try self.init(of: sheet, by: method, criteria: criteria, rules: rules, fallback: nil)
    }

    private init(
        of sheet: ScoreSheet, by method: ScoringMethod, criteria: [ScoreSheet], rules: NormalizationRules, fallback: Fallback?
    ) throws {
        (self.sheet, self.method, self.fallback, heats) = (sheet, method, fallback, sheet.heatOfEntry)
        if case .crossed(let estimation, _) = method {
            let fit = try CrossedEffects(of: sheet, by: estimation, heats: true)
            // Groups are compared with the noise.
            guard fit.residualVariance > 0 else { throw FitError.noResidual }
            (model, plain, shown, compared) = (fit, nil, try EntryResults(of: sheet, by: .mean).values, fit.adjustedMeans())
            grid = 1e-10 * (fit.entryVariance + fit.residualVariance).squareRoot()
        } else {
            let results = try EntryResults(
                of: sheet, EntryRows(of: sheet), criteria: criteria, by: method, rules: rules, roundedTo: nil)
            (model, plain, shown, compared, grid) = (nil, results, results.values, results.values, results.tieGrid)
        }
    }

    /// The results by default: the crossed model or, where that cannot be fitted, the mean without the highest and the lowest score.
    public static func usual(of sheet: ScoreSheet) throws -> GroupResults {
        var fallback = Fallback.manyJudges(sheet.judges.count)
        if sheet.judges.count <= mostJudges {
            do { return try GroupResults(of: sheet, by: .crossed()) } catch FitError.noMatrixLibrary {
                throw FitError.noMatrixLibrary
            } catch { fallback = .noModel }
        }
        return try GroupResults(of: sheet, by: .trimmed(.scores(1)), criteria: [], rules: NormalizationRules(), fallback: fallback)
    }
}
