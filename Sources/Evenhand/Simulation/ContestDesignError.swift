/// Why no contest can be made to a design.
public enum ContestDesignError: Error, Sendable, Equatable {
    /// A number of the score model outside the range that makes sense; named as in the design file.
    case outOfRange(String, value: Double, ClosedRange<Double>)
    /// Fewer of something than needed, such as judges for a panel.
    case tooFew(of: String, found: Int, needed: Int)
    /// More of something than can be placed or kept in memory.
    case tooMany(of: String, found: Int, limit: Int)
    /// Two judges, heats or criteria of one name, or one judge twice on a panel.
    case repeated(String, name: String)
    /// A panel names a judge, or the best entries a sector, that the design does not list.
    case unknown(String, name: String)
    /// A share that is negative or beyond reason, or shares that add up to nothing.
    case uselessShares(of: String)
    /// The criteria's maxima do not add up to the whole score.
    case maximaAddUp(to: Int, insteadOf: Int)
}
