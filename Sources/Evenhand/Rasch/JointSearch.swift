import LinearAlgebra

/// The maximum of the joint likelihood, by Newton's method.
///
/// Entries meet only in the other parameters, so their block of the information is diagonal and is eliminated first. What moves a whole
/// facet against another changes nothing; the equations are solved on the side where the other facets do not move as a whole, and the
/// result is centred in the end. The likelihood is concave, so the maximum is the only one.
struct JointSearch {
    let ratings: RaschRatings
    let layout: RaschLayout

    private static let mostSteps = 200
    private static let closest = 1e-9
    private static let longest = 2.0
    /// The square of an error of 1000 logits, which no finite maximum has.
    private static let largestVariance = 1e6

    /// - Throws: `RaschError.undetermined`, `.unbounded`; `FitError.notConverged`.
    func maximum() throws -> (point: RaschPoint, errors: RaschErrors, logLikelihood: Double) {
        var point = RaschPoint(entryCount: ratings.names[0].count, layout: layout)
        start(&point)
        var sums = RaschSums(of: ratings, at: point)
        var (isFound, steps) = (false, 0)
        while !isFound, steps < JointSearch.mostSteps {
            steps += 1
            let equations: RaschEquations
            do { equations = try RaschEquations(sums, ratings, layout) } catch {
                if steps == 1 { throw RaschError.undetermined }
                throw unbounded(point)
            }
            let step = equations.step
            let length = step.length
            isFound = length < JointSearch.closest
            var share = min(1, JointSearch.longest / max(length, .leastNormalMagnitude))
            var next = RaschSums(of: ratings, at: point.moved(by: step, share))
            // Near the maximum only rounding makes the likelihood smaller.
            while !isFound, next.logLikelihood < sums.logLikelihood - 1e-9 * (1 + sums.logLikelihood.magnitude), share > 1e-6 {
                share /= 2
                next = RaschSums(of: ratings, at: point.moved(by: step, share))
            }
            point = point.moved(by: step, share)
            sums = next
            if !length.isFinite { break }
        }
        if !isFound {
            if point.entries.contains(where: { $0.magnitude > 30 }) || point.others.contains(where: { $0.magnitude > 200 }) {
                throw unbounded(point)
            }
            throw FitError.notConverged(steps: steps, change: sums.largestSlope)
        }
        let equations: RaschEquations
        do { equations = try RaschEquations(sums, ratings, layout) } catch { throw unbounded(point) }
        let errors = RaschErrors(equations, ratings, layout)
        if errors.largestVariance > JointSearch.largestVariance { throw unbounded(point) }
        point.centre(ratings)
        return (point, errors, sums.logLikelihood)
    }

    /// Thresholds that give the categories their frequencies where everybody is average, and for each element the logit of how far up the
    /// scale its scores are, less that of all scores.
    func start(_ point: inout RaschPoint) {
        let shares = (0..<ratings.count).map { row -> Double? in
            guard ratings.reduction.isUsed[row], let span = ratings.reduction.spans[Int(ratings.scaleCodes[row])] else { return nil }
            return (ratings.categories[row] - Double(span.lowerBound)) / Double(span.count - 1)
        }
        func logits(_ codes: [Int32], _ count: Int) -> [Double] {
            var (above, below) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
            for (row, share) in shares.enumerated() {
                guard let share else { continue }
                above[Int(codes[row])] += ratings.weights[row] * share
                below[Int(codes[row])] += ratings.weights[row] * (1 - share)
            }
            return zip(above, below).map { $0 > 0 && $1 > 0 ? naturalLogarithm($0 / $1) : 0 }
        }
        let average = logits([Int32](repeating: 0, count: ratings.count), 1)[0]
        for (facet, codes) in ratings.codes.enumerated() {
            for (element, logit) in logits(codes, ratings.names[facet].count).enumerated() where logit != 0 {
                if facet == 0 {
                    point.entries[element] = logit - average
                } else {
                    point.others[layout.offsets[facet] + element] = average - logit
                }
            }
        }
        for (scale, span) in ratings.reduction.spans.enumerated() {
            guard let span else { continue }
            let counts = ratings.reduction.counts[scale]
            let (low, high) = (naturalLogarithm(counts[span.lowerBound]), naturalLogarithm(counts[span.upperBound]))
            for category in span {
                guard let position = layout.sums[scale][category] else { continue }
                let share = Double(category - span.lowerBound) / Double(span.count - 1)
                point.others[position] = low + share * (high - low) - naturalLogarithm(counts[category])
            }
        }
    }

    /// The elements that are furthest from the others of their facet.
    ///
    /// - Parameter first: the first facet that is looked at.
    func unbounded(_ point: RaschPoint, from first: Int = 0) -> RaschError {
        var found: [(name: String, distance: Double)] = []
        for facet in ratings.names.indices.dropFirst(first) {
            let measured = ratings.names[facet].indices.filter { ratings.reduction.standings[facet][$0] == .measured }
            let values = measured.map { point.value(of: $0, in: facet) }.sorted()
            guard !values.isEmpty else { continue }
            let middle = Quantiles.median(ofSorted: values)
            for element in measured {
                let distance = (point.value(of: element, in: facet) - middle).magnitude
                if distance > 8 { found.append((ratings.names[facet][element], distance)) }
            }
        }
        return .unbounded(elements: found.map(\.name))
    }
}

/// A change of all parameters.
struct RaschStep {
    let entries: [Double]
    let others: [Double]

    /// The largest change of a parameter.
    var length: Double { max(entries.reduce(0) { max($0, $1.magnitude) }, others.reduce(0) { max($0, $1.magnitude) }) }
}

extension RaschPoint {
    func moved(by step: RaschStep, _ share: Double) -> RaschPoint {
        var point = self
        for entry in entries.indices { point.entries[entry] += share * step.entries[entry] }
        for position in others.indices { point.others[position] += share * step.others[position] }
        return point
    }
}

/// Newton's equations with entries eliminated.
struct RaschEquations {
    /// 1 over the information about each entry; 0 of one that has none.
    let entryInverse: [Double]
    /// The information about the other parameters and each entry.
    let cross: Matrix
    /// The factor of the information about the other parameters, entries being free.
    let factor: Cholesky
    /// For each facet after the first by how much the information about its sum was raised.
    let shifts: [Double]
    private let sums: RaschSums

    /// - Throws: `FactorizationError`.
    init(_ sums: RaschSums, _ ratings: RaschRatings, _ layout: RaschLayout) throws {
        self.sums = sums
        cross = sums.crossInformation
        let inverse = sums.entryInformation.map { $0 > 0 ? 1 / $0 : 0 }
        entryInverse = inverse
        let cross = sums.crossInformation
        let halves = inverse.map { $0.squareRoot() }
        let scaled = Matrix(rows: cross.rows, columns: cross.columns) { cross[$0, $1] * halves[$1] }
        var reduced = sums.information
        let products = scaled * scaled.transposed
        for column in 0..<layout.size { for row in column..<layout.size { reduced[row, column] -= products[row, column] } }
        var shifts = [0.0]
        for facet in ratings.names.indices.dropFirst() {
            let measured = ratings.names[facet].indices.filter { ratings.reduction.standings[facet][$0] == .measured }
            let positions = measured.map { layout.offsets[facet] + $0 }
            let shift = positions.reduce(0) { $0 + sums.information[$1, $1] } / Double(max(1, positions.count))
            for column in positions { for row in positions where row >= column { reduced[row, column] += shift / Double(positions.count) } }
            for element in ratings.names[facet].indices where ratings.reduction.standings[facet][element] != .measured {
                let position = layout.offsets[facet] + element
                reduced[position, position] = 1
            }
            shifts.append(shift)
        }
        self.shifts = shifts
        factor = try Cholesky(reduced)
    }

    /// Newton's step.
    var step: RaschStep {
        let scaledSlope = zip(sums.entrySlope, entryInverse).map { $0 * $1 }
        let pulled = cross * scaledSlope
        let others = factor.solve(zip(sums.slope, pulled).map { $0 - $1 })
        let back = cross.transposedTimes(others)
        let entries = sums.entrySlope.indices.map { (sums.entrySlope[$0] - back[$0]) * entryInverse[$0] }
        return RaschStep(entries: entries, others: others)
    }
}

/// The variances of all parameters when none of the others is known, with entries and all facets but judges centred.
struct RaschErrors: Sendable {
    /// The variance of each element of each facet, the entries first.
    let elements: [[Double]]
    /// For each scale and category the variance of the threshold below it; `nil` where it is not defined.
    let thresholds: [[Double?]]

    /// The largest variance of anything.
    var largestVariance: Double {
        max(elements.joined().reduce(0) { max($0, $1) }, thresholds.joined().reduce(0) { max($0, $1 ?? 0) })
    }

    init(elements: [[Double]], thresholds: [[Double?]]) { (self.elements, self.thresholds) = (elements, thresholds) }

    init(_ equations: RaschEquations, _ ratings: RaschRatings, _ layout: RaschLayout) {
        let inverse = equations.factor.inverse
        let cross = equations.cross
        let (entryCount, size) = (cross.columns, cross.rows)
        let measured = ratings.reduction.standings.map { standings in standings.indices.filter { standings[$0] == .measured } }
        // Columns L⁻¹ b / d, whose squares add to the variance of an entry.
        let scaled = equations.factor.whitened(Matrix(rows: size, columns: entryCount) { cross[$0, $1] * equations.entryInverse[$1] })
        var shares = [Double](repeating: 0, count: entryCount)
        for entry in measured[0] { shares[entry] = 1 / Double(measured[0].count) }
        // The covariances of the mean entry with everything: that of entry i with the others is −S⁻¹ b_i / d_i.
        let withOthers = (inverse * (cross * zip(equations.entryInverse, shares).map { $0 * $1 })).map { -$0 }
        let back = cross.transposedTimes(withOthers)
        let withEntries = (0..<entryCount).map { equations.entryInverse[$0] * (shares[$0] - back[$0]) }
        let ofMean = zip(withEntries, shares).reduce(0) { $0 + $1.0 * $1.1 }
        // Judges move with what centring takes from entries and gives to the further facets.
        var centres = [Double](repeating: 0, count: size)
        for facet in measured.indices.dropFirst(2) {
            for element in measured[facet] { centres[layout.offsets[facet] + element] = 1 / Double(measured[facet].count) }
        }
        let ofCentres = inverse * centres
        let shiftVariance =
            zip(centres, ofCentres).reduce(0) { $0 + $1.0 * $1.1 }
            - 2 * zip(centres, withOthers).reduce(0) { $0 + $1.0 * $1.1 } + ofMean
        var elements = [
            (0..<entryCount).map { entry in
                let own = equations.entryInverse[entry] + (0..<size).reduce(0) { $0 + scaled[$1, entry] * scaled[$1, entry] }
                return shares[entry] == 0 ? 0 : max(0, own - 2 * withEntries[entry] + ofMean)
            }
        ]
        for facet in ratings.names.indices.dropFirst() {
            var variances = [Double](repeating: 0, count: ratings.names[facet].count)
            for element in measured[facet] {
                let position = layout.offsets[facet] + element
                variances[element] =
                    facet == 1
                    ? max(0, inverse[position, position] + 2 * (ofCentres[position] - withOthers[position]) + shiftVariance)
                    : max(0, inverse[position, position] - 1 / (equations.shifts[facet] * Double(measured[facet].count)))
            }
            elements.append(variances)
        }
        self.elements = elements
        thresholds = RaschErrors.thresholds(layout, ratings) { inverse[$0, $1] }
    }

    /// The variances of F_k = κ_k − κ_(k−1).
    static func thresholds(_ layout: RaschLayout, _ ratings: RaschRatings, _ covariance: (Int, Int) -> Double) -> [[Double?]] {
        ratings.reduction.spans.enumerated().map { scale, span in
            let sums = layout.sums[scale]
            return sums.indices.map { category in
                guard let span, span.contains(category), category > span.lowerBound else { return nil }
                let ends = [category - 1, category].map { end in
                    (isFixed: end == span.lowerBound || end == span.upperBound, position: sums[end])
                }
                guard ends.allSatisfy({ $0.isFixed || $0.position != nil }) else { return nil }
                let positions = ends.compactMap(\.position)
                let own = positions.reduce(0) { $0 + covariance($1, $1) }
                return max(0, positions.count == 2 ? own - 2 * covariance(positions[0], positions[1]) : own)
            }
        }
    }
}
