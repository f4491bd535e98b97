import LinearAlgebra

/// Draws of one number for each entry, made block by block from streams of their own, so that no answer depends on the number of threads.
///
/// Nothing is kept: whoever needs the draws makes the blocks, and makes the same again from the same seed.
public struct PosteriorDraws: Sendable {
    /// How many entries each draw has a number for.
    public let entryCount: Int
    /// How many draws there are.
    public let count: Int
    /// The draws of each block.
    let blocks: [Range<Int>]
    /// The numbers of a block: those of all entries in its first draw, then in its second, ….
    private let make: @Sendable (Int) -> [Double]

    /// Draws that `make` makes for each block.
    init(entryCount: Int, blockSizes: [Int], _ make: @escaping @Sendable (Int) -> [Double]) {
        var first = 0
        blocks = blockSizes.map { size in
            defer { first += size }
            return first..<first + size
        }
        (self.entryCount, count, self.make) = (entryCount, first, make)
    }

    /// Draws that are at hand, each with one number for every entry.
    public init(_ draws: [[Double]]) {
        let entryCount = draws.first?.count ?? 0
        precondition(draws.allSatisfy { $0.count == entryCount }, "each draw needs a number for every entry")
        let sizes = PosteriorDraws.sizes(of: draws.count)
        self.init(entryCount: entryCount, blockSizes: sizes) { block in
            let first = sizes[..<block].reduce(0, +)
            return draws[first..<first + sizes[block]].flatMap(\.self)
        }
    }

    /// Draws of `offset + factor · number` for some entries, in the order of `positions`.
    func transformed(positions: [Int], factors: [Double], offsets: [Double]) -> PosteriorDraws {
        let (make, before) = (make, entryCount)
        return PosteriorDraws(entryCount: positions.count, blockSizes: blocks.map(\.count)) { block in
            let numbers = make(block)
            return stride(from: 0, to: numbers.count, by: before).flatMap { first in
                positions.indices.map { offsets[$0] + factors[$0] * numbers[first + positions[$0]] }
            }
        }
    }

    /// Draws from a multivariate normal distribution.
    ///
    /// - Parameters:
    ///   - means: one for each entry.
    ///   - covariance: a row for each entry, positive definite.
    ///   - count: how many draws.
    ///   - seed: of the streams.
    /// - Throws: `FitError.notPositiveDefinite`.
    public init(means: [Double], covariance: [[Double]], count: Int, seed: UInt64) throws(FitError) {
        let size = means.count
        precondition(covariance.count == size && covariance.allSatisfy { $0.count == size }, "a covariance for each pair of entries")
        let lower: Matrix
        do { lower = try Cholesky(Matrix(rows: size, columns: size) { covariance[$0][$1] }).lower } catch {
            guard case .notPositiveDefinite(let minor) = error else { throw .notPositiveDefinite(minor: 0) }
            throw .notPositiveDefinite(minor: minor)
        }
        let normal = StructuredNormal(
            means: means, mixing: .product(lower.transposed), own: [Double](repeating: 0, count: size), scale: .known(1))
        let sizes = PosteriorDraws.sizes(of: count)
        self.init(entryCount: size, blockSizes: sizes) { block in
            var stream = RandomStream(seed: seed, stream: UInt64(block))
            return normal.draws(sizes[block], from: &stream)
        }
    }

    /// Small enough for the numbers of a block to stay in a core's cache, large enough for a product of matrices.
    static let mostInBlock = 256

    /// `count` draws in blocks of at most `mostInBlock`.
    static func sizes(of count: Int) -> [Int] {
        let blocks = (count + mostInBlock - 1) / mostInBlock
        return (0..<blocks).map { count * ($0 + 1) / blocks - count * $0 / blocks }
    }

    /// Blocks for points of a posterior: each point gets as many draws as its weight says, so that they are spread as evenly as can be.
    static func plan(_ count: Int, weights: [Double]) -> [(point: Int, size: Int)] {
        var (blocks, sum, first) = ([(point: Int, size: Int)](), 0.0, 0)
        for (index, weight) in weights.enumerated() {
            sum += weight
            let stop = index == weights.count - 1 ? count : min(count, Int((sum * Double(count)).rounded()))
            blocks += sizes(of: max(0, stop - first)).map { (index, $0) }
            first = max(first, stop)
        }
        return blocks
    }

    /// The numbers of a block, those of all entries in one draw side by side.
    func block(_ index: Int) -> [Double] { make(index) }

    /// All draws, each with one number for every entry.
    public var all: [[Double]] {
        Parallel.map(blocks.count, size: count * entryCount) { index in
            let numbers = make(index)
            return blocks[index].indices.map { draw in
                let first = (draw - blocks[index].lowerBound) * entryCount
                return Array(numbers[first..<first + entryCount])
            }
        }.flatMap(\.self)
    }
}
