import LinearAlgebra

/// A facet model of complete balanced scores at given variance ratios: every entry by every judge on every item, equally often.
///
/// The effects of an analysis of variance are then independent, each with the variance σ² ℓ of its stratum, ℓ_α = 1 + Σ_{k ⊇ α} n_k λ_k
/// with n_k the scores of a level of factor k. So −2 log L = Σ_α df_α log ℓ_α + (N − 1) log Σ_α SS_α / ℓ_α + constant: a sum over a
/// handful of strata, whatever the number of scores.
///
/// Source: Searle, Casella and McCulloch, *Variance Components* (1992), chapter 4.
struct BalancedFacets: RatioPoint {
    /// The strata of a sheet.
    struct Design: Sendable {
        /// A stratum: the effect of some facets, or the noise.
        struct Stratum: Sendable {
            let facets: Facets
            let degreesOfFreedom: Double
            let sumOfSquares: Double
        }

        let terms: [Facets]
        let strata: [Stratum]
        /// The scores of a level of each term.
        let sizes: [Double]
        /// The levels of entries, judges, criteria and items.
        let levels: [Int]
        let scoreCount: Double
        let mean: Double
        /// The means of each combination of levels, by the bits of its facets.
        let means: [Int: [Double]]
    }

    let design: Design
    let ratios: [Double]
    let squares: Double
    let criterion: Double
    /// ℓ of each stratum.
    private let levels: [Double]

    var freedom: Double { design.scoreCount - 1 }

    init(_ design: Design, ratios: [Double]) throws(FitError) {
        (self.design, self.ratios) = (design, ratios)
        let levels = design.strata.map { stratum in
            ratios.indices.reduce(1.0) { sum, term in
                stratum.facets.isSubset(of: design.terms[term]) ? sum + design.sizes[term] * ratios[term] : sum
            }
        }
        self.levels = levels
        squares = zip(design.strata, levels).reduce(0) { $0 + $1.0.sumOfSquares / $1.1 }
        let scatter = design.strata.reduce(0) { $0 + $1.sumOfSquares }
        guard squares > 1e-20 * scatter, scatter > 0 else { throw .noResidual }
        let freedom = design.scoreCount - 1
        // The stratum of the mean is in the determinant of the covariance and, below the line, in that of the constant: log N is left.
        criterion =
            zip(design.strata, levels).reduce(naturalLogarithm(design.scoreCount)) {
                $0 + $1.0.degreesOfFreedom * naturalLogarithm($1.1)
            } + freedom * (1 + naturalLogarithm(2 * .pi * squares / freedom))
    }

    func slope() -> RatioSlope {
        let (count, terms) = (ratios.count, design.terms)
        func sum(_ inside: (Design.Stratum) -> Bool, _ value: (Design.Stratum, Double) -> Double) -> Double {
            zip(design.strata, levels).reduce(0) { inside($1.0) ? $0 + value($1.0, $1.1) : $0 }
        }
        let traces = (0..<count).map { term in
            sum({ $0.facets.isSubset(of: terms[term]) }) { $0.degreesOfFreedom * design.sizes[term] / $1 }
        }
        let forms = (0..<count).map { term in
            sum({ $0.facets.isSubset(of: terms[term]) }) { $0.sumOfSquares * design.sizes[term] / ($1 * $1) }
        }
        let products = Matrix(rows: count + 1, columns: count + 1) { first, second in
            sum({ stratum in [first, second].allSatisfy { $0 == count || stratum.facets.isSubset(of: terms[$0]) } }) {
                let weight = [first, second].reduce(1.0) { $1 == count ? $0 : $0 * design.sizes[$1] }
                return $0.sumOfSquares * weight / ($1 * $1 * $1)
            }
        }
        return RatioSlope(traces: traces, forms: forms, products: products, squares: squares, freedom: freedom)
    }

    /// The constant: the mean of all scores with its error.
    var fixed: [(value: Double, error: Double)] {
        let whole = ratios.indices.reduce(1.0) { $0 + design.sizes[$1] * ratios[$1] }
        return [(design.mean, (squares / freedom * whole / design.scoreCount).squareRoot())]
    }

    /// The predicted effects of a term: λ n Σ_{α ⊆ k} (effect of α) / ℓ_α.
    func effects(of term: Int) -> [Double] {
        let own = design.terms[term]
        let positions = own.positions
        let sides = positions.map { design.levels[$0] }
        var effects = [Double](repeating: 0, count: sides.reduce(1, *))
        // An effect of the analysis of variance is a sum of means with signs; gathered by the mean.
        for part in own.subsets {
            let weight = own.subsets.reduce(0.0) { sum, stratum in
                guard !stratum.isEmpty, part.isSubset(of: stratum), let level = level(of: stratum) else { return sum }
                return sum + ((stratum.positions.count - part.positions.count) % 2 == 0 ? 1 : -1) / level
            }
            guard let means = design.means[part.rawValue], weight != 0 else { continue }
            let factor = ratios[term] * design.sizes[term] * weight
            for index in effects.indices {
                effects[index] += factor * (means[part.position(of: index, in: positions, sides, design.levels)] - design.mean)
            }
        }
        return effects
    }

    private func level(of facets: Facets) -> Double? { zip(design.strata, levels).first { $0.0.facets == facets }?.1 }

    /// The standard error of each predicted effect of a term.
    func error(of term: Int) -> Double {
        let own = design.terms[term]
        let count = own.positions.reduce(1.0) { $0 * Double(design.levels[$1]) }
        let ratio = ratios[term]
        // λ less what the scores explain of it in each stratum; nothing is explained of the mean, which is not known.
        let explained = own.subsets.reduce(0.0) { sum, stratum in
            guard !stratum.isEmpty, let level = level(of: stratum) else { return sum }
            let share = stratum.positions.reduce(1.0) { $0 * Double(design.levels[$1] - 1) } / count
            return sum + share * design.sizes[term] * ratio * ratio / level
        }
        return (squares / freedom * max(0, ratio - explained)).squareRoot()
    }

    func merits(extra: [Double]) throws(FitError) -> StructuredNormal {
        guard let term = design.terms.firstIndex(of: .entry), let level = level(of: .entry) else { throw .noDifferences }
        let (count, ratio) = (design.levels[0], ratios[term])
        let predicted = effects(of: term)
        // Differences between entries are known better than their mean, which has all judges and items in it.
        let apart = max(0, ratio - design.sizes[term] * ratio * ratio / level)
        let together = ratios.indices.reduce(1 / design.scoreCount) { sum, other in
            other == term ? sum : sum + ratios[other] * design.sizes[other] / design.scoreCount
        }
        let (deviation, common) = (apart.squareRoot(), together.squareRoot())
        return StructuredNormal(
            means: predicted.map { design.mean + $0 },
            mixing: .computed(sources: count + 1) { sources in
                (0..<sources.columns).flatMap { draw -> [Double] in
                    let normals = sources.column(draw)
                    let first = normals.startIndex
                    let mean = normals.dropLast().reduce(0, +) / Double(count)
                    return (0..<count).map { deviation * (normals[first + $0] - mean) + common * normals[first + count] }
                }
            },
            own: extra.map { $0.squareRoot() }, scale: .drawn(squares: squares, freedom: freedom))
    }
}

extension Facets {
    /// All sets of some of these facets, the empty one first.
    var subsets: [Facets] {
        let positions = positions
        return (0..<1 << positions.count).map { bits in
            positions.indices.reduce(Facets()) { bits >> $1 & 1 == 1 ? $0.union(Facets(rawValue: 1 << positions[$1])) : $0 }
        }
    }

    /// The index of a level of more facets among those of these.
    fileprivate func position(of index: Int, in positions: [Int], _ sides: [Int], _ levels: [Int]) -> Int {
        var (rest, position, scale) = (index, 0, 1)
        for (facet, side) in zip(positions, sides).reversed() {
            if rawValue >> facet & 1 == 1 {
                position += rest % side * scale
                scale *= levels[facet]
            }
            rest /= side
        }
        return position
    }
}
