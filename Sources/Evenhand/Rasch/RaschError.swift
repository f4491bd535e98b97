/// Why a many-facet Rasch model of the scores does not exist, or would say something arbitrary.
public enum RaschError: Error, Sendable, Equatable {
    /// A scale of so many categories, from `low` to `high`; `criterion` is `nil` for one scale of all. More than `most` are refused: most
    /// of them would be empty.
    case scaleTooLong(criterion: String?, low: Double, high: Double, categories: Int, most: Int)
    /// Every score is the same, or is at an end of the scale after extreme elements are set aside, so nothing is left to estimate.
    case nothingLeft
    /// Judges and entries fall into groups that share no score: the judges of each.
    case separate(judges: [[String]])
    /// Two facets cannot be told apart: levels of one only occur with some levels of the other.
    case confounded(RaschModel.Facet, RaschModel.Facet)
    /// The scores do not determine all parameters, although every two facets are connected.
    case undetermined
    /// No finite measures fit: some elements lie above others in every score that compares them. Those whose measures run away are listed.
    case unbounded(elements: [String])
    /// Steps for each criterion of a sheet without criteria, or of a model without that facet.
    case noCriteria
    /// A facet that the sheet does not have.
    case noFacet(RaschModel.Facet)
    /// A criterion without a weight although others have one, or with a weight that is not above 0.
    case noWeight(criterion: String)
    /// A criterion whose scores are all the same, which has no range to divide into categories.
    case constantCriterion(String)
    /// Entries differ no more than chance would make them differ, so their variance is estimated to be 0.
    case noDifferences
    /// Judges agree on entries so closely that nothing is left to chance, so entries would differ without limit.
    case noChance
}
