/// One entry, judge or criterion as a many-facet Rasch model sees it.
public struct RaschElement: Sendable, Equatable {
    /// Its facet.
    public let facet: RaschModel.Facet
    /// Its index among the names of the sheet.
    public let index: Int
    /// The sum of its scores, weighted.
    public let score: Double
    /// How many scores it has.
    public let count: Int
    /// The mean of its scores.
    public let observedAverage: Double
    /// The score that is expected where the other facets are average: severities and difficulties at their mean, entries at 0. With steps
    /// for each criterion, the mean over criteria. `nil` without a measure.
    public let fairAverage: Double?
    /// The measure in logits: of an entry how well it does, of a judge the severity, of a criterion the difficulty.
    public let measure: Double?
    /// 1 / √information, the other parameters being known, as Facets has it; by `mml` of entries the posterior standard deviation.
    public let standardError: Double?
    /// The standard error when nothing else is known either; `nil` for an extreme element.
    public let fullError: Double?
    /// Σ residual² / Σ variance.
    public let infit: RaschMeanSquare?
    /// The mean of residual² / variance.
    public let outfit: RaschMeanSquare?
    /// The correlation of its scores with the B − C − D that made them.
    public let correlation: Double?
    /// What that correlation is expected to be.
    public let expectedCorrelation: Double?
    /// Whether it has a finite measure of its own.
    public let standing: RaschModel.Standing
}

extension RaschModel {
    /// What is taken off the score of an extreme element, or added to it, for a finite measure (Linacre, Facets manual, “Xtreme=”).
    public static let extremeAdjustment = 0.3

    /// The elements of a facet in the order of their names.
    ///
    /// Score, count and observed average are of all scores; fit is of those that determine parameters.
    public func elements(of facet: Facet) -> [RaschElement] {
        guard let position = facets.firstIndex(of: facet) else { return [] }
        let extremes = ExtremeMeasures(of: self)
        let fair = RaschFairAverages(of: self)
        let size = ratings.names[position].count
        var sums = [RaschFitSums](repeating: RaschFitSums(), count: size)
        var (scores, weights) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
        var counts = [Int](repeating: 0, count: size)
        for row in 0..<ratings.count {
            let element = Int(ratings.codes[position][row])
            scores[element] += ratings.weights[row] * scales[Int(ratings.scaleCodes[row])].label(of: ratings.categories[row])
            weights[element] += ratings.weights[row]
            counts[element] += 1
            if ratings.reduction.isUsed[row] { sums[element].add(row, ratings, residuals) }
        }
        return (0..<size).map { element in
            let standing = ratings.reduction.standings[position][element]
            let isMeasured = standing == .measured
            let measure = isMeasured ? point.value(of: element, in: position) : extremes.measures[position][element]?.value
            let own = isMeasured ? 1 / sums[element].information.squareRoot() : extremes.measures[position][element]?.standardError
            let isDrawn = rules.estimation == .mml && facet == .entry
            let full = isMeasured ? errors.elements[position][element].squareRoot() : nil
            return RaschElement(
                facet: facet, index: element, score: scores[element], count: counts[element],
                observedAverage: scores[element] / weights[element],
                fairAverage: measure.flatMap { fair.average(at: $0, of: element, in: position) }, measure: measure,
                standardError: isDrawn ? full : own, fullError: full, infit: isMeasured ? sums[element].infit : nil,
                outfit: isMeasured ? sums[element].outfit : nil, correlation: isMeasured ? sums[element].correlation : nil,
                expectedCorrelation: isMeasured ? sums[element].expectedCorrelation : nil, standing: standing)
        }
    }

    /// The names of the elements of a facet.
    public func names(of facet: Facet) -> [String] { facets.firstIndex(of: facet).map { ratings.names[$0] } ?? [] }
}

/// The scores that are expected where other facets are average.
struct RaschFairAverages {
    private let model: RaschModel
    private let curves: [RaschCurve?]
    /// The mean of each facet over elements with a measure.
    private let means: [Double]

    init(of model: RaschModel) {
        self.model = model
        curves = model.point.curves(model.ratings)
        let (ratings, point) = (model.ratings, model.point)
        means = ratings.names.indices.map { facet in
            // Entries are centred, or drawn from a distribution around 0.
            if facet == 0 { return 0 }
            let measured = ratings.names[facet].indices.filter { ratings.reduction.standings[facet][$0] == .measured }
            return measured.reduce(0) { $0 + point.value(of: $1, in: facet) } / Double(max(1, measured.count))
        }
    }

    func average(at measure: Double, of element: Int, in facet: Int) -> Double? {
        let location = means.indices.reduce(0) { sum, other in
            let value = other == facet ? measure : means[other]
            return other == 0 ? sum + value : sum - value
        }
        let criterionFacet = model.facets.firstIndex(of: .criterion)
        var (sum, count) = (0.0, 0)
        for (position, scale) in model.scales.enumerated() {
            guard let curve = curves[position] else { continue }
            var at = location
            if let criterion = scale.criterion, let criterionFacet {
                if facet == criterionFacet {
                    if criterion != element { continue }
                } else {
                    at += means[criterionFacet] - model.point.value(of: criterion, in: criterionFacet)
                }
            }
            sum += scale.label(of: curve.expectation(at: at))
            count += 1
        }
        return count == 0 ? nil : sum / Double(count)
    }
}

/// Measures of elements that were set aside: where the expected score lies a little inside of its end.
struct ExtremeMeasures {
    /// For each facet and element the measure; `nil` where none can be given, or where the element is not extreme.
    private(set) var measures: [[Estimate?]]

    init(of model: RaschModel) {
        let (ratings, reduction) = (model.ratings, model.ratings.reduction)
        measures = ratings.names.map { Array(repeating: nil, count: $0.count) }
        let last = reduction.rounds.joined().max() ?? 0
        guard last > 0 else { return }
        let curves = model.point.curves(ratings)
        var values = ratings.names.indices.map { facet in
            ratings.names[facet].indices.map { element in
                reduction.standings[facet][element] == .measured ? model.point.value(of: element, in: facet) : nil
            }
        }
        // Those that were set aside last come first: others were compared with them.
        for round in (1...last).reversed() {
            var found: [(facet: Int, element: Int, estimate: Estimate)] = []
            for facet in ratings.names.indices {
                for element in ratings.names[facet].indices where reduction.rounds[facet][element] == round {
                    let isTop = reduction.standings[facet][element] == .maximum
                    let scores = ExtremeMeasures.scores(of: element, in: facet, model, curves, values)
                    if let estimate = ExtremeMeasures.estimate(scores, isTop: isTop, isEntry: facet == 0) {
                        found.append((facet, element, estimate))
                    }
                }
            }
            for one in found {
                measures[one.facet][one.element] = one.estimate
                values[one.facet][one.element] = one.estimate.value
            }
        }
    }

    private typealias Score = (curve: RaschCurve, weight: Double, base: Double)

    /// The scores of an element whose other elements have measures.
    private static func scores(
        of element: Int, in facet: Int, _ model: RaschModel, _ curves: [RaschCurve?], _ values: [[Double?]]
    ) -> [Score] {
        let ratings = model.ratings
        var scores: [Score] = []
        for row in 0..<ratings.count where Int(ratings.codes[facet][row]) == element {
            guard let curve = curves[Int(ratings.scaleCodes[row])] else { continue }
            var base: Double? = 0
            for other in ratings.codes.indices where other != facet {
                guard let sum = base, let value = values[other][Int(ratings.codes[other][row])] else {
                    base = nil
                    break
                }
                base = other == 0 ? sum + value : sum - value
            }
            if let base { scores.append((curve, ratings.weights[row], base)) }
        }
        return scores
    }

    private static func estimate(_ scores: [Score], isTop: Bool, isEntry: Bool) -> Estimate? {
        guard !scores.isEmpty else { return nil }
        let top = scores.reduce(0) { $0 + $1.weight * Double($1.curve.count - 1) }
        let target = isTop ? top - RaschModel.extremeAdjustment : RaschModel.extremeAdjustment
        guard target > 0, target < top else { return nil }
        var probabilities = [Double](repeating: 0, count: RaschScale.mostCategories)
        // The location of the element as it helps scores: its measure, or the severity with the sign turned.
        var (low, high, position) = (-200.0, 200.0, 0.0)
        var information = 0.0
        for _ in 0..<200 {
            var sum = 0.0
            information = 0
            for score in scores {
                let moments = score.curve.moments(at: score.base + position, &probabilities)
                sum += score.weight * moments.mean
                information += score.weight * moments.variance
            }
            if sum < target { low = position } else { high = position }
            let step = (target - sum) / information
            if step.magnitude < 1e-12 { break }
            let next = position + step
            position = next > low && next < high ? next : (low + high) / 2
        }
        return Estimate(value: isEntry ? position : -position, standardError: 1 / information.squareRoot())
    }
}
