import LinearAlgebra

/// The log-likelihood of the scores, its slope and its information at a point.
///
/// With η = B − C − D, category x of 0 … m and κ_k the sum of thresholds up to k, a score adds x η − κ_x − log Σ e^(kη − κ_k). Its slope is
/// x − E along η and P_k − 1(x = k) along κ_k; its information is the covariance of the category and of the indicators of categories.
struct RaschSums {
    private(set) var logLikelihood = 0.0
    /// The slope along each entry, and along the other parameters.
    private(set) var entrySlope: [Double], slope: [Double]
    /// The information about each entry.
    private(set) var entryInformation: [Double]
    /// The information about the other parameters and each entry, a column for each entry.
    private(set) var crossInformation: Matrix
    /// The lower triangle of the information about the other parameters.
    private(set) var information: Matrix

    /// - Parameter hasInformation: whether the information is wanted, besides the likelihood and its slope.
    init(of ratings: RaschRatings, at point: RaschPoint, hasInformation: Bool = true) {
        let (layout, entryCount) = (point.layout, point.entries.count)
        entrySlope = [Double](repeating: 0, count: entryCount)
        slope = [Double](repeating: 0, count: layout.size)
        entryInformation = entrySlope
        crossInformation = Matrix(rows: hasInformation ? layout.size : 0, columns: hasInformation ? entryCount : 0)
        information = Matrix(rows: hasInformation ? layout.size : 0, columns: hasInformation ? layout.size : 0)
        let curves = point.curves(ratings)
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        var positions = [Int](repeating: 0, count: ratings.codes.count)
        for row in 0..<ratings.count where ratings.reduction.isUsed[row] {
            let scale = Int(ratings.scaleCodes[row])
            guard let curve = curves[scale] else { continue }
            let (weight, entry) = (ratings.weights[row], Int(ratings.codes[0][row]))
            var location = point.entries[entry]
            for facet in positions.indices.dropFirst() {
                positions[facet] = layout.offsets[facet] + Int(ratings.codes[facet][row])
                location -= point.others[positions[facet]]
            }
            let moments = curve.moments(at: location, &probabilities)
            let category = ratings.categories[row] - Double(curve.lowest)
            let (lower, share) = RaschReduction.parts(of: category)
            logLikelihood += weight * (category * location - moments.logSum)
            let residual = weight * (category - moments.mean)
            entrySlope[entry] += residual
            for facet in positions.indices.dropFirst() { slope[positions[facet]] -= residual }
            for k in 1..<max(1, curve.count - 1) {
                guard let position = layout.sums[scale][curve.lowest + k], let kappa = curve.sums[k] else { continue }
                let count = k == lower ? 1 - share : k == lower + 1 ? share : 0
                slope[position] += weight * (probabilities[k] - count)
                logLikelihood -= weight * count * kappa
            }
            if hasInformation { add(curve, scale, layout, moments, probabilities, weight, entry, positions) }
        }
    }

    private mutating func add(
        _ curve: RaschCurve, _ scale: Int, _ layout: RaschLayout, _ moments: RaschCurve.Moments, _ probabilities: [Double],
        _ weight: Double, _ entry: Int, _ positions: [Int]
    ) {
        let variance = weight * moments.variance
        entryInformation[entry] += variance
        for facet in positions.indices.dropFirst() {
            crossInformation[positions[facet], entry] -= variance
            for other in facet..<positions.count { information[positions[other], positions[facet]] += variance }
        }
        for k in 1..<max(1, curve.count - 1) {
            guard let position = layout.sums[scale][curve.lowest + k] else { continue }
            let covariance = weight * probabilities[k] * (Double(k) - moments.mean)
            crossInformation[position, entry] -= covariance
            for facet in positions.indices.dropFirst() { information[position, positions[facet]] += covariance }
            information[position, position] += weight * probabilities[k]
            for other in 1...k {
                guard let before = layout.sums[scale][curve.lowest + other] else { continue }
                information[position, before] -= weight * probabilities[k] * probabilities[other]
            }
        }
    }

    /// The largest slope along any parameter: the score equations hold where it is 0.
    var largestSlope: Double { max(entrySlope.reduce(0) { max($0, $1.magnitude) }, slope.reduce(0) { max($0, $1.magnitude) }) }
}
