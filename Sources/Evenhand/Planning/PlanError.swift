/// Why there is no plan.
package enum PlanError: Error, Sendable, Equatable {
    /// What there can be none of.
    package enum Side: String, Sendable { case entries, judges }

    /// There are no entries or no judges.
    case tooFew(of: Side)
    /// More anchors than entries.
    case tooManyAnchors(Int, entries: Int)
    /// An entry and a judge that have to meet and must not.
    case fixedConflict(entry: String, judge: String)
    /// An entry has to meet more judges than it needs.
    case tooManyFixed(entry: String, fixed: Int, need: Int)
    /// A judge has to take more entries than the limit allows.
    case tooManyFixedEntries(judge: String, fixed: Int, limit: Int)
    /// A judge has to take at least more entries than at most.
    case limitsCross(judge: String, least: Int, most: Int)
    /// Entries need more than the judges that they may meet can give, or judges want more than there is.
    case infeasible(Bottleneck)
    /// No division into heats was found that keeps every demand; the best one breaks so many.
    case noDivision(faults: Int, Bottleneck.WayOut)
    /// Judges who stand by fit the limits, but not beside the least loads.
    case noSpares(Int)
    /// Groups ask for more judges than an entry needs, beside those that it has to meet.
    case groupsExceed(Int, of: Int, entry: String?)
    /// Two groups with a judge in common.
    case groupsOverlap(String, String, judge: String)
    /// Columns of entries and judges without a value in common.
    case noMatch(entries: String, judges: String)
    /// A group without a judge in it.
    case emptyGroup(String, known: [String])
    /// More heats than entries.
    case tooManyHeats(Int, entries: Int)
    /// Sizes of heats that do not add up to the entries.
    case sizesDiffer(sum: Int, entries: Int)
    /// More entries have to be in a heat than it has.
    case heatTooSmall(heat: Int, size: Int, fixed: Int)
    /// A heat that is not there.
    case notAHeat(name: String, column: String, text: String, heats: Int)
    /// More places than entries that could lack one.
    case tooManyPlaces(Int, entries: Int)
    /// The numbers are too large for exact costs.
    case tooLarge
    /// A list without a column that an option names.
    case unknownAttribute(String, option: String, file: String, known: [String])
    /// A limit that is not a number of entries.
    case notACount(name: String, column: String, text: String)
    /// A name that is in neither list.
    case unknownName(String, file: String)
    /// Names that the filled score sheets would not be read by.
    case misread(names: [String])
    /// A weight that is not a number, or too far from 0.
    case notAWeight(String, file: String)
}
