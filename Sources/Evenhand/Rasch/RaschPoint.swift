/// Where in a vector the parameters besides entries are: the elements of the other facets, then thresholds.
struct RaschLayout: Sendable {
    /// For each facet after the first where its elements begin.
    let offsets: [Int]
    /// For each scale and category the position of its threshold sum κ_k; `nil` where that is fixed (at the ends) or the category is not
    /// used.
    let sums: [[Int?]]
    /// The number of parameters besides entries.
    let size: Int

    init(of ratings: RaschRatings) {
        var (offsets, next) = ([0], 0)
        for facet in ratings.names.indices.dropFirst() {
            offsets.append(next)
            next += ratings.names[facet].count
        }
        self.offsets = offsets
        var sums: [[Int?]] = []
        for (scale, span) in ratings.reduction.spans.enumerated() {
            let counts = ratings.reduction.counts[scale]
            sums.append(
                counts.indices.map { category in
                    guard let span, span.lowerBound < category, category < span.upperBound, counts[category] > 0 else { return nil }
                    next += 1
                    return next - 1
                })
        }
        (self.sums, size) = (sums, next)
    }

    /// The free parameters: thresholds, and elements with a measure but one for each centred facet; by marginal likelihood the variance in
    /// place of the entries.
    func parameterCount(of ratings: RaschRatings, _ estimation: RaschModel.Estimation) -> Int {
        let elements = ratings.reduction.standings.map { $0.count { $0 == .measured } }
        let thresholds = sums.joined().count { $0 != nil }
        if estimation == .mml { return elements.dropFirst().reduce(1, +) - max(0, elements.count - 2) + thresholds }
        return elements.reduce(0, +) - (elements.count - 1) + thresholds
    }
}

/// Values of all parameters.
struct RaschPoint: Sendable {
    /// The measure of each entry.
    var entries: [Double]
    /// The severities and difficulties of the other facets, and the threshold sums, by the layout.
    var others: [Double]
    let layout: RaschLayout

    /// At the layout's parameters 0.
    init(entryCount: Int, layout: RaschLayout) {
        entries = [Double](repeating: 0, count: entryCount)
        others = [Double](repeating: 0, count: layout.size)
        self.layout = layout
    }

    /// The value of an element, positive for what makes scores lower but for entries.
    func value(of element: Int, in facet: Int) -> Double { facet == 0 ? entries[element] : others[layout.offsets[facet] + element] }

    /// B − C − D of a score.
    func location(of row: Int, in ratings: RaschRatings) -> Double {
        var location = entries[Int(ratings.codes[0][row])]
        for facet in ratings.codes.indices.dropFirst() { location -= others[layout.offsets[facet] + Int(ratings.codes[facet][row])] }
        return location
    }

    /// The curves of every scale; `nil` for one without two categories.
    func curves(_ ratings: RaschRatings) -> [RaschCurve?] {
        ratings.reduction.spans.enumerated().map { scale, span in
            guard let span else { return nil }
            let sums = span.map { category -> Double? in
                if category == span.lowerBound || category == span.upperBound { return 0 }
                return layout.sums[scale][category].map { others[$0] }
            }
            return RaschCurve(lowest: span.lowerBound, sums: sums)
        }
    }

    /// Shifts entries and criteria to a mean of 0 over elements with a measure, and judges by what that leaves.
    mutating func centre(_ ratings: RaschRatings) {
        let standings = ratings.reduction.standings
        func mean(_ facet: Int) -> Double {
            let measured = standings[facet].indices.filter { standings[facet][$0] == .measured }
            return measured.reduce(0) { $0 + value(of: $1, in: facet) } / Double(measured.count)
        }
        let free = 1
        guard ratings.names.count > 1 else { return }
        let shift = mean(0)
        for entry in entries.indices { entries[entry] -= shift }
        for element in ratings.names[free].indices { others[layout.offsets[free] + element] -= shift }
        for facet in ratings.names.indices.dropFirst(2) {
            let shift = mean(facet)
            for element in ratings.names[facet].indices { others[layout.offsets[facet] + element] -= shift }
            for element in ratings.names[free].indices { others[layout.offsets[free] + element] += shift }
        }
    }
}

/// The probabilities of the categories of a scale, along the logits.
struct RaschCurve: Sendable {
    /// The lowest category, counted on the whole scale.
    let lowest: Int
    /// κ of each category from the lowest on; `nil` for one that nobody used.
    let sums: [Double?]
    /// e^−κ; 0 where nobody used the category.
    private let powers: [Double]
    /// Within this distance of 0, no power of e^η overflows.
    private let reach: Double

    init(lowest: Int, sums: [Double?]) {
        (self.lowest, self.sums) = (lowest, sums)
        let powers = sums.map { $0.map { exponential(-$0) } ?? 0 }
        (self.powers, reach) = (powers, powers.allSatisfy(\.isFinite) ? 500 / Double(sums.count) : 0)
    }

    /// A single category, in place of a curve that is not there yet.
    static let none = RaschCurve(lowest: 0, sums: [0])

    /// The number of categories.
    var count: Int { sums.count }

    /// Moments of the category, counted from the lowest.
    struct Moments {
        /// The logarithm of the sum of e^(kη − κ_k).
        var logSum: Double { top + naturalLogarithm(sum) }
        /// The sum of e^(kη − κ_k − top).
        fileprivate var sum = 0.0
        fileprivate var top = 0.0
        var mean = 0.0
        var variance = 0.0
        var fourth = 0.0
    }

    /// Fills in the probabilities at a location and returns mean and variance; the fourth moment only on demand.
    ///
    /// - Parameter probabilities: at least `count` elements.
    func moments(at location: Double, _ probabilities: inout [Double], hasFourth: Bool = false) -> Moments {
        var moments = Moments()
        var sum = 0.0
        if location.magnitude < reach {
            let factor = exponential(location)
            var power = 1.0
            for category in 0..<count {
                probabilities[category] = power * powers[category]
                sum += probabilities[category]
                power *= factor
            }
        } else {
            var top = -Double.infinity
            for category in 0..<count { if let kappa = sums[category] { top = max(top, Double(category) * location - kappa) } }
            for category in 0..<count {
                probabilities[category] = sums[category].map { exponential(Double(category) * location - $0 - top) } ?? 0
                sum += probabilities[category]
            }
            moments.top = top
        }
        moments.sum = sum
        let inverse = 1 / sum
        for category in 0..<count {
            probabilities[category] *= inverse
            moments.mean += Double(category) * probabilities[category]
        }
        for category in 0..<count {
            let deviation = Double(category) - moments.mean
            let square = deviation * deviation
            moments.variance += probabilities[category] * square
            if hasFourth { moments.fourth += probabilities[category] * square * square }
        }
        return moments
    }

    /// The expected category on the whole scale at a location.
    func expectation(at location: Double) -> Double {
        var probabilities = [Double](repeating: 0, count: count)
        return Double(lowest) + moments(at: location, &probabilities).mean
    }

    /// The location with this expected category, which lies inside of the scale; by bisection and Newton's method.
    func location(ofExpectation expectation: Double) -> Double? {
        let target = expectation - Double(lowest)
        guard target > 0, target < Double(count - 1) else { return nil }
        var probabilities = [Double](repeating: 0, count: count)
        var (low, high, position) = (-500.0, 500.0, 0.0)
        for _ in 0..<200 {
            let found = moments(at: position, &probabilities)
            if found.mean < target { low = position } else { high = position }
            let step = (target - found.mean) / found.variance
            let next = position + step
            if step.magnitude < 1e-13 { return next }
            position = next > low && next < high ? next : (low + high) / 2
        }
        return position
    }
}
