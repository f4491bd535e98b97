/// A many-facet Rasch model: how well entries do, how severe judges and how hard criteria are, on one scale of logits.
///
/// With B of the entry, C of the judge and D of the criterion, the odds of category k against k − 1 are
///
///     ln(P_k / P_k−1) = B − C − D − F_k
///
/// where the thresholds F_k of a rating scale add up to 0: the same for all criteria (`ratingScale`, Andrich 1978) or for each its own
/// (`partialCredit`, Masters 1982). A category between others that nobody used has probability 0, and the two thresholds beside it are
/// undefined. A score between two categories counts as parts of both: 2.7 as 0.3 of a 2 and 0.7 of a 3.
///
/// By **joint maximum likelihood** (`jml`, what Facets does) all parameters maximize the likelihood together; entries and criteria are
/// centred at 0 and judges are not. Estimates are those of the likelihood, without a correction for the number of scores. By **marginal
/// maximum likelihood** (`mml`) entries are drawn from a normal distribution around 0, judges are centred and criteria are not; the measure
/// of an entry is its posterior mean.
///
/// Elements all of whose scores are at one end of the scale have no finite measure by `jml`. They are set aside, and get the measure at
/// which their expected score lies 0.3 points inside of the end, as in Facets.
///
/// Sources: Linacre, *Many-Facet Rasch Measurement* (1989); Andrich, *A rating formulation for ordered response categories*, Psychometrika
/// 43 (1978); Masters, *A Rasch model for partial credit scoring*, Psychometrika 47 (1982); Wright and Masters, *Rating Scale Analysis*
/// (1982); Bock and Aitkin, Psychometrika 46 (1981), for `mml`.
public struct RaschModel: Sendable {
    /// Whose steps a rating scale has.
    public enum Scale: String, Sendable, CaseIterable {
        /// All scores share the thresholds.
        case ratingScale = "rating-scale"
        /// Each criterion has its own.
        case partialCredit = "partial-credit"
    }

    /// How parameters are estimated.
    public enum Estimation: String, Sendable, CaseIterable {
        /// Joint maximum likelihood.
        case jml
        /// Marginal maximum likelihood.
        case mml
    }

    /// What a score depends on.
    public enum Facet: String, Sendable, CaseIterable {
        /// What is judged.
        case entry
        /// Who judges.
        case judge
        /// What part of the judgement it is.
        case criterion
    }

    /// Whether an element has a finite measure.
    public enum Standing: String, Sendable, CaseIterable {
        /// It has.
        case measured
        /// All its scores are at the top.
        case maximum
        /// All its scores are at the bottom.
        case minimum
        /// It has no score that says anything.
        case unmeasured
    }

    /// What is fitted.
    public struct Rules: Sendable, Equatable {
        /// Whose steps the scale has.
        public var scale: Scale
        /// How parameters are estimated.
        public var estimation = Estimation.jml
        /// The facets besides entries; all that the sheet has when empty. Scores of a facet that is left out are pooled.
        public var facets: Set<Facet> = []
        /// How many categories to make of the range of the scores of each criterion; `nil` for one per point.
        public var categories: Int?
        /// How often a score of each criterion counts, in proportion; empty when all count alike.
        public var weights: [String: Double] = [:]

        /// The usual rules for a scale.
        public init(scale: Scale) { self.scale = scale }
    }

    /// The scores.
    public let sheet: ScoreSheet
    /// What was fitted.
    public let rules: Rules
    /// The facets, entries first.
    public var facets: [Facet] { ratings.facets }
    /// The rating scales: one, or one for each criterion.
    public var scales: [RaschScale] { ratings.scales }
    /// The logarithm of the likelihood, of the scores that determine parameters.
    public let logLikelihood: Double
    /// How many parameters are free.
    public let parameterCount: Int
    /// The variance of entries by `mml`.
    public let entryVariance: Double?
    /// How many scores determine parameters: all but those of extreme elements.
    public let usedCount: Int
    /// The categories of every scale, from the lowest on.
    public private(set) var categories: [RaschCategory] = []

    let ratings: RaschRatings
    let point: RaschPoint
    let errors: RaschErrors
    let residuals: RaschResiduals

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - sheet: the scores, with or without criteria.
    ///   - rules: what is fitted.
    /// - Throws: `RaschError` where the scores do not determine a model; `FitError.notConverged`, `.tooLarge`, `.noMatrixLibrary`.
    public init(of sheet: ScoreSheet, by rules: Rules) throws {
        let ratings = try RaschRatings(of: sheet, by: rules)
        let layout = RaschLayout(of: ratings)
        try TableMemory.require(squares: 4, of: layout.size, "judges")
        try TableMemory.require(16 * Double(layout.size) * Double(ratings.names[0].count), for: ratings.names[0].count, "entries")
        switch rules.estimation {
        case .jml:
            let found = try JointSearch(ratings: ratings, layout: layout).maximum()
            (point, errors, logLikelihood, entryVariance) = (found.point, found.errors, found.logLikelihood, nil)
        case .mml:
            let found = try MarginalSearch(ratings: ratings, layout: layout).maximum()
            (point, errors, logLikelihood, entryVariance) = (found.point, found.errors, found.logLikelihood, found.entryVariance)
        }
        parameterCount = layout.parameterCount(of: ratings, rules.estimation)
        residuals = RaschResiduals(of: ratings, at: point)
        usedCount = ratings.reduction.isUsed.count(where: \.self)
        (self.sheet, self.rules, self.ratings) = (sheet, rules, ratings)
        categories = scales.indices.flatMap { categories(of: $0) }
    }

    /// −2 log likelihood.
    public var deviance: Double { -2 * logLikelihood }

    /// The reliability of posterior means by `mml`: their variance over itself and the mean posterior variance; `nil` by `jml`.
    public var posteriorReliability: Double? {
        guard rules.estimation == .mml, point.entries.count > 1 else { return nil }
        let count = Double(point.entries.count)
        let mean = point.entries.reduce(0, +) / count
        let variance = point.entries.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return variance / (variance + errors.elements[0].reduce(0, +) / count)
    }

    /// Whether a score lies between two categories.
    public var hasFractions: Bool { ratings.categories.contains { $0 != $0.rounded() } }

    /// Σ w residual² / variance over the scores that determine parameters: about as many as there are, less parameters, when scores follow
    /// the model.
    public var residualSquares: Double {
        (0..<ratings.count).reduce(0) { sum, row in
            guard ratings.reduction.isUsed[row] else { return sum }
            let residual = ratings.categories[row] - residuals.expected[row]
            return sum + ratings.weights[row] * residual * residual / residuals.variances[row]
        }
    }
}
