import LinearAlgebra

/// How the criterion of a crossed model changes with the ratios.
struct CrossedSlope: Sendable {
    /// Its derivatives, exact: tr(ZᵀP̃Z) − |ZᵀP̃y|²/σ².
    let gradient: [Double]
    /// The average of its observed and expected second derivatives (Gilmour, Thompson and Cullis 1995), σ² profiled out: Fₖₗ/σ² − SₖSₗ/(f
    /// σ⁴), with fₖ = ZₖZₖᵀP̃y, Fₖₗ = fₖᵀP̃fₗ and Sₖ = |ZₖᵀP̃y|².
    let information: Matrix

    init(of equations: InvertedEquations) {
        let (design, sums, variance) = (equations.design, equations.residualSums, equations.solution.residualVariance)
        let factors = equations.ratios.indices
        let squares = factors.map { sums.values(of: $0, design).reduce(0) { $0 + $1 * $1 } }
        gradient = factors.map { equations.trace($0) - squares[$0] / variance }
        var information = Matrix(rows: factors.count, columns: factors.count)
        let freedom = equations.solution.freedom
        for k in factors {
            let working = design.sums(of: sums.keeping(k, design))
            let left = working.subtracting(
                design.sums(of: equations.scaling.effects(working, design) { equations.inverse.matrix.symmetricTimes($0) }))
            for l in factors {
                let product = zip(sums.values(of: l, design), left.values(of: l, design)).reduce(0) { $0 + $1.0 * $1.1 }
                information[l, k] = product / variance - squares[k] / variance * (squares[l] / variance) / freedom
            }
        }
        self.information = information
    }
}

extension InvertedEquations {
    /// tr(ZᵀP̃Z) of a factor (REML), or tr(Zᵀ(V/σ²)⁻¹Z) (maximum likelihood): the derivative of the log determinant by its ratio.
    fileprivate func trace(_ factor: Int) -> Double {
        let holdsFixed = estimation == .ml
        guard factor > 0 else {
            let forms = holdsFixed ? inverse.holdingFixed(forms, of: design.counts) : forms
            return zip(design.sizes, forms).reduce(0) { sum, level in
                let inflation = 1 + ratios[0] * level.0
                return sum + (level.0 - level.1 / inflation) / inflation
            }
        }
        let (columns, ratio) = (design.random[factor - 1], ratios[factor])
        // (q − tr B)/λ loses the digits that λ times the scores of a level lies below 1; there the factor explains nothing of itself.
        guard ratio * Double(design.scoreCount) > 1e-8 * Double(columns.count) else { return traceWithoutEffect(columns, holdsFixed) }
        let fixedColumns = holdsFixed ? design.fixed.map { inverse.matrix.symmetricColumn($0) } : []
        return columns.reduce(0) { sum, column in
            let held = holdsFixed ? inverse.fixedShare(fixedColumns.map { $0[column] }) : 0
            return sum + (1 - inverse.matrix[column, column] + held) / ratio
        }
    }

    /// The trace when the ratio of the factor is 0: that of S − S·TBT·S over its columns, with S = RᵀR − NᵀWN. TBT is then 0 in the
    /// factor's own columns, so the smaller factor meets the border alone.
    private func traceWithoutEffect(_ columns: Range<Int>, _ holdsFixed: Bool) -> Double {
        let border = design.denseSizes.count..<design.columnCount
        let isBorder = columns.lowerBound >= border.lowerBound
        let parts = border.map { complementColumn($0) }
        let diagonal = isBorder ? columns.map { parts[$0 - border.lowerBound][$0] } : complementDiagonal
        return columns.enumerated().reduce(0) { sum, column in
            let met =
                isBorder
                ? Array(parts[column.element - border.lowerBound].enumerated())
                : border.map { ($0, parts[$0 - border.lowerBound][column.element]) }
            let scaled = met.map { (column: $0.0, value: $0.1) }
            let explained = inverse.quadraticForm(scaled)
            let held = holdsFixed ? inverse.fixedShare(design.fixed.map { inverse.product(row: $0, scaled) }) : 0
            return sum + diagonal[column.offset] - explained + held
        }
    }

    /// A column of S.
    private func complementColumn(_ column: Int) -> [Double] {
        var unit = [Double](repeating: 0, count: design.columnCount)
        unit[column] = 1
        let met = design.counts * unit
        let lost = design.counts.transposedTimes(zip(scaling.weights, met).map { $0 * $1 })
        return zip(design.gramTimes(unit), lost).map { $0 - $1 }
    }

    /// The diagonal of S over the smaller factor.
    private var complementDiagonal: [Double] {
        let squared = design.counts.replacingValues { $2 * $2 }
        return zip(design.denseSizes, squared.transposedTimes(scaling.weights)).map { $0 - $1 }
    }
}
