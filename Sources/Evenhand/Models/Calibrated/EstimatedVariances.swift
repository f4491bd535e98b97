import LinearAlgebra

/// The diagonal of H⁻¹ and the quadratic forms of entries in it, by blocks, modes and random vectors.
///
/// With D = L Lᵀ the blocks of judges and M = Lᵀ H⁻¹ L − I, the form of a vector c is |c̃|² + c̃ᵀ M c̃ with c̃ = L⁻¹ c. The first term
/// is exact. M is small but for few directions, in which all judges move together; Q spans the largest, found by one product of M with
/// random vectors, and what M does to them is exact, too. Of what remains, (I − QQᵀ) M (I − QQᵀ), forms are means over vectors z of random
/// signs of (c̃ᵀ z)(zᵀ R c̃). So what is left to chance is small from the start, and how small is known from the spread over the vectors.
///
/// Sources: Hutchinson, *A stochastic estimator of the trace of the influence matrix*, Communications in Statistics – Simulation and
/// Computation 18 (1989); Meyer, Musco, Musco and Woodruff, *Hutch++: optimal stochastic trace estimation*, Symposium on Simplicity in
/// Algorithms (2021), for the split; Sidén, Lindgren, Bolin and Villani, *Efficient covariance approximations for large sparse precision
/// matrices*, Journal of Computational and Graphical Statistics 27 (2018), for exact blocks.
struct EstimatedVariances: Sendable {
    typealias Lanes = SIMD8<Double>

    /// The part of each entry's variance that judges and common location bring in, in squares of the unit of the scores.
    let shared: [Double]
    /// The part of `shared` that blocks and modes account for: draws are made of these.
    let structured: [Double]
    /// The diagonal of H⁻¹.
    let diagonal: [Double]
    let modes: Modes
    /// The root mean square, over entries, of the relative error that the random vectors leave in an entry's standard error.
    let accuracy: Double

    /// Q, in lanes, and QᵀMQ.
    struct Modes: Sendable {
        var vectors: [[Lanes]]
        var core: Matrix
    }

    private static let modeGroups = 2
    private static let groups = (least: 2, most: 32)
    private static let wantedAccuracy = (entries: 0.005, judges: 0.01)
    /// How exactly each vector is solved for.
    private static let tolerance = 1e-4
    private static let seed: UInt64 = 1981

    init(_ curvature: CalibratedCurvature) throws(FitError) {
        let factors = curvature.factors
        let own = (0..<curvature.design.scores.entryCount).map { curvature.terms.kept.variances[$0] }
        // M times vectors.
        func moved(_ vectors: [Lanes]) throws(FitError) -> [Lanes] {
            let solution = curvature.solve(factors.timesRoot(vectors), tolerance: EstimatedVariances.tolerance)
            guard solution.isConverged else { throw .notConverged(steps: solution.iterations, change: EstimatedVariances.tolerance) }
            return zip(factors.timesTransposedRoot(solution.vectors), vectors).map { $0 - $1 }
        }
        func onEntries(_ vectors: [Lanes]) -> [Lanes] { curvature.entryEffects(factors.dividedByTransposedRoot(vectors)) }

        var columns: [[Double]] = []
        for group in 0..<EstimatedVariances.modeGroups {
            let image = try moved(EstimatedVariances.signs(group, count: curvature.design.columnCount))
            columns += (0..<8).map { lane in image.map { $0[lane] } }
        }
        let modes = EstimatedVariances.inLanes(EstimatedVariances.orthonormal(columns))
        var images: [[Lanes]] = []
        for group in modes { images.append(try moved(group)) }
        let core = EstimatedVariances.products(modes, images)
        self.modes = Modes(vectors: modes, core: core)

        // The exact parts.
        let blocks = curvature.entryBlockForms
        let (ofModes, ofImages) = (modes.map(onEntries), images.map(onEntries))
        var (shared, structured) = (blocks, blocks)
        for entry in blocks.indices {
            let (low, twice) = EstimatedVariances.forms(ofModes.map { $0[entry] }, ofImages.map { $0[entry] }, core)
            structured[entry] += low
            shared[entry] += twice - low
        }
        var diagonal = curvature.factors.diagonalOfInverse
        let (pure, moving) = (modes.map(factors.dividedByTransposedRoot), images.map(factors.dividedByTransposedRoot))
        for column in diagonal.indices {
            let (low, twice) = EstimatedVariances.forms(pure.map { $0[column] }, moving.map { $0[column] }, core)
            diagonal[column] += twice - low
        }

        // What is left to chance.
        var (sums, squares) = ([Double](repeating: 0, count: shared.count), [Double](repeating: 0, count: shared.count))
        var (columnSums, columnSquares) = ([Double](repeating: 0, count: diagonal.count), [Double](repeating: 0, count: diagonal.count))
        var (count, accuracy, judgeAccuracy) = (0.0, Double.infinity, Double.infinity)
        for group in 0..<EstimatedVariances.groups.most {
            let wanted = EstimatedVariances.wantedAccuracy
            guard group < EstimatedVariances.groups.least || accuracy > wanted.entries || judgeAccuracy > wanted.judges else { break }
            let signs = EstimatedVariances.signs(EstimatedVariances.modeGroups + group, count: diagonal.count)
            let probe = EstimatedVariances.without(modes, signs)
            let image = EstimatedVariances.without(modes, try moved(probe))
            for (entry, product) in zip(onEntries(probe), onEntries(image)).map({ $0 * $1 }).enumerated() {
                sums[entry] += product.sum()
                squares[entry] += (product * product).sum()
            }
            let (a, b) = (factors.dividedByTransposedRoot(probe), factors.dividedByTransposedRoot(image))
            for column in columnSums.indices {
                let product = a[column] * b[column]
                columnSums[column] += product.sum()
                columnSquares[column] += (product * product).sum()
            }
            count += 8
            accuracy = EstimatedVariances.accuracy(sums, squares, count) { own[$0] + shared[$0] }
            judgeAccuracy = EstimatedVariances.accuracy(columnSums, columnSquares, count) { diagonal[$0] }
        }
        for entry in shared.indices { shared[entry] = max(0, shared[entry] + sums[entry] / count) }
        for column in diagonal.indices { diagonal[column] = max(0, diagonal[column] + columnSums[column] / count) }
        (self.shared, self.structured, self.diagonal, self.accuracy) = (shared, structured, diagonal, accuracy)
    }

    /// The root mean square of the relative errors of roots of `known` plus means of so many numbers.
    private static func accuracy(_ sums: [Double], _ squares: [Double], _ count: Double, _ known: (Int) -> Double) -> Double {
        var total = 0.0
        for index in sums.indices {
            let mean = sums[index] / count
            let error = max(0, squares[index] / count - mean * mean) / (count - 1)
            let variance = max(known(index) + mean, .leastNormalMagnitude)
            total += error / (4 * variance * variance)
        }
        return (total / Double(max(1, sums.count))).squareRoot()
    }

    /// cᵀ QCQᵀ c and 2 (cᵀ Q)(cᵀ M Q)ᵀ from the products of c with Q and MQ.
    private static func forms(_ modes: [Lanes], _ images: [Lanes], _ core: Matrix) -> (low: Double, twice: Double) {
        let twice = 2 * zip(modes, images).reduce(0) { $0 + ($1.0 * $1.1).sum() }
        let low = core.quadraticForm { modes[$0 >> 3][$0 & 7] }
        return (low, twice)
    }

    /// Vectors of random signs.
    private static func signs(_ group: Int, count: Int) -> [Lanes] {
        var stream = RandomStream(seed: seed, stream: UInt64(group))
        return (0..<count).map { _ in
            let bits = stream.next()
            var lanes = Lanes(repeating: 1)
            for lane in 0..<8 where bits >> (63 - UInt64(lane)) & 1 == 1 { lanes[lane] = -1 }
            return lanes
        }
    }

    /// Vectors less their parts along the modes.
    private static func without(_ modes: [[Lanes]], _ vectors: [Lanes]) -> [Lanes] {
        var rest = vectors
        for group in modes {
            for lane in 0..<8 {
                var sum = Lanes.zero
                for index in vectors.indices { sum += vectors[index] * group[index][lane] }
                for index in rest.indices { rest[index] -= sum * group[index][lane] }
            }
        }
        return rest
    }

    /// Gram and Schmidt, twice; a vector that depends on others becomes 0.
    private static func orthonormal(_ columns: [[Double]]) -> [[Double]] {
        var found: [[Double]] = []
        for column in columns {
            var own = column
            let before = own.reduce(0) { $0 + $1 * $1 }
            for _ in 0..<2 {
                for other in found {
                    let product = zip(own, other).reduce(0) { $0 + $1.0 * $1.1 }
                    for index in own.indices { own[index] -= product * other[index] }
                }
            }
            let square = own.reduce(0) { $0 + $1 * $1 }
            let factor = square > 1e-20 * before ? 1 / square.squareRoot() : 0
            found.append(own.map { factor * $0 })
        }
        return found
    }

    private static func inLanes(_ columns: [[Double]]) -> [[Lanes]] {
        stride(from: 0, to: columns.count, by: 8).map { first in
            columns[0].indices.map { row in
                var lanes = Lanes.zero
                for lane in 0..<8 { lanes[lane] = columns[first + lane][row] }
                return lanes
            }
        }
    }

    /// AᵀB, made symmetric.
    private static func products(_ a: [[Lanes]], _ b: [[Lanes]]) -> Matrix {
        let count = 8 * a.count
        var product = Matrix(rows: count, columns: count)
        for (row, left) in a.enumerated() {
            for lane in 0..<8 {
                for (column, right) in b.enumerated() {
                    var sum = Lanes.zero
                    for index in left.indices { sum += right[index] * left[index][lane] }
                    for other in 0..<8 { product[8 * row + lane, 8 * column + other] = sum[other] }
                }
            }
        }
        return Matrix(rows: count, columns: count) { (product[$0, $1] + product[$1, $0]) / 2 }
    }
}

extension Matrix {
    /// xᵀ A x.
    fileprivate func quadraticForm(_ x: (Int) -> Double) -> Double {
        (0..<columns).reduce(0) { sum, column in sum + x(column) * (0..<rows).reduce(0) { $0 + self[$1, column] * x($1) } }
    }
}
