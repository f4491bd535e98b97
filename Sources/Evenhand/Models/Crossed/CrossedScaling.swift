import LinearAlgebra

/// Variance ratios, and what they make of the equations.
struct CrossedScaling: Sendable {
    /// The ratios of the eliminated factor, the smaller factor and the heats.
    let ratios: [Double]
    /// w of each eliminated level.
    let weights: [Double]
    /// T.
    let scales: [Double]

    init(_ design: CrossedDesign, _ ratios: [Double]) {
        var scales = [Double](repeating: 1, count: design.columnCount)
        for (factor, columns) in design.random.enumerated() {
            for column in columns { scales[column] = ratios[factor + 1].squareRoot() }
        }
        (self.ratios, self.scales) = (ratios, scales)
        weights = design.sizes.map { ratios[0] / (1 + ratios[0] * $0) }
    }

    /// A in the lower triangle.
    ///
    /// - Parameter storage: a matrix of the dense columns' size, whose elements do not matter.
    func equations(_ design: CrossedDesign, in storage: consuming Matrix) -> Matrix {
        var equations = consume storage
        equations.setToComplement(
            diagonal: design.denseSizes, border: design.border, rows: design.counts, weights: weights, scaledBy: scales,
            adding: [Double](repeating: 1, count: design.fixed.lowerBound), tasks: Parallel.tasks(size: design.scoreCount))
        return equations
    }

    /// The effects whose normal equations have these sums on their right-hand side.
    ///
    /// - Parameters:
    ///   - refinements: how often what the equations leave of the right-hand side is solved for, too. One makes up for the digits that an
    ///     explicit inverse loses; more, for a factor or inverse of equations at ratios that differ a little.
    ///   - solver: solves A·x = b.
    func effects(
        _ sums: LevelValues, _ design: CrossedDesign, refinements: Int = 0, solver: ([Double]) -> [Double]
    ) -> LevelValues {
        let tasks = Parallel.tasks(size: design.scoreCount)
        let right = complement(sums.columns, sums.eliminated, design, tasks)
        var scaled = solver(right)
        for _ in 0..<refinements {
            let columns = zip(scaled, scales).map { $0 * $1 }
            let product = complement(design.gramTimes(columns), design.counts.times(columns, tasks: tasks), design, tasks)
            let rest = right.indices.map { right[$0] - product[$0] - ($0 < design.fixed.lowerBound ? scaled[$0] : 0) }
            for (column, value) in solver(rest).enumerated() { scaled[column] += value }
        }
        let columns = zip(scaled, scales).map { $0 * $1 }
        let expected = design.counts.times(columns, tasks: tasks)
        return LevelValues(eliminated: weights.indices.map { weights[$0] * (sums.eliminated[$0] - expected[$0]) }, columns: columns)
    }

    /// T (columns − Nᵀ W eliminated).
    private func complement(_ columns: [Double], _ eliminated: [Double], _ design: CrossedDesign, _ tasks: Tasks) -> [Double] {
        let part = design.counts.transposedTimes(weights.indices.map { weights[$0] * eliminated[$0] }, tasks: tasks)
        return columns.indices.map { scales[$0] * (columns[$0] - part[$0]) }
    }
}
