import LinearAlgebra

/// A facet model at given variance ratios λ = σ²_k / σ²: solution, criterion and slope.
protocol RatioPoint: Sendable {
    /// λ of each factor.
    var ratios: [Double] { get }
    /// −2 log restricted likelihood at the best σ², with its constant.
    var criterion: Double { get }
    /// yᵀP̃y, with P̃ = σ²P: σ² times its degrees of freedom.
    var squares: Double { get }
    /// n − p.
    var freedom: Double { get }
    /// The derivatives of the criterion by the ratios.
    func slope() throws(FitError) -> RatioSlope
    /// What the entries are worth, with σ² drawn; `extra` is the variance over σ² that each entry's result has besides.
    func merits(extra: [Double]) throws(FitError) -> StructuredNormal
}

/// Derivatives of the criterion by variance ratios.
struct RatioSlope: Sendable {
    let gradient: [Double]
    /// Average information (Gilmour, Thompson and Cullis, *Average information REML*, Biometrics 51, 1995), never negative.
    let information: Matrix
    /// wₖᵀP̃wₗ with wₖ = ZₖZₖᵀP̃y, and P̃y itself for the noise, which comes last.
    let products: Matrix

    /// - Parameters:
    ///   - traces: tr P̃ZₖZₖᵀ.
    ///   - forms: |ZₖᵀP̃y|².
    init(traces: [Double], forms: [Double], products: Matrix, squares: Double, freedom: Double) {
        let count = forms.count
        gradient = zip(traces, forms).map { $0 - freedom * $1 / squares }
        information = Matrix(rows: count, columns: count) { first, second in
            freedom * (products[first, second] / squares - forms[first] * forms[second] / (squares * squares))
        }
        self.products = products
    }
}

/// The mixed-model equations of a facet model, (T WᵀW T + D) u = T Wᵀy, with T = √λ for random columns and 1 for fixed ones, and D the
/// identity for the random ones.
///
/// Sources: Henderson, *Best linear unbiased estimation and prediction under a selection model*, Biometrics 31 (1975); Bates, Mächler,
/// Bolker and Walker, *Fitting linear mixed-effects models using lme4*, Journal of Statistical Software 67 (2015).
struct FacetEquations: RatioPoint {
    let design: FacetDesign
    let ratios: [Double]
    /// T.
    let scales: [Double]
    let factor: SparseCholesky
    /// The effects of all columns.
    let effects: [Double]
    /// ZᵀP̃y, and 0 for fixed columns.
    let residualSums: [Double]
    let squares: Double
    private let residualSquares: Double
    let criterion: Double

    var freedom: Double { design.freedom }

    /// A ratio of 0 is held so near to it that nothing shows it, so that its derivative can be told.
    static func least(_ term: FacetTerms.Term) -> Double { 1e-8 * Double(term.levelCount) / Double(term.codes.count) }

    /// - Throws: `FitError.notPositiveDefinite` where fixed effects depend on each other; `FitError.noResidual` where nothing is left.
    init(_ design: FacetDesign, ratios: [Double]) throws(FitError) {
        (self.design, self.ratios) = (design, ratios)
        var scales = [Double](repeating: 1, count: design.columnCount)
        for (term, ratio) in ratios.enumerated() {
            let scale = max(ratio, FacetEquations.least(design.terms[term])).squareRoot()
            for column in design.columns(of: term) { scales[column] = scale }
        }
        let randomCount = design.randomCount
        do {
            factor = try SparseCholesky(
                design.pattern,
                design.gram.elements { row, column, value in
                    value * scales[row] * scales[column] + (row == column && row < randomCount ? 1 : 0)
                })
        } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw .notPositiveDefinite(minor: 0) }
            throw .notPositiveDefinite(minor: minor)
        }
        let solution = factor.solve(zip(scales, design.sums).map { $0 * $1 })
        effects = zip(scales, solution).map { $0 * $1 }
        self.scales = scales
        let rest = design.residuals(effects)
        residualSquares = rest.reduce(0) { $0 + $1 * $1 }
        squares = solution[..<randomCount].reduce(residualSquares) { $0 + $1 * $1 }
        let scatter = design.values.reduce(0) { $0 + $1 * $1 }
        guard squares > 1e-20 * scatter, design.freedom > 0 else { throw .noResidual }
        var sums = [Double](repeating: 0, count: design.columnCount)
        for (term, offset) in zip(design.terms, design.offsets) {
            for (row, code) in term.codes.enumerated() where code >= 0 { sums[offset + Int(code)] += rest[row] }
        }
        residualSums = sums
        criterion = factor.logDeterminant + design.freedom * (1 + naturalLogarithm(2 * .pi * squares / design.freedom))
    }

    func slope() -> RatioSlope {
        let count = ratios.count
        let inverse = factor.selectedInverse().diagonal
        let traces = (0..<count).map { term in
            design.columns(of: term).reduce(0) { $0 + (1 - inverse[$1]) } / max(ratios[term], FacetEquations.least(design.terms[term]))
        }
        let forms = (0..<count).map { term in design.columns(of: term).reduce(0) { $0 + residualSums[$1] * residualSums[$1] } }
        // ZᵀZ times the part of each factor; of the noise, Zᵀ of the residuals.
        var (parts, met) = ([[Double]](), [[Double]]())
        for term in 0..<count {
            var part = [Double](repeating: 0, count: design.columnCount)
            for column in design.columns(of: term) { part[column] = residualSums[column] }
            met.append(design.gramTimes(part))
            parts.append(part)
        }
        let scaled = (met + [residualSums]).map { zip(scales, $0).map { $0 * $1 } }
        let solved = scaled.map { factor.solve($0) }
        let products = Matrix(rows: count + 1, columns: count + 1) { first, second in
            let own: Double
            if first == count, second == count {
                own = residualSquares
            } else if first == count || second == count {
                own = forms[min(first, second)]
            } else {
                own = zip(parts[first], met[second]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            return own - zip(scaled[first], solved[second]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return RatioSlope(traces: traces, forms: forms, products: products, squares: squares, freedom: freedom)
    }

    /// The first column of the entries, if they have effects.
    var entries: Range<Int>? { design.terms.firstIndex { $0.facets == .entry }.map { design.columns(of: $0) } }

    func merits(extra: [Double]) throws(FitError) -> StructuredNormal {
        let entries = entries ?? 0..<0
        let (factor, scales, constant) = (factor, scales, design.randomCount)
        // Where entries are among the dense columns, nothing before these matters.
        let first = entries.lowerBound >= factor.pattern.firstDense ? factor.pattern.firstDense : 0
        return StructuredNormal(
            means: entries.map { design.center + effects[constant] + effects[$0] },
            mixing: .computed(sources: design.columnCount - first) { sources in
                let coloured = first > 0 ? factor.dense.coloured(sources) : factor.coloured(sources)
                return (0..<sources.columns).flatMap { draw in
                    entries.map { coloured[constant - first, draw] + scales[$0] * coloured[$0 - first, draw] }
                }
            },
            own: extra.map { $0.squareRoot() }, scale: .drawn(squares: squares, freedom: freedom))
    }
}
