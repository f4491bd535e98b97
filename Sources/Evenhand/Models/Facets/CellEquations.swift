import LinearAlgebra

/// A facet model at given variance ratios by cells: the same solution as by `FacetEquations`, in a fraction of the time where judges,
/// entries and items are crossed and some scores are missing.
///
/// P̃ = V*⁻¹ − V*⁻¹W (…)⁻¹ WᵀV*⁻¹, with V* the covariance of scores over σ², in the terms of `FacetEquations`.
struct CellEquations: RatioPoint {
    let cells: FacetCells
    let ratios: [Double]
    /// The sum of P̃y over the scores of each cell.
    let sums: [Double]
    let squares: Double
    let criterion: Double
    /// The constant and the covariates' effects.
    let fixedEffects: [Double]
    /// The squares of what is left of scores within cells.
    private let withinSquares: Double
    private let keptScales: [Double]
    private let kept: Cholesky
    private let entryRows: EntryRows?

    var freedom: Double { cells.freedom }

    /// What draws of entries need where these are swept: the last row of each block.
    private struct EntryRows {
        let cross: Matrix
        let diagonal, scales: [Double]
        let entries: [Int32]
    }

    /// - Throws: `FitError.notPositiveDefinite` where fixed effects depend on each other; `FitError.noResidual` where nothing is left.
    init(_ cells: FacetCells, ratios: [Double]) throws(FitError) {
        (self.cells, self.ratios) = (cells, ratios)
        let elimination = try CellElimination(cells, ratios: ratios)
        (keptScales, kept) = (elimination.keptScales, elimination.kept)
        let count = cells.covariateCount
        let found = elimination.projection(cells.values, products: (0..<count).map { cells.within[$0, count] })
        fixedEffects = Array(found.kept[cells.constant...])
        let slopes = fixedEffects.dropFirst()
        var within = cells.within[count, count]
        for (first, slope) in slopes.enumerated() {
            within -= 2 * slope * cells.within[first, count]
            for (second, other) in slopes.enumerated() { within += slope * other * cells.within[first, second] }
        }
        withinSquares = max(0, within)
        squares = found.squares + withinSquares
        let scatter = zip(cells.values, cells.sizes).reduce(cells.within[count, count]) { $0 + $1.0 * $1.0 * $1.1 }
        guard squares > 1e-20 * scatter, cells.freedom > 0 else { throw .noResidual }
        sums = found.sums
        criterion = elimination.logDeterminant + cells.freedom * (1 + naturalLogarithm(2 * .pi * squares / cells.freedom))
        entryRows = cells.swept == .entry ? CellEquations.entryRows(elimination) : nil
    }

    private static func entryRows(_ elimination: CellElimination) -> EntryRows? {
        let cells = elimination.cells
        guard let term = cells.terms.firstIndex(where: { $0.facets == .entry }) else { return nil }
        let last = (0..<cells.blockCount).map { cells.columnStarts[$0 + 1] - 1 }
        return EntryRows(
            cross: Matrix(rows: last.count, columns: cells.keptCount) { elimination.cross[last[$0], $1] },
            diagonal: (0..<cells.blockCount).map { elimination.factors[elimination.factorStarts[$0 + 1] - 1] },
            scales: last.map { elimination.sweptScales[$0] },
            entries: (0..<cells.blockCount).map { cells.codes[term][cells.groups[cells.blocks[$0]]] })
    }

    func slope() throws(FitError) -> RatioSlope {
        let elimination = try CellElimination(cells, ratios: ratios)
        let traces = CellTraces(elimination, ratios).ofLevels.map { $0.reduce(0, +) }
        let levels = ratios.indices.map { cells.sums(of: sums, over: $0) }
        let forms = levels.map { $0.reduce(0) { $0 + $1 * $1 } }
        // ZZᵀP̃y of each term, the same for all scores of a cell, and P̃y itself, which is not.
        let parts = zip(cells.codes, levels).map { codes, sums in codes.map { $0 < 0 ? 0 : sums[Int($0)] } }
        let noise = zip(sums, cells.sizes).map { $0 / $1 }
        let count = cells.covariateCount
        let products = (0..<count).map { row in
            (0..<count).reduce(cells.within[row, count]) { $0 - cells.within[row, $1] * fixedEffects[$1 + 1] }
        }
        let none = [Double](repeating: 0, count: count)
        let solved = parts.map { elimination.projection($0, products: none) } + [elimination.projection(noise, products: products)]
        let slopes = solved[ratios.count].kept[(cells.constant + 1)...]
        let ownNoise = zip(products, slopes).reduce(withinSquares) { $0 - $1.0 * $1.1 }
        let matrix = Matrix(rows: ratios.count + 1, columns: ratios.count + 1) { first, second in
            let (one, other) = (min(first, second), max(first, second))
            let vector = one < ratios.count ? parts[one] : noise
            return zip(vector, solved[other].sums).reduce(one == ratios.count ? ownNoise : 0) { $0 + $1.0 * $1.1 }
        }
        return RatioSlope(traces: traces, forms: forms, products: matrix, squares: squares, freedom: freedom)
    }

    /// The predicted effects of a term: λ ZᵀP̃y.
    func effects(of term: Int) -> [Double] { cells.sums(of: sums, over: term).map { ratios[term] * $0 } }

    /// The standard error of each predicted effect of a term: of λ − λ² ZᵀP̃Z.
    func errors(of term: Int) throws(FitError) -> [Double] {
        let traces = CellTraces(try CellElimination(cells, ratios: ratios), ratios).ofLevels[term]
        return traces.map { (squares / freedom * max(0, ratios[term] * (1 - ratios[term] * $0))).squareRoot() }
    }

    /// zᵀP̃y and zᵀP̃z for the column z of all scores of some cells, by the elimination at these ratios.
    func projection(of rows: [Int], _ elimination: CellElimination) -> (score: Double, weight: Double) {
        var column = [Double](repeating: 0, count: cells.cellCount)
        for row in rows { column[Int(cells.cellOf[row])] = 1 }
        let none = [Double](repeating: 0, count: cells.covariateCount)
        let found = elimination.projection(column, products: none).sums
        func sum(_ values: [Double]) -> Double { zip(column, values).reduce(0) { $0 + $1.0 * $1.1 } }
        return (sum(sums), sum(found))
    }

    /// The constant, which is the mean of the population, and the covariates' effects, with their standard errors.
    var fixed: [(value: Double, error: Double)] {
        fixedEffects.indices.map { position in
            var unit = [Double](repeating: 0, count: cells.keptCount)
            unit[cells.constant + position] = 1
            let variance = kept.solve(unit)[cells.constant + position]
            return (fixedEffects[position] + (position == 0 ? cells.center : 0), (squares / freedom * variance).squareRoot())
        }
    }

    func merits(extra: [Double]) throws(FitError) -> StructuredNormal {
        guard let term = cells.terms.firstIndex(where: { $0.facets == .entry }) else { throw .noDifferences }
        let (kept, scales, size, constant) = (kept, keptScales, cells.keptCount, cells.constant)
        let (first, count) = (cells.offsets[term], cells.terms[term].levelCount)
        let rows = entryRows
        return StructuredNormal(
            means: effects(of: term).map { cells.center + fixedEffects[0] + $0 },
            mixing: .computed(sources: size + (rows == nil ? 0 : count)) { sources in
                let coloured = kept.coloured(Matrix(rows: size, columns: sources.columns) { sources[$0, $1] })
                guard let rows else {
                    return (0..<sources.columns).flatMap { draw in
                        (0..<count).map { coloured[constant, draw] + scales[first + $0] * coloured[first + $0, draw] }
                    }
                }
                let shared = rows.cross * coloured
                return (0..<sources.columns).flatMap { draw in
                    var values = [Double](repeating: coloured[constant, draw], count: count)
                    for (row, entry) in rows.entries.enumerated() {
                        values[Int(entry)] += rows.scales[row] * (sources[size + row, draw] - shared[row, draw]) / rows.diagonal[row]
                    }
                    return values
                }
            },
            own: extra.map { $0.squareRoot() }, scale: .drawn(squares: squares, freedom: freedom))
    }
}
