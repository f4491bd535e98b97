/// Why scores cannot be put into exact sums, or sums not be put together.
public enum PartialError: Error, Sendable, Equatable {
    /// A score that is not a whole number of the scale; of six decimals when none is declared.
    case offScale(entry: String, judge: String, score: Double, scale: String?)
    /// Judges' totals whose weights leave no decimal unit.
    case unevenUnits
    /// Scores of criteria, which make no sums before they are added up.
    case criteria([String])
    /// Scores of several heats, which are not pooled silently.
    case heats([String])
    /// Several scores of a judge for an entry, of items or repetitions, of which results are means.
    case items
    /// Nothing to put together.
    case noParts
    /// Parts that differ in something (`scale`, `direction`, `stage`, `heat`) that has to be the same.
    case differentTerms(of: String, String, String)
    /// The same part twice, by its digest or its path.
    case samePart(String, String)
    /// A judge and an entry whose score is in two parts.
    case samePair(entry: String, judge: String)
    /// An entry with two values of an attribute.
    case differentAttribute(String, entry: String, String, String)
    /// An attribute that only some of the parts have.
    case missingAttribute(String)
    /// Sums that contradict each other: `what` says which.
    case contradiction(what: String)
    /// A method that these sums do not allow, and what it would need.
    case notAvailable(method: String, Need)
    /// A second pass that was made with other judges' scales than those that the parts give together.
    case otherScales
    /// Parts of which some have a second pass and others do not.
    case mixedPasses

    /// What a method needs of partial sums.
    public enum Need: Sendable, Equatable {
        /// The scores of each entry, counted.
        case counts
        /// The scores of each judge, counted, and a second pass.
        case judgeCounts
        /// Who scored whom.
        case pairs
        /// A second pass.
        case secondPass
        /// All scores.
        case scores
        /// Each judge's scores, for a scale that sums do not give.
        case judgesScores
    }
}
