/// Why votes do not allow an answer.
public enum VoteError: Error, Sendable, Equatable {
    /// There are no votes.
    case none
    /// A vote between an entry and itself.
    case itself(entry: String)
    /// No vote prefers an entry, or no ranking has two entries.
    case onlyTies
    /// Some entries were never compared with the others, directly or through others: the groups.
    case separate(groups: [[String]])
    /// No entry of a group ever won, or tied, against an entry of a group before it, so that no finite strength fits the votes: the
    /// groups, the best first.
    case oneSided(groups: [[String]])
    /// The entry shown first won, or lost, whatever the entries were, so that no finite effect of the position fits the votes.
    case onlyPosition
    /// With so small an adjustment no finite strength fits the votes.
    case tooSmall(adjustment: Double)
    /// An adjustment of as many votes as an entry has, or more.
    case tooLarge(adjustment: Double, entry: String, votes: Int)
    /// More places than entries that could lack one.
    case tooManyPlaces(Int, entries: Int)
    /// Errors by judges of votes that name fewer than two.
    case noJudges
}
