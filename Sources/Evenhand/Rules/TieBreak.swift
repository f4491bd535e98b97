/// What decides between entries with equal results; the better one goes first, which is the higher one, or the lower one of places and
/// faults.
public enum TieBreak: Sendable, Hashable {
    /// The median of the entry's scores.
    case median
    /// The mean of all the entry's scores.
    case mean
    /// The highest score, then the next highest, and so on; as everywhere the better one goes first.
    case highScores
    /// The lowest score, then the next lowest, and so on.
    case lowScores
    /// The best result of a single heat, then the next best, and so on: the second of three runs of which the best counts.
    case heats
    /// How many of the other tied entries it beats, before the judges who scored both; a draw counts half.
    case headToHead
    /// The result of a criterion.
    case criterion(String)
    /// The result of another stage.
    case stage(String)

    /// The words for the cases.
    public static let words = ["median", "mean", "high-scores", "low-scores", "heats", "head-to-head", "criterion:NAME", "stage:NAME"]

    /// A case by its word; `nil` for an unknown one.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("median", nil): self = .median
        case ("mean", nil): self = .mean
        case ("high-scores", nil): self = .highScores
        case ("low-scores", nil): self = .lowScores
        case ("heats", nil): self = .heats
        case ("head-to-head", nil): self = .headToHead
        case ("criterion", let name?): self = .criterion(name)
        case ("stage", let name?): self = .stage(name)
        default: return nil
        }
    }

    /// The word for it.
    public var text: String {
        switch self {
        case .median: "median"
        case .mean: "mean"
        case .highScores: "high-scores"
        case .lowScores: "low-scores"
        case .heats: "heats"
        case .headToHead: "head-to-head"
        case .criterion(let name): "criterion:\(name)"
        case .stage(let name): "stage:\(name)"
        }
    }
}
