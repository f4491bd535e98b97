/// The unit that exact sums count scores in: a power of ten, 1 or smaller.
public struct ScoreScale: Sendable, Equatable {
    /// The decimal places of the unit: 2 for 0.01; 0 to 6.
    public let decimals: Int
    /// Whether somebody said so. A scale that was found from the decimals of a part may become finer when parts are put together; one that
    /// was declared is the same in all of them.
    public let isDeclared: Bool

    /// A scale of 10^−`decimals` points.
    ///
    /// - Precondition: `decimals` lies between 0 and 6.
    public init(decimals: Int, isDeclared: Bool) {
        precondition((0...ScoreScale.mostDecimals).contains(decimals), "a scale has 0 to 6 decimals, not \(decimals)")
        (self.decimals, self.isDeclared) = (decimals, isDeclared)
    }

    /// A scale that is declared as text: `1`, `0.1`, `0.01` … `0.000001`; `nil` of anything else.
    public init?(_ text: String) {
        guard let decimals = (0...ScoreScale.mostDecimals).first(where: { ScoreScale.text(decimals: $0) == text }) else { return nil }
        self.init(decimals: decimals, isDeclared: true)
    }

    /// Scores with more places are not kept exactly.
    static let mostDecimals = 6

    /// How many units a point has.
    public var unitsPerPoint: Int64 { (0..<decimals).reduce(1) { power, _ in power * 10 } }

    /// The unit in points, as text: `0.01`.
    public var text: String { ScoreScale.text(decimals: decimals) }

    /// A number of units in points, as text: 8835 units of 0.01 are `88.35`.
    public func points(_ units: Int64) -> String {
        guard decimals > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.utf8.count, 0)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    private static func text(decimals: Int) -> String {
        decimals == 0 ? "1" : "0." + String(repeating: "0", count: decimals - 1) + "1"
    }
}
