/// Where the differences between scores come from: entries, judges, criteria, and what they make together.
///
/// A score is x = μ + one effect for each component + …, all independent. In complete tables the variances solve the expected mean squares
/// of the analysis of variance, so one may come out negative; a decision study takes such a one as 0. In incomplete tables of entries and
/// judges they maximise the restricted likelihood (`CrossedEffects`); there no variance is negative. Scores are never left out to make a
/// table complete.
///
/// Sources: Brennan, *Generalizability Theory* (2001); Searle, Casella and McCulloch, *Variance Components* (1992).
public struct Generalizability: Sendable {
    /// How judges and criteria are spread over the entries.
    public enum Design: Sendable, Equatable {
        /// Every judge saw every entry: p × j.
        case crossed
        /// Entries met different judges, some of them the same: p × j with cells that are empty.
        case incomplete
        /// Every entry had judges of its own: j : p.
        case nestedJudges
        /// Every judge scored every entry by every criterion: p × j × c.
        case crossedWithCriteria
        /// Every criterion had judges of its own, who saw every entry: p × (j : c).
        case judgesInCriteria
    }

    /// How the scores are laid out.
    public let design: Design
    /// The components, those of fewer facets first; the last holds the noise.
    public let components: [VarianceComponent]
    /// The mean of all scores, by generalized least squares where the design is incomplete.
    public let mean: Double
    /// The number of entries.
    public let entryCount: Int
    /// The scores that an entry has: judges, or judges of a criterion; the harmonic mean where that differs.
    public let judgesPerEntry: Double
    /// The number of criteria, 1 for totals.
    public let criterionCount: Int
    /// Which part of the judges' variance lies between two entries: 0 when all had the same judges, 1 when no two shared a judge.
    public let judgeShare: Double
    /// The model of an incomplete table.
    public let fit: CrossedEffects?

    /// The variance of a component, 0 where the estimate is negative or there is no such component.
    public func variance(_ facets: Facets) -> Double { max(0, component(facets)?.variance ?? 0) }

    /// The component of an effect.
    public func component(_ facets: Facets) -> VarianceComponent? { components.first { $0.facets == facets } }

    /// The components of a sheet: of totals by entries and judges, of a sheet with criteria by these as well.
    ///
    /// - Parameters:
    ///   - sheet: the scores; with criteria they must fill a table.
    ///   - fit: the model of the same sheet by restricted likelihood, where it is at hand.
    /// - Throws: `DesignError.tooFew` without two entries that have two scores; `DesignError.incompleteTable` for criteria with gaps;
    ///   `FitError` when a model cannot be fitted.
    public init(of sheet: ScoreSheet, fit: CrossedEffects? = nil) throws {
        guard sheet.entries.count > 1 else { throw DesignError.tooFew(of: "entries", found: sheet.entries.count, needed: 2) }
        guard sheet.judges.count > 1 else { throw DesignError.tooFew(of: "judges", found: sheet.judges.count, needed: 2) }
        if !sheet.criteria.isEmpty {
            self = try Generalizability.withCriteria(sheet)
        } else if PanelDesign(of: sheet).isComplete {
            self = try Generalizability.complete(sheet)
        } else if sheet.judges.count == sheet.count {
            self = try Generalizability(nested: sheet)
        } else {
            self = try Generalizability(incomplete: sheet, fit: fit ?? CrossedEffects(of: sheet))
        }
    }

    init(
        design: Design, components: [VarianceComponent], mean: Double, entryCount: Int, judgesPerEntry: Double, criterionCount: Int = 1,
        judgeShare: Double = 0, fit: CrossedEffects? = nil
    ) {
        (self.design, self.components, self.mean, self.entryCount) = (design, components, mean, entryCount)
        (self.judgesPerEntry, self.criterionCount, self.judgeShare, self.fit) = (judgesPerEntry, criterionCount, judgeShare, fit)
    }
}
