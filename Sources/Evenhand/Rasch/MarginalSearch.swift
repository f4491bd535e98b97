import LinearAlgebra

/// The maximum of the marginal likelihood, entries being drawn from a normal distribution around 0, by Newton's method.
///
/// The slope is the posterior mean of that of the joint likelihood (Fisher's identity), and the information the posterior mean of its
/// information less the posterior covariance of its slope (Louis, *Finding the observed information matrix when using the EM algorithm*,
/// Journal of the Royal Statistical Society B 44 (1982)).
struct MarginalSearch {
    let ratings: RaschRatings
    let layout: RaschLayout

    private static let mostSteps = 200
    private static let closest = 1e-9
    /// A step below this leads to where fine sums are worth their time.
    private static let near = 1e-4
    private static let longest = 1.0
    /// A standard deviation of entries below this is 0.
    private static let smallest = -9.0
    /// The logarithms of a standard deviation that no contest has, and of one from which the search does not come back.
    private static let (wide, widest) = (2.5, 3.5)
    private static let largestVariance = 1e6

    /// What was found.
    struct Maximum {
        let point: RaschPoint
        let errors: RaschErrors
        let logLikelihood: Double
        let entryVariance: Double
    }

    /// - Throws: `RaschError.noDifferences`, `.noChance`, `.undetermined`, `.unbounded`; `FitError.notConverged`.
    func maximum() throws -> Maximum {
        let cells = RaschCells(of: ratings, layout)
        var point = start
        // The logarithm of the standard deviation of entries.
        var spread = 0.0
        // Coarse sums lead near the maximum, fine ones to it.
        var quadrature = MarginalSums.Quadrature.coarse
        var sums = MarginalSums(cells, point, spread, quadrature)
        var (isFound, steps) = (false, 0)
        while steps < MarginalSearch.mostSteps {
            steps += 1
            let step: [Double]
            do { step = try factored(sums.information, or: sums.completeInformation).factor.solve(sums.slope) } catch {
                throw steps == 1 ? RaschError.undetermined : unbounded(point)
            }
            let length = step.reduce(0) { max($0, $1.magnitude) }
            isFound = quadrature == .fine && length < MarginalSearch.closest
            guard !isFound, length.isFinite else { break }
            var share = min(1, MarginalSearch.longest / max(length, .leastNormalMagnitude))
            func moved(_ share: Double) -> (RaschPoint, Double) {
                var next = point
                for position in next.others.indices { next.others[position] += share * step[position] }
                next.entries = sums.modes
                return (next, spread + share * step[layout.size])
            }
            var (next, nextSpread) = moved(share)
            if quadrature == .coarse, length < MarginalSearch.near {
                quadrature = .fine
                (point, spread, sums) = (next, nextSpread, MarginalSums(cells, next, nextSpread, quadrature))
                continue
            }
            var nextSums = MarginalSums(cells, next, nextSpread, quadrature)
            let slack = 1e-9 * (1 + sums.logLikelihood.magnitude)
            while !(nextSums.logLikelihood >= sums.logLikelihood - slack), share > 1e-6 {
                share /= 2
                (next, nextSpread) = moved(share)
                nextSums = MarginalSums(cells, next, nextSpread, quadrature)
            }
            (point, spread, sums) = (next, nextSpread, nextSums)
            if spread < MarginalSearch.smallest { throw RaschError.noDifferences }
            if spread > MarginalSearch.widest { throw RaschError.noChance }
        }
        if !isFound {
            if spread > MarginalSearch.wide { throw RaschError.noChance }
            if point.others.contains(where: { $0.magnitude > 200 }) { throw unbounded(point) }
            throw FitError.notConverged(steps: steps, change: sums.slope.reduce(0) { max($0, $1.magnitude) })
        }
        let errors: RaschErrors
        do { errors = try self.errors(sums) } catch { throw unbounded(point) }
        if errors.largestVariance > MarginalSearch.largestVariance { throw unbounded(point) }
        point.entries = sums.means
        centre(&point)
        return Maximum(
            point: point, errors: errors, logLikelihood: sums.logLikelihood, entryVariance: exponential(2 * spread))
    }

    /// Whether adding a number to all judges and taking it off all criteria changes nothing.
    private var hasTwoFacets: Bool { ratings.names.count > 2 }

    /// The positions of the judges, which are centred where there are criteria too.
    private var centred: [Int] {
        guard hasTwoFacets else { return [] }
        let standings = ratings.reduction.standings[1]
        return standings.indices.filter { standings[$0] == .measured }.map { layout.offsets[1] + $0 }
    }

    private func centre(_ point: inout RaschPoint) {
        let judges = centred
        guard !judges.isEmpty else { return }
        let mean = judges.reduce(0) { $0 + point.others[$1] } / Double(judges.count)
        for element in ratings.names[1].indices { point.others[layout.offsets[1] + element] -= mean }
        for element in ratings.names[2].indices { point.others[layout.offsets[2] + element] += mean }
    }

    /// The factor of the information, or of the complete one where the likelihood is not concave.
    private func factored(_ information: Matrix, or complete: Matrix) throws -> (factor: Cholesky, shift: Double) {
        var last: (any Error)?
        for matrix in [information, complete] {
            var raised = matrix
            let judges = centred
            let shift = judges.reduce(0) { $0 + complete[$1, $1] } / Double(max(1, judges.count))
            for column in judges { for row in judges where row >= column { raised[row, column] += shift / Double(judges.count) } }
            for facet in ratings.names.indices.dropFirst() {
                for element in ratings.names[facet].indices where ratings.reduction.standings[facet][element] != .measured {
                    let position = layout.offsets[facet] + element
                    raised[position, position] = 1
                }
            }
            do { return (try Cholesky(raised), shift) } catch { last = error }
        }
        throw last ?? FactorizationError.notConverged
    }

    private func errors(_ sums: MarginalSums) throws -> RaschErrors {
        let (factor, shift) = try factored(sums.information, or: sums.information)
        let inverse = factor.inverse
        let judges = centred
        let common = judges.isEmpty ? 0 : 1 / (shift * Double(judges.count))
        let elements = ratings.names.indices.dropFirst().map { facet in
            ratings.names[facet].indices.map { element -> Double in
                guard ratings.reduction.standings[facet][element] == .measured else { return 0 }
                let position = layout.offsets[facet] + element
                return max(0, inverse[position, position] - common)
            }
        }
        return RaschErrors(
            elements: [sums.variances] + elements, thresholds: RaschErrors.thresholds(layout, ratings) { inverse[$0, $1] })
    }

    /// Thresholds and a location that give the categories their frequencies where everybody is average.
    private var start: RaschPoint {
        var point = RaschPoint(entryCount: ratings.names[0].count, layout: layout)
        JointSearch(ratings: ratings, layout: layout).start(&point)
        let free = ratings.names.count - 1
        guard free > 0 else { return point }
        for (scale, span) in ratings.reduction.spans.enumerated() {
            guard let span else { continue }
            let counts = ratings.reduction.counts[scale]
            let slope = (naturalLogarithm(counts[span.upperBound]) - naturalLogarithm(counts[span.lowerBound])) / Double(span.count - 1)
            let own = ratings.scales[scale].criterion
            for element in ratings.names[free].indices where own == nil || own == element {
                point.others[layout.offsets[free] + element] -= slope
            }
        }
        return point
    }

    private func unbounded(_ point: RaschPoint) -> RaschError {
        JointSearch(ratings: ratings, layout: layout).unbounded(point, from: 1)
    }
}
