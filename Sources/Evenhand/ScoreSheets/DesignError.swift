/// Why scores that are correct in themselves do not allow an analysis.
public enum DesignError: Error, Sendable, Equatable {
    /// The order of the stages, listed here, follows neither from a stage column nor from who went on.
    case stageOrderUnknown([String])
    /// No stage has this name; the known ones are listed.
    case unknownStage(String, known: [String])
    /// No heat has this name; the known ones are listed.
    case unknownHeat(String, known: [String])
    /// The heats that were named belong to more than one stage.
    case severalStages([String])
    /// No criterion has this name; the known ones are listed.
    case unknownCriterion(String, known: [String])
    /// Weights were given, but not for this criterion.
    case noWeight(criterion: String)
    /// Some criteria have a maximum, but not this one.
    case noMaximum(criterion: String)
    /// No ballot has a score for every criterion of its heat.
    case noCompleteBallot
    /// No attribute has this name; the known ones are listed.
    case unknownAttribute(String, known: [String])
    /// The mean of a heat is 0, so it has no coefficient.
    case zeroHeatMean(heat: String)
    /// A rule follows decimals exactly, and some scores have more than six places.
    case inexactScores
    /// No case of a rule's amount fits, or it is a divisor of 0.
    case noAmount(step: String, entry: String, location: String)
    /// A number of scores to leave out that is negative or not a whole number.
    case noCount(value: Double, entry: String)
    /// An attribute that a rule uses is empty or not a decimal number.
    case noNumber(attribute: String, entry: String, text: String)
    /// An attribute that a rule uses has several values for what has become one number.
    case severalAmounts(attribute: String, entry: String, texts: [String])
    /// A published list has several lines of an entry, with different results or ranks, and the entry is ranked once.
    case severalLines(entry: String)
    /// A rule that never combines the criteria of a sheet that has them.
    case criteriaLeft([String])
    /// A stage of the sheet that the rule does not list.
    case stageNotInRule(String, known: [String])
    /// An entry without the result of a stage that counts.
    case noStageResult(entry: String, stage: String)
    /// One result of several performances, without weights that say how.
    case severalPerformances(entry: String, heats: [String])
    /// No entry has this name; the most similar ones are listed.
    case unknownEntry(String, nearest: [String])
    /// A stage that no entry can have reached from an earlier one.
    case noEarlierStage(String)
    /// An attribute that has several values for one entry, so it cannot define groups.
    case severalValues(attribute: String)
    /// An analysis needs more of something (`scores`) than there is.
    case tooFew(of: String, found: Int, needed: Int)
    /// An analysis of so many (`judges`) would need too much time or memory.
    case tooMany(of: String, found: Int, limit: Int)
    /// A covariate with one value for all scores, which explains nothing.
    case constantCovariate(String)
    /// Covariates that tell all levels of a facet (`judges`) apart, so that nothing is left of the facet itself.
    case replacedFacet(String)
    /// An analysis of criteria needs a table without gaps, and there are fewer scores than cells.
    case incompleteTable(scores: Int, cells: Int)
}
