/// Why no assignment exists, by counting: some entries or heats need more scores than judges can give them, or some judges have to take
/// more than entries can give them.
///
/// Those who lack something need `needed` scores together. Each of `open` gives at most one score to each of them whom it may meet, in
/// all `pairCount`; those of `full` together give no more than `limit`. The sum is less than `needed`. It is a smallest cut of the network
/// whose flows are the assignments (Gale, *A theorem on flows in networks*, Pacific Journal of Mathematics 7, 1957).
package struct Bottleneck: Sendable, Equatable {
    /// Who lacks something.
    package enum Kind: String, Sendable {
        /// Entries lack judges.
        case entries
        /// Judges lack entries.
        case judges
        /// Heats lack judges for their panels.
        case heats
        /// Entries lack heats at which enough judges may score them.
        case divisions
    }

    /// What would make the plan possible, one change at a time; `nil` where that alone does not help.
    package struct WayOut: Sendable, Equatable {
        /// The most judges for each entry.
        package var perEntry: Int?
        /// The smallest limit for those who have less.
        package var maxLoad: Int?
        /// The largest least load for those who have more.
        package var minLoad: Int?
        /// The most judges that can stand by.
        package var spares: Int?
        /// A group of which panels have to include fewer, and how many are possible.
        package var panelHas: PanelRequirement?
        /// The fewest conflicts that would have to be allowed, as entries and judges; empty where that alone does not help.
        package var conflicts: [[String]] = []
    }

    /// Who lacks something.
    package let kind: Kind
    /// Those who lack something.
    package let lacking: [String]
    /// How many scores they need together.
    package let needed: Int
    /// How many scores each of them needs, when all need as many.
    package let each: Int?
    /// Those on the other side who are limited only by whom they may meet.
    package let open: [String]
    /// The pairs of them and those who lack something.
    package let pairCount: Int
    /// Those on the other side whose limits are used up.
    package let full: [String]
    /// How many scores they can give to those who lack something.
    package let limit: Int
    /// Whether those who lack something and those whose limits are used up are all that there are.
    package let isWhole: Bool
    /// The groups of judges that are lacking; empty when judges of any kind are.
    package var groups: [String] = []
    /// How many of those who lack something lack only judges of these groups.
    package var partlyCount = 0
    /// How many of the judges that each needs stand by.
    package var spares = 0
    /// What to change.
    package var wayOut = WayOut()

    /// How many scores are possible.
    package var possible: Int { pairCount + limit }
}
