import LinearAlgebra

/// A linear mixed model of scores with any number of crossed and nested random facets.
///
/// x = μ + covariates + Σₖ bₖ + ε: an effect for each entry, judge, item (a prompt, a task, a question), criterion and heat and for their
/// combinations, all independent normals with a variance for each kind, and noise. In the language of generalizability theory the variances
/// are the components of a G study; on complete balanced scores they are those of the analysis of variance, as long as none of these is
/// negative. Variances are estimated by restricted maximum likelihood, none below 0; effects are best linear unbiased predictions.
///
/// Sources: Bates, Mächler, Bolker and Walker, *Fitting linear mixed-effects models using lme4*, Journal of Statistical Software 67 (2015);
/// Brennan, *Generalizability Theory* (2001).
public struct FacetModel: Sendable {
    /// How much the effects of one kind vary.
    public struct Component: Sendable, Equatable {
        /// What has these effects: the entries, the entries with each item, ….
        public let facets: Facets
        /// How many there are.
        public let levelCount: Int
        /// Their variance, in squared points.
        public let variance: Double
        /// The standard error of the variance, by average information; `nil` at 0, where it says nothing.
        public let standardError: Double?
    }

    /// A number for each score that it may depend on: the length of an answer, its position.
    public struct Covariate: Sendable, Equatable {
        /// The column's header.
        public let name: String
        /// One number for each score, in the order of the sheet.
        public let values: [Double]

        /// A covariate with a finite number for each score.
        public init(name: String, values: [Double]) { (self.name, self.values) = (name, values) }
    }

    /// What scores change with a covariate.
    public struct Slope: Sendable, Equatable {
        /// The covariate.
        public let name: String
        /// Points for one unit of it.
        public let estimate: Estimate
    }

    /// The scores: totals of each item and repetition, or those of criteria.
    public let sheet: ScoreSheet
    /// The components, without the noise.
    public let components: [Component]
    /// The variance of the noise, with whatever cannot be told from it.
    public let residualVariance: Double
    /// The standard error of the noise's variance.
    public let residualError: Double?
    /// The mean of the population of entries, judges and items, in points, at the mean of each covariate.
    public let mean: Estimate
    /// The covariates' effects.
    public let slopes: [Slope]
    /// Effects of judges and items that were to be kept, also of those without scores.
    public let anchors: [Anchor]
    /// How far anchored judges and items have drifted, in the order of the anchors; without those that nothing tells from the mean.
    public let drifts: [Drift]
    /// −2 log restricted likelihood, with its constant.
    public let criterion: Double
    /// How many times the equations were solved.
    public let solutions: Int
    let engine: Engine

    /// What the fit was computed with.
    enum Engine: Sendable {
        case sparse(FacetEquations)
        case cells(CellEquations)
        case balanced(BalancedFacets)
    }

    /// The ways to a solution, all to the same one.
    enum Solver: CaseIterable, Sendable { case balanced, cells, sparse }

    /// Fits the model to a sheet.
    ///
    /// - Parameters:
    ///   - sheet: the scores; with criteria, these are a facet too.
    ///   - facets: which facets and combinations have effects; by default entry, judge, item and criterion, every pair of them, and
    ///     entry, judge and item together where judgements were repeated, as far as they can be told from each other and the noise.
    ///   - covariates: what scores depend on besides.
    ///   - anchors: effects of judges and items that are known; those without scores are passed over.
    /// - Throws: `DesignError.tooFew` with fewer than two entries, without anything to tell their effects from the noise by, or with
    ///   covariates that others determine; `FitError`.
    public init(of sheet: ScoreSheet, facets: [Facets]? = nil, covariates: [Covariate] = [], anchors: [Anchor] = []) throws {
        try self.init(of: sheet, facets: facets, covariates: covariates, anchors: anchors, by: nil)
    }

    /// Up to this many scores the search begins on several sides.
    private static var fewScores: Int { 200 }

    /// Below this many scores the sparse equations take no time either.
    private static var manyScores: Int { 5000 }

    /// - Parameter solver: the way to take, as far as it leads there; the quickest when `nil`.
    init(of sheet: ScoreSheet, facets: [Facets]?, covariates: [Covariate], anchors: [Anchor] = [], by solver: Solver?) throws {
        guard sheet.entries.count > 1 else { throw DesignError.tooFew(of: "entries", found: sheet.entries.count, needed: 2) }
        let anchored = AnchoredLevels(anchors, of: sheet)
        let terms = FacetTerms(of: sheet, wanted: facets).terms.compactMap { $0.without(anchored.codes(of: $0.facets)) }
        guard sheet.count > sheet.entries.count else {
            throw DesignError.tooFew(of: "scores", found: sheet.count, needed: sheet.entries.count + 1)
        }
        guard terms.contains(where: { $0.facets == .entry }) else {
            throw DesignError.tooFew(of: sheet.hasItems ? "items" : "judges", found: 1, needed: 2)
        }
        guard !FacetModel.isExact(sheet, terms) else { throw FitError.noResidual }
        let isPlain = covariates.isEmpty && anchored.anchors.isEmpty
        if solver ?? .balanced == .balanced, isPlain, let balanced = try BalancedFacets.Design(sheet, terms.map(\.facets)) {
            let search = try RatioSearch(from: balanced.start) { ratios throws(FitError) in try BalancedFacets(balanced, ratios: ratios) }
            self.init(sheet, terms, search, .balanced(search.point), fixed: search.point.fixed, names: [])
            return
        }
        let pivot = (sheet.units.reduce(0, +) / Double(sheet.count)).rounded()
        let values = zip(sheet.units, anchored.offsets(sheet)).map { ($0 - pivot) / sheet.unitsPerPoint - $1 }
        var fixed = [[Double](repeating: 1, count: sheet.count)]
        for covariate in covariates {
            precondition(covariate.values.count == sheet.count, "\(covariate.values.count) values for \(sheet.count) scores")
            let mean = covariate.values.reduce(0, +) / Double(sheet.count)
            fixed.append(covariate.values.map { $0 - mean })
        }
        try FacetModel.check(fixed, besides: terms)
        let (center, start) = (pivot / sheet.unitsPerPoint, terms.map { $0.facets.positions.count == 1 ? 1 : 0.3 })
        if solver ?? (sheet.count < FacetModel.manyScores ? .sparse : .cells) == .cells, let sweep = CellSweep(sheet, terms) {
            let cells = FacetCells(sheet, terms, covariates: Array(fixed.dropFirst()), values: values, center: center, by: sweep)
            let search = try RatioSearch(from: start) { ratios throws(FitError) in try CellEquations(cells, ratios: ratios) }
            let (point, elimination) = (search.point, try CellElimination(cells, ratios: search.point.ratios))
            let drifts = FacetModel.drifts(anchored, sheet, noise: point.squares / point.freedom) {
                point.projection(of: $0, elimination)
            }
            self.init(
                sheet, terms, search, .cells(point), fixed: point.fixed, names: covariates.map(\.name), anchors: anchors, drifts: drifts)
            return
        }
        let design = try FacetDesign(terms, fixed: fixed, values: values, center: center)
        let isSmall = sheet.count <= FacetModel.fewScores
        let search = try RatioSearch(from: start, onAllSides: isSmall) { ratios throws(FitError) in
            try FacetEquations(design, ratios: ratios)
        }
        let point = search.point
        let drifts = FacetModel.drifts(anchored, sheet, noise: point.squares / point.freedom) { point.projection(of: $0) }
        self.init(sheet, terms, search, .sparse(point), fixed: point.fixed, names: covariates.map(\.name), anchors: anchors, drifts: drifts)
    }

    /// Whether repetitions never differ, so that there is no noise.
    private static func isExact(_ sheet: ScoreSheet, _ terms: [FacetTerms.Term]) -> Bool {
        guard sheet.repetitions.isPresent else { return false }
        var scores: [[Int32]: Double] = [:]
        for (row, score) in sheet.units.enumerated() {
            guard scores.updateValue(score, forKey: terms.map { $0.codes[row] }) ?? score == score else { return false }
        }
        return scores.count < sheet.count
    }

    private init<Point: RatioPoint>(
        _ sheet: ScoreSheet, _ terms: [FacetTerms.Term], _ search: RatioSearch<Point>, _ engine: Engine,
        fixed: [(value: Double, error: Double)], names: [String],
        anchors: [Anchor] = [], drifts: [Drift] = []
    ) {
        let point = search.point
        let noise = point.squares / point.freedom
        let errors = search.slope.errors(of: point.ratios, noise: noise)
        components = zip(terms, point.ratios).enumerated().map { position, part in
            Component(
                facets: part.0.facets, levelCount: part.0.levelCount, variance: part.1 * noise,
                standardError: part.1 > 0 ? errors?[position] : nil)
        }
        (residualVariance, residualError) = (noise, errors?[terms.count])
        let estimates = fixed.map { Estimate(value: $0.value, standardError: $0.error, degreesOfFreedom: .infinity) }
        mean = estimates[0]
        slopes = zip(names, estimates.dropFirst()).map { Slope(name: $0, estimate: $1) }
        (self.anchors, self.drifts) = (anchors, drifts)
        (self.sheet, criterion, solutions, self.engine) = (sheet, point.criterion, search.solutions, engine)
    }

    /// The variance of the effects of some facets together; 0 where they have none.
    public func variance(_ facets: Facets) -> Double { components.first { $0.facets == facets }?.variance ?? 0 }
}

extension RatioSlope {
    /// The standard errors of the variances, the noise's last, from the average information of those above 0.
    func errors(of ratios: [Double], noise: Double) -> [Double]? {
        let open = ratios.indices.filter { ratios[$0] > 0 } + [ratios.count]
        let information = Matrix(rows: open.count, columns: open.count) { products[open[$0], open[$1]] / (2 * noise * noise * noise) }
        guard let inverse = (try? Cholesky(information))?.inverse else { return nil }
        var errors = [Double](repeating: 0, count: ratios.count + 1)
        for (position, index) in open.enumerated() { errors[index] = inverse[position, position].squareRoot() }
        return errors
    }
}
