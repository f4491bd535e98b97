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

    init(_ terms: CalibratedTerms) throws(FitError) {
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

    private init(_ terms: CalibratedTerms, _ parts: [SmallFactor]) {
        blocks = terms.design.blocks
        (lower, inverse) = (parts.flatMap(\.lower), parts.flatMap(\.inverse))
        covariances = parts.flatMap(\.covariance)
        locationRoot = max(terms.locationCurvature, .leastNormalMagnitude).squareRoot()
        let (blocks, inverse) = (blocks, inverse)
        let grip = JudgeBlocks.subsetGrip
        let pins = blocks.pins.map { members in
            var sum = Double(members.count) / grip
            for a in members {
                let (block, size) = (blocks.blockOfJudge[a], blocks.members[blocks.blockOfJudge[a]].count)
                let row = blocks.starts.triple[block] + 3 * size * (size + blocks.positionInBlock[a])
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

    init(_ terms: CalibratedTerms, block: Int) {
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
            if factor(size) { break }
            added = added == 0 ? 1 : 2 * added
            isDefinite = attempt < 40
        }
        guard isDefinite else { return }
        for row in 0..<rows {
            let log = 2 * naturalLogarithm(lower[row * rows + row])
            logDeterminant += log
            if row < size { locationLogDeterminant += log }
        }
        if terms.design.blocks.isSubset[block] { logDeterminant -= naturalLogarithm(1 + JudgeBlocks.subsetGrip) }
        let deviation = terms.population.locationDeviation
        for index in covariance.indices { covariance[index] *= deviation * deviation }
    }

    private static func matrix(_ terms: CalibratedTerms, _ block: Int) -> [Double] {
        let blocks = terms.design.blocks
        let members = blocks.members[block]
        let (size, rows, deviations) = (members.count, 3 * members.count, terms.deviations)
        var matrix = [Double](repeating: 0, count: rows * rows)
        // Positions in the lower triangle of three by three, in the order of the sums.
        let positions = [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (2, 2)]
        for (at, judge) in members.enumerated() {
            for (index, (row, column)) in positions.enumerated() {
                matrix[(row * size + at) * rows + column * size + at] =
                    terms.sum(judge, CalibratedTerms.Sum.expected + index) - terms.sum(judge, CalibratedTerms.Sum.taken + index)
            }
        }
        terms.subtractShared(in: block, from: &matrix)
        for row in 0..<rows {
            for column in 0...row { matrix[row * rows + column] *= deviations[row / size] * deviations[column / size] }
            matrix[row * rows + row] += 1
        }
        if blocks.isSubset[block] {
            for a in 0..<size { for b in 0...a { matrix[(size + a) * rows + size + b] += JudgeBlocks.subsetGrip / Double(size) } }
        }
        for row in 0..<rows { for column in 0..<row { matrix[column * rows + row] = matrix[row * rows + column] } }
        return matrix
    }

    /// Replaces the matrix by its factor, row by row, and finds the inverses of all of it and of the locations' rows; `false` when it is
    /// not positive definite.
    private mutating func factor(_ size: Int) -> Bool {
        guard size > 1 else { return factorThree() }
        let rows = 3 * size
        guard let cholesky = try? Cholesky(Matrix(rows: rows, columns: rows, elements: lower)) else { return false }
        lower = cholesky.lower.transposed.elements
        (inverse, covariance) = (cholesky.inverse.elements, cholesky.leading(size).inverse.elements)
        return true
    }

    /// The same of three rows, which cost less than a call.
    private mutating func factorThree() -> Bool {
        for column in 0..<3 {
            for row in column..<3 {
                var sum = lower[row * 3 + column]
                for k in 0..<column { sum -= lower[row * 3 + k] * lower[column * 3 + k] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return false }
                    lower[row * 3 + column] = sum.squareRoot()
                } else {
                    lower[row * 3 + column] = sum / lower[column * 3 + column]
                    lower[column * 3 + row] = 0
                }
            }
        }
        var root = [Double](repeating: 0, count: 9)
        inverse = root
        for column in 0..<3 {
            for row in column..<3 {
                var sum = row == column ? 1.0 : 0.0
                for k in column..<row { sum -= lower[row * 3 + k] * root[k * 3 + column] }
                root[row * 3 + column] = sum / lower[row * 3 + row]
            }
        }
        for k in 0..<3 {
            for row in 0...k { for column in 0...k { inverse[row * 3 + column] += root[k * 3 + row] * root[k * 3 + column] } }
        }
        covariance = [root[0] * root[0]]
        return true
    }
}

extension CalibratedTerms {
    /// Takes off a block's matrix what its judges share through entries: v ℓℓᵀ + 2 v² qqᵀ between different judges.
    fileprivate func subtractShared(in block: Int, from matrix: inout [Double]) {
        let (blocks, judges, variances, merits) = (design.blocks, design.judges, kept.variances, kept.merits)
        let (groups, size) = (blocks.groups[block], blocks.members[block].count)
        guard size > 1 else { return }
        let rows = 3 * size
        var forms: [Form] = []
        matrix.withUnsafeMutableBufferPointer { matrix in
            for (group, entry) in groups.entries.enumerated() {
                let variance = variances[Int(entry)]
                forms.removeAll(keepingCapacity: true)
                for meeting in groups.meetings[groups.starts[group]..<groups.starts[group + 1]] {
                    forms.append(form(Int(meeting), merits[Int(entry)], blocks.positionInBlock[Int(judges[Int(meeting)])]))
                }
                for a in forms {
                    let (linear, square) = (variance * a.linear, 2 * variance * variance * a.square)
                    for b in forms where a.position != b.position {
                        let (first, second, third) = (a.position * rows, (size + a.position) * rows, (2 * size + a.position) * rows)
                        let (x, y, z) = (b.position, size + b.position, 2 * size + b.position)
                        let shared = square * b.square
                        matrix[second + x] -= linear[1] * b.linear[0]
                        matrix[third + x] -= linear[2] * b.linear[0]
                        matrix[third + y] -= linear[2] * b.linear[1] - shared
                        guard b.position < a.position else { continue }
                        matrix[first + x] -= linear[0] * b.linear[0]
                        matrix[second + y] -= linear[1] * b.linear[1] + shared
                        matrix[third + z] -= linear[2] * b.linear[2] + shared
                    }
                }
            }
        }
    }

    /// ℓ of a meeting, and the size of its q = (0, −w c², w c²).
    private struct Form {
        let position: Int
        let linear: SIMD4<Double>
        let square: Double
    }

    @inline(__always)
    private func form(_ meeting: Int, _ merit: Double, _ position: Int) -> Form {
        let ((pull, residual), scale) = (values(of: meeting, merit), scales[Int(design.judges[meeting])])
        let linear = SIMD4(-pull, pull * (residual - scale * merit), -2 * pull * residual, 0)
        return Form(position: position, linear: linear, square: pull * scale)
    }
}
