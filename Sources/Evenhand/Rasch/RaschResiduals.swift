/// What each score leaves beyond the model, and how much chance would leave.
struct RaschResiduals: Sendable {
    /// B − C − D of each score.
    let locations: [Double]
    /// The expected category, counted on the whole scale.
    let expected: [Double]
    /// The variance of the category by the model.
    let variances: [Double]
    /// Its fourth central moment.
    let fourths: [Double]

    init(of ratings: RaschRatings, at point: RaschPoint) {
        var locations = [Double](repeating: 0, count: ratings.count)
        var (expected, variances, fourths) = (locations, locations, locations)
        let curves = point.curves(ratings)
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        for row in 0..<ratings.count where ratings.reduction.isUsed[row] {
            guard let curve = curves[Int(ratings.scaleCodes[row])] else { continue }
            let location = point.location(of: row, in: ratings)
            let moments = curve.moments(at: location, &probabilities, hasFourth: true)
            locations[row] = location
            expected[row] = Double(curve.lowest) + moments.mean
            (variances[row], fourths[row]) = (moments.variance, moments.fourth)
        }
        (self.locations, self.expected, self.variances, self.fourths) = (locations, expected, variances, fourths)
    }
}

/// A mean square of residuals: 1 is usual, above it scores are more surprising than the model says, below it less.
public struct RaschMeanSquare: Sendable, Equatable {
    /// The mean square.
    public let value: Double
    /// The same in standard deviations: (M^⅓ − 1) 3/q + q/3 with the model's variance q² of the mean square (Wilson and Hilferty 1931).
    /// `nil` where that variance is 0.
    public let z: Double?

    init(_ value: Double, variance: Double) {
        self.value = value
        guard variance > 0 else {
            z = nil
            return
        }
        let q = variance.squareRoot()
        z = (cubeRoot(value) - 1) * 3 / q + q / 3
    }
}

/// Sums over the scores of one element.
struct RaschFitSums {
    private(set) var information = 0.0
    private var weight = 0.0, squares = 0.0, standardized = 0.0, infitVariance = 0.0, outfitVariance = 0.0
    private var locations = 0.0, categories = 0.0, expectations = 0.0
    private var locationSquares = 0.0, categorySquares = 0.0, expectationSquares = 0.0, products = 0.0, expectedProducts = 0.0
    private(set) var count = 0
    private var origin: (location: Double, category: Double)?

    mutating func add(_ row: Int, _ ratings: RaschRatings, _ residuals: RaschResiduals) {
        let (weight, variance, fourth) = (ratings.weights[row], residuals.variances[row], residuals.fourths[row])
        let residual = ratings.categories[row] - residuals.expected[row]
        count += 1
        self.weight += weight
        information += weight * variance
        squares += weight * residual * residual
        infitVariance += weight * weight * (fourth - variance * variance)
        standardized += weight * residual * residual / variance
        outfitVariance += weight * weight * (fourth / (variance * variance) - 1)
        // Sums around the first score, so that little is lost to rounding.
        let origin = origin ?? (residuals.locations[row], ratings.categories[row])
        self.origin = origin
        let location = residuals.locations[row] - origin.location
        let (category, expectation) = (ratings.categories[row] - origin.category, residuals.expected[row] - origin.category)
        locations += weight * location
        categories += weight * category
        expectations += weight * expectation
        locationSquares += weight * location * location
        categorySquares += weight * category * category
        expectationSquares += weight * (expectation * expectation + variance)
        products += weight * location * category
        expectedProducts += weight * location * expectation
    }

    var infit: RaschMeanSquare? {
        information > 0 ? RaschMeanSquare(squares / information, variance: infitVariance / (information * information)) : nil
    }

    var outfit: RaschMeanSquare? {
        information > 0 ? RaschMeanSquare(standardized / weight, variance: outfitVariance / (weight * weight)) : nil
    }

    /// The correlation of scores and B − C − D.
    var correlation: Double? { correlation(categories, categorySquares, products) }

    /// The correlation to be expected: the scores having their expectations and, in their variance, the model's variances.
    var expectedCorrelation: Double? { correlation(expectations, expectationSquares, expectedProducts) }

    private func correlation(_ sum: Double, _ squares: Double, _ products: Double) -> Double? {
        guard count > 1, weight > 0 else { return nil }
        let spread = squares - sum * sum / weight
        let ofLocations = locationSquares - locations * locations / weight
        let tiny = 1e-12 * weight
        guard spread > tiny, ofLocations > tiny else { return nil }
        return min(1, max(-1, (products - sum * locations / weight) / (spread * ofLocations).squareRoot()))
    }
}
