import LinearAlgebra

/// Where the search for variance ratios begins: estimates from sums of squares (Henderson's method 1), which need one pass and are
/// unbiased when no judge scored an entry twice.
struct StartingRatios {
    /// Those of the eliminated factor, the smaller one and the heats.
    let ratios: [Double]
    /// A factor with one level cannot be separated from the mean.
    let isFree: [Bool]
    /// The sum of squares of the scores about their mean.
    let scatter: Double

    init(_ design: CrossedDesign) {
        let count = Double(design.scoreCount)
        let columns = design.random[0]
        let square = design.sums.eliminated.reduce(0, +) * design.sums.eliminated.reduce(0, +) / count
        let scatter = design.squares - square
        let between = [
            StartingRatios.squares(design.sums.eliminated, over: design.sizes) - square,
            StartingRatios.squares(Array(design.sums.columns[columns]), over: design.denseSizes) - square,
        ]
        let levels = [Double(design.sizes.count), Double(columns.count)]
        let squares = [design.sizes, design.denseSizes].map { sizes in sizes.reduce(0.0) { $0 + $1 * $1 } / count }
        // Expected sums of squares about the mean: the coefficients of the eliminated variance, the other one and the noise.
        let total = [count - squares[0], count - squares[1], count - 1]
        let first = [count - squares[0], levels[0] - squares[1], levels[0] - 1]
        let second = [levels[1] - squares[0], count - squares[1], levels[1] - 1]
        let variances = StartingRatios.solution([total, first, second], [scatter, between[0], between[1]])
        let noise = variances.map { max($0[2], 0.05 * scatter / count) } ?? scatter / count
        var ratios = (0..<2).map { (factor: Int) -> Double in min(100, max(0.02, (variances?[factor] ?? noise) / noise)) }
        if design.random.count > 1 { ratios.append(StartingRatios.heats(design, ratios, noise: noise, square: square)) }
        let isFree = levels.map { $0 > 1 } + design.random.dropFirst().map { $0.count > 1 }
        self.ratios = ratios.indices.map { isFree[$0] ? ratios[$0] : 0 }
        (self.isFree, self.scatter) = (isFree, scatter)
    }

    /// The ratio of the heats' variance: what their sum of squares has beyond that of the entries and judges in them, between a hundredth
    /// and a fifth of the larger of the others.
    private static func heats(_ design: CrossedDesign, _ ratios: [Double], noise: Double, square: Double) -> Double {
        let (columns, count) = (design.random[1], Double(design.scoreCount))
        let sizes = columns.map { design.border[$0, $0 - columns.lowerBound] }
        // Σ n²/nₕ over the levels of a factor that are in a heat, less Σ n²/N over these levels.
        var expected = [design.sizes, design.denseSizes].map { levels in -levels.reduce(0) { $0 + $1 * $1 } / count }
        for level in design.sizes.indices {
            for (column, met) in design.counts.row(level) where columns.contains(column) {
                expected[0] += met * met / sizes[column - columns.lowerBound]
            }
        }
        for (heat, size) in sizes.enumerated() {
            for level in design.random[0] { expected[1] += design.border[level, heat] * design.border[level, heat] / size }
        }
        let between = squares(Array(design.sums.columns[columns]), over: sizes) - square
        let own = count - sizes.reduce(0) { $0 + $1 * $1 } / count
        let rest = between / noise - ratios[0] * expected[0] - ratios[1] * expected[1] - Double(sizes.count - 1)
        let most = max(ratios[0], ratios[1])
        return min(0.2 * most, max(0.01 * most, rest / max(own, 1)))
    }

    private static func squares(_ sums: [Double], over sizes: [Double]) -> Double {
        zip(sums, sizes).reduce(0.0) { $0 + $1.0 * $1.0 / $1.1 }
    }

    /// The solution of three equations by Cramer's rule; `nil` when they are dependent.
    private static func solution(_ rows: [[Double]], _ right: [Double]) -> [Double]? {
        func determinant(_ m: [[Double]]) -> Double {
            m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
        }
        let whole = determinant(rows)
        let size = rows.reduce(1.0) { size, row in size * (row.map(\.magnitude).max() ?? 0) }
        guard whole.magnitude > 1e-12 * size else { return nil }
        return (0..<3).map { column in
            determinant(rows.enumerated().map { position, row in row.indices.map { $0 == column ? right[position] : row[$0] } }) / whole
        }
    }
}
