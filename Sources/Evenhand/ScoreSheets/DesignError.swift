/// Why an analysis cannot be made of scores that are all in order.
public enum DesignError: Error, Sendable, Equatable {
    /// The order of the stages, listed here, follows neither from a stage column nor from who went on.
    case stageOrderUnknown([String])
    case unknownStage(String, known: [String])
    case unknownHeat(String, known: [String])
    /// The heats that were named belong to more than one stage.
    case severalStages([String])
    case unknownCriterion(String, known: [String])
    /// Weights were given, but not for this criterion.
    case noWeight(criterion: String)
    /// Some criteria have a maximum, but not this one.
    case noMaximum(criterion: String)
    /// No ballot has a score for every criterion of its heat.
    case noCompleteBallot
    case unknownAttribute(String, known: [String])
    /// The mean of a heat is 0, so that it has no coefficient.
    case zeroHeatMean(heat: String)
}
