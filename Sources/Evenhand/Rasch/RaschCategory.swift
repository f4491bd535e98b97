/// One category of a rating scale.
public struct RaschCategory: Sendable, Equatable {
    /// The index of its scale among those of the model.
    public let scale: Int
    /// What judges write.
    public let label: Double
    /// How many scores it has; a score between two categories counts as parts of both.
    public let count: Double
    /// How many of them determine parameters, weighted.
    public let usedCount: Double
    /// The mean of B − C − D over its scores; it should rise from category to category.
    public let averageMeasure: Double?
    /// The same if the scores followed the model.
    public let expectedMeasure: Double?
    /// The mean of residual² / variance over its scores.
    public let outfit: Double?
    /// F: where this category becomes as probable as the one below, from the location of the element. `nil` for the lowest category and
    /// beside a category that nobody used.
    public let threshold: Estimate?
    /// Whether the average measure lies below that of a lower category.
    public let isAverageDisordered: Bool
    /// Whether the threshold lies below that of a lower category, so that a category between them is nowhere the most probable one.
    public let isThresholdDisordered: Bool
}

extension RaschModel {
    /// The categories of one scale, from the lowest on.
    func categories(of scale: Int) -> [RaschCategory] {
        let length = scales[scale].categoryCount
        let curve = point.curves(ratings)[scale]
        var (counts, used) = ([Double](repeating: 0, count: length), [Double](repeating: 0, count: length))
        var (locations, expectedLocations, expectedCounts, squares) = (used, used, used, used)
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        for row in 0..<ratings.count where Int(ratings.scaleCodes[row]) == scale {
            let (lower, share) = RaschReduction.parts(of: ratings.categories[row])
            // A decimal is a part of the category below it and a part of the one above.
            let parts = 0..<(share > 0 ? 2 : 1)
            func part(_ index: Int) -> (category: Int, part: Double) { index == 0 ? (lower, 1 - share) : (lower + 1, share) }
            for (category, part) in parts.lazy.map(part) { counts[category] += part }
            guard let curve, ratings.reduction.isUsed[row] else { continue }
            let (weight, location) = (ratings.weights[row], residuals.locations[row])
            let residual = ratings.categories[row] - residuals.expected[row]
            for (category, part) in parts.lazy.map(part) {
                used[category] += weight * part
                locations[category] += weight * part * location
                squares[category] += weight * part * residual * residual / residuals.variances[row]
            }
            _ = curve.moments(at: location, &probabilities)
            for k in 0..<curve.count {
                expectedCounts[curve.lowest + k] += weight * probabilities[k]
                expectedLocations[curve.lowest + k] += weight * probabilities[k] * location
            }
        }
        let thresholds = (0..<length).map { threshold(of: $0, scale: scale, curve) }
        var (highestAverage, highestThreshold) = (-Double.infinity, -Double.infinity)
        return (0..<length).map { category in
            let average = used[category] > 0 ? locations[category] / used[category] : nil
            let isBelow = average.map { $0 < highestAverage } ?? false
            let isThresholdBelow = thresholds[category].map { $0.value < highestThreshold } ?? false
            highestAverage = max(highestAverage, average ?? -.infinity)
            highestThreshold = max(highestThreshold, thresholds[category]?.value ?? -.infinity)
            return RaschCategory(
                scale: scale, label: scales[scale].label(of: Double(category)), count: counts[category], usedCount: used[category],
                averageMeasure: average,
                expectedMeasure: expectedCounts[category] > 0 ? expectedLocations[category] / expectedCounts[category] : nil,
                outfit: used[category] > 0 ? squares[category] / used[category] : nil, threshold: thresholds[category],
                isAverageDisordered: isBelow, isThresholdDisordered: isThresholdBelow)
        }
    }

    private func threshold(of category: Int, scale: Int, _ curve: RaschCurve?) -> Estimate? {
        guard let curve, category > curve.lowest, category < curve.lowest + curve.count else { return nil }
        let position = category - curve.lowest
        guard let above = curve.sums[position], let below = curve.sums[position - 1], let variance = errors.thresholds[scale][category]
        else {
            return nil
        }
        return Estimate(value: above - below, standardError: variance.squareRoot())
    }

    /// Where on the ruler the expected score passes from each category to the next, other facets being average: the logits at which it is
    /// halfway between their labels. Of one scale for all.
    public var halfPoints: [(label: Double, position: Double)] {
        guard let scale = scales.first, scales.count == 1, let curve = point.curves(ratings)[0] else { return [] }
        return (1..<curve.count - 1).compactMap { category in
            let expected = Double(curve.lowest + category)
            return curve.location(ofExpectation: expected).map { (scale.label(of: expected), $0) }
        }
    }
}
