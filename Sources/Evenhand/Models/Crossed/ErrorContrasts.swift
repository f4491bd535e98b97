import LinearAlgebra

/// The scores of a small crossed model as a few contrasts, in which variances may differ by many powers of ten without a loss of digits.
///
/// With T the orthonormal means of the levels of the leading factor (the one whose levels differ more) and Q an orthonormal basis of what
/// the other factors can explain beyond it, the d coordinates QᵀX and TᵀX of n scores have the covariance σ²I + Σ vₖ Aₖ, Aₖ = WₖWₖᵀ; the n
/// − d other directions are noise of variance σ² alone. Q comes first: the leading variance is not in it, so that a Cholesky factor of the
/// whole never takes a large variance out of a small one.
///
/// Source: Patterson and Thompson, *Recovery of inter-block information when block sizes are unequal*, Biometrika 58 (1971).
struct ErrorContrasts: Sendable {
    /// Wₖ of each random factor (eliminated, smaller, heats): d rows, a column for each level.
    let loadings: [Matrix]
    /// Aₖ.
    let covariances: [Matrix]
    /// The coordinates of the fixed effects' columns, d rows.
    let fixed: Matrix
    /// The coordinates of the scores, in points less the design's center.
    let values: [Double]
    /// The sum of squares in the other n − d directions: what entries, judges and heats by least squares leave.
    let restSquares: Double
    /// n − d.
    let restCount: Int
    /// The sum of squares about the mean of all scores.
    let scatter: Double

    /// Directions that explain less than this share of a score are none.
    private static let leastEigenvalue = 1e-9
    /// Sums of squares below this share of the scatter are rounding.
    private static let rounding = 1e-24

    init(_ design: CrossedDesign) throws(FitError) {
        let scores = ScoreCodes(design)
        let lead = ErrorContrasts.lead(design, scores)
        let others = scores.codes.indices.filter { $0 != lead }
        let (leading, sizes) = (scores.codes[lead], scores.sizes(of: lead))
        let offsets = others.reduce(into: [0]) { $0.append($0[$0.count - 1] + scores.levelCounts[$1]) }
        let columns = others.enumerated().map { position, factor in scores.codes[factor].map { offsets[position] + $0 } }

        // How the other factors' columns meet the leading one and each other.
        var met = Matrix(rows: sizes.count, columns: offsets[others.count])
        var gram = Matrix(rows: met.columns, columns: met.columns)
        for row in leading.indices {
            for own in columns {
                met[leading[row], own[row]] += 1
                for other in columns { gram[other[row], own[row]] += 1 }
            }
        }
        let perScore = Matrix(rows: met.rows, columns: met.columns) { met[$0, $1] / sizes[$0].squareRoot() }
        let explained = perScore.transposedTimes(perScore)
        let basis = try ErrorContrasts.basis(Matrix(rows: gram.rows, columns: gram.columns) { gram[$0, $1] - explained[$0, $1] })

        // What the leading factor leaves of the scores, and what the others leave of that; twice, against rounding.
        let within = scores.deviations(scores.values, from: leading, sizes)
        func sums(_ values: [Double]) -> [Double] {
            var sums = [Double](repeating: 0, count: met.columns)
            for own in columns { for (row, value) in values.enumerated() { sums[own[row]] += value } }
            return sums
        }
        var rest = within
        for _ in 0..<2 {
            let effects = basis.solve(sums(rest))
            let fitted = rest.indices.map { row in columns.reduce(0.0) { $0 + effects[$1[row]] } }
            rest = zip(rest, scores.deviations(fitted, from: leading, sizes)).map { $0 - $1 }
        }
        let mean = scores.values.reduce(0, +) / Double(rest.count)
        scatter = scores.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let squares = rest.reduce(0) { $0 + $1 * $1 }
        (restCount, restSquares) = (rest.count - basis.rank - sizes.count, squares > ErrorContrasts.rounding * scatter ? squares : 0)

        let above = basis.coordinates(sums(within))
        let isRounding = above.reduce(0) { $0 + $1 * $1 } <= ErrorContrasts.rounding * scatter
        var means = [Double](repeating: 0, count: sizes.count)
        for (row, value) in scores.values.enumerated() { means[leading[row]] += value }
        values = (isRounding ? above.map { _ in 0 } : above) + zip(means, sizes).map { $0 / $1.squareRoot() }
        let rank = basis.rank
        loadings = scores.codes.indices.map { factor in
            guard let position = others.firstIndex(of: factor) else {
                return Matrix(rows: rank + sizes.count, columns: sizes.count) { $0 == rank + $1 ? sizes[$1].squareRoot() : 0 }
            }
            let first = offsets[position]
            return Matrix(rows: rank + sizes.count, columns: scores.levelCounts[factor]) { row, level in
                row < rank ? basis.loading(row, first + level) : perScore[row - rank, first + level]
            }
        }
        covariances = loadings.map { $0 * $0.transposed }
        let groups = scores.groups(of: leading, count: sizes.count)
        fixed = Matrix(rows: rank + sizes.count, columns: design.fixed.count) { row, group in
            row >= rank && groups[row - rank] == group ? sizes[row - rank].squareRoot() : 0
        }
    }

    /// The factor with the larger sum of squares between its levels; entries when they have groups, which are then sets of its levels.
    private static func lead(_ design: CrossedDesign, _ scores: ScoreCodes) -> Int {
        guard design.fixed.count == 1 else { return design.isEntryEliminated ? 0 : 1 }
        let within = (0..<2).map { factor in
            scores.deviations(scores.values, from: scores.codes[factor], scores.sizes(of: factor)).reduce(0) { $0 + $1 * $1 }
        }
        return within[0] <= within[1] ? 0 : 1
    }

    /// The directions of a Gram matrix that explain anything.
    private static func basis(_ gram: Matrix) throws(FitError) -> GramBasis {
        do { return try GramBasis(gram, least: leastEigenvalue) } catch { throw .notPositiveDefinite(minor: gram.rows) }
    }
}

/// The eigenvectors u of a Gram matrix MᵀM with eigenvalues λ above 0: Mu/√λ are orthonormal.
private struct GramBasis {
    let values: [Double]
    let vectors: Matrix

    var rank: Int { values.count }

    init(_ gram: Matrix, least: Double) throws(FactorizationError) {
        let eigen = try SymmetricEigen(gram)
        let kept = eigen.values.indices.filter { eigen.values[$0] > least * max(1, eigen.values.last ?? 0) }
        values = kept.map { eigen.values[$0] }
        vectors = Matrix(rows: gram.rows, columns: kept.count) { eigen.vectors[$0, kept[$1]] }
    }

    /// The coordinates of x along the directions, from Mᵀx.
    func coordinates(_ products: [Double]) -> [Double] { zip(vectors.transposedTimes(products), values).map { $0 / $1.squareRoot() } }

    /// The coordinate of a column of M along a direction.
    func loading(_ direction: Int, _ column: Int) -> Double { vectors[column, direction] * values[direction].squareRoot() }

    /// The least-squares coefficients of x by M, from Mᵀx.
    func solve(_ products: [Double]) -> [Double] { vectors * zip(vectors.transposedTimes(products), values).map { $0 / $1 } }
}

/// Which level of each random factor a score belongs to, and its points.
private struct ScoreCodes {
    /// The level of each score, for the eliminated factor, the smaller one and the heats.
    let codes: [[Int]]
    let levelCounts: [Int]
    /// The group of fixed effects of each score.
    private let groupCodes: [Int]
    /// The scores in points, less the design's center.
    let values: [Double]

    init(_ design: CrossedDesign) {
        let sheet = design.levels.sheet
        let performances = sheet.performances
        let entries = performances.flatMap { [Int](repeating: Int($0.entry), count: $0.rows.count) }
        let judges = sheet.judgeCodes.map { Int($0) }
        let heats = performances.flatMap { [Int](repeating: Int($0.heat), count: $0.rows.count) }
        let counts = (entries: sheet.entries.count, judges: sheet.judges.count)
        codes =
            (design.isEntryEliminated ? [entries, judges] : [judges, entries]) + (design.random.count > 1 ? [heats] : [])
        levelCounts =
            (design.isEntryEliminated ? [counts.entries, counts.judges] : [counts.judges, counts.entries])
            + design.random.dropFirst().map(\.count)
        groupCodes = entries.map { Int(design.groupCodes[$0]) }
        let pivot = design.center * sheet.unitsPerPoint
        values = sheet.units.map { ($0 - pivot) / sheet.unitsPerPoint }
    }

    /// The number of scores of each level.
    func sizes(of factor: Int) -> [Double] {
        codes[factor].reduce(into: [Double](repeating: 0, count: levelCounts[factor])) { $0[$1] += 1 }
    }

    /// Values less the mean of their level.
    func deviations(_ values: [Double], from levels: [Int], _ sizes: [Double]) -> [Double] {
        var means = [Double](repeating: 0, count: sizes.count)
        for (row, level) in levels.enumerated() { means[level] += values[row] }
        for level in means.indices { means[level] /= sizes[level] }
        return values.indices.map { values[$0] - means[levels[$0]] }
    }

    /// The group of each level of the leading factor.
    func groups(of leading: [Int], count: Int) -> [Int] {
        var groups = [Int](repeating: 0, count: count)
        for (row, level) in leading.enumerated() { groups[level] = groupCodes[row] }
        return groups
    }
}
