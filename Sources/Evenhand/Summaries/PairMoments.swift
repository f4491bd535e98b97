/// Two columns of numbers met pair by pair: how many pairs, their means, and how far they are correlated.
///
/// Deviations are taken from running means (Welford 1962), so that nothing cancels.
struct PairMoments: Sendable {
    private(set) var count = 0
    private(set) var meanX = 0.0
    private(set) var meanY = 0.0
    private var xx = 0.0
    private var xy = 0.0
    private var yy = 0.0

    mutating func add(_ x: Double, _ y: Double) {
        count += 1
        let (fromX, fromY) = (x - meanX, y - meanY)
        meanX += fromX / Double(count)
        meanY += fromY / Double(count)
        xx += fromX * (x - meanX)
        xy += fromX * (y - meanY)
        yy += fromY * (y - meanY)
    }

    /// Pearson's correlation; `nil` for fewer than three pairs, or when one column does not vary.
    var correlation: Double? {
        guard count >= 3, xx > 0, yy > 0 else { return nil }
        return max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot())))
    }
}
