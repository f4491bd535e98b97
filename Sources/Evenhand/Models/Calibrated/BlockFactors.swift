import LinearAlgebra

/// The curvature of each block of judges, factored: the preconditioner of the iterations, and where the volumes come from.
///
/// A row of a block's matrix is a parameter of a judge: the locations of its judges, then their scales, then their noises.
struct BlockFactors: Sendable {
    let blocks: JudgeBlocks
    /// L of each block, D = L Lᵀ, row by row, `JudgeBlocks.starts.triple` apart; and D⁻¹.
    let lower: [Double]
    let inverse: [Double]
    /// The posterior covariance of each block's locations, in squares of the unit of the scores.
    let covariances: [Double]
    /// log |D|, and the part of it that is the locations' own.
    let logDeterminant: Double
    let locationLogDeterminant: Double
    /// The root of the common location's curvature.
    let locationRoot: Double
    /// For each pinned subset 1/(n/γ + Σ D⁻¹) over its scales, with γ the grip on their mean.
    let pins: [Double]

    init(_ terms: SparseTerms) throws(FitError) {
        let blocks = terms.design.blocks
        let size = blocks.starts.triple[blocks.members.count]
        let parts = Parallel.map(16, size: size) { piece in
            let range = blocks.members.count * piece / 16..<blocks.members.count * (piece + 1) / 16
            return range.map { SmallFactor(terms, block: $0) }
        }.flatMap(\.self)
        guard let failed = parts.firstIndex(where: { $0.isDefinite == false }) else {
            self.init(terms, parts)
            return
        }
        throw .notPositiveDefinite(minor: failed + 1)
    }

    private init(_ terms: SparseTerms, _ parts: [SmallFactor]) {
        blocks = terms.design.blocks
        (lower, inverse) = (parts.flatMap(\.lower), parts.flatMap(\.inverse))
        covariances = parts.flatMap(\.covariance)
        locationRoot = max(terms.locationCurvature, .leastNormalMagnitude).squareRoot()
        let (blocks, inverse) = (blocks, inverse)
        let grip = CalibratedEquations.subsetGrip
        let pins = blocks.pins.map { members in
            var sum = Double(members.count) / grip
            for a in members {
                let (block, size) = (blocks.blockOfJudge[a], blocks.members[blocks.blockOfJudge[a]].count)
                let row = blocks.starts.triple[block] + 3 * size * (size + blocks.placeInBlock[a])
                for position in 0..<size { sum += inverse[row + size + position] }
            }
            return 1 / sum
        }
        self.pins = pins
        locationLogDeterminant = parts.reduce(0) { $0 + $1.locationLogDeterminant }
        logDeterminant = zip(blocks.pins, pins).reduce(parts.reduce(0) { $0 + $1.logDeterminant }) { sum, pin in
            sum + naturalLogarithm(grip / (Double(pin.0.count) * pin.1 * (1 + grip)))
        }
    }
}

/// A block's matrix and its factor.
private struct SmallFactor: Sendable {
    var lower: [Double]
    var inverse: [Double] = []
    var covariance: [Double] = []
    var logDeterminant = 0.0
    var locationLogDeterminant = 0.0
    var isDefinite = true

    init(_ terms: SparseTerms, block: Int) {
        let size = terms.design.blocks.members[block].count
        let rows = 3 * size
        let matrix = SmallFactor.matrix(terms, block)
        lower = matrix
        // Far from the maximum the matrix may not be positive definite: then the traits are drawn toward the population more than they
        // should be.
        var added = 0.0
        for attempt in 0...40 {
            lower = matrix
            for row in size..<rows { lower[row * rows + row] += added }
            if SmallFactor.factor(&lower, rows) { break }
            added = added == 0 ? 1 : 2 * added
            isDefinite = attempt < 40
        }
        guard isDefinite else { return }
        for row in 0..<rows {
            let log = 2 * naturalLogarithm(lower[row * rows + row])
            logDeterminant += log
            if row < size { locationLogDeterminant += log }
        }
        if terms.design.blocks.isSubset[block] { logDeterminant -= naturalLogarithm(1 + CalibratedEquations.subsetGrip) }
        inverse = SmallFactor.inverse(lower, rows, of: rows)
        let deviation = terms.population.locationDeviation
        covariance = SmallFactor.inverse(lower, rows, of: size).map { deviation * deviation * $0 }
    }

    private static func matrix(_ terms: SparseTerms, _ block: Int) -> [Double] {
        let blocks = terms.design.blocks
        let members = blocks.members[block]
        let (size, rows, deviations) = (members.count, 3 * members.count, terms.deviations)
        var matrix = [Double](repeating: 0, count: rows * rows)
        // Places in the lower triangle of three by three, in the order of the sums.
        let places = [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)]
        for (at, judge) in members.enumerated() {
            for (index, (row, column)) in places.enumerated() {
                matrix[(row * size + at) * rows + column * size + at] =
                    terms.sum(judge, SparseTerms.Sum.expected + index) - terms.sum(judge, SparseTerms.Sum.taken + index)
            }
        }
        terms.subtractShared(in: block, from: &matrix)
        for row in 0..<rows {
            for column in 0...row { matrix[row * rows + column] *= deviations[row / size] * deviations[column / size] }
            matrix[row * rows + row] += 1
        }
        if blocks.isSubset[block] {
            for a in 0..<size { for b in 0...a { matrix[(size + a) * rows + size + b] += CalibratedEquations.subsetGrip / Double(size) } }
        }
        return matrix
    }

    /// The factor, row by row, in place; `false` when the matrix is not positive definite.
    private static func factor(_ matrix: inout [Double], _ rows: Int) -> Bool {
        guard rows > 3 else { return factorThree(&matrix) }
        // Columns of the upper triangle are rows of the lower one.
        let given = Matrix(rows: rows, columns: rows) { [matrix] in $0 >= $1 ? matrix[$0 * rows + $1] : matrix[$1 * rows + $0] }
        guard let cholesky = try? Cholesky(given) else { return false }
        matrix = cholesky.lower.transposed.elements
        return true
    }

    /// Three rows cost less than a call.
    private static func factorThree(_ matrix: inout [Double]) -> Bool {
        for column in 0..<3 {
            for row in column..<3 {
                var sum = matrix[row * 3 + column]
                for k in 0..<column { sum -= matrix[row * 3 + k] * matrix[column * 3 + k] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return false }
                    matrix[row * 3 + column] = sum.squareRoot()
                } else {
                    matrix[row * 3 + column] = sum / matrix[column * 3 + column]
                    matrix[column * 3 + row] = 0
                }
            }
        }
        return true
    }

    /// The inverse of the leading block of L Lᵀ.
    private static func inverse(_ lower: [Double], _ stride: Int, of rows: Int) -> [Double] {
        if rows > 3 {
            let leading = Matrix(rows: rows, columns: rows) { row, column in
                let most = min(row, column)
                var sum = 0.0
                for k in 0...most { sum += lower[row * stride + k] * lower[column * stride + k] }
                return sum
            }
            if let cholesky = try? Cholesky(leading) { return cholesky.inverse.elements }
        }
        var (root, inverse) = ([Double](repeating: 0, count: rows * rows), [Double](repeating: 0, count: rows * rows))
        for column in 0..<rows {
            for row in column..<rows {
                var sum = row == column ? 1.0 : 0.0
                for k in column..<row { sum -= lower[row * stride + k] * root[k * rows + column] }
                root[row * rows + column] = sum / lower[row * stride + row]
            }
        }
        for k in 0..<rows {
            for row in 0...k { for column in 0...k { inverse[row * rows + column] += root[k * rows + row] * root[k * rows + column] } }
        }
        return inverse
    }
}

extension SparseTerms {
    /// Takes off a block's matrix what its judges share through entries: v ℓℓᵀ + 2 v² qqᵀ between different judges.
    fileprivate func subtractShared(in block: Int, from matrix: inout [Double]) {
        let (groups, size) = (design.blocks.groups[block], design.blocks.members[block].count)
        let rows = 3 * size
        guard size > 1 else { return }
        for (group, entry) in groups.entries.enumerated() {
            let variance = kept.variances[Int(entry)]
            let meetings = groups.meetings[groups.starts[group]..<groups.starts[group + 1]]
            for first in meetings {
                let (a, at) = (form(Int(first), Int(entry)), design.blocks.placeInBlock[Int(design.judges[Int(first)])])
                for second in meetings where second != first {
                    let (b, other) = (form(Int(second), Int(entry)), design.blocks.placeInBlock[Int(design.judges[Int(second)])])
                    for row in 0..<3 {
                        for column in 0...row {
                            let product =
                                variance * a.linear[row] * b.linear[column]
                                + 2 * variance * variance * a.quadratic[row] * b.quadratic[column]
                            let (r, c) = (row * size + at, column * size + other)
                            if c <= r { matrix[r * rows + c] -= product }
                        }
                    }
                }
            }
        }
    }

    /// ℓ and q of a meeting.
    private func form(_ meeting: Int, _ entry: Int) -> (linear: SIMD4<Double>, quadratic: SIMD4<Double>) {
        let ((pull, residual), scale) = (values(of: meeting, kept.merits[entry]), scales[Int(design.judges[meeting])])
        let linear = SIMD4(-pull, pull * (residual - scale * kept.merits[entry]), -2 * pull * residual, 0)
        return (linear, SIMD4(0, -pull * scale, pull * scale, 0))
    }
}
